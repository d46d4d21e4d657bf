//! The exact requests of a write as a user may read them: secrets as placeholders.

use super::draft::{INPUT, THEN};
use super::operations::{DeleteWebhooks, Operation, delete_webhooks};
use super::schema::{FILTERS, Keys, Schema};
use super::wire::FILTER_KEYS;
use crate::{Write, WriteAction};
use graphql_client::GraphQLQuery;
use serde_json::{Value, json};
use tacklebox_model::{EndpointUrl, RequestPreview};

const KEPT: &str = "<kept as it is>";

/// Previews of these writes; deletes share one request.
pub fn previews(url: &str, schema: &Schema, writes: &[&Write]) -> Vec<RequestPreview> {
    let mut deletes = Vec::new();
    let mut previews = Vec::new();
    for write in writes {
        let body = write.body.value();
        match &write.action {
            WriteAction::Create => {
                previews.push(operation(url, schema, "Create the webhook", Operation::Create, &body[INPUT]));
                if !body[THEN].is_null() {
                    let mut then = body[THEN].clone();
                    then["id"] = json!("<id of the new webhook>");
                    previews.push(operation(url, schema, "Then set its filter", Operation::Update, &then));
                }
            }
            WriteAction::Update(_) => {
                previews.push(operation(url, schema, "Change the webhook", Operation::Update, &body[INPUT]));
            }
            WriteAction::Delete(id) => deletes.push(id.as_str().to_owned()),
        }
    }
    if !deletes.is_empty() {
        let title =
            if deletes.len() == 1 { "Delete the webhook" } else { "Delete the webhooks in one request" };
        let query = DeleteWebhooks::build_query(delete_webhooks::Variables { ids: vec![] }).query;
        previews.push(request(url, title, query, &json!({ "ids": deletes })));
    }
    previews
}

fn operation(url: &str, schema: &Schema, title: &str, operation: Operation, input: &Value) -> RequestPreview {
    let query = schema.adapt(operation.text(schema.spelling));
    let input = without_secrets(&schema.spelling.keys(), input);
    request(url, title, &query, &json!({ "input": [input] }))
}

fn request(url: &str, title: &str, query: &str, variables: &Value) -> RequestPreview {
    let variables = serde_json::to_string_pretty(variables).unwrap_or_default();
    RequestPreview {
        title: title.into(),
        method: "POST".into(),
        url: url.into(),
        headers: vec![
            ("Content-Type".into(), "application/json".into()),
            ("Authorization".into(), "Bearer <access token>".into()),
        ],
        body: format!("{}\n\n# variables\n{variables}", query.trim()),
    }
}

fn without_secrets(keys: &Keys, input: &Value) -> Value {
    let mut shown = input.clone();
    // What we do not know may hold anything.
    for (name, value) in shown.get_mut(FILTERS).and_then(Value::as_object_mut).into_iter().flatten() {
        if FILTER_KEYS.iter().all(|known| known.key != name.as_str()) {
            *value = json!(KEPT);
        }
    }
    let Some(endpoint) = shown.get_mut(keys.endpoint_config).and_then(Value::as_object_mut) else {
        return shown;
    };
    for (name, value) in endpoint.iter_mut() {
        match name.as_str() {
            "url" => {
                let url = value.as_str().and_then(|u| EndpointUrl::parse(u).ok());
                *value =
                    json!(url.map_or_else(|| "<an address that is not readable>".to_owned(), |u| u.masked()));
            }
            name if name == keys.http_timeout => {}
            name if name == keys.api_key => hide(value, "value", "<API key>"),
            name if name == keys.basic_auth => hide(value, "password", "<password>"),
            _ => *value = json!(KEPT),
        }
    }
    shown
}

fn hide(object: &mut Value, field: &str, placeholder: &str) {
    if let Some(secret) = object.get_mut(field) {
        *secret = json!(placeholder);
    }
}
