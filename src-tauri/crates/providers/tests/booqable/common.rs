//! A running vendor, a session with it, and short ways to say what a user enters.

use async_trait::async_trait;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tacklebox_model::{
    AppError, ConnectionId, FieldInput, FieldPath, ProviderId, QueryParamInput, Secret, SecretChange,
    UrlInput, WebhookDraft,
};
use tacklebox_providers::{
    Meter, PrepareError, Prepared, Remote, SecretSource, Session, SessionContext, WriteError, find,
};
use tacklebox_sandbox::{
    BooqableConfig, BooqableEndpoint, BooqableHandle, BooqableOrganisation, Fault, FaultAction,
    LoggedRequest, Sandbox, SandboxConfig,
};
use tokio_util::sync::CancellationToken;

pub const RENTALS: &str = "kestrel-rentals";
pub const TRIAL: &str = "kestrel-trial";
pub const OWN: &str = "own";

pub struct World {
    pub sandbox: Sandbox,
    pub session: Arc<dyn Session>,
    pub org: BooqableHandle,
    pub calls: Arc<Calls>,
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

/// How many requests a session says it sent.
#[derive(Default)]
pub struct Calls(AtomicUsize);

impl Meter for Calls {
    fn sent(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Calls {
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// A seeded organisation whose allowance is never used up.
pub async fn world(slug: &str) -> World {
    world_with(slug, BooqableConfig::default().unlimited()).await
}

pub async fn world_with(slug: &str, booqable: BooqableConfig) -> World {
    let sandbox = Sandbox::start(SandboxConfig { booqable, ..SandboxConfig::default() }).await.unwrap();
    let org = sandbox.booqable(slug).unwrap();
    let calls = Arc::new(Calls::default());
    let credentials = public(slug, "4");
    let session = session(&sandbox.booqable_url(slug), credentials, org.access_token(), &calls).unwrap();
    World { session, org, sandbox, calls }
}

/// An organisation with these endpoints alone.
pub async fn own(endpoints: Vec<BooqableEndpoint>) -> World {
    let organisations = vec![BooqableOrganisation::empty(OWN, "Own")];
    let world = world_with(OWN, BooqableConfig { organisations }.unlimited()).await;
    for endpoint in endpoints {
        world.org.add_endpoint(endpoint);
    }
    world
}

pub fn public(slug: &str, api: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("slug".to_owned(), slug.to_owned()), ("api".to_owned(), api.to_owned())])
}

pub fn session(
    base_url: &str,
    public_credentials: BTreeMap<String, String>,
    token: &str,
    calls: &Arc<Calls>,
) -> Result<Arc<dyn Session>, AppError> {
    find(&ProviderId::from("booqable")).unwrap().session(SessionContext {
        connection: ConnectionId::from("connection-1"),
        base_url: Some(base_url.to_owned()),
        public_credentials,
        secrets: Arc::new(Kept(token.to_owned())),
        meter: calls.clone(),
    })
}

pub fn go() -> CancellationToken {
    CancellationToken::new()
}

impl World {
    /// Another session with the same organisation.
    pub fn session_as(&self, slug: &str, api: &str, token: &str) -> Arc<dyn Session> {
        let base_url = self.sandbox.booqable_url(&self.org.config().slug);
        session(&base_url, public(slug, api), token, &self.calls).unwrap()
    }

    pub async fn list(&self) -> Vec<Remote> {
        self.session.list(&go()).await.unwrap()
    }

    /// The webhook whose title begins so.
    pub async fn remote(&self, title: &str) -> Remote {
        self.list().await.into_iter().find(|r| r.webhook.title.starts_with(title)).unwrap()
    }

    pub fn stored(&self, remote: &Remote) -> BooqableEndpoint {
        self.org.endpoint(remote.webhook.id.as_str()).unwrap()
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

    /// Changes a webhook and returns what the vendor then stores.
    pub async fn edit(&self, base: &Remote, fields: Vec<(&str, FieldInput)>) -> BooqableEndpoint {
        let prepared = self.prepare(fields, Some(base)).await;
        let written = self.session.write(&prepared.write, &go()).await.unwrap();
        assert!(written.incomplete.is_none() && written.told_once.is_empty());
        self.stored(&written.remote.unwrap())
    }

    /// Writes a new webhook while something goes wrong.
    pub async fn create_with(&self, fault: Fault) -> WriteError {
        let prepared = self.prepare(minimal(), None).await;
        self.sandbox.faults().push(fault);
        self.session.write(&prepared.write, &go()).await.unwrap_err()
    }

    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.sandbox.log().requests()
    }

    /// The requests of this method.
    pub fn sent(&self, method: &str) -> Vec<LoggedRequest> {
        self.requests().into_iter().filter(|request| request.method == method).collect()
    }

    /// The body of the only request of this method.
    pub fn body(&self, method: &str) -> String {
        let sent = self.sent(method);
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent[0].body.clone()
    }

    pub fn next(&self, action: FaultAction) {
        self.sandbox.faults().push(Fault::new("*", action));
    }
}

pub fn draft(fields: Vec<(&str, FieldInput)>) -> WebhookDraft {
    WebhookDraft { fields: fields.into_iter().map(|(path, input)| (FieldPath::from(path), input)).collect() }
}

/// What a new webhook cannot do without.
pub fn minimal() -> Vec<(&'static str, FieldInput)> {
    vec![
        ("url", url("https://new.example/hook")),
        ("version", text("4")),
        ("events", list(&["customer.created", "customer.updated"])),
    ]
}

/// The fields of a new webhook with one of them otherwise.
pub fn minimal_but(path: &'static str, input: FieldInput) -> Vec<(&'static str, FieldInput)> {
    minimal().into_iter().filter(|(known, _)| *known != path).chain([(path, input)]).collect()
}

pub fn text(text: &str) -> FieldInput {
    FieldInput::Text(text.to_owned())
}

pub fn list(items: &[&str]) -> FieldInput {
    FieldInput::List(items.iter().map(ToString::to_string).collect())
}

pub fn url(base: &str) -> FieldInput {
    url_with(base, vec![])
}

pub fn url_with(base: &str, query: Vec<QueryParamInput>) -> FieldInput {
    FieldInput::Url(UrlInput { base: base.to_owned(), keep_userinfo: false, query })
}

pub fn replace(value: &str) -> FieldInput {
    FieldInput::Secret(SecretChange::Replace { value: Secret::from(value) })
}

pub fn keep_param(name: &str, origin: u32) -> QueryParamInput {
    QueryParamInput { name: name.to_owned(), origin: Some(origin), value: SecretChange::Keep }
}

pub fn replace_param(name: &str, origin: Option<u32>, value: &str) -> QueryParamInput {
    let value = SecretChange::Replace { value: Secret::from(value) };
    QueryParamInput { name: name.to_owned(), origin, value }
}

pub fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

/// Everything of an error that could reach a window or a log.
pub fn everything(error: &AppError) -> String {
    format!("{error} {error:?} {}", serde_json::to_string(error).unwrap())
}
