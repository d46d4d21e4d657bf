//! The control API under `/__sandbox/`, for tests and demonstrations in another process.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::Fault;
use crate::server::Shared;
use crate::{ButlrHandle, SandboxError, Webhook};

/// The routes, nested under `/__sandbox` by the server.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/organisations", get(organisations))
        .route("/faults", get(faults).post(push_fault).delete(clear_faults))
        .route("/log", get(log).delete(clear_log))
        .route("/clock", get(clock).post(advance_clock))
        .route("/reset", post(reset))
        .route("/butlr/{org}/webhooks", get(webhooks).post(add_webhook))
        .route("/butlr/{org}/webhooks/{id}", post(edit_webhook).delete(delete_webhook))
        .route("/butlr/{org}/failing-fields", post(set_failing_fields))
        .route("/butlr/{org}/introspection", post(set_introspection))
        .route("/butlr/{org}/revoke-tokens", post(revoke_tokens))
        .merge(crate::epilot::control_router())
        .merge(crate::booqable::control::router())
}

type Server = State<Arc<Shared>>;

async fn organisations(State(server): Server) -> Response {
    Json(server.organisations()).into_response()
}

async fn faults(State(server): Server) -> Response {
    Json(server.control.faults.pending()).into_response()
}

async fn push_fault(State(server): Server, Json(fault): Json<Fault>) -> StatusCode {
    server.control.faults.push(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(server): Server) -> StatusCode {
    server.control.faults.clear();
    StatusCode::NO_CONTENT
}

async fn log(State(server): Server) -> Response {
    Json(server.control.log.requests()).into_response()
}

async fn clear_log(State(server): Server) -> StatusCode {
    server.control.log.clear();
    StatusCode::NO_CONTENT
}

async fn clock(State(server): Server) -> Response {
    Json(json!({ "now_ms": server.control.clock.now_ms() })).into_response()
}

#[derive(serde::Deserialize)]
struct Advance {
    advance_seconds: u64,
}

async fn advance_clock(State(server): Server, Json(advance): Json<Advance>) -> Response {
    server.control.clock.advance(Duration::from_secs(advance.advance_seconds));
    Json(json!({ "now_ms": server.control.clock.now_ms() })).into_response()
}

async fn reset(State(server): Server) -> StatusCode {
    server.reset();
    StatusCode::NO_CONTENT
}

async fn webhooks(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| Ok(handle.webhooks()))
}

async fn add_webhook(State(server): Server, Path(org): Path<String>, Json(hook): Json<Webhook>) -> Response {
    with(&server, &org, |handle| Ok(json!({ "id": handle.add_webhook(hook) })))
}

async fn edit_webhook(
    State(server): Server,
    Path((org, id)): Path<(String, String)>,
    Json(patch): Json<Value>,
) -> Response {
    with(&server, &org, |handle| handle.edit_webhook(&id, patch))
}

async fn delete_webhook(State(server): Server, Path((org, id)): Path<(String, String)>) -> Response {
    with(&server, &org, |handle| handle.delete_webhook(&id))
}

async fn set_failing_fields(
    State(server): Server,
    Path(org): Path<String>,
    Json(fields): Json<Vec<String>>,
) -> Response {
    with(&server, &org, |handle| {
        handle.set_failing_fields(fields);
        Ok(())
    })
}

async fn set_introspection(
    State(server): Server,
    Path(org): Path<String>,
    Json(allowed): Json<bool>,
) -> Response {
    with(&server, &org, |handle| {
        handle.set_introspection(allowed);
        Ok(())
    })
}

async fn revoke_tokens(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| {
        handle.revoke_tokens();
        Ok(())
    })
}

fn with<T: serde::Serialize>(
    server: &Shared,
    organisation: &str,
    act: impl FnOnce(&ButlrHandle) -> Result<T, SandboxError>,
) -> Response {
    match server.butlr.handle(organisation).and_then(|handle| act(&handle)) {
        Ok(value) => Json(value).into_response(),
        Err(error) => refuse(&error),
    }
}

/// What the control API answers when it cannot do what was asked.
pub(crate) fn refuse(error: &SandboxError) -> Response {
    let status = match error {
        SandboxError::UnknownOrganisation(_) | SandboxError::UnknownWebhook(_) => StatusCode::NOT_FOUND,
        SandboxError::InvalidPatch(_) | SandboxError::Listen { .. } | SandboxError::Schema { .. } => {
            StatusCode::BAD_REQUEST
        }
    };
    (status, Json(json!({ "error": error.to_string() }))).into_response()
}
