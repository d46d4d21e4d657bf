//! What Butlr sends for each event type, after the payload pages of its documents: one envelope, and a `data` that is
//! a number, an object, two lists of coordinates, or not there at all.

use super::catalogue::one_minute;
use crate::samples::{Ids, SECONDS, json as as_json};
use serde_json::{Map, Value, json};
use tacklebox_model::{EventId, Sample};

const EVERYTHING: &str = "With everything that is optional";
const NOTHING: &str = "Without what is optional";
const PIECED: &str = " (put together: Butlr's documents show no whole example)";
const UNKNOWN: &str = "The envelope only: what this type has in data and metadata is not documented";

/// The smallest place an event speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Place {
    Floor,
    Room,
    Zone,
}

/// What a type's messages have beyond the envelope of all.
struct Shape {
    place: Place,
    /// Whether room and its name may be missing.
    room_optional: bool,
    /// Whether a sensor and its hive are named.
    sensor: bool,
    data: Option<Value>,
    /// Whether the documents show a whole message.
    documented: bool,
}

/// An event type's messages, in the longest and the shortest form. Names are compared without case: Butlr's pages
/// write them both ways.
pub fn samples(event: &EventId) -> Vec<Sample> {
    let upper = event.as_str().to_uppercase();
    let ids = Ids::of(event.as_str());
    let Some(shape) = shape(one_minute(&upper).unwrap_or(&upper), &ids) else {
        let metadata = keys(&json!({ "org_id": id("org"), "org_name": "Example Offices" }), &[]);
        return vec![as_json(UNKNOWN, None, message(event, &ids, metadata, None))];
    };
    let metadata = metadata(&shape);
    let optional = optional(&shape);
    let note = if shape.documented { "" } else { PIECED };
    [(EVERYTHING, &[][..]), (NOTHING, &optional)]
        .map(|(label, without)| {
            let value = message(event, &ids, keys(&metadata, without), shape.data.clone());
            as_json(&format!("{label}{note}"), None, value)
        })
        .into()
}

fn shape(base: &str, ids: &Ids) -> Option<Shape> {
    use Place::{Floor, Room, Zone};
    let count = |from, to| Some(json!(ids.number("count", from, to)));
    let (place, data) = match base {
        "FLOOR_OCCUPANCY" => (Floor, count(18, 60)),
        "ROOM_OCCUPANCY" => (Room, count(2, 9)),
        "ZONE_OCCUPANCY" => (Zone, count(1, 4)),
        "TRAFFIC" => (Room, Some(json!({ "in": 3, "out": 1 }))),
        "DETECTIONS" => (
            Room,
            Some(json!({
                "local": [[0.5625, 0.125], [0.75, 0.5625]],
                "world": [[85.694195, 27.829299], [87.439295, 28.577199]],
            })),
        ),
        "PIR_MOTION" | "PIR_NO_MOTION" => (Room, None),
        _ => return None,
    };
    Some(Shape {
        place,
        room_optional: matches!(base, "DETECTIONS" | "TRAFFIC" | "ZONE_OCCUPANCY"),
        sensor: base == "DETECTIONS",
        data,
        documented: !matches!(base, "FLOOR_OCCUPANCY" | "TRAFFIC"),
    })
}

fn message(event: &EventId, ids: &Ids, metadata: Value, data: Option<Value>) -> Value {
    let mut message = json!({
        "id": format!("event_{}", ids.ksuid("event")),
        "type": event,
        "timestamp": SECONDS * 1000,
        "version": "v1.0.0",
        "metadata": metadata,
    });
    if let Some(data) = data {
        message["data"] = data;
    }
    message
}

/// Where it happened, with everything this type can name.
fn metadata(shape: &Shape) -> Value {
    let all = json!({
        "org_id": id("org"), "site_id": id("site"), "building_id": id("building"),
        // Floors are spaces in Butlr's ids.
        "floor_id": id("space"), "room_id": id("room"), "zone_id": id("zone"),
        "floor_custom_id": "HAV12-2", "room_custom_id": "HAV12-2-07", "zone_custom_id": "HAV12-2-D04",
        "hive_id": id("hive"),
        // Here without a prefix.
        "sensor_id": Ids::of("butlr").ksuid("sensor"),
        "org_name": "Example Offices", "site_name": "Oslo", "building_name": "Havnegata 12",
        "floor_name": "2nd floor", "room_name": "Glittertind", "zone_name": "Desk 2.04",
        "hive_serial": "21312f639defabc0", "mac_address": "00-17-0d-00-00-5a-3c-81",
        "sensor_mode": "presence", "sensor_model": "Heatic 2+", "hive_model": "2.0", "hive_version": "2.4.4",
    });
    let mut without = vec![];
    if shape.place < Place::Zone {
        without.extend(["zone_id", "zone_custom_id", "zone_name"]);
    }
    if shape.place < Place::Room {
        without.extend(["room_id", "room_custom_id", "room_name"]);
    }
    if !shape.sensor {
        without.extend(["hive_id", "sensor_id", "hive_serial", "mac_address", "sensor_mode", "sensor_model"]);
        without.extend(["hive_model", "hive_version"]);
    }
    keys(&all, &without)
}

/// What this type can do without, where it has it.
fn optional(shape: &Shape) -> Vec<&'static str> {
    let mut optional = vec!["floor_custom_id", "room_custom_id", "zone_custom_id"];
    if shape.room_optional {
        optional.extend(["room_id", "room_name"]);
    }
    optional
}

/// The object without these keys.
fn keys(object: &Value, without: &[&str]) -> Value {
    let fields = object.as_object().into_iter().flatten();
    let kept = fields.filter(|(key, _)| !without.contains(&key.as_str()));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<_, _>>())
}

/// The same places in every sample.
fn id(prefix: &str) -> String {
    format!("{prefix}_{}", Ids::of("butlr").ksuid(prefix))
}
