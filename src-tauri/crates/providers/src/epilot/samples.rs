//! What epilot sends: the envelope of automations, and that of the event catalogue. Sources: its pages on payloads and
//! the samples beside its core events.

use super::catalogue::CATALOGUE_PREFIX;
use super::entities::{self, ORGANISATION, hydrated};
use super::meanings::is_core;
use crate::samples::{Ids, SECONDS, json as as_json, with};
use serde_json::{Map, Value, json};
use tacklebox_model::{EventId, Sample};

const MOMENT: &str = "2025-03-18T09:41:27.318Z";
const PLAIN: &str = "As a new webhook is set up";
const FULL: &str = "With everything switched on under Content (the activity's own fields are not documented)";
const CORE: &str = "Event catalogue, shortened: entities have more fields";
const CUSTOM: &str = "Event catalogue: the first nine fields are sure, the rest is the organisation's own";

/// The messages of an event, by its name.
pub fn samples(event: &EventId) -> Vec<Sample> {
    let name = event.as_str();
    let ids = Ids::of(name);
    match name.strip_prefix(CATALOGUE_PREFIX) {
        Some(event) => {
            let label = if is_core(event) { CORE } else { CUSTOM };
            vec![as_json(label, None, from_catalogue(event, &ids))]
        }
        None => vec![
            as_json(PLAIN, None, from_automation(name, &ids)),
            as_json(FULL, None, with_everything(name, &ids)),
        ],
    }
}

fn from_automation(name: &str, ids: &Ids) -> Value {
    let entity = entities::of(entities::kind(name), ids);
    json!({ "metadata": metadata(ids), "entity": entity, "relations": [] })
}

/// The same with every switch of the payload on. Proposed values stand in the entity in place of the present ones.
fn with_everything(name: &str, ids: &Ids) -> Value {
    let kind = entities::kind(name);
    json!({
        "metadata": metadata(ids),
        "entity": hydrated(kind, ids),
        "relations": [entities::of("contact", &Ids::of("related"))],
        "activity": {
            "_id": ids.ulid("activity"), "_org": ORGANISATION, "timestamp": MOMENT,
            "type": "EntityUpdated", "title": "Entity updated",
        },
        "changed_attributes": {
            "added": { "source_type": "manual" },
            "deleted": {},
            "updated": { "status": "open", "_updated_at": MOMENT },
        },
    })
}

fn metadata(ids: &Ids) -> Value {
    json!({
        "webhook_id": Ids::of("epilot webhook").ksuid("webhook").chars().take(22).collect::<String>(),
        "organization_id": ORGANISATION,
        "webhook_name": "Example webhook",
        "automation_name": format!("FLOW#{:08}", ids.number("flow", 10_000, 90_000)),
        "organization_name": "Example Energie",
        "correlation_id": ids.uuid("correlation"),
        "creation_timestamp": MOMENT,
        "execution_id": ids.uuid("execution"),
        "action_id": ids.uuid("action"),
    })
}

fn from_catalogue(event: &str, ids: &Ids) -> Value {
    let envelope = json!({
        "_org_id": ORGANISATION,
        "_event_time": MOMENT,
        "_event_id": ids.ulid("event"),
        "_event_name": event,
        "_event_version": if event == "MeterReadingAdded" { "2.1" } else { "1.0" },
        "_event_source": "api",
        "_ack_id": ids.uuid("acknowledgement"),
        "_trigger_source_type": "api",
        "_trigger_source": format!("api_{ORGANISATION}"),
    });
    let Value::Object(mut fields) = with(envelope, []) else { return Value::Null };
    fields.extend(own_fields(event, ids));
    Value::Object(fields)
}

/// What comes after the envelope.
fn own_fields(event: &str, ids: &Ids) -> Map<String, Value> {
    let kind = entities::kind(event);
    let entity = entities::of(kind, ids);
    let id = entity["_id"].clone();
    let mut fields = match kind {
        "file" => file(&entity, ids),
        "meter" => reading(ids),
        _ => Map::from_iter([(
            "external_id".to_owned(),
            json!(format!("ext-{}", ids.number("external", 10_000, 99_999))),
        )]),
    };
    if kind != "file" {
        fields.insert(format!("{kind}_id"), id);
    }
    fields.insert(kind.to_owned(), entity);
    fields
}

fn file(entity: &Value, ids: &Ids) -> Map<String, Value> {
    Map::from_iter([
        ("operation".to_owned(), json!("createEntity")),
        ("activity_id".to_owned(), json!(ids.ulid("activity"))),
        ("activity_type".to_owned(), json!("EntityCreated")),
        ("trigger_entity".to_owned(), entity["_id"].clone()),
        (
            "event_attachments".to_owned(),
            json!([{
                "entity_id": entity["_id"], "filename": entity["filename"], "mime_type": entity["mime_type"],
                "size_bytes": 184_320, "s3ref": { "bucket": "example-files", "key": "739224/vertrag.pdf" },
                "version_index": 0, "readable_size": entity["readable_size"],
            }]),
        ),
    ])
}

fn reading(ids: &Ids) -> Map<String, Value> {
    Map::from_iter([
        ("activity_type".to_owned(), json!("MeterReadingsAdded")),
        ("reading_date".to_owned(), json!(MOMENT)),
        ("read_by".to_owned(), json!("Ada Example")),
        ("reason".to_owned(), json!("regular")),
        ("source".to_owned(), json!("ECP")),
        ("contract_number".to_owned(), json!("V-204417")),
        ("meter_number".to_owned(), json!("1EMH0012345678")),
        ("unit".to_owned(), json!("kWh")),
        (
            "meter_readings".to_owned(),
            json!([{
                "counter_id": ids.uuid("counter"), "value": 4_182 + SECONDS % 100, "direction": "feed-out",
                "obis_number": "1-0:1.8.0", "reading_timestamp": MOMENT, "status": "valid", "unit": "kWh",
            }]),
        ),
    ])
}
