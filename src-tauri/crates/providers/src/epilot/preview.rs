//! The exact requests of a write as a user may read them: secrets as placeholders.

use super::address;
use super::client::config_path;
use super::draft::BODY;
use super::paths::{AUTH_CONFIGS, at, put, unknown};
use crate::{Write, WriteAction};
use serde_json::{Map, Value, json};
use tacklebox_model::RequestPreview;

const KEPT: &str = "<kept as it is>";
const SECRET: &str = "<secret>";

/// The request of a write. `base` ends with a slash.
pub fn preview(base: &str, write: &Write) -> RequestPreview {
    let body = write.body.value()[BODY].as_object().map(without_secrets).unwrap_or_default();
    let body = serde_json::to_string_pretty(&body).unwrap_or_default();
    let (title, method, path, body) = match &write.action {
        WriteAction::Create => ("Create the webhook", "POST", config_path(None), body),
        WriteAction::Update(id) => ("Change the webhook", "PUT", config_path(Some(id)), body),
        WriteAction::Delete(id) => ("Delete the webhook", "DELETE", config_path(Some(id)), String::new()),
    };
    let mut headers = vec![("Authorization".to_owned(), "Bearer <access token>".to_owned())];
    if !body.is_empty() {
        headers.insert(0, ("Content-Type".to_owned(), "application/json".to_owned()));
    }
    RequestPreview {
        title: title.to_owned(),
        method: method.to_owned(),
        url: format!("{base}{path}"),
        headers,
        body,
    }
}

fn without_secrets(body: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = body.clone();
    for config in &AUTH_CONFIGS {
        hide(&mut shown, &["auth", config.key, config.secret.1], |value| {
            if value.is_null() { Value::Null } else { json!(SECRET) }
        });
    }
    let masked = |value: &Value| json!(address::view(value.as_str().unwrap_or_default()).masked);
    hide(&mut shown, &["url"], masked);
    hide(&mut shown, &["auth", "oauthConfig", "endpoint"], masked);
    hide(&mut shown, &["payloadConfiguration", "custom_headers"], |value| {
        let headers =
            value.as_object().map(|headers| headers.keys().map(|name| (name.clone(), json!(SECRET))));
        headers.map_or_else(|| json!(KEPT), |headers| Value::Object(headers.collect()))
    });
    hide(&mut shown, &["auth", "oauthConfig", "customParameterList"], |value| {
        let parameters = value.as_array().map(|items| items.iter().map(parameter).collect());
        parameters.unwrap_or_else(|| json!(KEPT))
    });
    // What we do not know may hold anything.
    for keys in unknown(body) {
        hide(&mut shown, &keys, |_| json!(KEPT));
    }
    shown
}

fn parameter(item: &Value) -> Value {
    let field = |key: &str| item.get(key).filter(|value| value.is_string()).cloned().unwrap_or_default();
    json!({ "type": field("type"), "key": field("key"), "value": SECRET })
}

fn hide(object: &mut Map<String, Value>, keys: &[&str], placeholder: impl Fn(&Value) -> Value) {
    if let Some(shown) = at(object, keys).map(placeholder) {
        put(object, keys, Some(shown));
    }
}
