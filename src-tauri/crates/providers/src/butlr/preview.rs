//! The exact requests of a write as a user may read them: secrets as placeholders.

use super::draft::{INPUT, THEN};
use super::operations::{DeleteWebhooks, Operation, delete_webhooks};
use super::schema::{FILTERS, Keys, Schema};
use super::wire::FILTER_KEYS;
use crate::api_call::{Body, Placeholders, Request};
use crate::{Write, WriteAction};
use graphql_client::GraphQLQuery;
use serde_json::{Value, json};
use tacklebox_model::{EndpointUrl, RequestPreview};

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
                    previews.push(operation(
                        url,
                        schema,
                        "Then set its filter",
                        Operation::Update,
                        &body[THEN],
                    ));
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
        previews.push(request(url, title, query, |_| json!({ "ids": deletes })));
    }
    previews
}

fn operation(url: &str, schema: &Schema, title: &str, operation: Operation, input: &Value) -> RequestPreview {
    let query = schema.adapt(operation.text(schema.spelling));
    request(url, title, &query, |secrets| {
        let mut shown = without_secrets(secrets, &schema.spelling.keys(), input);
        if matches!(operation, Operation::Update) && shown["id"].is_null() {
            shown["id"] = secrets.secret("WEBHOOK_ID", "<id of the new webhook>", &json!(""));
        }
        json!({ "input": [shown] })
    })
}

fn request(
    url: &str,
    title: &str,
    document: &str,
    variables: impl FnOnce(&mut Placeholders) -> Value,
) -> RequestPreview {
    let mut secrets = Placeholders::new();
    let headers = vec![("Content-Type".into(), "application/json".into()), secrets.bearer()];
    let body = Body::GraphQl { document, variables: variables(&mut secrets) };
    secrets.preview(Request { title, method: "POST", url: url.to_owned(), headers, body })
}

fn without_secrets(secrets: &mut Placeholders, keys: &Keys, input: &Value) -> Value {
    let mut shown = input.clone();
    // What we do not know may hold anything.
    for (name, value) in shown.get_mut(FILTERS).and_then(Value::as_object_mut).into_iter().flatten() {
        if FILTER_KEYS.iter().all(|known| known.key != name.as_str()) {
            *value = secrets.kept(name, value);
        }
    }
    let Some(endpoint) = shown.get_mut(keys.endpoint_config).and_then(Value::as_object_mut) else {
        return shown;
    };
    for (name, value) in endpoint.iter_mut() {
        match name.as_str() {
            "url" => {
                let url = value.as_str().and_then(|url| EndpointUrl::parse(url).ok());
                *value = secrets.address("", url.map(|url| url.view()).as_ref());
            }
            name if name == keys.http_timeout => {}
            name if name == keys.api_key => hide(secrets, value, "key", ("value", "API_KEY", "<API key>")),
            name if name == keys.basic_auth => {
                hide(secrets, value, "username", ("password", "PASSWORD", "<password>"));
            }
            name => *value = secrets.kept(name, value),
        }
    }
    shown
}

/// Leaves the field that may be shown, and hides the secret one and what is not understood.
fn hide(
    secrets: &mut Placeholders,
    object: &mut Value,
    open: &str,
    (field, variable, words): (&str, &str, &str),
) {
    for (name, value) in object.as_object_mut().into_iter().flatten() {
        match name.as_str() {
            name if name == open => {}
            name if name == field => *value = secrets.secret(variable, words, value),
            name => *value = secrets.kept(name, value),
        }
    }
}
