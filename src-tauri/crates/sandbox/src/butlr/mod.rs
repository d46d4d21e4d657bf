//! The simulated Butlr: JSON login, one GraphQL endpoint, and a firewall in front of everything else.

mod assets;
mod fake;
mod graphql;
mod login;
mod mutations;
mod organisation;
mod schema;
mod seed;
mod seed_assets;
mod state;
mod webhook;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::control::{Clock, Operation, lock};
use crate::{SandboxError, SandboxOrganisation};

pub use assets::ButlrAssets;
pub use organisation::{ButlrOrganisation, Dialect, Spelling};
pub use state::ButlrHandle;
pub use webhook::{ApiKey, BasicAuth, EndpointConfig, Webhook};

const LOGIN_PATH: &str = "/api/v2/clients/login";
const GRAPHQL_PATH: &str = "/api/v3/graphql";

/// The Butlr simulator's settings.
#[derive(Debug, Clone)]
pub struct ButlrConfig {
    /// How long a token lives by the sandbox's clock, and what `expires_in` says. 1000 s by default, as in
    /// the vendor's current documents (older ones say 3666).
    pub token_lifetime: Duration,
    /// How a missing, unknown or expired token is refused.
    pub unauthenticated: UnauthenticatedAnswer,
    /// The organisations; the two seeded ones by default.
    pub organisations: Vec<ButlrOrganisation>,
}

impl Default for ButlrConfig {
    fn default() -> Self {
        Self {
            token_lifetime: Duration::from_secs(1000),
            unauthenticated: UnauthenticatedAnswer::default(),
            organisations: vec![ButlrOrganisation::halden_offices(), ButlrOrganisation::halden_lab()],
        }
    }
}

/// How GraphQL refuses a request without a valid token. The vendor's own client copes with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnauthenticatedAnswer {
    /// HTTP 401 with `errors[0].extensions.code` `UNAUTHENTICATED`.
    #[default]
    Http401,
    /// HTTP 200 with the same body.
    Http200,
}

/// All organisations of the simulated vendor.
#[derive(Debug)]
pub(crate) struct Butlr {
    clock: Arc<Clock>,
    token_lifetime: Duration,
    unauthenticated: UnauthenticatedAnswer,
    organisations: Vec<Arc<state::Organisation>>,
    tokens: Arc<Mutex<Tokens>>,
}

/// Access tokens handed out, by their text.
pub(crate) type Tokens = HashMap<String, Token>;

/// What an access token stands for.
#[derive(Debug)]
pub(crate) struct Token {
    organisation: Arc<state::Organisation>,
    expires_at_ms: u64,
}

impl Butlr {
    pub(crate) fn new(config: &ButlrConfig, clock: Arc<Clock>) -> Result<Self, SandboxError> {
        let organisations = config
            .organisations
            .iter()
            .map(|organisation| state::Organisation::new(organisation).map(Arc::new))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            clock,
            token_lifetime: config.token_lifetime,
            unauthenticated: config.unauthenticated,
            organisations,
            tokens: Arc::default(),
        })
    }

    pub(crate) fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route(LOGIN_PATH, post(login::login))
            .route(GRAPHQL_PATH, post(graphql::execute))
            .fallback(blocked)
            .method_not_allowed_fallback(blocked)
            .with_state(self)
    }

    pub(crate) fn organisations(&self, base_url: &str) -> Vec<SandboxOrganisation> {
        let describe = |organisation: &Arc<state::Organisation>| SandboxOrganisation {
            provider: "butlr".to_owned(),
            key: organisation.config.key.clone(),
            label: organisation.config.label.clone(),
            organisation_id: organisation.config.organisation_id.clone(),
            base_url: base_url.to_owned(),
            credential: vec![
                ("client_id".to_owned(), organisation.config.client_id.clone()),
                ("client_secret".to_owned(), organisation.config.client_secret.clone()),
            ],
        };
        self.organisations.iter().map(describe).collect()
    }

    pub(crate) fn handle(&self, name: &str) -> Result<ButlrHandle, SandboxError> {
        self.organisations
            .iter()
            .find(|organisation| organisation.config.key == name || organisation.config.label == name)
            .map(|organisation| ButlrHandle::new(organisation.clone(), self.tokens.clone()))
            .ok_or_else(|| SandboxError::UnknownOrganisation(name.to_owned()))
    }

    pub(crate) fn reset(&self) {
        lock(&self.tokens).clear();
        for organisation in &self.organisations {
            organisation.reset();
        }
    }

    /// Whose request this is and what it asks for, for the log and the faults. `path` is below the base URL.
    pub(crate) fn describe(
        &self,
        path: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> (Option<String>, Option<Operation>) {
        let organisation = match path {
            LOGIN_PATH => self.by_client_id(body),
            _ => bearer(headers)
                .and_then(|token| lock(&self.tokens).get(token).map(|t| t.organisation.clone())),
        };
        let operation = if path == GRAPHQL_PATH { graphql::operation(body) } else { None };
        (organisation.map(|organisation| organisation.config.key.clone()), operation)
    }

    fn by_client_id(&self, login_body: &[u8]) -> Option<Arc<state::Organisation>> {
        let body: serde_json::Value = serde_json::from_slice(login_body).ok()?;
        let client_id = body.get("client_id")?.as_str()?;
        self.organisations.iter().find(|o| o.config.client_id == client_id).cloned()
    }

    /// The organisation of a valid token.
    fn authenticate(&self, headers: &HeaderMap) -> Option<Arc<state::Organisation>> {
        let tokens = lock(&self.tokens);
        let token = tokens.get(bearer(headers)?)?;
        (self.clock.now_ms() < token.expires_at_ms).then(|| token.organisation.clone())
    }
}

/// Paths the vendor does not know are answered by a firewall, not by the API.
async fn blocked() -> Response {
    const PAGE: &str = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n\
        <center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/html")], PAGE).into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Whether the content type is JSON, parameters aside.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}
