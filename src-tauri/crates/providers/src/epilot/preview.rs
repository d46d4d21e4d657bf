//! The exact requests of a write as a user may read them: secrets as placeholders.

use super::address::Address;
use super::client::config_path;
use super::draft::BODY;
use super::paths::{API_KEY, AUTH_CONFIGS, at, put, unknown};
use crate::api_call::{Body, Placeholders, Request};
use crate::{Write, WriteAction};
use serde_json::{Map, Value};
use tacklebox_model::RequestPreview;

const SECRET: &str = "<secret>";

/// The request of a write. `base` ends with a slash.
pub fn preview(base: &str, write: &Write) -> RequestPreview {
    let mut secrets = Placeholders::new();
    let (title, method, id) = match &write.action {
        WriteAction::Create => ("Create the webhook", "POST", None),
        WriteAction::Update(id) => ("Change the webhook", "PUT", Some(id)),
        WriteAction::Delete(id) => ("Delete the webhook", "DELETE", Some(id)),
    };
    let mut headers = vec![secrets.bearer()];
    let body = if let WriteAction::Delete(_) = write.action {
        Body::Nothing
    } else {
        headers.insert(0, ("Content-Type".to_owned(), "application/json".to_owned()));
        let body = write.body.value()[BODY].as_object();
        Body::Json(Value::Object(body.map(|body| without_secrets(&mut secrets, body)).unwrap_or_default()))
    };
    secrets.preview(Request { title, method, url: format!("{base}{}", config_path(id)), headers, body })
}

fn without_secrets(secrets: &mut Placeholders, body: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = body.clone();
    for config in &AUTH_CONFIGS {
        let variable = if config.kind == API_KEY { "API_KEY" } else { config.secret.1 };
        hide(&mut shown, &["auth", config.key, config.secret.1], |value| {
            secrets.secret(variable, SECRET, value)
        });
    }
    hide(&mut shown, &["url"], |value| address(secrets, "", value));
    hide(&mut shown, &["auth", "oauthConfig", "endpoint"], |value| address(secrets, "TOKEN_", value));
    hide(&mut shown, &["payloadConfiguration", "custom_headers"], |value| headers(secrets, value));
    hide(&mut shown, &["auth", "oauthConfig", "customParameterList"], |value| {
        let items = value.as_array().map(|items| items.iter().map(|item| parameter(secrets, item)).collect());
        items.map_or_else(|| secrets.kept("customParameterList", value), Value::Array)
    });
    // What we do not know may hold anything.
    for keys in unknown(body) {
        hide(&mut shown, &keys, |value| secrets.kept(keys.last().copied().unwrap_or_default(), value));
    }
    shown
}

fn address(secrets: &mut Placeholders, prefix: &str, value: &Value) -> Value {
    let address = Address::parse(value.as_str().unwrap_or_default()).ok();
    secrets.address(prefix, address.map(|address| address.view()).as_ref())
}

fn headers(secrets: &mut Placeholders, value: &Value) -> Value {
    let Value::Object(headers) = value else { return secrets.kept("custom_headers", value) };
    let hidden = headers
        .iter()
        .map(|(name, value)| (name.clone(), secrets.secret(&format!("HEADER_{name}"), SECRET, value)));
    Value::Object(hidden.collect())
}

fn parameter(secrets: &mut Placeholders, item: &Value) -> Value {
    let Value::Object(fields) = item else { return secrets.kept("parameter", item) };
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let variable = format!("PARAMETER_{}", text("key"));
    let hidden = fields.iter().map(|(name, value)| match name.as_str() {
        "type" | "key" if value.is_string() => (name.clone(), value.clone()),
        "value" => (name.clone(), secrets.secret(&variable, SECRET, value)),
        _ => (name.clone(), secrets.kept(name, value)),
    });
    Value::Object(hidden.collect())
}

fn hide(object: &mut Map<String, Value>, keys: &[&str], placeholder: impl FnOnce(&Value) -> Value) {
    if let Some(shown) = at(object, keys).map(placeholder) {
        put(object, keys, Some(shown));
    }
}
