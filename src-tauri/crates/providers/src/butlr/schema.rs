//! What introspection tells of an organisation's schema. Butlr publishes two spellings of the same
//! fields, newer fields that older schemas lack, and event types that no page lists.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The names of the fields whose spelling varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    pub event_types: &'static str,
    pub endpoint_config: &'static str,
    pub http_timeout: &'static str,
    pub api_key: &'static str,
    pub basic_auth: &'static str,
}

/// How Butlr's fields are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `event_types`: every example Butlr gives.
    Snake,
    /// `eventTypes`: the schema blocks of some pages.
    Camel,
}

/// What an organisation's schema has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    pub spelling: Spelling,
    /// Whether a webhook has `filters` and `send_on_value_change`.
    pub filters: bool,
    /// Whether a create takes them; an update always does where they exist.
    pub filters_on_create: bool,
    /// The event types, in the schema's order.
    pub event_types: Vec<String>,
    /// Fields of the endpoint that Butlr's pages do not have, readable and writable: kept on every update.
    pub extra_endpoint_fields: Vec<String>,
    /// Fields of the endpoint that can be written and not read back whole: lost when the endpoint is replaced.
    pub lost_endpoint_fields: Vec<String>,
    /// Other fields of a webhook that Butlr's pages do not have: untouched, since updates are partial.
    pub extra_fields: Vec<String>,
}

impl Spelling {
    pub fn keys(self) -> Keys {
        match self {
            Self::Snake => Keys {
                event_types: "event_types",
                endpoint_config: "endpoint_config",
                http_timeout: "http_timeout",
                api_key: "api_key",
                basic_auth: "basic_auth",
            },
            Self::Camel => Keys {
                event_types: "eventTypes",
                endpoint_config: "endpointConfig",
                http_timeout: "httpTimeout",
                api_key: "apiKey",
                basic_auth: "basicAuth",
            },
        }
    }
}

/// The fields both spellings share.
pub const FILTERS: &str = "filters";
pub const SEND_ON_VALUE_CHANGE: &str = "send_on_value_change";

/// Asks for no more than is needed; type references are followed down to the items of a list.
pub const INTROSPECTION: &str = "query Introspection {
  webhook: __type(name: \"Webhook\") { ...Fields }
  endpoint: __type(name: \"EndpointConfig\") { ...Fields }
  create: __type(name: \"WebhookCreateInput\") { inputFields { name } }
  update: __type(name: \"WebhookUpdateInput\") { inputFields { name } }
  endpointInput: __type(name: \"EndpointConfigInput\") { inputFields { name } }
  events: __type(name: \"EventType\") { enumValues { name } }
}
fragment Fields on __Type {
  fields { name args { type { kind } } type { kind ofType { kind ofType { kind ofType { kind } } } } }
}";

#[derive(Deserialize)]
pub struct Introspection {
    webhook: Option<TypeInfo>,
    endpoint: Option<TypeInfo>,
    create: Option<TypeInfo>,
    update: Option<TypeInfo>,
    #[serde(rename = "endpointInput")]
    endpoint_input: Option<TypeInfo>,
    events: Option<TypeInfo>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TypeInfo {
    fields: Option<Vec<FieldInfo>>,
    input_fields: Option<Vec<Named>>,
    enum_values: Option<Vec<Named>>,
}

#[derive(Deserialize)]
struct FieldInfo {
    name: String,
    #[serde(default)]
    args: Vec<Argument>,
    #[serde(rename = "type")]
    kind: TypeRef,
}

#[derive(Deserialize)]
struct Argument {
    #[serde(rename = "type")]
    kind: TypeRef,
}

#[derive(Deserialize)]
struct TypeRef {
    kind: String,
    #[serde(rename = "ofType")]
    of_type: Option<Box<TypeRef>>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Introspection {
    /// Whether no type was told at all, as by a server that does not allow to ask.
    pub fn is_empty(&self) -> bool {
        [&self.webhook, &self.endpoint, &self.create, &self.update].into_iter().all(Option::is_none)
    }
}

impl Schema {
    /// Reads the schema out of an introspection; nothing when it describes no webhooks.
    pub fn from_introspection(found: Introspection) -> Option<Self> {
        let webhook = field_kinds(found.webhook);
        let endpoint = field_kinds(found.endpoint);
        let spelling = if webhook.contains_key("event_types") {
            Spelling::Snake
        } else if webhook.contains_key("eventTypes") {
            Spelling::Camel
        } else {
            return None;
        };
        let keys = spelling.keys();
        let create = input_names(found.create);
        let update = input_names(found.update);
        let endpoint_input = input_names(found.endpoint_input);
        let has_both = |names: &dyn Fn(&str) -> bool| names(FILTERS) && names(SEND_ON_VALUE_CHANGE);
        let readable = has_both(&|name| webhook.contains_key(name));
        let writable = has_both(&|name| update.iter().any(|n| n == name));
        let known_endpoint = ["url", keys.http_timeout, keys.api_key, keys.basic_auth];
        let (extra_endpoint_fields, lost_endpoint_fields) = endpoint_input
            .into_iter()
            .filter(|name| !known_endpoint.contains(&name.as_str()))
            .partition(|name| endpoint.get(name) == Some(&true));
        let known = [
            "id",
            "name",
            keys.event_types,
            keys.endpoint_config,
            FILTERS,
            SEND_ON_VALUE_CHANGE,
            "__typename",
        ];
        Some(Self {
            spelling,
            filters: readable && writable,
            filters_on_create: has_both(&|name| create.iter().any(|n| n == name)),
            event_types: found.events.unwrap_or_default().enum_values.map(names).unwrap_or_default(),
            extra_endpoint_fields,
            lost_endpoint_fields,
            extra_fields: webhook.into_keys().filter(|name| !known.contains(&name.as_str())).collect(),
        })
    }

    /// What Butlr's pages document, for an organisation that does not let itself be introspected.
    pub fn documented(spelling: Spelling) -> Self {
        let event_types = ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"];
        Self {
            spelling,
            filters: false,
            filters_on_create: false,
            event_types: event_types.map(str::to_owned).to_vec(),
            extra_endpoint_fields: vec![],
            lost_endpoint_fields: vec![],
            extra_fields: vec![],
        }
    }

    /// Adapts a compiled operation to this schema: fields it lacks are left out, unknown ones of the
    /// endpoint are asked for, so that an update can send them back.
    pub fn adapt(&self, operation: &str) -> String {
        let keys = self.spelling.keys();
        let mut lines = Vec::new();
        for line in operation.lines() {
            let field = line.trim();
            if !self.filters && (field == FILTERS || field == SEND_ON_VALUE_CHANGE) {
                continue;
            }
            lines.push(line.to_owned());
            if field == keys.http_timeout {
                let indent = &line[..line.len() - field.len()];
                lines.extend(self.extra_endpoint_fields.iter().map(|extra| format!("{indent}{extra}")));
            }
        }
        lines.join("\n")
    }
}

/// Field names and whether each can be asked for by its name alone: a leaf without a required argument.
fn field_kinds(info: Option<TypeInfo>) -> BTreeMap<String, bool> {
    let fields = info.and_then(|i| i.fields).unwrap_or_default();
    let plain = |f: &FieldInfo| is_leaf(&f.kind) && f.args.iter().all(|arg| arg.kind.kind != "NON_NULL");
    fields.into_iter().map(|f| (plain(&f), f)).map(|(plain, f)| (f.name, plain)).collect()
}

fn is_leaf(kind: &TypeRef) -> bool {
    match &kind.of_type {
        Some(inner) => is_leaf(inner),
        None => kind.kind == "SCALAR" || kind.kind == "ENUM",
    }
}

fn input_names(info: Option<TypeInfo>) -> Vec<String> {
    info.and_then(|i| i.input_fields).map(names).unwrap_or_default()
}

fn names(items: Vec<Named>) -> Vec<String> {
    items.into_iter().map(|n| n.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn introspected(endpoint: Value, endpoint_input: &[&str]) -> Schema {
        let named = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
        let leaf =
            |name: &str| json!({ "name": name, "args": [], "type": { "kind": "SCALAR", "ofType": null } });
        let found = json!({
            "webhook": { "fields": [leaf("id"), leaf("event_types"), leaf("owner")] },
            "endpoint": { "fields": endpoint },
            "endpointInput": { "inputFields": named(endpoint_input) },
        });
        Schema::from_introspection(serde_json::from_value(found).unwrap()).unwrap()
    }

    #[test]
    fn a_new_endpoint_field_is_kept_if_it_can_be_read_by_name_alone_and_written() {
        let list = json!({ "kind": "NON_NULL", "ofType": { "kind": "LIST", "ofType": { "kind": "NON_NULL",
            "ofType": { "kind": "ENUM" } } } });
        let endpoint = json!([
            { "name": "retries", "args": [], "type": { "kind": "SCALAR", "ofType": null } },
            { "name": "regions", "args": [{ "type": { "kind": "SCALAR" } }], "type": list },
            { "name": "headers", "args": [], "type": { "kind": "OBJECT", "ofType": null } },
            { "name": "masked", "args": [{ "type": { "kind": "NON_NULL" } }], "type": { "kind": "SCALAR" } },
            { "name": "status", "args": [], "type": { "kind": "SCALAR" } },
        ]);
        let schema =
            introspected(endpoint, &["url", "http_timeout", "retries", "regions", "headers", "masked"]);
        assert_eq!(schema.extra_endpoint_fields, ["retries", "regions"]);
        assert_eq!(schema.lost_endpoint_fields, ["headers", "masked"]);
        assert_eq!(schema.extra_fields, ["owner"]);
    }

    fn documented_with(change: impl FnOnce(&mut Schema)) -> Schema {
        let mut schema = Schema::documented(Spelling::Snake);
        change(&mut schema);
        schema
    }

    const OPERATION: &str = "query {\n  url\n  http_timeout\n  filters\n  send_on_value_change\n}";

    #[test]
    fn fields_the_schema_lacks_are_not_asked_for() {
        assert_eq!(documented_with(|_| {}).adapt(OPERATION), "query {\n  url\n  http_timeout\n}");
    }

    #[test]
    fn unknown_fields_of_the_endpoint_are_asked_for() {
        let schema = documented_with(|s| {
            s.filters = true;
            s.extra_endpoint_fields = vec!["headers".into()];
        });
        let wanted = "query {\n  url\n  http_timeout\n  headers\n  filters\n  send_on_value_change\n}";
        assert_eq!(schema.adapt(OPERATION), wanted);
    }
}
