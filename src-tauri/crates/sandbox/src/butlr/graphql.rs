//! `POST /api/v3/graphql`: HTTP around the GraphQL engine.

use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType, Selection};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::schema::NULLED;
use super::{Butlr, UnauthenticatedAnswer, is_json};
use crate::control::Operation;

pub(super) async fn execute(State(butlr): State<Arc<Butlr>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(organisation) = butlr.authenticate(&headers) else {
        return unauthenticated(butlr.unauthenticated);
    };
    if !is_json(&headers) {
        let text = "Content-Type must be application/json";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, text, "BAD_REQUEST");
    }
    let Ok(request) = serde_json::from_slice::<async_graphql::Request>(&body) else {
        let text = "The body must be a JSON object with a query and, optionally, variables";
        return refuse(StatusCode::BAD_REQUEST, text, "BAD_REQUEST");
    };
    if !organisation.state.introspectable() && introspects(&body) {
        // Assumption: worded as by the widespread servers that can switch it off.
        let text = "GraphQL introspection is not allowed, but the query contained __schema or __type";
        return refuse(StatusCode::BAD_REQUEST, text, "GRAPHQL_VALIDATION_FAILED");
    }
    let response = Box::pin(organisation.schema.execute(request)).await;
    finish(response)
}

/// Settles the status, and removes the marker by which a resolver makes `data` null.
fn finish(mut response: async_graphql::Response) -> Response {
    response.errors.retain(|error| error.message != NULLED);
    // An error without a path rejects the whole document before anything ran.
    let rejected = response.errors.iter().any(|error| error.path.is_empty());
    if !rejected {
        return Json(response).into_response();
    }
    for error in &mut response.errors {
        error.extensions.get_or_insert_default().set("code", "GRAPHQL_VALIDATION_FAILED");
    }
    // Assumption: the vendor's own client knows HTTP 400 with `errors` as a failed validation, but no
    // document says which failures are answered so.
    (StatusCode::BAD_REQUEST, Json(response)).into_response()
}

fn unauthenticated(answer: UnauthenticatedAnswer) -> Response {
    let status = match answer {
        UnauthenticatedAnswer::Http401 => StatusCode::UNAUTHORIZED,
        UnauthenticatedAnswer::Http200 => StatusCode::OK,
    };
    refuse(status, "The access token is missing, unknown or expired", "UNAUTHENTICATED")
}

fn refuse(status: StatusCode, message: &str, code: &str) -> Response {
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code } }], "data": null });
    (status, Json(body)).into_response()
}

fn introspects(body: &[u8]) -> bool {
    let fields = operation(body).map(|operation| operation.root_fields).unwrap_or_default();
    fields.iter().any(|field| field == "__schema" || field == "__type")
}

/// The operation a request body selects; `None` when it cannot be read.
pub(super) fn operation(body: &[u8]) -> Option<Operation> {
    let request: serde_json::Value = serde_json::from_slice(body).ok()?;
    let document = async_graphql::parser::parse_query(request.get("query")?.as_str()?).ok()?;
    let wanted = request.get("operationName").and_then(serde_json::Value::as_str);
    let (name, operation) = match &document.operations {
        DocumentOperations::Single(operation) => (None, operation),
        DocumentOperations::Multiple(operations) => {
            let mut named = operations.iter();
            let (name, operation) = named.find(|(name, _)| wanted.is_none_or(|w| w == name.as_str()))?;
            (Some(name), operation)
        }
    };
    let kind = match operation.node.ty {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    };
    let mut root_fields = Vec::new();
    let items = &operation.node.selection_set.node.items;
    collect(&document, items.iter().map(|item| &item.node), &mut root_fields, 0);
    Some(Operation {
        kind: kind.to_owned(),
        name: name.map(ToString::to_string).or_else(|| wanted.map(str::to_owned)),
        root_fields,
    })
}

/// Collects field names, also through fragments, to a depth no sensible document reaches.
fn collect<'a>(
    document: &'a ExecutableDocument,
    selections: impl Iterator<Item = &'a Selection>,
    fields: &mut Vec<String>,
    depth: u8,
) {
    if depth > 8 {
        return;
    }
    for selection in selections {
        let nested = match selection {
            Selection::Field(field) => {
                fields.push(field.node.name.node.to_string());
                continue;
            }
            Selection::InlineFragment(fragment) => Some(&fragment.node.selection_set),
            Selection::FragmentSpread(spread) => document
                .fragments
                .get(&spread.node.fragment_name.node)
                .map(|fragment| &fragment.node.selection_set),
        };
        if let Some(set) = nested {
            let items: Vec<&Selection> = set.node.items.iter().map(|item| &item.node).collect();
            collect(document, Box::new(items.into_iter()) as Box<dyn Iterator<Item = _>>, fields, depth + 1);
        }
    }
}
