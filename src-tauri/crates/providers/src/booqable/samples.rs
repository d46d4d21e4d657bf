//! What Booqable sends for each event: version 4 as JSON with related things nested, version 1 as a form in the old
//! words. Sources: its pages on webhook endpoints, webhooks and apps, and of each kind of thing.

use super::catalogue::is_documented;
use super::resources::{Resource, resource};
use super::wire::VERSION;
use crate::samples::{Ids, form, json as as_json, with};
use serde_json::{Map, Value, json};
use tacklebox_model::{EventId, FieldPath, FieldValue, Sample, ShownWhen};

const FOUR: &str = "Version 4, JSON";
const ONE: &str = "Version 1, form, shortened";
const BY_ANALOGY: &str = " (Booqable's documents show an order alone)";
const BY_KIND: &str = " (the event is in no document; this is what others of its kind send)";
const ENVELOPE: &str = "The envelope only: the event is in no document";
const SENT: &str = "2025-03-18T09:41:27Z";

/// A message of each version. What related things a message has depends on the kind of thing alone, so that an event
/// in no document still has those of its kind.
pub fn samples(event: &EventId) -> Vec<Sample> {
    let name = event.as_str();
    let ids = Ids::of(name);
    let id = ids.uuid("notification");
    let (kind, what) = name.split_once('.').unwrap_or((name, ""));
    let Some(resource) = resource(kind, what, &ids) else {
        let envelope = json!({ "id": id, "created_at": SENT, "event": name, "data": {} });
        return vec![as_json(ENVELOPE, version(4), envelope)];
    };
    let note = |otherwise| if is_documented(name) { otherwise } else { BY_KIND };
    let old = note(if kind == "order" { "" } else { BY_ANALOGY });
    vec![
        as_json(&format!("{FOUR}{}", note("")), version(4), version_4(name, &id, &resource)),
        form(&format!("{ONE}{old}"), version(1), &version_1(name, &id, &resource)),
    ]
}

fn version(number: i64) -> Option<ShownWhen> {
    Some(ShownWhen { path: FieldPath::from(VERSION), equals: FieldValue::Text(number.to_string()) })
}

fn version_4(event: &str, id: &str, resource: &Resource) -> Value {
    let Value::Object(mut data) = resource.attributes.clone() else { return Value::Null };
    data.extend(resource.nested.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    let head = json!({ "id": id, "created_at": SENT });
    // The page on apps shows two fields more than the others do.
    let head =
        if resource.kind == "app_subscriptions" { with(head, [("updated_at", json!(SENT))]) } else { head };
    let head = with(head, [("event", json!(event))]);
    let head = if resource.kind == "app_subscriptions" { with(head, [("version", json!(4))]) } else { head };
    with(head, [("resource_type", json!(resource.kind)), ("data", Value::Object(data))])
}

fn version_1(event: &str, id: &str, resource: &Resource) -> Value {
    let Value::Object(mut data) = resource.attributes.clone() else { return Value::Null };
    // Which related things version 1 has is documented for an order alone.
    let known =
        ["start_location", "stop_location", "plannings", "notes", "tax_values", "lines", "properties"];
    if resource.kind == "orders" {
        let nested = resource.nested.iter().filter(|(name, _)| known.contains(name));
        data.extend(nested.map(|(name, value)| ((*name).to_owned(), value.clone())));
    }
    json!({
        "id": id, "created_at": SENT, "event": event, "object": resource.object, "version": 1,
        "data": in_old_words(&Value::Object(data)),
    })
}

/// The same in the vocabulary of version 1.
fn in_old_words(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (old_key(key), old_value(key, value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(in_old_words).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn old_key(key: &str) -> String {
    let old = match key {
        "buffer_time_before" => "lead_time",
        "buffer_time_after" => "lag_time",
        "tag_list" => "tags",
        "draft" => "concept",
        same => same,
    };
    old.to_owned()
}

fn old_value(key: &str, value: &Value) -> Value {
    match (key, value.as_str()) {
        ("status", Some("draft")) => json!("concept"),
        ("product_type", Some("sales_item")) => json!("consumable"),
        ("statuses", _) => {
            let statuses = value.as_array().into_iter().flatten();
            statuses.map(|status| old_value("status", status)).collect()
        }
        _ => in_old_words(value),
    }
}
