//! What stands in front of the operations, and the operations.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::ListShape;
use super::query::Query;
use super::rate::RateState;
use super::refusal::{JSON, JSON_API, Refusal};
use super::state::Organisation;
use super::write::{self, Target};

const RESOURCE: &str = "webhook_endpoints";

/// A request to one organisation.
pub(super) struct Call<'a> {
    pub(super) method: Method,
    /// Below the organisation's base URL, without slashes.
    pub(super) path: Vec<&'a str>,
    pub(super) query: Option<&'a str>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// The documented operations.
#[derive(Debug, Clone, Copy)]
enum Operation<'a> {
    List { flat: bool },
    Create,
    Update { id: &'a str },
    Delete { id: &'a str },
    Notification { id: &'a str },
}

impl Operation<'_> {
    fn writes(self) -> bool {
        match self {
            Self::Create | Self::Update { .. } | Self::Delete { .. } => true,
            Self::List { .. } | Self::Notification { .. } => false,
        }
    }
}

/// Status, media type and body of a success.
type Success = (StatusCode, &'static str, Value);

pub(super) fn answer(organisation: &Organisation, call: &Call<'_>) -> Response {
    // Assumption: every request to a company counts against its allowance, also one without a valid token.
    let (allowed, rate) = organisation.take_from_allowance();
    let outcome = if allowed { perform(organisation, call) } else { Err(Refusal::too_many_requests()) };
    let mut response = match outcome {
        Ok((status, media_type, body)) => {
            (status, [(CONTENT_TYPE, media_type)], body.to_string()).into_response()
        }
        Err(refusal) => refusal.into_response(),
    };
    add_rate_headers(response.headers_mut(), rate);
    response
}

/// Assumption: the order of the checks: path, token, plan, maintenance, request.
fn perform(organisation: &Organisation, call: &Call<'_>) -> Result<Success, Refusal> {
    let operation = route(&call.method, &call.path).ok_or_else(Refusal::not_found)?;
    let settings = organisation.settings();
    authenticate(call.headers, &organisation.config.access_token, settings.token_revoked)?;
    organisation.meter();
    if let Some(problem) = settings.payment {
        return Err(Refusal::payment(problem));
    }
    if settings.read_only && operation.writes() {
        return Err(Refusal::read_only());
    }
    let query = Query::parse(call.query.unwrap_or_default())?;
    match operation {
        Operation::List { flat } => {
            Ok(list(organisation, &query, flat || settings.list_shape == ListShape::Flat))
        }
        Operation::Create => {
            let changes = write::read(call.headers, call.body, Target::New)?;
            let created = organisation.create(changes)?;
            Ok((StatusCode::CREATED, JSON_API, document(created.resource(query.fields.as_deref()))))
        }
        Operation::Update { id } => {
            let changes = write::read(call.headers, call.body, Target::Existing(id))?;
            let updated = organisation.update(id, changes)?;
            Ok((StatusCode::OK, JSON_API, document(updated.resource(query.fields.as_deref()))))
        }
        Operation::Delete { id } => {
            let mut deleted = organisation.delete(id)?;
            deleted.events.clear();
            Ok((StatusCode::OK, JSON, document(deleted.resource(query.fields.as_deref()))))
        }
        Operation::Notification { id } => {
            let notification = organisation.notification(id).ok_or_else(Refusal::not_found)?;
            Ok((StatusCode::OK, JSON_API, document(notification.resource())))
        }
    }
}

/// Anything undocumented has no route, a single endpoint by its path included.
fn route<'a>(method: &Method, path: &[&'a str]) -> Option<Operation<'a>> {
    let ["api", "4" | "boomerang", path @ ..] = path else { return None };
    match (method.as_str(), path) {
        ("GET", [RESOURCE]) => Some(Operation::List { flat: false }),
        // The documents: `.json` after a path gives the flat form.
        ("GET", ["webhook_endpoints.json"]) => Some(Operation::List { flat: true }),
        ("POST", [RESOURCE]) => Some(Operation::Create),
        ("PUT" | "PATCH", [RESOURCE, id]) => Some(Operation::Update { id }),
        ("DELETE", [RESOURCE, id]) => Some(Operation::Delete { id }),
        ("GET", ["webhooks", id]) => Some(Operation::Notification { id }),
        _ => None,
    }
}

fn authenticate(headers: &HeaderMap, token: &str, revoked: bool) -> Result<(), Refusal> {
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    match sent.and_then(|value| value.strip_prefix("Bearer ")) {
        None => Err(Refusal::unauthorised(None)),
        Some(sent) if sent != token => Err(Refusal::unauthorised(Some("token is invalid"))),
        Some(_) if revoked => Err(Refusal::unauthorised(Some("token is invalid (revoked)"))),
        Some(_) => Ok(()),
    }
}

fn list(organisation: &Organisation, query: &Query, flat: bool) -> Success {
    let (page, total) = query.select(organisation.endpoints());
    let fields = query.fields.as_deref();
    let data: Vec<Value> =
        page.iter().map(|row| if flat { row.flat(fields) } else { row.resource(fields) }).collect();
    let mut body = json!({ "data": data });
    if query.total {
        body["meta"] = json!({ "stats": { "total": { "count": total } } });
    } else if !flat {
        body["meta"] = json!({});
    }
    (StatusCode::OK, JSON_API, body)
}

fn document(resource: Value) -> Value {
    json!({ "data": resource, "meta": {} })
}

/// The three headers seen on every recorded answer. There is no reset time and no `Retry-After`.
fn add_rate_headers(headers: &mut HeaderMap, rate: RateState) {
    let mut add = |name, value: u64| headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    add("x-ratelimit-limit", u64::from(rate.limit));
    add("x-ratelimit-period", rate.period_seconds);
    add("x-ratelimit-remaining", u64::from(rate.remaining));
}
