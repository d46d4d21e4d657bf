//! A running vendor, a session with it, and short ways to say what a user enters.

use async_trait::async_trait;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_model::{
    AppError, ConnectionId, FieldInput, FieldPath, ProviderId, QueryParamInput, Secret, SecretChange,
    UrlInput, WebhookDraft,
};
use tacklebox_providers::{PrepareError, Prepared, Remote, SecretSource, Session, SessionContext, find};
use tacklebox_sandbox::{
    ButlrConfig, ButlrHandle, ButlrOrganisation, Dialect, Sandbox, SandboxConfig, Webhook,
};
use tokio_util::sync::CancellationToken;

pub const OFFICES: &str = "halden-offices";
pub const LAB: &str = "halden-lab";
pub const OWN: &str = "own";

pub struct World {
    pub sandbox: Sandbox,
    pub session: Arc<dyn Session>,
    pub org: ButlrHandle,
}

/// A secret source with one secret.
struct Kept(String);

#[async_trait]
impl SecretSource for Kept {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        assert_eq!(key, "client_secret");
        Ok(Secret::from(self.0.as_str()))
    }
}

pub async fn world(key: &str) -> World {
    world_with(key, ButlrConfig::default()).await
}

pub async fn own(dialect: Dialect) -> World {
    let organisations = vec![ButlrOrganisation::empty(OWN, "Own", dialect)];
    world_with(OWN, ButlrConfig { organisations, ..ButlrConfig::default() }).await
}

pub async fn world_with(key: &str, butlr: ButlrConfig) -> World {
    let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.unwrap();
    let org = sandbox.butlr(key).unwrap();
    let session =
        session(&sandbox.butlr_url(), &org.config().client_id, &org.config().client_secret).unwrap();
    World { session, org, sandbox }
}

pub fn session(base_url: &str, client_id: &str, secret: &str) -> Result<Arc<dyn Session>, AppError> {
    find(&ProviderId::from("butlr")).unwrap().session(SessionContext {
        connection: ConnectionId::from("connection-1"),
        base_url: Some(base_url.to_owned()),
        public_credentials: BTreeMap::from([("client_id".to_owned(), client_id.to_owned())]),
        secrets: Arc::new(Kept(secret.to_owned())),
        meter: Arc::new(tacklebox_providers::NoMeter),
    })
}

pub fn go() -> CancellationToken {
    CancellationToken::new()
}

impl World {
    pub fn logins(&self) -> usize {
        self.sandbox.log().requests().iter().filter(|r| r.path.ends_with("/clients/login")).count()
    }

    pub async fn list(&self) -> Vec<Remote> {
        self.session.list(&go()).await.unwrap()
    }

    /// The webhook whose name begins so.
    pub async fn remote(&self, name: &str) -> Remote {
        self.list().await.into_iter().find(|r| r.webhook.title.starts_with(name)).unwrap()
    }

    pub fn stored(&self, remote: &Remote) -> Webhook {
        self.org.webhook(remote.webhook.id.as_str()).unwrap()
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
    pub async fn edit(&self, base: &Remote, fields: Vec<(&str, FieldInput)>) -> Webhook {
        let prepared = self.prepare(fields, Some(base)).await;
        let written = self.session.write(&prepared.write, &go()).await.unwrap();
        assert!(written.incomplete.is_none());
        self.stored(&written.remote.unwrap())
    }

    /// The bodies of all requests with this root field.
    pub fn sent(&self, root_field: &str) -> Vec<Value> {
        let log = self.sandbox.log().requests();
        log.iter().filter(|r| r.selects(root_field)).map(|r| serde_json::from_str(&r.body).unwrap()).collect()
    }
}

/// Every secret the organisation's webhooks hold, the query values of addresses included.
pub fn seeded_secrets(webhooks: &[Webhook]) -> Vec<String> {
    let mut found = Vec::new();
    for webhook in webhooks {
        let endpoint = &webhook.endpoint_config;
        found.extend(endpoint.api_key.iter().map(|a| a.value.clone()));
        found.extend(endpoint.basic_auth.iter().map(|b| b.password.clone()));
        found.extend(endpoint.url.split_once("token=").map(|(_, token)| token.to_owned()));
    }
    assert!(found.len() > 3 && found.iter().all(|secret| secret.starts_with("sandbox-")));
    found
}

pub fn draft(fields: Vec<(&str, FieldInput)>) -> WebhookDraft {
    WebhookDraft { fields: fields.into_iter().map(|(path, input)| (FieldPath::from(path), input)).collect() }
}

/// What a new webhook cannot do without.
pub fn minimal() -> Vec<(&'static str, FieldInput)> {
    vec![
        ("name", text("New")),
        ("url", url("https://new.example/hook")),
        ("timeout", FieldInput::Integer(Some(10))),
        ("events", list(&["TRAFFIC", "DETECTIONS"])),
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

pub fn replace(value: &str) -> FieldInput {
    FieldInput::Secret(SecretChange::Replace { value: Secret::from(value) })
}

pub fn keep_param(name: &str, origin: u32) -> QueryParamInput {
    QueryParamInput { name: name.to_owned(), origin: Some(origin), value: SecretChange::Keep }
}

pub fn replace_param(name: &str, origin: u32, value: &str) -> QueryParamInput {
    let value = SecretChange::Replace { value: Secret::from(value) };
    QueryParamInput { name: name.to_owned(), origin: Some(origin), value }
}

/// Everything of an error that could reach a window or a log.
pub fn everything(error: &AppError) -> String {
    format!("{error} {error:?} {}", serde_json::to_string(error).unwrap())
}
