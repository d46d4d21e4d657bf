//! What the vendor's document says in prose only, and what it says of secrets.

use serde_json::{Map, Value, json};

use super::fields;
use super::state::Organisation;
use super::validate::check;

/// The three write-only secrets: the object in `auth`, the secret in it, and the flag that it is a reference.
pub(super) const SECRETS: [(&str, &str, &str); 3] = [
    ("basicAuthConfig", "password", "passwordIsEnvVar"),
    ("oauthConfig", "clientSecret", "clientSecretIsEnvVar"),
    ("apiKeyConfig", "keyValue", "keyValueIsEnvVar"),
];

/// What is wrong with a webhook that is to be created, or to replace `stored`.
pub(super) fn check_webhook(
    organisation: &Organisation,
    webhook: &Value,
    stored: Option<&Value>,
) -> Result<(), String> {
    check(&fields::WEBHOOK, webhook, stored, "body")?;
    check_event(organisation, webhook, stored)?;
    check_auth(&webhook["auth"])?;
    for condition in webhook["filterConditions"]["conditions"].as_array().into_iter().flatten() {
        check_condition(condition)?;
    }
    match webhook["multipartConfig"]["fileSource"].as_str() {
        Some(source) if !is_balanced(source) => {
            Err("body.multipartConfig.fileSource is not valid JSONata".to_owned())
        }
        _ => Ok(()),
    }
}

/// A webhook as the API shows it: without its secrets.
pub(super) fn shown(stored: &Value, readable_references: bool) -> Value {
    let mut webhook = stored.clone();
    if let Some(fields) = webhook.as_object_mut() {
        fields.shift_remove("signingSecret");
    }
    for (config, secret, flag) in SECRETS {
        let Some(config) = webhook.pointer_mut(&format!("/auth/{config}")) else { continue };
        let reference = config[flag] == true && config[secret].as_str().is_some_and(is_reference);
        if let (false, Some(config)) = (reference && readable_references, config.as_object_mut()) {
            config.shift_remove(secret);
        }
    }
    webhook
}

/// Brings the secrets of a webhook that was sent into the form they are stored in: an omitted one is kept, null
/// clears it.
pub(super) fn settle_secrets(webhook: &mut Value, stored: Option<&Value>) {
    for (config, secret, _) in SECRETS {
        let pointer = format!("/auth/{config}");
        let Some(fields) = webhook.pointer_mut(&pointer).and_then(Value::as_object_mut) else { continue };
        match fields.get(secret) {
            None => {
                let kept = stored.and_then(|stored| stored.pointer(&pointer)?.get(secret));
                fields.extend(kept.map(|kept| (secret.to_owned(), kept.clone())));
            }
            Some(Value::Null) => {
                fields.shift_remove(secret);
            }
            Some(_) => {}
        }
    }
}

/// Assumption: the server sets `status`, and a webhook without URL or authentication is `incomplete` whatever was
/// sent. (Blueprints are said to create them so.)
pub(super) fn settle_status(webhook: &mut Map<String, Value>) {
    let has_url = webhook.get("url").and_then(Value::as_str).is_some_and(|url| !url.is_empty());
    if !has_url || !webhook.contains_key("auth") {
        webhook.insert("status".to_owned(), json!("incomplete"));
    } else if !webhook.contains_key("status") {
        webhook.insert("status".to_owned(), json!("active"));
    }
}

fn check_event(organisation: &Organisation, webhook: &Value, stored: Option<&Value>) -> Result<(), String> {
    let name = webhook["eventName"].as_str().unwrap_or_default();
    // Assumption: an event has to be offered, unless the webhook already waits for it.
    let unchanged = stored.is_some_and(|stored| stored["eventName"] == name);
    if !unchanged && !organisation.config.events.iter().any(|(offered, _)| offered == name) {
        return Err(format!("body.eventName {name} is not a configured event"));
    }
    match webhook["eventVersion"].is_string() && !name.starts_with("event_") {
        true => Err("body.eventVersion is only for events of the Event Catalog".to_owned()),
        false => Ok(()),
    }
}

fn check_auth(auth: &Value) -> Result<(), String> {
    let Some(kind) = auth["authType"].as_str() else { return Ok(()) };
    let wanted = match kind {
        "BASIC" => Some("basicAuthConfig"),
        "OAUTH_CLIENT_CREDENTIALS" => Some("oauthConfig"),
        "API_KEY" => Some("apiKeyConfig"),
        _ => None,
    };
    for (config, ..) in SECRETS {
        match (auth.get(config).is_some(), wanted == Some(config)) {
            (false, true) => return Err(format!("body.auth.{config} is required for {kind}")),
            (true, false) => return Err(format!("body.auth.{config} is not for {kind}")),
            _ => {}
        }
    }
    Ok(())
}

fn check_condition(condition: &Value) -> Result<(), String> {
    let classic = condition.get("field").is_some() || condition.get("operation").is_some();
    let complete = condition.get("field").is_some() && condition.get("operation").is_some();
    match (classic, condition.get("jsonata_expression").is_some()) {
        (true, true) => Err("a condition is either field and operation or jsonata_expression".to_owned()),
        (false, true) => Ok(()),
        // Assumption: half a condition is none.
        _ if !complete => Err("a condition needs field and operation or jsonata_expression".to_owned()),
        _ => check_length(condition),
    }
}

/// The `length_…` operations compare with a count.
fn check_length(condition: &Value) -> Result<(), String> {
    let counts = condition["operation"].as_str().is_some_and(|operation| operation.starts_with("length_"));
    let is_count = condition["values"][0].as_str().is_some_and(|value| value.parse::<u32>().is_ok());
    match counts && !is_count {
        true => Err("a length is compared with a non-negative integer".to_owned()),
        false => Ok(()),
    }
}

fn is_reference(value: &str) -> bool {
    let inner = value.trim().strip_prefix("{{").and_then(|value| value.strip_suffix("}}"));
    inner.is_some_and(|inner| inner.trim().starts_with("env."))
}

/// A stand-in for a JSONata parser: every bracket is closed.
fn is_balanced(expression: &str) -> bool {
    let mut open = Vec::new();
    for character in expression.chars() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(character) => return false,
            _ => {}
        }
    }
    open.is_empty()
}
