//! A workbench with its surroundings, and short words for what tests do with it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::keyring::Keyring;
use tacklebox_model::{
    ApplyEvent, Connection, ConnectionId, ConnectionInput, Environment, FieldInput, FieldPath, ItemOutcome,
    JournalEntry, OperationId, PlanItem, PlanRequest, PlanView, ProviderId, Secret, SecretChange, UrlInput,
    Webhook, WebhookDraft, WebhookId, WebhookPick,
};
use tacklebox_providers::Provider;
use tacklebox_sandbox::{ButlrHandle, Sandbox, SandboxConfig};
use tacklebox_store::Store;
use tacklebox_vault::AdaptiveVault;
use tacklebox_workbench::view::{
    ApplyReport, ApplyRequest, OpenRequest, RefreshEvent, RefreshRequest, SwitchOutcome, SwitchRequest,
};
use tacklebox_workbench::{Profile, Workbench};

use crate::vendor::{Habits, Other, TestClock};

pub const OFFICES: &str = "halden-offices";
pub const LAB: &str = "halden-lab";
/// Has an API key and a filter.
pub const ROOMS: &str = "Room occupancy to booking board";
/// Has an API key, a password and a filter.
pub const ZONES: &str = "Desk zones to seat finder";

pub struct Bench {
    pub sandbox: Sandbox,
    pub keyring: Arc<Keyring>,
    pub folder: tempfile::TempDir,
    pub workbench: Arc<Workbench>,
    pub clock: Arc<TestClock>,
    providers: Vec<Arc<dyn Provider>>,
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(SandboxConfig::default()).await
    }

    pub async fn with(config: SandboxConfig) -> Self {
        Self::made_of(config, tacklebox_providers::registry()).await
    }

    /// With a vendor that has what Butlr lacks in place of Butlr.
    pub async fn other() -> (Self, Arc<Habits>) {
        let habits = Arc::new(Habits::default());
        let other: Arc<dyn Provider> = Arc::new(Other::new(habits.clone()));
        (Self::made_of(SandboxConfig::default(), vec![other]).await, habits)
    }

    async fn made_of(config: SandboxConfig, providers: Vec<Arc<dyn Provider>>) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let (keyring, clock) = (Arc::new(Keyring::default()), Arc::new(TestClock::default()));
        let folder = tempfile::tempdir().unwrap();
        let workbench = open(folder.path().into(), keyring.clone(), providers.clone(), clock.clone()).await;
        Self { sandbox, keyring, folder, workbench, clock, providers }
    }

    /// A new workbench on the same database and keyring, as after a restart.
    pub async fn reopen(&mut self) {
        let (keyring, clock) = (self.keyring.clone(), self.clock.clone());
        self.workbench = open(self.folder.path().into(), keyring, self.providers.clone(), clock).await;
    }

    /// The database, seen from beside the workbench.
    pub fn store(&self) -> Store {
        Store::open(&self.folder.path().join("tacklebox.db")).unwrap()
    }

    /// Lets the database refuse this, such as `INSERT ON journal`.
    pub fn break_database(&self, what: &str) {
        let database = rusqlite::Connection::open(self.folder.path().join("tacklebox.db")).unwrap();
        let trigger =
            format!("CREATE TRIGGER broken BEFORE {what} BEGIN SELECT RAISE (ABORT, 'broken'); END");
        database.execute_batch(&trigger).unwrap();
    }

    /// Newest first.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.store().journal(100).unwrap()
    }

    pub fn input(&self, key: &str) -> ConnectionInput {
        let organisation = self.sandbox.organisations().into_iter().find(|o| o.key == key).unwrap();
        let provider = ProviderId::new(organisation.provider);
        let fields = tacklebox_providers::find(&provider).unwrap().info().credentials;
        let is_secret = |key: &str| fields.iter().any(|field| field.key == key && field.secret);
        let (secret, public): (Vec<_>, Vec<_>) =
            organisation.credential.into_iter().partition(|(key, _)| is_secret(key));
        ConnectionInput {
            provider,
            label: organisation.label,
            environment: Environment::Staging,
            base_url: organisation.base_url,
            read_only: false,
            public_credentials: public.into_iter().collect(),
            secret_credentials: secret.into_iter().map(|(key, value)| (key, replace(&value))).collect(),
        }
    }

    pub async fn connect(&self, key: &str) -> Connection {
        self.workbench.add_connection(&self.input(key)).await.unwrap()
    }

    pub fn butlr(&self, key: &str) -> ButlrHandle {
        self.sandbox.butlr(key).unwrap()
    }

    pub fn id(&self, key: &str, name: &str) -> String {
        self.butlr(key).webhooks().into_iter().find(|w| w.name == name).unwrap().id
    }

    pub fn pick(&self, connection: &Connection, key: &str, name: &str) -> WebhookPick {
        WebhookPick { connection: connection.id.clone(), id: WebhookId::new(self.id(key, name)) }
    }

    pub async fn open(&self, pick: &WebhookPick) -> Webhook {
        self.workbench.open_webhook(&OpenRequest { webhook: pick.clone(), fresh: true }).await.unwrap()
    }

    /// Opens a webhook and plans an edit of it.
    pub async fn plan_edit(&self, pick: &WebhookPick, draft: WebhookDraft) -> PlanView {
        let opened = self.open(pick).await;
        self.workbench.plan(&update(&opened, draft)).await.unwrap()
    }

    pub async fn plan_create(&self, connection: &Connection, draft: WebhookDraft) -> PlanView {
        self.workbench
            .plan(&PlanRequest::Create { connection: connection.id.clone(), draft, source: None })
            .await
            .unwrap()
    }

    pub async fn plan_delete(&self, webhooks: Vec<WebhookPick>) -> PlanView {
        self.workbench.plan(&PlanRequest::Delete { webhooks }).await.unwrap()
    }

    pub async fn plan_switch(&self, webhooks: Vec<WebhookPick>, on: bool) -> PlanView {
        self.workbench.plan(&PlanRequest::Switch { webhooks, on }).await.unwrap()
    }

    pub async fn switch(&self, webhook: &WebhookPick, on: bool) -> SwitchOutcome {
        let operation = OperationId::random();
        let request = SwitchRequest { webhook: webhook.clone(), on, operation };
        self.workbench.switch(&request).await.unwrap()
    }

    pub async fn apply(&self, view: &PlanView) -> Vec<ItemOutcome> {
        self.apply_saying(view, &|_| {}).await
    }

    pub async fn apply_saying(
        &self,
        view: &PlanView,
        say: &(dyn Fn(ApplyEvent) + Send + Sync),
    ) -> Vec<ItemOutcome> {
        let report: ApplyReport = self.workbench.apply(&request(view), say).await.unwrap();
        report.results.into_iter().map(|result| result.outcome).collect()
    }

    pub async fn refresh(&self, connections: Vec<ConnectionId>) -> Vec<RefreshEvent> {
        let events = Mutex::new(Vec::new());
        let request = RefreshRequest { operation: OperationId::random(), connections };
        self.workbench.refresh(&request, &|event| events.lock().unwrap().push(event)).await.unwrap();
        events.into_inner().unwrap()
    }

    /// Waits until the sandbox has been asked for this root field so many times.
    pub async fn until_asked(&self, root: &str, times: usize) {
        until(|| self.sandbox.log().count(root) >= times).await;
    }
}

async fn open(
    folder: PathBuf,
    keyring: Arc<Keyring>,
    providers: Vec<Arc<dyn Provider>>,
    clock: Arc<TestClock>,
) -> Arc<Workbench> {
    let store = Arc::new(Store::open(&folder.join("tacklebox.db")).unwrap());
    let vault = Arc::new(AdaptiveVault::open(keyring, "the keyring").await);
    let profile = Profile { name: None, log_folder: folder.clone(), data_folder: folder };
    let workbench = Workbench::open(profile, store, vault, providers).await.unwrap();
    Arc::new(workbench.with_clock(clock))
}

pub async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it never happened");
}

pub fn request(view: &PlanView) -> ApplyRequest {
    ApplyRequest {
        plan: view.id.clone(),
        digest: view.digest.clone(),
        operation: OperationId::random(),
        acknowledged: vec![],
    }
}

pub fn update(opened: &Webhook, draft: WebhookDraft) -> PlanRequest {
    let webhook = WebhookPick { connection: opened.connection.clone(), id: opened.id.clone() };
    PlanRequest::Update { webhook, revision: opened.revision.clone().unwrap(), draft }
}

pub fn replace(value: &str) -> SecretChange {
    SecretChange::Replace { value: Secret::from(value) }
}

pub fn keep() -> SecretChange {
    SecretChange::Keep
}

pub fn draft(fields: impl IntoIterator<Item = (&'static str, FieldInput)>) -> WebhookDraft {
    WebhookDraft { fields: fields.into_iter().map(|(path, input)| (FieldPath::from(path), input)).collect() }
}

pub fn text(value: &str) -> FieldInput {
    FieldInput::Text(value.to_owned())
}

pub fn url(base: &str) -> FieldInput {
    FieldInput::Url(UrlInput { base: base.to_owned(), keep_userinfo: false, query: vec![] })
}

/// A new webhook with an API key.
pub fn new_webhook(name: &str) -> WebhookDraft {
    draft([
        ("name", text(name)),
        ("events", FieldInput::List(vec!["TRAFFIC".into()])),
        ("url", url("https://new.example/hook")),
        ("timeout", FieldInput::Integer(Some(5))),
        ("auth.api_key", FieldInput::Flag(true)),
        ("auth.api_key.header", text("x-key")),
        ("auth.api_key.value", FieldInput::Secret(replace("new-key-value"))),
    ])
}

/// The only item of a plan.
pub fn only(view: &PlanView) -> &PlanItem {
    let items: Vec<_> = view.groups.iter().flat_map(|group| &group.items).collect();
    assert_eq!(items.len(), 1);
    items[0]
}

/// The tags of outcomes, as the window sees them.
pub fn kinds(outcomes: &[ItemOutcome]) -> Vec<String> {
    let tag = |outcome| serde_json::to_value(outcome).unwrap()["type"].as_str().unwrap().to_owned();
    outcomes.iter().map(tag).collect()
}
