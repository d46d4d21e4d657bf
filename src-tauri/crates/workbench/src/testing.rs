//! A workbench over a real database, a keyring in memory and a vendor that does as it is told: for what no simulated
//! vendor does on demand.

#![allow(clippy::unwrap_in_result, reason = "a test stops at the first surprise")]

#[path = "../tests/workbench/keyring.rs"]
mod keyring;

pub(crate) use keyring::Keyring;

use crate::{Profile, Workbench};
use async_trait::async_trait;
use secrecy::ExposeSecret;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use tacklebox_model::{
    Allowance, AppError, Capabilities, Catalogue, Connection, ConnectionInput, ConnectionReport,
    CredentialFacts, CredentialField, Delivery, DeliveryDetail, DeliveryId, DeliveryLog, DeliveryPage,
    DeliveryQuery, DeliveryStatus, Environment, EventsPerWebhook, FieldError, FieldOption, FieldPath, Fields,
    Finding, Notice, Offer, OnOff, ProviderInfo, Reapply, RequestPreview, Secret, SecretChange, Signing,
    StoredSecrets, Webhook, WebhookDraft, WebhookId,
};
use tacklebox_providers::{
    Meter, PrepareError, Prepared, Provider, RawObject, Remote, SecretSource, Session, SessionContext, Write,
    WriteError, Written,
};
use tacklebox_store::Store;
use tacklebox_vault::AdaptiveVault;
use tokio_util::sync::CancellationToken;

type Hook = Box<dyn Fn() + Send + Sync>;

/// What the vendor is to do, and what it was asked.
pub struct Script {
    pub metered: Mutex<bool>,
    pub log: Mutex<Option<DeliveryLog>>,
    pub facts: Mutex<CredentialFacts>,
    /// The credentials whose facts were asked for.
    pub credentials: Mutex<Vec<BTreeMap<String, String>>>,
    /// Answers to replays; when there is none, all are taken on.
    pub answers: Mutex<VecDeque<Result<Vec<DeliveryId>, WriteError>>>,
    /// Runs at each replay, before its answer.
    pub at_replay: Mutex<Option<Hook>>,
    /// What was asked, in a word and its arguments.
    pub asked: Mutex<Vec<String>>,
    /// Whether a page of deliveries never comes.
    pub hangs: Mutex<bool>,
    /// What it hands back of what it stores, by path.
    pub secrets: Mutex<BTreeMap<FieldPath, String>>,
}

impl Default for Script {
    fn default() -> Self {
        let log = DeliveryLog {
            statuses: vec![DeliveryStatus::Failed],
            replay_at_once: Some(2),
            reapply: true,
            kept_days: None,
        };
        Self {
            metered: Mutex::new(true),
            log: Mutex::new(Some(log)),
            facts: Mutex::default(),
            credentials: Mutex::default(),
            answers: Mutex::default(),
            at_replay: Mutex::default(),
            asked: Mutex::default(),
            hangs: Mutex::default(),
            secrets: Mutex::default(),
        }
    }
}

impl Script {
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub fn answer(&self, answer: Result<Vec<DeliveryId>, WriteError>) {
        self.answers.lock().unwrap().push_back(answer);
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            sections: vec![],
            on_off: OnOff::AlwaysOn,
            events_per_webhook: EventsPerWebhook::Many,
            stored_secrets: StoredSecrets::WriteOnly,
            signing: Signing::None,
            deliveries: self.log.lock().unwrap().clone(),
            server_tests: vec![],
            local_trial: None,
            token_request: None,
            url_credentials: None,
            repeated_event: None,
            metered: *self.metered.lock().unwrap(),
            notices: vec![],
        }
    }
}

/// The vendor.
struct Vendor(Arc<Script>);

impl Provider for Vendor {
    fn info(&self) -> ProviderInfo {
        let field = |key: &str, secret| CredentialField {
            key: key.into(),
            label: key.into(),
            secret,
            placeholder: None,
            options: vec![],
            default: None,
        };
        ProviderInfo {
            id: "vendor".into(),
            name: "Vendor".into(),
            tagline: String::new(),
            icon: String::new(),
            default_base_url: "https://vendor.example".into(),
            credentials: vec![field("user", false), field("token", true), field("pin", true)],
            credentials_help: String::new(),
        }
    }

    fn check_credentials(&self, _: &BTreeMap<String, String>) -> Vec<FieldError> {
        vec![]
    }

    fn documented(&self) -> Capabilities {
        self.0.capabilities()
    }

    fn credential_facts(&self, secrets: &BTreeMap<String, Secret>) -> CredentialFacts {
        let seen = secrets.iter().map(|(key, value)| (key.clone(), value.expose_secret().to_owned()));
        self.0.credentials.lock().unwrap().push(seen.collect());
        self.0.facts.lock().unwrap().clone()
    }

    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError> {
        let SessionContext { meter, secrets, .. } = context;
        Ok(Arc::new(Talk { script: self.0.clone(), meter, secrets }))
    }
}

struct Talk {
    script: Arc<Script>,
    meter: Arc<dyn Meter>,
    secrets: Arc<dyn SecretSource>,
}

impl Talk {
    fn ask(&self, what: String) {
        self.meter.sent();
        self.script.asked.lock().unwrap().push(what);
    }

    fn delivery(id: &str) -> Delivery {
        Delivery {
            id: id.into(),
            at_ms: Some(1),
            event: None,
            status: DeliveryStatus::Failed,
            method: None,
            endpoint: None,
            http_status: Some(500),
            code: None,
            message: None,
            retries: None,
            reapply: Reapply { possible: true, reason: None },
        }
    }
}

#[async_trait]
impl Session for Talk {
    async fn inspect(&self, _: &(dyn Fn(Finding) + Send + Sync), _: &CancellationToken) -> ConnectionReport {
        self.ask("inspect".into());
        ConnectionReport::default()
    }

    async fn offer(&self, _: &CancellationToken) -> Result<Arc<Offer>, AppError> {
        let (capabilities, catalogue) = (self.script.capabilities(), Catalogue::default());
        Ok(Arc::new(Offer { capabilities, catalogue }))
    }

    async fn list(&self, _: &CancellationToken) -> Result<Vec<Remote>, AppError> {
        self.secrets.secret("token").await?;
        self.ask("list".into());
        Ok(vec![])
    }

    async fn read(&self, id: &WebhookId, _: &CancellationToken) -> Result<Option<Remote>, AppError> {
        self.ask(format!("read {id}"));
        Err(AppError::internal("The vendor is down."))
    }

    async fn options(&self, _: &FieldPath, _: &CancellationToken) -> Result<Vec<FieldOption>, AppError> {
        Ok(vec![])
    }

    async fn prepare(
        &self,
        _: &WebhookDraft,
        _: Option<&Remote>,
        _: &CancellationToken,
    ) -> Result<Prepared, PrepareError> {
        Err(PrepareError::Fields(vec![]))
    }

    fn prepare_delete(&self, _: &WebhookId) -> Write {
        unreachable!("only its provider makes a write")
    }

    fn advise(&self, _: &Fields, _: &[Webhook]) -> Vec<Notice> {
        vec![]
    }

    async fn preview(&self, _: &[&Write], _: &CancellationToken) -> Result<Vec<RequestPreview>, AppError> {
        Ok(vec![])
    }

    async fn write(&self, _: &Write, _: &CancellationToken) -> Result<Written, WriteError> {
        Ok(Written::default())
    }

    async fn delete(&self, _: &[WebhookId], _: &CancellationToken) -> Result<(), WriteError> {
        Ok(())
    }

    fn achieved(&self, _: &Write, _: &Remote) -> bool {
        false
    }

    fn reveal(&self, _: &Remote, path: &FieldPath) -> Option<Secret> {
        self.script.secrets.lock().unwrap().get(path).map(|value| Secret::from(value.as_str()))
    }

    fn revert_secrets(&self, _: &Remote) -> Vec<(FieldPath, Secret)> {
        vec![]
    }

    fn allowance(&self) -> Option<Allowance> {
        Some(Allowance { limit: Some(50), remaining: Some(49), period_s: Some(60), wait_ms: 0 })
    }

    async fn deliveries(
        &self,
        id: &WebhookId,
        query: &DeliveryQuery,
        _: &CancellationToken,
    ) -> Result<DeliveryPage, AppError> {
        self.ask(format!("deliveries {id} {:?}", query.status));
        if *self.script.hangs.lock().unwrap() {
            std::future::pending::<()>().await;
        }
        Ok(DeliveryPage { deliveries: vec![Self::delivery("d1")], next: Some("more".into()) })
    }

    async fn delivery(
        &self,
        id: &WebhookId,
        delivery: &DeliveryId,
        _: &CancellationToken,
    ) -> Result<DeliveryDetail, AppError> {
        self.ask(format!("delivery {id} {delivery}"));
        let delivery = Self::delivery(delivery.as_str());
        Ok(DeliveryDetail { delivery, payload: Some("{}".into()), original: None, response: None })
    }

    async fn replay(
        &self,
        id: &WebhookId,
        deliveries: &[DeliveryId],
        reapply: bool,
        _: &CancellationToken,
    ) -> Result<Vec<DeliveryId>, WriteError> {
        let names: Vec<_> = deliveries.iter().map(DeliveryId::as_str).collect();
        self.ask(format!("replay {id} {} {reapply}", names.join("+")));
        if let Some(hook) = &*self.script.at_replay.lock().unwrap() {
            hook();
        }
        self.script.answers.lock().unwrap().pop_front().unwrap_or_else(|| Ok(deliveries.to_vec()))
    }
}

/// A workbench with its surroundings.
pub struct Desk {
    pub script: Arc<Script>,
    pub keyring: Arc<Keyring>,
    pub folder: tempfile::TempDir,
    pub workbench: Arc<Workbench>,
}

impl Desk {
    pub async fn new() -> Self {
        let (script, keyring) = (Arc::<Script>::default(), Arc::<Keyring>::default());
        let folder = tempfile::tempdir().unwrap();
        let workbench = open(&folder, &keyring, vec![Arc::new(Vendor(script.clone()))]).await;
        Self { script, keyring, folder, workbench }
    }

    /// A new workbench on the same database and keyring, as after a restart.
    pub async fn reopen(&mut self) {
        self.reopen_with(vec![Arc::new(Vendor(self.script.clone()))]).await;
    }

    /// A new workbench that does not know the vendor.
    pub async fn reopen_without_vendor(&mut self) {
        self.reopen_with(vec![]).await;
    }

    async fn reopen_with(&mut self, providers: Vec<Arc<dyn Provider>>) {
        self.workbench = open(&self.folder, &self.keyring, providers).await;
    }

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

    pub fn repair_database(&self) {
        let database = rusqlite::Connection::open(self.folder.path().join("tacklebox.db")).unwrap();
        database.execute_batch("DROP TRIGGER broken").unwrap();
    }

    pub async fn connect(&self) -> Connection {
        self.workbench.add_connection(&input("t0ken", "1234")).await.unwrap()
    }
}

async fn open(
    folder: &tempfile::TempDir,
    keyring: &Arc<Keyring>,
    providers: Vec<Arc<dyn Provider>>,
) -> Arc<Workbench> {
    let store = Arc::new(Store::open(&folder.path().join("tacklebox.db")).unwrap());
    let vault = Arc::new(AdaptiveVault::open(keyring.clone(), "the keyring").await);
    let folder = folder.path().to_owned();
    let profile = Profile { name: None, log_folder: folder.clone(), data_folder: folder };
    Arc::new(Workbench::open(profile, store, vault, providers).await.unwrap())
}

/// Everything the crates of this workspace log in this program.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to capture the log.
pub fn log() -> &'static Log {
    static LOG: std::sync::OnceLock<Log> = std::sync::OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let filter =
            ["workbench", "providers", "store", "vault"].map(|name| format!("tacklebox_{name}=trace"));
        let writer = log.clone();
        let layer = tracing_subscriber::fmt().with_env_filter(filter.join(","));
        layer.with_writer(move || writer.clone()).init();
        log
    })
}

/// What is entered for a connection.
pub fn input(token: &str, pin: &str) -> ConnectionInput {
    let replace = |value: &str| SecretChange::Replace { value: Secret::from(value) };
    ConnectionInput {
        provider: "vendor".into(),
        label: "Halden".into(),
        environment: Environment::Staging,
        base_url: String::new(),
        read_only: false,
        public_credentials: BTreeMap::new(),
        secret_credentials: [("token".to_owned(), replace(token)), ("pin".to_owned(), replace(pin))].into(),
    }
}

/// A webhook as the list remembers it.
pub fn webhook(connection: &Connection, id: &str, title: &str) -> Webhook {
    Webhook {
        connection: connection.id.clone(),
        id: id.into(),
        title: title.into(),
        endpoint: "e.example".into(),
        events: vec![],
        auth: vec![],
        on: None,
        fields: Fields::new(),
        preserved: vec![],
        marks: vec![],
        revision: Some(RawObject::new(serde_json::json!({})).revision()),
    }
}
