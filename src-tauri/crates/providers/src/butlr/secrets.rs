//! Where the secrets of a webhook are: to show one, to keep them for a revert, to hide them in error texts.

use super::schema::Spelling;
use super::wire::{API_KEY_VALUE, BASIC_PASSWORD};
use crate::Remote;
use secrecy::ExposeSecret;
use serde_json::Value;
use tacklebox_model::{EndpointUrl, FieldPath, Secret};

/// Everything in a webhook that is withheld from the window and has a path.
pub fn stored(remote: &Remote) -> Vec<(FieldPath, Secret)> {
    let mut found = Vec::new();
    for (endpoint, spelling) in endpoints(remote.raw.value()) {
        let keys = spelling.keys();
        let mut put = |path: &str, value: Option<&Value>| {
            if let Some(text) = value.and_then(Value::as_str) {
                found.push((FieldPath::from(path), Secret::from(text)));
            }
        };
        let part = |object: &str, field: &str| endpoint.get(object)?.get(field);
        put(API_KEY_VALUE, part(keys.api_key, "value"));
        put(BASIC_PASSWORD, part(keys.basic_auth, "password"));
        put(FieldPath::URL, endpoint.get("url").filter(|url| hides_something(url)));
    }
    found
}

/// Everything secret in a request's variables: what the vendor's words must not repeat.
pub fn in_variables(variables: &Value) -> Vec<Secret> {
    let mut found = Vec::new();
    let inputs = variables.get("input").and_then(Value::as_array).into_iter().flatten();
    for (endpoint, spelling) in inputs.flat_map(endpoints) {
        let keys = spelling.keys();
        for (name, value) in endpoint.as_object().into_iter().flatten() {
            match name.as_str() {
                "url" => found.extend(value.as_str().map(in_url).unwrap_or_default()),
                name if name == keys.api_key => texts(value.get("value"), &mut found),
                name if name == keys.basic_auth => texts(value.get("password"), &mut found),
                // A field we do not know may hold anything.
                _ => texts(Some(value), &mut found),
            }
        }
    }
    found
}

/// The endpoint of a webhook or of an input, in whichever spelling it is.
fn endpoints(object: &Value) -> impl Iterator<Item = (&Value, Spelling)> {
    [Spelling::Snake, Spelling::Camel]
        .into_iter()
        .filter_map(|spelling| Some((object.get(spelling.keys().endpoint_config)?, spelling)))
}

/// Whether the window does not see the whole of a URL.
fn hides_something(url: &Value) -> bool {
    url.as_str().is_some_and(|text| EndpointUrl::parse(text).map_or(true, |url| url.masked() != text))
}

/// Credentials and query values of a URL as they stand in it and decoded; all of it when it is no URL.
fn in_url(text: &str) -> Vec<Secret> {
    if EndpointUrl::parse(text).is_err() {
        return vec![Secret::from(text)];
    }
    let mut found = Vec::new();
    let text = text.split('#').next().unwrap_or_default();
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let authority = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    if let Some((userinfo, _)) = authority.rsplit_once('@') {
        found.push(Secret::from(userinfo));
        found.extend(userinfo.split_once(':').map(|(_, password)| Secret::from(password)));
    }
    found.extend(
        query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| Secret::from(value)),
    );
    let decoded =
        url::form_urlencoded::parse(query.as_bytes()).map(|(_, value)| Secret::from(value.into_owned()));
    found.extend(decoded);
    found.retain(|secret| !secret.expose_secret().is_empty());
    found
}

fn texts(value: Option<&Value>, found: &mut Vec<Secret>) {
    match value {
        Some(Value::String(text)) => found.push(Secret::from(text.as_str())),
        Some(Value::Array(items)) => items.iter().for_each(|item| texts(Some(item), found)),
        Some(Value::Object(object)) => object.values().for_each(|item| texts(Some(item), found)),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => {}
    }
}
