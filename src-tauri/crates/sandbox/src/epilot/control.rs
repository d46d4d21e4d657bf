//! The control API of this vendor, for tests and demonstrations in another process.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{EpilotHandle, EpilotOutcome};
use crate::SandboxError;
use crate::control::refuse;
use crate::server::Shared;

/// The routes, nested under `/__sandbox` by the server.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/epilot/{org}/webhooks", get(webhooks).post(put_webhook))
        .route("/epilot/{org}/webhooks/{id}", post(edit_webhook).delete(delete_webhook))
        .route("/epilot/{org}/outcome", post(set_outcome))
        .route("/epilot/{org}/revoke-tokens", post(revoke_tokens))
}

type Server = State<Arc<Shared>>;

async fn webhooks(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| Ok(handle.webhooks()))
}

async fn put_webhook(State(server): Server, Path(org): Path<String>, Json(webhook): Json<Value>) -> Response {
    with(&server, &org, |handle| match webhook.is_object() {
        true => Ok(json!({ "id": handle.put_webhook(webhook) })),
        false => Err(SandboxError::InvalidPatch("it is no object".to_owned())),
    })
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

async fn set_outcome(
    State(server): Server,
    Path(org): Path<String>,
    Json(outcome): Json<Option<EpilotOutcome>>,
) -> Response {
    with(&server, &org, |handle| {
        handle.set_outcome(outcome);
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
    act: impl FnOnce(&EpilotHandle) -> Result<T, SandboxError>,
) -> Response {
    match server.epilot.handle(organisation).and_then(|handle| act(&handle)) {
        Ok(value) => Json(value).into_response(),
        Err(error) => refuse(&error),
    }
}
