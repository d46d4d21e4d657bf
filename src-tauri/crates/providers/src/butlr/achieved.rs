//! Whether a webhook is what a write wanted, when the write's own answer was lost.

use super::draft::{INPUT, THEN};
use super::schema::{FILTERS, SEND_ON_VALUE_CHANGE, Spelling};
use crate::{Write, WriteAction};
use serde_json::{Value, json};

/// Whether the write took effect on this webhook.
///
/// A create in two steps counts as made after its first: the webhook exists, and what is still missing shows
/// as a difference. Anything else that was not asked for makes it another webhook.
pub fn achieved(write: &Write, found: &Value) -> bool {
    let body = write.body.value();
    let (input, then) = (&body[INPUT], &body[THEN]);
    match &write.action {
        WriteAction::Delete(_) => false,
        WriteAction::Update(_) => covers(input, found),
        WriteAction::Create => {
            let nothing_else = |key: &str| {
                let there = found.get(key).unwrap_or(&Value::Null);
                !input[key].is_null() || is_unset(there) || same(key, &then[key], there)
            };
            covers(input, found) && [FILTERS, SEND_ON_VALUE_CHANGE].into_iter().all(nothing_else)
        }
    }
}

/// Whether every field of the input is there. An update leaves the other ones as they are.
fn covers(input: &Value, found: &Value) -> bool {
    input.as_object().is_some_and(|input| {
        input.iter().all(|(key, wanted)| same(key, wanted, found.get(key).unwrap_or(&Value::Null)))
    })
}

fn same(key: &str, wanted: &Value, found: &Value) -> bool {
    let is_endpoint = |spelling: Spelling| spelling.keys().endpoint_config == key;
    match [Spelling::Snake, Spelling::Camel].into_iter().find(|s| is_endpoint(*s)) {
        Some(spelling) => same_endpoint(spelling, wanted, found),
        None => (is_unset(wanted) && is_unset(found)) || equal(wanted, found),
    }
}

/// The endpoint is replaced whole; fields of it that we do not know may be the vendor's defaults.
fn same_endpoint(spelling: Spelling, wanted: &Value, found: &Value) -> bool {
    let keys = spelling.keys();
    let part = |endpoint: &Value, key: &str| endpoint.get(key).cloned().unwrap_or_default();
    let known = ["url", keys.http_timeout, keys.api_key, keys.basic_auth];
    let others = wanted.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    known.into_iter().chain(others).all(|key| equal(&part(wanted, key), &part(found, key)))
}

/// What a webhook has that was never given the field: how each is returned is not documented.
fn is_unset(value: &Value) -> bool {
    value.is_null() || *value == json!({}) || *value == json!(false)
}

/// Equality that takes a null for a missing field, and lists in any order.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => a
            .keys()
            .chain(b.keys())
            .all(|key| equal(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null))),
        (Value::Array(a), Value::Array(b)) => sorted(a) == sorted(b),
        (one, other) => one == other,
    }
}

fn sorted(items: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = items.iter().map(Value::to_string).collect();
    texts.sort_unstable();
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawObject;

    fn create(then: Value) -> Write {
        let input = json!({ "name": "A", "event_types": ["X", "Y"],
            "endpoint_config": { "url": "https://a.example/", "http_timeout": 10 } });
        Write { action: WriteAction::Create, body: RawObject::new(json!({ INPUT: input, THEN: then })) }
    }

    fn made(change: impl FnOnce(&mut Value)) -> Value {
        let mut webhook = json!({ "id": "webhook_1", "name": "A", "event_types": ["Y", "X"], "filters": null,
            "send_on_value_change": false, "endpoint_config": { "url": "https://a.example/", "http_timeout": 10,
                "api_key": null, "basic_auth": null, "retries": 3 } });
        change(&mut webhook);
        webhook
    }

    #[test]
    fn the_webhook_that_was_made_is_recognised() {
        assert!(achieved(&create(Value::Null), &made(|_| {})));
    }

    #[test]
    fn a_near_miss_is_not() {
        let changes: [fn(&mut Value); 6] = [
            |w| w["name"] = json!("B"),
            |w| w["event_types"] = json!(["X", "X"]),
            |w| w["endpoint_config"]["http_timeout"] = json!(9),
            |w| w["endpoint_config"]["api_key"] = json!({ "key": "k", "value": "v" }),
            |w| w["filters"] = json!({ "room_ids": ["room_1"] }),
            |w| w["send_on_value_change"] = json!(true),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert!(!achieved(&create(Value::Null), &made(change)), "change {number}");
        }
    }

    #[test]
    fn a_create_in_two_steps_is_recognised_after_either() {
        let write = create(json!({ FILTERS: { "room_ids": ["room_1", "room_2"] } }));
        assert!(achieved(&write, &made(|_| {})));
        assert!(achieved(&write, &made(|w| w[FILTERS] = json!({ "room_ids": ["room_2", "room_1"] }))));
        assert!(!achieved(&write, &made(|w| w[FILTERS] = json!({ "room_ids": ["room_3"] }))));
    }
}
