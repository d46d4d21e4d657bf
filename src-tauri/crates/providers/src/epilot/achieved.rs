//! Whether a webhook is what a write wanted, when the write's own answer was lost.

use super::draft::{self, BODY, REMOVED, UPDATED_TIME, VISIBLE};
use super::paths::{AUTH_CONFIGS, NONE, is_known, put};
use super::wire;
use crate::{Write, WriteAction};
use serde_json::{Map, Value, json};

/// epilot sets these itself, or may.
const ITS_OWN: [&str; 6] = ["id", "creationTime", "updatedTime", "status", "_manifest", "eventVersion"];
/// A new webhook that has one of these without having been asked for it is another.
const ONLY_IF_ASKED: [&str; 10] = [
    "url",
    "auth",
    "filter",
    "filterConditions",
    "payloadConfiguration",
    "jsonataExpression",
    "multipartConfig",
    "secureProxy",
    "enableStaticIP",
    "protected",
];

/// Whether the write took effect on this webhook.
pub fn achieved(write: &Write, found: &Value) -> bool {
    let body = write.body.value();
    let (Some(wanted), Some(found)) = (body[BODY].as_object(), found.as_object()) else { return false };
    match &write.action {
        WriteAction::Delete(_) => false,
        WriteAction::Create => {
            covers(wanted, found)
                && ONLY_IF_ASKED.iter().all(|key| wanted.contains_key(*key) || is_unasked(key, found))
        }
        // Of a change that cannot be read back only the time tells.
        WriteAction::Update(_) => {
            let touched = found.get(UPDATED_TIME).is_some_and(|time| *time != body[UPDATED_TIME]);
            covers(wanted, found) && kept(write, found).is_empty() && (body[VISIBLE] == true || touched)
        }
    }
}

/// Known fields that the write left out and the webhook still has.
pub fn kept(write: &Write, found: &Map<String, Value>) -> Vec<String> {
    let removed = wire::texts(write.body.value().get(REMOVED));
    removed.into_iter().filter(|key| found.get(key).is_some_and(|value| !is_unset(value))).collect()
}

/// Whether every known field that is wanted and can be read back is there.
pub fn covers(wanted: &Map<String, Value>, found: &Map<String, Value>) -> bool {
    let (wanted, found) = (readable(wanted), readable(found));
    wanted.iter().filter(|(key, _)| is_known(key) && !ITS_OWN.contains(&key.as_str())).all(|(key, value)| {
        let there = found.get(key).unwrap_or(&Value::Null);
        match key.as_str() {
            // A policy is completed with defaults.
            "retryPolicy" => within(value, there),
            _ => equal(value, there),
        }
    })
}

/// What can be read back: no secret, nor whether it is a reference.
fn readable(raw: &Map<String, Value>) -> Map<String, Value> {
    let mut object = draft::writable(raw);
    for config in &AUTH_CONFIGS {
        put(&mut object, &["auth", config.key, config.is_env.1], None);
    }
    // No authentication and none said are the same.
    if object.get("auth") == Some(&json!({ "authType": NONE })) {
        put(&mut object, &["auth"], None);
        object.insert("auth".to_owned(), Value::Null);
    }
    object
}

/// Whether a field nobody asked for is not there, or only as epilot makes it by itself.
fn is_unasked(key: &str, found: &Map<String, Value>) -> bool {
    let there = readable(found);
    let own_filter = || {
        let ids = wire::self_filter(found).unwrap_or_default();
        key == "filter" && ids.len() == 1 && ids.first().map(String::as_str) == wire::text(found.get("id"))
    };
    there.get(key).is_none_or(is_unset) || own_filter()
}

/// Nothing, in any of the ways it is said.
fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.values().all(is_unset),
        Value::Number(_) => false,
    }
}

fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => a
            .keys()
            .chain(b.keys())
            .all(|key| equal(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null))),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(one, other)| equal(one, other))
        }
        (one, other) => one == other || (is_unset(one) && is_unset(other)),
    }
}

fn within(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.iter().all(|(key, value)| within(value, found.get(key).unwrap_or(&Value::Null)))
        }
        (wanted, found) => equal(wanted, found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawObject;

    fn create() -> Write {
        let body = json!({ "name": "A", "eventName": "e", "url": "https://a.example/?k=1", "enabled": true,
            "retryPolicy": { "enabled": true }, "payloadConfiguration": { "hydrate_entity": true },
            "auth": { "authType": "BASIC", "basicAuthConfig": { "username": "u", "password": "p" } } });
        Write {
            action: WriteAction::Create,
            body: RawObject::new(json!({ BODY: body, VISIBLE: true, REMOVED: [] })),
        }
    }

    fn made(change: impl FnOnce(&mut Value)) -> Value {
        let mut webhook = json!({ "id": "w1", "name": "A", "eventName": "e", "url": "https://a.example/?k=1", "enabled": true,
            "status": "active", "creationTime": "t", "updatedTime": "t", "retryPolicy": { "enabled": true, "maxAttempts": 3 },
            "payloadConfiguration": { "hydrate_entity": true, "custom_headers": {} }, "protected": false, "httpMethod": "POST",
            "filter": { "keyToFilter": "metadata.webhook_id", "supportedValues": ["w1"] }, "newField": 7,
            "auth": { "authType": "BASIC", "basicAuthConfig": { "username": "u", "passwordIsEnvVar": false } } });
        change(&mut webhook);
        webhook
    }

    #[test]
    fn the_webhook_that_was_made_is_recognised_with_what_epilot_adds() {
        assert!(achieved(&create(), &made(|_| {})));
        assert!(achieved(&create(), &made(|w| w["filter"] = Value::Null)));
    }

    #[test]
    fn a_near_miss_is_not() {
        let changes: [fn(&mut Value); 11] = [
            |w| w["name"] = json!("B"),
            |w| w["eventName"] = json!("f"),
            |w| w["url"] = json!("https://a.example/?k=2"),
            |w| w["enabled"] = json!(false),
            |w| w["retryPolicy"]["enabled"] = json!(false),
            |w| w["payloadConfiguration"]["custom_headers"]["a"] = json!("1"),
            |w| w["auth"]["basicAuthConfig"]["username"] = json!("v"),
            |w| w["filter"]["supportedValues"] = json!(["w2"]),
            |w| w["filterConditions"] = json!({ "conditions": [{ "jsonata_expression": "a" }] }),
            |w| w["jsonataExpression"] = json!("a"),
            |w| w["protected"] = json!(true),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert!(!achieved(&create(), &made(change)), "change {number}");
        }
    }

    #[test]
    fn an_update_that_cannot_be_read_back_is_known_by_the_time_alone() {
        let update = |visible: bool| {
            let body =
                json!({ BODY: { "name": "A" }, VISIBLE: visible, REMOVED: ["filter"], UPDATED_TIME: "t" });
            Write { action: WriteAction::Update("w1".into()), body: RawObject::new(body) }
        };
        let found = |time: &str| json!({ "name": "A", "filter": null, "updatedTime": time });
        assert!(achieved(&update(false), &found("u")) && achieved(&update(true), &found("t")));
        assert!(!achieved(&update(false), &found("t")) && !achieved(&update(false), &json!({ "name": "A" })));
        let still = json!({ "name": "A", "filter": { "keyToFilter": "a", "supportedValues": ["b"] }, "updatedTime": "u" });
        assert!(!achieved(&update(true), &still));
    }
}
