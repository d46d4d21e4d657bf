//! Where the secrets of a webhook are: to show one, to keep them for a revert, to hide them in error texts and
//! previews.

use super::address::Address;
use super::pairs::{self, Shape};
use super::paths::{AUTH_CONFIGS, HEADERS, OAUTH_ENDPOINT, OAUTH_PARAMETERS, at, unknown};
use super::wire::text;
use crate::Remote;
use crate::address::{secrets_in, texts_in as texts};
use serde_json::{Map, Value};
use tacklebox_model::{FieldPath, Secret};

const HEADER_KEYS: [&str; 2] = ["payloadConfiguration", "custom_headers"];
const PARAMETER_KEYS: [&str; 3] = ["auth", "oauthConfig", "customParameterList"];
const ENDPOINT_KEYS: [&str; 3] = ["auth", "oauthConfig", "endpoint"];

/// Everything in a webhook that epilot returns and the window does not see, by path. Passwords and keys are not
/// among it: epilot does not return them.
pub fn stored(remote: &Remote) -> Vec<(FieldPath, Secret)> {
    let Some(raw) = remote.raw.value().as_object() else { return vec![] };
    let mut found = pairs::secrets(Shape::Headers, HEADERS, at(raw, &HEADER_KEYS));
    found.extend(pairs::secrets(Shape::Parameters, OAUTH_PARAMETERS, at(raw, &PARAMETER_KEYS)));
    let addresses = [(FieldPath::URL, raw.get("url")), (OAUTH_ENDPOINT, at(raw, &ENDPOINT_KEYS))];
    for (path, value) in addresses {
        let hidden = text(value).filter(|text| hides_something(text));
        found.extend(hidden.map(|text| (FieldPath::from(path), Secret::from(text))));
    }
    found
}

/// Everything secret in what is sent: what the vendor's words must not repeat.
pub fn in_body(body: &Map<String, Value>) -> Vec<Secret> {
    let mut found = Vec::new();
    for config in &AUTH_CONFIGS {
        texts(at(body, &["auth", config.key, config.secret.1]), &mut found);
    }
    texts(at(body, &HEADER_KEYS), &mut found);
    for parameter in at(body, &PARAMETER_KEYS).and_then(Value::as_array).into_iter().flatten() {
        texts(parameter.get("value"), &mut found);
    }
    for value in [body.get("url"), at(body, &ENDPOINT_KEYS)] {
        found.extend(text(value).map(in_url).unwrap_or_default());
    }
    // A field we do not know may hold anything.
    unknown(body).iter().for_each(|keys| texts(at(body, keys), &mut found));
    found
}

/// Whether the window does not see the whole of an address.
fn hides_something(text: &str) -> bool {
    Address::parse(text).map_or(true, |address| address.masked() != text)
}

/// Credentials and query values of an address as they stand in it and decoded; all of it when it is none.
pub fn in_url(text: &str) -> Vec<Secret> {
    if Address::parse(text).is_err() {
        return vec![Secret::from(text)];
    }
    secrets_in(text)
}
