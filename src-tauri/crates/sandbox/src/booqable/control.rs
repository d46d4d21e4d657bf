//! The part of the control API that is about Booqable, under `/__sandbox/booqable/{org}/`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{BooqableEndpoint, BooqableHandle};
use crate::SandboxError;
use crate::control::refuse;
use crate::server::Shared;

/// The routes below `/__sandbox`.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/booqable/{org}/webhook-endpoints", get(endpoints).post(add_endpoint))
        .route("/booqable/{org}/webhook-endpoints/{id}", post(edit_endpoint).delete(delete_endpoint))
        .route("/booqable/{org}/settings", get(settings).post(patch_settings))
        .route("/booqable/{org}/revoke-token", post(revoke_token))
        .route("/booqable/{org}/rate", get(rate))
}

type Server = State<Arc<Shared>>;

async fn endpoints(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| Ok(handle.endpoints()))
}

async fn add_endpoint(
    State(server): Server,
    Path(org): Path<String>,
    Json(endpoint): Json<BooqableEndpoint>,
) -> Response {
    with(&server, &org, |handle| Ok(json!({ "id": handle.add_endpoint(endpoint) })))
}

async fn edit_endpoint(
    State(server): Server,
    Path((org, id)): Path<(String, String)>,
    Json(patch): Json<Value>,
) -> Response {
    with(&server, &org, |handle| handle.edit_endpoint(&id, patch))
}

async fn delete_endpoint(State(server): Server, Path((org, id)): Path<(String, String)>) -> Response {
    with(&server, &org, |handle| handle.delete_endpoint(&id))
}

async fn settings(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| Ok(handle.settings()))
}

async fn patch_settings(
    State(server): Server,
    Path(org): Path<String>,
    Json(patch): Json<Value>,
) -> Response {
    with(&server, &org, |handle| handle.patch_settings(patch))
}

async fn revoke_token(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| {
        handle.revoke_token();
        Ok(())
    })
}

async fn rate(State(server): Server, Path(org): Path<String>) -> Response {
    with(&server, &org, |handle| {
        Ok(json!({ "window": handle.rate(), "metered_calls": handle.metered_calls() }))
    })
}

fn with<T: serde::Serialize>(
    server: &Shared,
    organisation: &str,
    act: impl FnOnce(&BooqableHandle) -> Result<T, SandboxError>,
) -> Response {
    match server.booqable.handle(organisation).and_then(|handle| act(&handle)) {
        Ok(value) => Json(value).into_response(),
        Err(error) => refuse(&error),
    }
}
