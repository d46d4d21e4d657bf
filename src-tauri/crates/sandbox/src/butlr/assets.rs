//! Sites and what is below them, sensors, hives and tags: read-only, as far as a picker needs them.

use std::sync::Arc;

use async_graphql::Value as GraphqlValue;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, SchemaBuilder, TypeRef};
use serde_json::{Value, json};

use super::schema::{property, report};
use super::state::State;

/// An organisation's assets as JSON objects with the vendor's field names.
#[derive(Debug, Clone, Default)]
pub struct ButlrAssets {
    /// Sites, each with `buildings`, each with `floors`, each with `rooms` and `zones`.
    pub sites: Vec<Value>,
    /// Sensors.
    pub sensors: Vec<Value>,
    /// Hives, the sensors' gateways.
    pub hives: Vec<Value>,
    /// Tags, each with the `rooms`, `zones` and `floors` that carry it.
    pub tags: Vec<Value>,
}

impl ButlrAssets {
    /// All objects of a flat list, by the name of its root field.
    fn list(&self, root_field: &str) -> Vec<Value> {
        let below = |parents: Vec<Value>, field: &str| {
            parents.iter().filter_map(|parent| parent.get(field)?.as_array().cloned()).flatten().collect()
        };
        match root_field {
            "sites" => self.sites.clone(),
            "buildings" => below(self.list("sites"), "buildings"),
            "floors" => below(self.list("buildings"), "floors"),
            "rooms" | "zones" => below(self.list("floors"), root_field),
            "sensors" => self.sensors.clone(),
            "hives" => self.hives.clone(),
            "tags" => self.tags.clone(),
            _ => Vec::new(),
        }
    }
}

/// Root field, the type that wraps its `data`, and the type in it.
const COLLECTIONS: [(&str, &str, &str); 7] = [
    ("sites", "Sites", "Site"),
    ("buildings", "Buildings", "Building"),
    ("floors", "Floors", "Floor"),
    ("rooms", "Rooms", "Room"),
    ("zones", "Zones", "Zone"),
    ("sensors", "Sensors", "Sensor"),
    ("hives", "Hives", "Hive"),
];

/// Each type with its fields. Assumption: names and types of fields are documented, nullability is not; here
/// ids and names are never null, nor are lists.
const TYPES: [(&str, &[(&str, &str)]); 8] = [
    (
        "Site",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("timezone", "String"),
            ("customID", "String"),
            ("org_id", "ID!"),
            ("buildings", "[Building]"),
        ],
    ),
    (
        "Building",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("building_number", "Int"),
            ("site_id", "ID!"),
            ("floors", "[Floor]"),
        ],
    ),
    (
        "Floor",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("floorNumber", "Int"),
            ("building_id", "ID!"),
            ("rooms", "[Room]"),
            ("zones", "[Zone]"),
        ],
    ),
    (
        "Room",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("floor_id", "ID"),
            ("roomType", "String"),
            ("customID", "String"),
        ],
    ),
    (
        "Zone",
        &[("id", "ID!"), ("name", "String!"), ("floor_id", "ID"), ("room_id", "ID"), ("customID", "String")],
    ),
    (
        "Sensor",
        &[
            ("id", "ID!"),
            ("sensor_id", "ID"),
            ("name", "String!"),
            ("mac_address", "String!"),
            ("mode", "String"),
            ("model", "String"),
            ("floor_id", "ID"),
            ("room_id", "ID"),
            ("hive_id", "ID"),
            ("hive_serial", "String"),
            ("is_entrance", "Boolean"),
            ("is_online", "Boolean"),
        ],
    ),
    (
        "Hive",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("serialNumber", "String"),
            ("floor_id", "ID"),
            ("room_id", "ID"),
            ("isOnline", "Boolean"),
        ],
    ),
    (
        "Tag",
        &[
            ("id", "ID!"),
            ("name", "String!"),
            ("organization_id", "ID!"),
            ("rooms", "[Room]"),
            ("zones", "[Zone]"),
            ("floors", "[Floor]"),
        ],
    ),
];

/// Adds the query root fields: the wrapped collections, the bare `tags`, and `site(id:)`.
pub(super) fn root_fields(mut query: Object, state: &Arc<State>) -> Object {
    for (name, wrapper, _) in COLLECTIONS {
        query = query.field(root(name, TypeRef::named(wrapper), state, |list| json!({ "data": list })));
    }
    query.field(root("tags", TypeRef::named_nn_list("Tag"), state, Value::Array)).field(site(state))
}

/// Registers the asset types.
pub(super) fn types(mut builder: SchemaBuilder) -> SchemaBuilder {
    for (_, wrapper, item) in COLLECTIONS {
        builder = builder.register(Object::new(wrapper).field(property("data", list_of(item))));
    }
    for (name, fields) in TYPES {
        let object = fields
            .iter()
            .fold(Object::new(name), |object, (field, ty)| object.field(property(*field, type_ref(ty))));
        builder = builder.register(object);
    }
    builder
}

fn list_of(item: &str) -> TypeRef {
    TypeRef::named_nn_list_nn(item)
}

/// `T!`, `[T]` (short for a list without nulls that is never null) or `T`.
fn type_ref(text: &str) -> TypeRef {
    if let Some(name) = text.strip_suffix('!') {
        TypeRef::named_nn(name)
    } else if let Some(name) = text.strip_prefix('[') {
        list_of(name.trim_end_matches(']'))
    } else {
        TypeRef::named(text)
    }
}

fn root(name: &'static str, ty: TypeRef, state: &Arc<State>, wrap: fn(Vec<Value>) -> Value) -> Field {
    let state = state.clone();
    Field::new(name, ty, move |ctx| {
        if state.fails(name) {
            report(&ctx, &format!("{name} could not be resolved"), "INTERNAL_SERVER_ERROR", None);
            return FieldFuture::from_value(None);
        }
        FieldFuture::from_value(GraphqlValue::from_json(wrap(state.assets.list(name))).ok())
    })
}

fn site(state: &Arc<State>) -> Field {
    let state = state.clone();
    Field::new("site", TypeRef::named("Site"), move |ctx| {
        let id = ctx.args.get("id").and_then(|id| id.string().ok().map(str::to_owned));
        let site = state.assets.sites.iter().find(|site| {
            site.get("id").and_then(Value::as_str).is_some_and(|site_id| Some(site_id) == id.as_deref())
        });
        let site = site.and_then(|site| GraphqlValue::from_json(site.clone()).ok());
        FieldFuture::Value(site.map(FieldValue::value))
    })
    .argument(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)))
}
