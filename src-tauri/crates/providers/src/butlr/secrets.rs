//! Where the secrets of a webhook are: to show one, to keep them for a revert, to hide them in error texts.

use super::schema::Spelling;
use super::wire::{API_KEY_VALUE, BASIC_PASSWORD};
use crate::Remote;
use crate::address::{hides_something, secrets_of, texts_in as texts};
use serde_json::Value;
use tacklebox_model::{FieldPath, Secret};

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
        put(FieldPath::URL, endpoint.get("url").filter(|url| url.as_str().is_some_and(hides_something)));
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
                "url" => found.extend(value.as_str().map(secrets_of).unwrap_or_default()),
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
