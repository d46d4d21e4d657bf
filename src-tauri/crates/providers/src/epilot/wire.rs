//! A webhook as epilot returns it, and the model's fields: secrets are stripped here and nowhere else.

use super::pairs::{self, Shape};
use super::paths::*;
use super::{address, condition_set};
pub(crate) use crate::address::endpoint;
pub(crate) use crate::raw::texts;
use crate::{RawObject, Remote};
use serde_json::{Map, Value};
use tacklebox_model::{
    AuthKind, ConnectionId, FieldPath, FieldValue, Fields, Mark, MarkAsks, MarkKind, Secret, SecretState,
    Webhook, WebhookId,
};

/// The key under which automations address a webhook; see [`self_filter`].
pub const WEBHOOK_ID: &str = "metadata.webhook_id";

/// Reads one webhook; nothing when it has no id. A signing secret, which only the answer to a create has, is taken
/// out and returned beside it.
pub fn remote(connection: &ConnectionId, raw: Value) -> Option<(Remote, Option<Secret>)> {
    let Value::Object(mut object) = raw else { return None };
    let id = WebhookId::from(object.get("id")?.as_str().filter(|id| !id.is_empty())?);
    let signing = object.shift_remove("signingSecret");
    let signing = signing.and_then(|secret| secret.as_str().map(Secret::from));
    let fields = fields(&object);
    let endpoint = endpoint(&fields);
    let webhook = Webhook {
        connection: connection.clone(),
        id,
        title: title(&object, &endpoint),
        endpoint,
        events: text(object.get("eventName")).map(str::to_owned).into_iter().collect(),
        auth: auth(&object),
        on: object.get("enabled").and_then(Value::as_bool),
        preserved: preserved(&object),
        marks: marks(&object),
        revision: None,
        fields,
    };
    let raw = RawObject::new(Value::Object(object));
    let webhook = Webhook { revision: Some(raw.revision()), ..webhook };
    Some((Remote { webhook, raw }, signing))
}

/// The model's fields of a webhook or of what would become one.
pub fn fields(raw: &Map<String, Value>) -> Fields {
    let mut fields = Fields::new();
    let mut put = |path: &str, value: Option<FieldValue>| {
        fields.extend(value.map(|value| (FieldPath::from(path), value)));
    };
    let string = |value: Option<&Value>| text(value).map(|text| FieldValue::Text(text.to_owned()));
    let flag = |value: Option<&Value>| value.and_then(Value::as_bool).map(FieldValue::Flag);
    put(FieldPath::NAME, Some(FieldValue::Text(text(raw.get("name")).unwrap_or_default().to_owned())));
    put(
        FieldPath::EVENTS,
        Some(FieldValue::List(text(raw.get("eventName")).map(str::to_owned).into_iter().collect())),
    );
    put(FieldPath::URL, url(raw.get("url")));
    put(EVENT_VERSION, string(raw.get("eventVersion")));
    for plain in &PLAIN {
        let value = at(raw, plain.keys);
        put(
            plain.path,
            match plain.kind {
                PlainKind::Text | PlainKind::OneOf(_) => string(value),
                PlainKind::Flag | PlainKind::OwnFlag => flag(value),
            },
        );
    }
    let list = |shape: Shape, keys: &[&str]| {
        let views = pairs::views(shape, at(raw, keys));
        (!views.is_empty()).then_some(FieldValue::Pairs(views))
    };
    put(HEADERS, list(Shape::Headers, &["payloadConfiguration", "custom_headers"]));
    put(EXTRA_FIELDS, list(Shape::Expressions, &["multipartConfig", "extraFields"]));
    put(CONDITIONS, conditions(raw).and_then(condition_set::value));
    put(FILTER_KEY, string(at(raw, &["filter", "keyToFilter"])));
    let values = texts(at(raw, &["filter", "supportedValues"]));
    put(FILTER_VALUES, (!values.is_empty()).then_some(FieldValue::List(values)));
    put(RETRY, flag(at(raw, &["retryPolicy", "enabled"])));
    let attempts = at(raw, &["retryPolicy", "maxAttempts"]).and_then(Value::as_i64);
    put(RETRY_ATTEMPTS, attempts.map(FieldValue::Integer));
    put(PROXY_INTEGRATION, string(at(raw, &["secureProxy", "integration_id"])));
    put(PROXY_USE_CASE, string(at(raw, &["secureProxy", "use_case_slug"])));
    put(AUTH_TYPE, Some(FieldValue::Text(auth_type(raw).to_owned())));
    fields.extend(auth_fields(raw));
    fields
}

/// The authentication in use: what has none uses none.
pub fn auth_type(raw: &Map<String, Value>) -> &str {
    text(at(raw, &["auth", "authType"])).unwrap_or(NONE)
}

/// What the authentication in use is set to. The secret counts as stored: epilot returns none, set or not.
fn auth_fields(raw: &Map<String, Value>) -> Fields {
    let mut fields = Fields::new();
    let kind = auth_type(raw);
    let Some(config) = AUTH_CONFIGS.iter().find(|config| config.kind == kind) else { return fields };
    let Some(object) = at(raw, &["auth", config.key]).filter(|value| value.is_object()) else {
        return fields;
    };
    let mut put = |path: &str, value: Option<FieldValue>| {
        fields.extend(value.map(|value| (FieldPath::from(path), value)));
    };
    let string = |key: &str| text(object.get(key)).map(|text| FieldValue::Text(text.to_owned()));
    match kind {
        BASIC => put(BASIC_USERNAME, string("username")),
        API_KEY => put(API_KEY_NAME, string("keyName")),
        _ => {
            put(OAUTH_CLIENT_ID, string("clientId"));
            put(OAUTH_ENDPOINT, url(object.get("endpoint")));
            put(OAUTH_METHOD, string("httpMethod"));
            let parameters = pairs::views(Shape::Parameters, object.get("customParameterList"));
            put(OAUTH_PARAMETERS, (!parameters.is_empty()).then_some(FieldValue::Pairs(parameters)));
        }
    }
    put(config.secret.0, Some(FieldValue::Secret(SecretState::STORED)));
    put(config.is_env.0, object.get(config.is_env.1).and_then(Value::as_bool).map(FieldValue::Flag));
    fields
}

/// The conditions, where there are any.
pub fn conditions(raw: &Map<String, Value>) -> Option<&Value> {
    raw.get("filterConditions").filter(|value| !value.is_null())
}

/// The ids of webhooks a filter lets through. epilot gives webhooks that automations call a filter on their own id,
/// so that a call reaches one of them and no other.
pub fn self_filter(raw: &Map<String, Value>) -> Option<Vec<String>> {
    let filter = raw.get("filter")?;
    (text(filter.get("keyToFilter")) == Some(WEBHOOK_ID)).then(|| texts(filter.get("supportedValues")))
}

/// What a webhook is called: its name, or where it sends to.
pub fn title(raw: &Map<String, Value>, endpoint: &str) -> String {
    let name = text(raw.get("name")).filter(|name| !name.trim().is_empty());
    name.unwrap_or(endpoint).to_owned()
}

/// A text that is there and says something.
pub fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn url(value: Option<&Value>) -> Option<FieldValue> {
    text(value).map(|text| FieldValue::Url(address::view(text)))
}

fn auth(raw: &Map<String, Value>) -> Vec<AuthKind> {
    match auth_type(raw) {
        BASIC => vec![AuthKind::Basic],
        API_KEY => vec![AuthKind::ApiKey],
        OAUTH => vec![AuthKind::OAuth],
        _ => vec![],
    }
}

/// Names of what is there and not understood; an authentication that is not in use is among it.
fn preserved(raw: &Map<String, Value>) -> Vec<String> {
    let kind = auth_type(raw);
    let idle = AUTH_CONFIGS.iter().filter(|config| config.kind != kind);
    let idle = idle.filter(|config| at(raw, &["auth", config.key]).is_some_and(|value| !value.is_null()));
    let strange = unknown(raw).into_iter().map(|keys| keys.join("."));
    let idle = idle.map(|config| format!("auth.{}", config.key));
    let conditions = conditions(raw).map(condition_set::strange).unwrap_or_default();
    strange.chain(conditions).chain(idle).collect()
}

fn marks(raw: &Map<String, Value>) -> Vec<Mark> {
    let mark =
        |kind, label: &str, words: &str, asks| Mark { kind, label: label.into(), words: words.into(), asks };
    let mut marks = Vec::new();
    if text(raw.get("status")) == Some("incomplete") {
        let words = "epilot says that something is missing, most often the URL or the authentication after a \
                     blueprint was imported. It does not send like this.";
        marks.push(mark(MarkKind::Incomplete, "Incomplete", words, MarkAsks::Never));
    }
    if raw.get("protected") == Some(&Value::Bool(true)) {
        let words = "It is protected at epilot and not meant to be changed lightly.";
        marks.push(mark(MarkKind::Protected, "Protected", words, MarkAsks::BeforeAnyWrite));
    }
    if raw.get("_manifest").and_then(Value::as_array).is_some_and(|ids| !ids.is_empty()) {
        let words = "A blueprint made it. The next import of the blueprint may change it back.";
        marks.push(mark(MarkKind::Managed, "Managed by a blueprint", words, MarkAsks::Never));
    }
    marks
}
