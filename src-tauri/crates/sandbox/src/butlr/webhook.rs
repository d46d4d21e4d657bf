use std::fmt;

use async_graphql::{Name, Value};
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::Dialect;

/// One webhook as the simulator keeps it. Its JSON form is the vendor's snake_case one.
///
/// `Debug` shows id and name only: the rest may hold credentials.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// `webhook_` and a KSUID.
    #[serde(default)]
    pub id: String,
    /// Chosen by the user.
    pub name: String,
    /// Values of `EventType`.
    pub event_types: Vec<String>,
    /// Where and how events are sent.
    pub endpoint_config: EndpointConfig,
    /// Any JSON object, kept verbatim.
    #[serde(default)]
    pub filters: Option<serde_json::Value>,
    /// Send only when the value differs from the previous one.
    #[serde(default)]
    pub send_on_value_change: bool,
    /// Values of the dialect's extra fields, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, serde_json::Value>,
}

/// Where and how events are sent. An update replaces it whole.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointConfig {
    /// HTTPS only.
    pub url: String,
    /// Seconds, 1 to 15.
    #[serde(alias = "httpTimeout")]
    pub http_timeout: i64,
    /// A header sent with each event.
    #[serde(default, alias = "apiKey")]
    pub api_key: Option<ApiKey>,
    /// HTTP Basic authentication.
    #[serde(default, alias = "basicAuth")]
    pub basic_auth: Option<BasicAuth>,
    /// Values of the dialect's extra fields, by name.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, serde_json::Value>,
}

/// A header sent with each event.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// The header's name.
    pub key: String,
    /// The header's value.
    pub value: String,
}

/// HTTP Basic authentication.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasicAuth {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Webhook {
    /// The webhook as GraphQL returns it, with the dialect's field names and fields.
    pub(super) fn to_graphql(&self, dialect: &Dialect) -> Value {
        let spelling = dialect.spelling;
        let events = self.event_types.iter().map(|event| Value::Enum(Name::new(event))).collect();
        let mut fields = vec![
            (Name::new("id"), Value::String(self.id.clone())),
            (Name::new("name"), Value::String(self.name.clone())),
            (spelling.name("event_types"), Value::List(events)),
            (spelling.name("endpoint_config"), self.endpoint_config.to_graphql(dialect)),
        ];
        if dialect.has_filters {
            let filters = self.filters.clone().and_then(|filters| Value::from_json(filters).ok());
            fields.push((Name::new("filters"), filters.unwrap_or_default()));
            fields.push((Name::new("send_on_value_change"), Value::Boolean(self.send_on_value_change)));
        }
        fields.extend(extra_to_graphql(&self.extra, &dialect.extra_webhook_fields));
        Value::Object(fields.into_iter().collect())
    }
}

impl EndpointConfig {
    fn to_graphql(&self, dialect: &Dialect) -> Value {
        let spelling = dialect.spelling;
        let pair = |first: (&str, &str), second: (&str, &str)| {
            let entry = |(name, value): (&str, &str)| (Name::new(name), Value::String(value.to_owned()));
            Value::Object([entry(first), entry(second)].into_iter().collect())
        };
        let api_key = self.api_key.as_ref().map(|api| pair(("key", &api.key), ("value", &api.value)));
        let basic_auth =
            self.basic_auth.as_ref().map(|b| pair(("username", &b.username), ("password", &b.password)));
        let fields = [
            (Name::new("url"), Value::String(self.url.clone())),
            (spelling.name("http_timeout"), Value::Number(self.http_timeout.into())),
            (spelling.name("api_key"), api_key.unwrap_or_default()),
            (spelling.name("basic_auth"), basic_auth.unwrap_or_default()),
        ];
        let extra = extra_to_graphql(&self.extra, &dialect.extra_endpoint_fields);
        Value::Object(fields.into_iter().chain(extra).collect())
    }
}

/// The values of these extra fields, as far as there are any.
fn extra_to_graphql(
    values: &Map<String, serde_json::Value>,
    names: &[String],
) -> impl Iterator<Item = (Name, Value)> {
    names.iter().filter_map(|name| {
        let value = Value::from_json(values.get(name)?.clone()).ok()?;
        Some((Name::new(name), value))
    })
}
