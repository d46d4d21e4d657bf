use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::events;

/// One webhook endpoint as the simulator keeps it. Its JSON form is the vendor's flat one.
///
/// `Debug` shows the id only: the URL may hold a secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BooqableEndpoint {
    /// A UUID.
    #[serde(default)]
    pub id: String,
    /// UTC with microseconds, such as `2025-03-04T09:12:00.000000+00:00`.
    #[serde(default)]
    pub created_at: String,
    /// As `created_at`.
    #[serde(default)]
    pub updated_at: String,
    /// Where notifications are sent.
    pub url: String,
    /// Event names.
    pub events: Vec<String>,
    /// 1 (form-encoded notifications, the default) or 4 (JSON).
    #[serde(default = "events::default_version")]
    pub version: i64,
    /// Undocumented attributes that answers have and no request may.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// A notification that was delivered, as far as it is still remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BooqableNotification {
    /// A UUID.
    pub id: String,
    /// When it was made.
    pub created_at: String,
    /// The last attempt to send it.
    pub updated_at: String,
    /// The event's name.
    pub event: String,
    /// The version it was sent in.
    pub version: i64,
    /// Such as `customers`.
    pub resource_type: String,
    /// What was sent.
    pub data: Value,
}

impl fmt::Debug for BooqableEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BooqableEndpoint").field("id", &self.id).finish_non_exhaustive()
    }
}

impl BooqableEndpoint {
    /// An endpoint without id and times, for [`super::BooqableHandle::add_endpoint`] to complete.
    pub fn new(url: &str, version: i64, events: &[&str]) -> Self {
        Self {
            id: String::new(),
            created_at: String::new(),
            updated_at: String::new(),
            url: url.to_owned(),
            events: events.iter().map(ToString::to_string).collect(),
            version,
            extra: Map::new(),
        }
    }

    /// The JSON:API form, with these attributes only if any are named.
    pub(super) fn resource(&self, fields: Option<&[String]>) -> Value {
        json!({ "id": self.id, "type": "webhook_endpoints", "attributes": self.attributes(fields) })
    }

    /// The flat form the documents print for lists: no type, no `attributes`.
    pub(super) fn flat(&self, fields: Option<&[String]>) -> Value {
        let id = std::iter::once(("id".to_owned(), json!(self.id)));
        Value::Object(id.chain(self.attributes(fields)).collect())
    }

    fn attributes(&self, fields: Option<&[String]>) -> Map<String, Value> {
        let known = [
            ("created_at", json!(self.created_at)),
            ("updated_at", json!(self.updated_at)),
            ("url", json!(self.url)),
            ("events", json!(self.events)),
            ("version", json!(self.version)),
        ];
        known
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .chain(self.extra.clone())
            // Assumption: a name in `fields` that is no attribute selects nothing.
            .filter(|(name, _)| fields.is_none_or(|fields| fields.contains(name)))
            .collect()
    }
}

impl BooqableNotification {
    pub(super) fn resource(&self) -> Value {
        json!({ "id": self.id, "type": "webhooks", "attributes": {
            "created_at": self.created_at, "updated_at": self.updated_at, "event": self.event,
            "version": self.version, "resource_type": self.resource_type, "data": self.data,
        } })
    }
}
