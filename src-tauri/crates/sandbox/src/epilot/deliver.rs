//! Delivering to an endpoint: really when it is on this computer, else as scripted.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderName, HeaderValue, Request};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use tokio::net::TcpStream;
use url::{Host, Url};
use uuid::Uuid;

use super::state::{Delivery, Organisation};
use super::time;

/// How long an endpoint may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The largest answer of an endpoint that is recorded, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// How a delivery ends.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EpilotOutcome {
    /// The endpoint, or a gateway before it, answered.
    Answered {
        /// The HTTP status; the delivery succeeded if it is 2xx.
        status: u16,
        /// The answer's body, an object or null.
        #[serde(default)]
        body: Value,
    },
    /// The delivery failed at the vendor, so there is no HTTP status.
    Internal {
        /// Such as `INTERNAL_ERROR`, `INTERNAL_RESPONSE_TOO_LARGE` or `OAuthTokenExchangeError`.
        code: String,
        /// The vendor's words.
        message: String,
    },
}

impl EpilotOutcome {
    /// An answer without a body.
    pub fn answered(status: u16) -> Self {
        Self::Answered { status, body: Value::Null }
    }

    /// `succeeded` or `failed`.
    pub(super) fn status(&self) -> &'static str {
        match self {
            Self::Answered { status: 200..=299, .. } => "succeeded",
            Self::Answered { .. } | Self::Internal { .. } => "failed",
        }
    }

    /// The HTTP status, if there was one.
    pub(super) fn status_code(&self) -> Option<u16> {
        match self {
            Self::Answered { status, .. } => Some(*status),
            Self::Internal { .. } => None,
        }
    }

    /// `message`, `body` and `code` as the vendor reports them.
    pub(super) fn report(&self) -> Map<String, Value> {
        let mut report = Map::new();
        match self {
            Self::Answered { status, body } => {
                report.insert("message".to_owned(), json!(reason(*status)));
                if body.is_object() {
                    report.insert("body".to_owned(), body.clone());
                }
            }
            Self::Internal { code, message } => {
                report.insert("message".to_owned(), json!(message));
                report.insert("code".to_owned(), json!(code));
            }
        }
        report
    }
}

/// Delivers a payload and records it; the stored event.
pub(super) async fn deliver(
    organisation: &Organisation,
    webhook: &Value,
    payload: &Value,
    original: Option<&str>,
) -> (Delivery, EpilotOutcome) {
    let event_id = Uuid::new_v4().to_string();
    let text = payload.to_string();
    let url = webhook["url"].as_str().unwrap_or_default();
    let outcome = match (organisation.outcome(), loopback(url)) {
        (Some(scripted), _) => scripted,
        (None, Some(url)) => send(&url, webhook, &event_id, &text).await,
        (None, None) => EpilotOutcome::Answered { status: 200, body: json!({ "received": true }) },
    };
    let at_ms = organisation.clock.now_ms();
    let mut event = Map::from_iter([
        ("event_id".to_owned(), json!(event_id)),
        ("org_id".to_owned(), json!(organisation.config.organisation_id)),
        ("webhook_config_id".to_owned(), webhook["id"].clone()),
        ("url".to_owned(), json!(url)),
        ("created_at".to_owned(), json!(time::format(at_ms))),
        ("event_name".to_owned(), webhook["eventName"].clone()),
        ("status".to_owned(), json!(outcome.status())),
        ("retry_attempt".to_owned(), json!(0)),
        ("payload".to_owned(), json!(text)),
    ]);
    let mut response = outcome.report();
    response.extend(outcome.status_code().map(|status| ("status_code".to_owned(), json!(status))));
    event.insert("http_response".to_owned(), Value::Object(response));
    event.extend(payload.get("metadata").map(|metadata| ("metadata".to_owned(), metadata.clone())));
    event.extend(original.map(|original| ("original_payload".to_owned(), json!(original))));
    // The document's list of methods is shorter here than in the webhook itself.
    let method = webhook["httpMethod"].as_str().filter(|method| ["GET", "POST", "PUT"].contains(method));
    event.extend(method.map(|method| ("http_method".to_owned(), json!(method))));
    let delivery = Delivery { at_ms, event };
    organisation.with(|inner| inner.deliveries.push(delivery.clone()));
    (delivery, outcome)
}

/// The URL, if it is plain HTTP to this computer.
fn loopback(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok().filter(|url| url.scheme() == "http")?;
    let here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    here.then_some(url)
}

async fn send(url: &Url, webhook: &Value, event_id: &str, payload: &str) -> EpilotOutcome {
    let internal = |code: &str, message: &str| EpilotOutcome::Internal {
        code: code.to_owned(),
        message: message.to_owned(),
    };
    let Some(request) = request(url, webhook, event_id, payload) else {
        return internal("INTERNAL_ERROR", "The request could not be built");
    };
    // Assumption: an endpoint that cannot be reached is reported as a gateway would.
    let Ok(Some(answer)) = tokio::time::timeout(TIMEOUT, exchange(url, request)).await else {
        return EpilotOutcome::answered(502);
    };
    let status = answer.status().as_u16();
    let Ok(body) = to_bytes(Body::new(answer.into_body()), MAX_ANSWER).await else {
        return internal("INTERNAL_RESPONSE_TOO_LARGE", "The response is too large to be recorded");
    };
    let body = match serde_json::from_slice(&body) {
        Ok(body @ Value::Object(_)) => body,
        _ if body.is_empty() => Value::Null,
        // Assumption: the document only has objects, so anything else is put into one.
        _ => json!({ "data": String::from_utf8_lossy(&body) }),
    };
    EpilotOutcome::Answered { status, body }
}

async fn exchange(url: &Url, request: Request<Body>) -> Option<axum::http::Response<hyper::body::Incoming>> {
    let host = url.host_str()?.trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, url.port_or_known_default()?)).await.ok()?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    sender.send_request(request).await.ok()
}

/// The request to the endpoint. It is not signed, references are not resolved, and no OAuth token is fetched.
fn request(url: &Url, webhook: &Value, event_id: &str, payload: &str) -> Option<Request<Body>> {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut request = Request::builder()
        .method(webhook["httpMethod"].as_str().unwrap_or("POST"))
        .uri(target)
        .header(HOST, host)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", format!("msg_{event_id}"));
    for (name, value) in webhook
        .pointer("/payloadConfiguration/custom_headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        request = request.header(name, value.as_str()?);
    }
    if let Some((name, value)) = authentication(&webhook["auth"]) {
        request = request.header(name, value);
    }
    request.body(Body::from(payload.to_owned())).ok()
}

fn authentication(auth: &Value) -> Option<(HeaderName, HeaderValue)> {
    let text = |pointer: &str| auth.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (name, value) = match auth["authType"].as_str()? {
        "BASIC" => {
            let pair = format!("{}:{}", text("/basicAuthConfig/username"), text("/basicAuthConfig/password"));
            (AUTHORIZATION, format!("Basic {}", BASE64_STANDARD.encode(pair)))
        }
        "OAUTH_CLIENT_CREDENTIALS" => (AUTHORIZATION, "Bearer sandbox-oauth-token".to_owned()),
        "API_KEY" => (text("/apiKeyConfig/keyName").parse().ok()?, text("/apiKeyConfig/keyValue").to_owned()),
        _ => return None,
    };
    Some((name, HeaderValue::from_str(&value).ok()?))
}

fn reason(status: u16) -> &'static str {
    let status = axum::http::StatusCode::from_u16(status).ok();
    status.and_then(|status| status.canonical_reason()).unwrap_or("Unknown")
}
