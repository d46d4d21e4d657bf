//! A webhook as Butlr returns it, and the model's fields: secrets are stripped here and nowhere else.

use super::schema::{FILTERS, Keys, SEND_ON_VALUE_CHANGE, Schema};
pub(crate) use crate::address::endpoint;
pub(crate) use crate::raw::texts;
use crate::{RawObject, Remote};
use serde_json::Value;
use tacklebox_model::{
    AuthKind, ConnectionId, EndpointUrl, FieldPath, FieldValue, Fields, SecretState, UrlView, Webhook,
    WebhookId,
};

pub const API_KEY: &str = "auth.api_key";
pub const API_KEY_HEADER: &str = "auth.api_key.header";
pub const API_KEY_VALUE: &str = "auth.api_key.value";
pub const BASIC: &str = "auth.basic";
pub const BASIC_USERNAME: &str = "auth.basic.username";
pub const BASIC_PASSWORD: &str = "auth.basic.password";
pub const VALUE_CHANGE: &str = "send_on_value_change";

/// The documented keys of `filters`: each a list of ids, those of places outermost first. Floors have ids that begin
/// with `space_`.
pub const FILTER_KEYS: [FilterKey; 7] = [
    FilterKey {
        key: "site_ids",
        label: "Sites",
        noun: "site",
        prefix: Some("site_"),
        icon: Some(
            "M8 14.5s4.5-4.2 4.5-8a4.5 4.5 0 0 0-9 0c0 3.8 4.5 8 4.5 8zM8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
        ),
    },
    FilterKey {
        key: "building_ids",
        label: "Buildings",
        noun: "building",
        prefix: Some("building_"),
        icon: Some("M3.5 14V2.5h9V14M2 14h12M6 5.5h1M9 5.5h1M6 8.5h1M9 8.5h1M7 14v-2.5h2V14"),
    },
    FilterKey {
        key: "floor_ids",
        label: "Floors",
        noun: "floor",
        prefix: Some("space_"),
        icon: Some("M8 2.5l6 3-6 3-6-3zM2 8.5l6 3 6-3M2 11.5l6 3 6-3"),
    },
    FilterKey {
        key: "room_ids",
        label: "Rooms",
        noun: "room",
        prefix: Some("room_"),
        icon: Some("M4 14V2.5h8V14M2.5 14h11M9.5 8v1"),
    },
    FilterKey {
        key: "zone_ids",
        label: "Zones",
        noun: "zone",
        prefix: Some("zone_"),
        icon: Some("M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3"),
    },
    FilterKey {
        key: "mac_addresses",
        label: "Sensors",
        noun: "sensor",
        prefix: None,
        icon: Some(
            "M8 7.5v1M5.5 10.5a3.5 3.5 0 0 1 0-5M10.5 5.5a3.5 3.5 0 0 1 0 5M3.5 12.5a6.4 6.4 0 0 1 0-9M12.5 3.5a6.4 6.4 0 0 1 0 9",
        ),
    },
    FilterKey {
        key: "org_ids",
        label: "Organisations",
        noun: "organisation",
        prefix: Some("org_"),
        icon: None,
    },
];

pub struct FilterKey {
    pub key: &'static str,
    pub label: &'static str,
    pub noun: &'static str,
    pub prefix: Option<&'static str>,
    /// How it is drawn in the tree of places; absent for what is not in it.
    pub icon: Option<&'static str>,
}

impl FilterKey {
    pub fn path(&self) -> FieldPath {
        FieldPath::new(format!("{FILTERS}.{}", self.key))
    }
}

/// Reads one webhook; nothing when it has no id.
pub fn remote(connection: &ConnectionId, schema: &Schema, raw: Value) -> Option<Remote> {
    let keys = schema.spelling.keys();
    let id = WebhookId::from(raw.get("id")?.as_str()?);
    let fields = fields(&keys, &raw);
    let name = raw.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let endpoint = endpoint(&fields);
    let raw = RawObject::new(raw);
    let webhook = Webhook {
        connection: connection.clone(),
        id,
        title: title(name, &endpoint),
        endpoint,
        events: texts(raw.value().get(keys.event_types)),
        auth: auth(&fields),
        on: None,
        preserved: preserved(schema, raw.value()),
        marks: vec![],
        revision: Some(raw.revision()),
        fields,
    };
    Some(Remote { webhook, raw })
}

/// The model's fields of a webhook or of what would become one.
pub fn fields(keys: &Keys, raw: &Value) -> Fields {
    let mut fields = Fields::new();
    let mut put = |path: &str, value: FieldValue| fields.insert(FieldPath::from(path), value);
    let endpoint = raw.get(keys.endpoint_config).unwrap_or(&Value::Null);
    let text =
        |value: Option<&Value>| FieldValue::Text(value.and_then(Value::as_str).unwrap_or_default().into());
    put(FieldPath::NAME, text(raw.get("name")));
    put(FieldPath::EVENTS, FieldValue::List(texts(raw.get(keys.event_types))));
    let url = endpoint.get("url").and_then(Value::as_str).unwrap_or_default();
    let view = EndpointUrl::parse(url).map_or_else(|_| UrlView::unreadable(), |url| url.view());
    put(FieldPath::URL, FieldValue::Url(view));
    if let Some(timeout) = endpoint.get(keys.http_timeout).and_then(Value::as_i64) {
        put(FieldPath::TIMEOUT, FieldValue::Integer(timeout));
    }
    let api_key = endpoint.get(keys.api_key).filter(|v| v.is_object());
    put(API_KEY, FieldValue::Flag(api_key.is_some()));
    if let Some(api_key) = api_key {
        put(API_KEY_HEADER, text(api_key.get("key")));
        put(API_KEY_VALUE, FieldValue::Secret(SecretState::STORED));
    }
    let basic = endpoint.get(keys.basic_auth).filter(|v| v.is_object());
    put(BASIC, FieldValue::Flag(basic.is_some()));
    if let Some(basic) = basic {
        put(BASIC_USERNAME, text(basic.get("username")));
        put(BASIC_PASSWORD, FieldValue::Secret(SecretState::STORED));
    }
    for filter in &FILTER_KEYS {
        let ids = texts(raw.get(FILTERS).and_then(|f| f.get(filter.key)));
        if !ids.is_empty() {
            put(filter.path().as_str(), FieldValue::List(ids));
        }
    }
    if let Some(flag) = raw.get(SEND_ON_VALUE_CHANGE).and_then(Value::as_bool) {
        put(VALUE_CHANGE, FieldValue::Flag(flag));
    }
    fields
}

/// What a webhook is called: its name, or where it sends to.
pub fn title(name: String, endpoint: &str) -> String {
    if name.trim().is_empty() { endpoint.to_owned() } else { name }
}

fn auth(fields: &Fields) -> Vec<AuthKind> {
    let on = |path: &str| fields.get(&FieldPath::from(path)) == Some(&FieldValue::Flag(true));
    let kinds = [(API_KEY, AuthKind::ApiKey), (BASIC, AuthKind::Basic)];
    kinds.into_iter().filter(|(path, _)| on(path)).map(|(_, kind)| kind).collect()
}

/// Names of what is there and not understood, so that the window can say it is kept.
fn preserved(schema: &Schema, raw: &Value) -> Vec<String> {
    let endpoint = schema.spelling.keys().endpoint_config;
    let mut names: Vec<String> =
        schema.extra_endpoint_fields.iter().map(|field| format!("{endpoint}.{field}")).collect();
    names.extend(schema.extra_fields.iter().cloned());
    let filters = raw.get(FILTERS).and_then(Value::as_object).into_iter().flatten();
    names.extend(
        filters
            .filter(|(key, _)| FILTER_KEYS.iter().all(|known| known.key != key.as_str()))
            .map(|(key, _)| format!("{FILTERS}.{key}")),
    );
    names
}
