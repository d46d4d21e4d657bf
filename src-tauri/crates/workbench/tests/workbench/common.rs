//! A workbench with its surroundings, and short words for what tests do with it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use tacklebox_model::{
    ApplyEvent, Connection, ConnectionId, ConnectionInput, Environment, FieldInput, FieldPath, ItemOutcome,
    JournalEntry, OperationId, PlanItem, PlanRequest, PlanView, ProviderId, Secret, SecretChange, UrlInput,
    Webhook, WebhookDraft, WebhookId, WebhookPick,
};
use tacklebox_sandbox::{ButlrHandle, Sandbox, SandboxConfig};
use tacklebox_store::Store;
use tacklebox_vault::{AdaptiveVault, Vault, VaultError, VaultKey};
use tacklebox_workbench::view::{ApplyReport, ApplyRequest, OpenRequest, RefreshEvent, RefreshRequest};
use tacklebox_workbench::{Profile, Workbench};

pub const OFFICES: &str = "halden-offices";
pub const LAB: &str = "halden-lab";
/// Has an API key and a filter.
pub const ROOMS: &str = "Room occupancy to booking board";
/// Has an API key, a password and a filter.
pub const ZONES: &str = "Desk zones to seat finder";

/// A keyring in memory that can be out of reach.
#[derive(Default)]
pub struct Keyring {
    values: Mutex<BTreeMap<String, String>>,
    failure: Mutex<Option<VaultError>>,
}

impl Keyring {
    pub fn fail(&self, failure: Option<VaultError>) {
        *self.failure.lock().unwrap() = failure;
    }

    pub fn values(&self) -> BTreeMap<String, String> {
        self.values.lock().unwrap().clone()
    }

    pub fn of_journal(&self) -> BTreeMap<String, String> {
        self.values().into_iter().filter(|(key, _)| key.starts_with("journal/")).collect()
    }

    fn works(&self) -> Result<(), VaultError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for Keyring {
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        self.works()?;
        if value.expose_secret().len() > tacklebox_vault::VALUE_LIMIT_BYTES {
            return Err(VaultError::TooLong { limit: tacklebox_vault::VALUE_LIMIT_BYTES });
        }
        self.values.lock().unwrap().insert(key.as_str().to_owned(), value.expose_secret().to_owned());
        Ok(())
    }

    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        self.works()?;
        Ok(self.values.lock().unwrap().get(key.as_str()).map(|value| SecretString::from(value.as_str())))
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.works()?;
        self.values.lock().unwrap().remove(key.as_str());
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        self.works()
    }
}

pub struct Bench {
    pub sandbox: Sandbox,
    pub keyring: Arc<Keyring>,
    pub folder: tempfile::TempDir,
    pub workbench: Arc<Workbench>,
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(SandboxConfig::default()).await
    }

    pub async fn with(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let keyring = Arc::new(Keyring::default());
        let folder = tempfile::tempdir().unwrap();
        let workbench = open(folder.path().into(), keyring.clone()).await;
        Self { sandbox, keyring, folder, workbench }
    }

    /// A new workbench on the same database and keyring, as after a restart.
    pub async fn reopen(&mut self) {
        self.workbench = open(self.folder.path().into(), self.keyring.clone()).await;
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
        let organisations = self.sandbox.organisations();
        let organisation = organisations.iter().find(|o| o.key == key).unwrap();
        let credential = |name: &str| {
            organisation
                .credential
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
                .unwrap()
        };
        ConnectionInput {
            provider: ProviderId::from("butlr"),
            label: organisation.label.clone(),
            environment: Environment::Staging,
            base_url: organisation.base_url.clone(),
            read_only: false,
            public_credentials: [("client_id".to_owned(), credential("client_id"))].into(),
            secret_credentials: [("client_secret".to_owned(), replace(&credential("client_secret")))].into(),
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
        self.workbench.plan(&PlanRequest::Create { connection: connection.id.clone(), draft }).await.unwrap()
    }

    pub async fn plan_delete(&self, webhooks: Vec<WebhookPick>) -> PlanView {
        self.workbench.plan(&PlanRequest::Delete { webhooks }).await.unwrap()
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

async fn open(folder: PathBuf, keyring: Arc<Keyring>) -> Arc<Workbench> {
    let store = Arc::new(Store::open(&folder.join("tacklebox.db")).unwrap());
    let vault = Arc::new(AdaptiveVault::open(keyring, "the keyring").await);
    let profile = Profile { name: None, log_folder: folder.clone(), data_folder: folder };
    Arc::new(Workbench::open(profile, store, vault, tacklebox_providers::registry()).await.unwrap())
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
    ApplyRequest { plan: view.id.clone(), digest: view.digest.clone(), operation: OperationId::random() }
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
