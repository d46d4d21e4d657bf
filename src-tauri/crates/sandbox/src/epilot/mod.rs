//! The simulated epilot: webhooks over REST, one organisation per access token.

mod configs;
mod control;
mod deliver;
mod events;
mod execute;
mod fields;
mod organisation;
mod rules;
mod seed;
mod seed_events;
mod seed_webhooks;
mod state;
mod time;
mod token;
mod validate;

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::control::Clock;
use crate::{SandboxError, SandboxOrganisation};

pub(crate) use control::router as control_router;
pub use deliver::EpilotOutcome;
pub use organisation::{EpilotDelivery, EpilotOrganisation};
pub use state::EpilotHandle;
pub use token::EpilotToken;

/// The epilot simulator's settings.
#[derive(Debug, Clone)]
pub struct EpilotConfig {
    /// Whether a secret that is a reference such as `{{ env.erp_password }}` and is flagged as one comes back in
    /// clear. Assumption, `true` by default: the documents only say that the value then is a reference.
    pub readable_references: bool,
    /// The organisations; the two seeded ones by default.
    pub organisations: Vec<EpilotOrganisation>,
}

impl Default for EpilotConfig {
    fn default() -> Self {
        Self {
            readable_references: true,
            organisations: vec![EpilotOrganisation::meridian(), EpilotOrganisation::meridian_sandbox()],
        }
    }
}

/// All organisations of the simulated vendor.
#[derive(Debug)]
pub(crate) struct Epilot {
    readable_references: bool,
    organisations: Vec<Arc<state::Organisation>>,
}

/// What a request wants to do, by the grants of the vendor's permission system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grant {
    View,
    Create,
    Edit,
    Delete,
}

/// A request that is not carried out.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    /// `None` leaves the body empty.
    message: Option<String>,
}

type Answer = Result<Response, Refusal>;
type Server = axum::extract::State<Arc<Epilot>>;

impl Epilot {
    pub(crate) fn new(config: &EpilotConfig, clock: &Arc<Clock>) -> Self {
        let organisation = |organisation: &EpilotOrganisation| {
            Arc::new(state::Organisation::new(organisation.clone(), clock.clone()))
        };
        Self {
            readable_references: config.readable_references,
            organisations: config.organisations.iter().map(organisation).collect(),
        }
    }

    pub(crate) fn router(self: Arc<Self>) -> Router {
        const CONFIG: &str = "/v1/webhooks/configs/{config}";
        let below = |path: &str| format!("{CONFIG}{path}");
        Router::new()
            .route("/v1/webhooks/.well-known/public-key", get(execute::public_key))
            .route("/v1/webhooks/configured-events", get(configs::configured_events))
            .route("/v1/webhooks/configs", get(configs::list).post(configs::create))
            .route(CONFIG, get(configs::read).put(configs::update).delete(configs::delete))
            .route(&below("/test-oauth"), post(execute::test_oauth))
            .route(&below("/trigger"), post(execute::trigger))
            .route(&below("/example"), post(execute::example))
            .route(&below("/events"), get(events::list_v1))
            .route(&below("/events/replay-batch"), post(events::replay_batch))
            .route(&below("/events/{event}"), get(events::read))
            .route(&below("/events/{event}/replay"), post(events::replay))
            .route("/v2/webhooks/configs/{config}/events", post(events::list_v2))
            .fallback(unknown_route)
            .method_not_allowed_fallback(unknown_route)
            .with_state(self)
    }

    pub(crate) fn organisations(&self, base_url: &str) -> Vec<SandboxOrganisation> {
        let describe = |organisation: &Arc<state::Organisation>| SandboxOrganisation {
            provider: "epilot".to_owned(),
            key: organisation.config.key.clone(),
            label: organisation.config.label.clone(),
            organisation_id: organisation.config.organisation_id.clone(),
            base_url: base_url.to_owned(),
            credential: vec![("access_token".to_owned(), organisation.access_token())],
        };
        self.organisations.iter().map(describe).collect()
    }

    pub(crate) fn handle(&self, name: &str) -> Result<EpilotHandle, SandboxError> {
        self.organisations
            .iter()
            .find(|organisation| organisation.config.key == name || organisation.config.label == name)
            .map(|organisation| EpilotHandle::new(organisation.clone()))
            .ok_or_else(|| SandboxError::UnknownOrganisation(name.to_owned()))
    }

    pub(crate) fn reset(&self) {
        for organisation in &self.organisations {
            organisation.reset();
        }
    }

    /// The key of the organisation whose token was sent, valid or not.
    pub(crate) fn describe(&self, headers: &HeaderMap) -> Option<String> {
        let token = bearer(headers)?;
        let organisation = self.organisations.iter().find(|organisation| organisation.knows(token));
        organisation.map(|organisation| organisation.config.key.clone())
    }

    /// The organisation of a valid token that has the grant.
    fn enter(&self, headers: &HeaderMap, grant: Grant) -> Result<Arc<state::Organisation>, Refusal> {
        let unauthorized = || Refusal::new(StatusCode::UNAUTHORIZED, "Unauthorized");
        let token = bearer(headers).ok_or_else(unauthorized)?;
        let mut found = self.organisations.iter().filter_map(|o| Some((o, o.valid_token(token)?)));
        let (organisation, token) = found.next().ok_or_else(unauthorized)?;
        match token.allows(grant) {
            true => Ok(organisation.clone()),
            false => Err(Refusal::new(StatusCode::FORBIDDEN, "Forbidden")),
        }
    }
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: Some(message.into()) }
    }

    fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self.message {
            Some(message) => (self.status, Json(json!({ "message": message }))).into_response(),
            None => self.status.into_response(),
        }
    }
}

/// Assumption: what the gateway answers to a route it does not know.
async fn unknown_route() -> Refusal {
    Refusal::not_found("Not Found")
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The JSON of a body; `None` when it is empty.
fn json_body(headers: &HeaderMap, body: &Bytes) -> Result<Option<Value>, Refusal> {
    if body.is_empty() {
        return Ok(None);
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::bad_request("The content type must be application/json"));
    }
    let value = serde_json::from_slice(body);
    value.map(Some).map_err(|_| Refusal::bad_request("The request body is not valid JSON"))
}

fn required_body(headers: &HeaderMap, body: &Bytes) -> Result<Value, Refusal> {
    json_body(headers, body)?.ok_or_else(|| Refusal::bad_request("A request body is required"))
}

/// Query parameters by name. Assumption: unknown and repeated ones are refused.
fn query(uri: &axum::http::Uri, known: &[&str]) -> Result<Vec<(String, String)>, Refusal> {
    let mut parameters: Vec<(String, String)> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        if !known.contains(&name.as_ref()) || parameters.iter().any(|(other, _)| *other == name) {
            return Err(Refusal::bad_request(format!("Unexpected query parameter {name}")));
        }
        parameters.push((name.into_owned(), value.into_owned()));
    }
    Ok(parameters)
}

fn parameter<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}
