//! A running vendor, a session with it, and short ways to say what a user enters.

use async_trait::async_trait;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use tacklebox_model::{
    AppError, ConnectionId, FieldInput, FieldPath, FieldValue, PairInput, ProviderId, Secret, SecretChange,
    UrlInput, WebhookDraft, WebhookId,
};
use tacklebox_openapi::{Document, Exchange, Tolerated, epilot_document};
use tacklebox_providers::{
    NoMeter, PrepareError, Prepared, Remote, SecretSource, Session, SessionContext, Written, find,
};
use tacklebox_sandbox::{
    EpilotConfig, EpilotHandle, EpilotOrganisation, Fault, LoggedRequest, Sandbox, SandboxConfig,
};
use tokio_util::sync::CancellationToken;

pub const MERIDIAN: &str = "meridian";
pub const REHEARSAL: &str = "meridian-sandbox";
pub const OWN: &str = "own";

pub const ERP: &str = "mErpSync1hook000000001";
pub const CRM: &str = "mCrmOauth1hook00000002";
pub const FILES: &str = "mFilesKey1hook00000003";
pub const METER: &str = "mMeterKey1hook00000004";
pub const AUTOMATION: &str = "mAutoFlow1hook00000005";
pub const ORDERS: &str = "mCondAll1hook000000006";
pub const BILLING: &str = "mStaticIp1hook00000007";
pub const SAP: &str = "mSecProxy1hook00000008";
pub const BLUEPRINT: &str = "mBlueprnt1hook00000009";
pub const PORTAL: &str = "mDisabled1hook00000010";
pub const TICKETS: &str = "mNextMonth1hook0000011";
pub const IVY: &str = "mUnknownE1hook00000012";

pub const CREATE: &str = "POST /v1/webhooks/configs";
pub const UPDATE: &str = "PUT /v1/webhooks/configs/{id}";
pub const DELETE: &str = "DELETE /v1/webhooks/configs/{id}";
pub const LIST: &str = "GET /v1/webhooks/configs";

/// Fields that the seeded webhooks or these tests have beyond the document.
const STRANGERS: [&str; 2] = ["deliveryWindow", "newField"];

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::load(&epilot_document()).unwrap());

pub struct World {
    pub sandbox: Sandbox,
    pub session: Arc<dyn Session>,
    pub org: EpilotHandle,
    /// Answers are not the simulator's own, so only requests are held against the document.
    spoilt: AtomicBool,
}

/// A secret source with one secret.
struct Kept(String);

#[async_trait]
impl SecretSource for Kept {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        assert_eq!(key, "access_token");
        Ok(Secret::from(self.0.as_str()))
    }
}

pub async fn world(key: &str) -> World {
    world_with(key, EpilotConfig::default()).await
}

/// An organisation with these events and nothing else.
pub async fn own(events: &[&str]) -> World {
    let organisations = vec![EpilotOrganisation::empty(OWN, "Own", events)];
    world_with(OWN, EpilotConfig { organisations, ..EpilotConfig::default() }).await
}

pub async fn world_with(key: &str, epilot: EpilotConfig) -> World {
    let config = SandboxConfig { epilot, record_answers: true, ..SandboxConfig::default() };
    let sandbox = Sandbox::start(config).await.unwrap();
    let org = sandbox.epilot(key).unwrap();
    let session = session(&sandbox.epilot_url(), &org.access_token());
    World { session, org, sandbox, spoilt: AtomicBool::new(false) }
}

pub fn session(base_url: &str, token: &str) -> Arc<dyn Session> {
    let context = SessionContext {
        connection: ConnectionId::from("connection-1"),
        base_url: Some(base_url.to_owned()),
        public_credentials: BTreeMap::new(),
        secrets: Arc::new(Kept(token.to_owned())),
        meter: Arc::new(NoMeter),
    };
    find(&ProviderId::from("epilot")).unwrap().session(context).unwrap()
}

pub fn go() -> CancellationToken {
    CancellationToken::new()
}

impl World {
    /// The session of another token of the organisation.
    pub fn session_of(&self, token: &str) -> Arc<dyn Session> {
        session(&self.sandbox.epilot_url(), &self.org.token(token).unwrap())
    }

    pub fn fault(&self, fault: Fault) {
        self.spoil_answers();
        self.sandbox.faults().push(fault);
    }

    /// From here on answers need not keep to the document.
    pub fn spoil_answers(&self) {
        self.spoilt.store(true, Ordering::SeqCst);
    }

    pub async fn list(&self) -> Vec<Remote> {
        self.session.list(&go()).await.unwrap()
    }

    pub async fn remote(&self, id: &str) -> Remote {
        self.session.read(&WebhookId::from(id), &go()).await.unwrap().unwrap()
    }

    pub fn stored(&self, id: &str) -> Value {
        self.org.webhook(id).unwrap()
    }

    pub async fn prepare(&self, fields: Vec<(&str, FieldInput)>, base: Option<&Remote>) -> Prepared {
        self.session.prepare(&draft(fields), base, &go()).await.unwrap()
    }

    /// The paths at which a draft is not right, with the words.
    pub async fn wrong(
        &self,
        fields: Vec<(&str, FieldInput)>,
        base: Option<&Remote>,
    ) -> Vec<(String, String)> {
        match self.session.prepare(&draft(fields), base, &go()).await {
            Err(PrepareError::Fields(errors)) => {
                errors.into_iter().map(|e| (e.path.as_str().to_owned(), e.message)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    /// Creates a webhook and returns what was answered beside what epilot then stores.
    pub async fn create(&self, fields: Vec<(&str, FieldInput)>) -> (Written, Value) {
        let prepared = self.prepare(fields, None).await;
        let written = self.session.write(&prepared.write, &go()).await.unwrap();
        assert!(written.incomplete.is_none());
        let id = written.remote.as_ref().unwrap().webhook.id.clone();
        (written, self.stored(id.as_str()))
    }

    /// Changes a webhook and returns what epilot then stores.
    pub async fn edit(&self, id: &str, fields: Vec<(&str, FieldInput)>) -> Value {
        let base = self.remote(id).await;
        let prepared = self.prepare(fields, Some(&base)).await;
        let written = self.session.write(&prepared.write, &go()).await.unwrap();
        assert!(written.incomplete.is_none());
        self.stored(id)
    }

    /// The requests of this method whose path ends so.
    pub fn requests(&self, method: &str, end: &str) -> Vec<LoggedRequest> {
        let all = self.sandbox.log().requests().into_iter();
        all.filter(|r| r.method == method && r.path.split('?').next().is_some_and(|p| p.ends_with(end)))
            .collect()
    }

    /// The body of the last such request.
    pub fn sent(&self, method: &str, end: &str) -> Value {
        serde_json::from_str(&self.requests(method, end).last().unwrap().body).unwrap()
    }

    fn check_exchanges(&self) {
        for request in self.sandbox.log().requests() {
            let (sent, answered) =
                (known(&request.body), known(request.answer.as_deref().unwrap_or_default()));
            let exchange = Exchange {
                method: &request.method,
                path: request.path.strip_prefix("/epilot").unwrap(),
                request_content_type: request.headers.get("content-type").map(String::as_str),
                request_body: &sent,
                status: request.status.unwrap_or_default(),
                answer_content_type: request.answer_content_type.as_deref(),
                answer_body: &answered,
            };
            let violations = match self.spoilt.load(Ordering::SeqCst) {
                true => DOCUMENT.check_request(&exchange),
                false => DOCUMENT.check(&exchange, &Tolerated::gateway()),
            };
            assert!(violations.is_empty(), "{request:?}: {violations:?}");
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.check_exchanges();
        }
    }
}

/// A body without the fields that are strange on purpose.
fn known(body: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else { return body.to_owned() };
    let objects =
        if let Value::Array(items) = &mut value { items.iter_mut().collect() } else { vec![&mut value] };
    for object in objects.into_iter().filter_map(Value::as_object_mut) {
        STRANGERS.iter().for_each(|name| drop(object.shift_remove(*name)));
    }
    value.to_string()
}

pub fn draft(fields: Vec<(&str, FieldInput)>) -> WebhookDraft {
    WebhookDraft { fields: fields.into_iter().map(|(path, input)| (FieldPath::from(path), input)).collect() }
}

/// What a new webhook cannot do without.
pub fn minimal() -> Vec<(&'static str, FieldInput)> {
    vec![
        ("name", text("New")),
        ("url", url("https://new.example/hook")),
        ("events", list(&["customer_request_created"])),
    ]
}

pub fn minimal_and(more: Vec<(&'static str, FieldInput)>) -> Vec<(&'static str, FieldInput)> {
    minimal().into_iter().chain(more).collect()
}

pub fn text(text: &str) -> FieldInput {
    FieldInput::Text(text.to_owned())
}

pub fn list(items: &[&str]) -> FieldInput {
    FieldInput::List(items.iter().map(ToString::to_string).collect())
}

pub fn on(flag: bool) -> FieldInput {
    FieldInput::Flag(flag)
}

pub fn url(base: &str) -> FieldInput {
    FieldInput::Url(UrlInput { base: base.to_owned(), keep_userinfo: false, query: vec![] })
}

pub fn keep() -> FieldInput {
    FieldInput::Secret(SecretChange::Keep)
}

pub fn clear() -> FieldInput {
    FieldInput::Secret(SecretChange::Clear)
}

pub fn replace(value: &str) -> FieldInput {
    FieldInput::Secret(SecretChange::Replace { value: Secret::from(value) })
}

pub fn pairs(list: Vec<PairInput>) -> FieldInput {
    FieldInput::Pairs(list)
}

/// A new value of a list.
pub fn new_pair(group: Option<&str>, name: &str, value: &str) -> PairInput {
    let value = SecretChange::Replace { value: Secret::from(value) };
    PairInput { group: group.map(str::to_owned), name: name.to_owned(), origin: None, value }
}

/// A stored value of a list.
pub fn kept_pair(group: Option<&str>, name: &str, origin: u32) -> PairInput {
    PairInput {
        group: group.map(str::to_owned),
        name: name.to_owned(),
        origin: Some(origin),
        value: SecretChange::Keep,
    }
}

pub fn text_of(remote: &Remote, path: &str) -> Option<String> {
    match remote.webhook.field(path) {
        Some(FieldValue::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Everything of an error that could reach a window or a log.
pub fn everything(error: &AppError) -> String {
    format!("{error} {error:?} {}", serde_json::to_string(error).unwrap())
}
