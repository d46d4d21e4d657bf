//! Where the values of a webhook sit: Tacklebox's paths beside epilot's keys.

use serde_json::{Map, Value};

pub const METHOD: &str = "method";
pub const EVENT_VERSION: &str = "event_version";
pub const AUTH_TYPE: &str = "auth.type";
pub const BASIC_USERNAME: &str = "auth.basic.username";
pub const BASIC_PASSWORD: &str = "auth.basic.password";
pub const BASIC_IS_ENV: &str = "auth.basic.password_is_env";
pub const API_KEY_NAME: &str = "auth.api_key.name";
pub const API_KEY_VALUE: &str = "auth.api_key.value";
pub const API_KEY_IS_ENV: &str = "auth.api_key.value_is_env";
pub const OAUTH_CLIENT_ID: &str = "auth.oauth.client_id";
pub const OAUTH_SECRET: &str = "auth.oauth.client_secret";
pub const OAUTH_IS_ENV: &str = "auth.oauth.client_secret_is_env";
pub const OAUTH_ENDPOINT: &str = "auth.oauth.endpoint";
pub const OAUTH_METHOD: &str = "auth.oauth.method";
pub const OAUTH_PARAMETERS: &str = "auth.oauth.parameters";
pub const HEADERS: &str = "payload.custom_headers";
pub const HYDRATE: &str = "payload.hydrate_entity";
pub const RELATIONS: &str = "payload.include_relations";
pub const ACTIVITY: &str = "payload.include_activity";
pub const CHANGED: &str = "payload.include_changed_attributes";
pub const CHANGESETS: &str = "payload.apply_changesets";
pub const JSONATA: &str = "payload.jsonata";
pub const CONDITIONS: &str = "filter.conditions";
pub const FILTER_KEY: &str = "filter.key";
pub const FILTER_VALUES: &str = "filter.values";
pub const DELIVERY_MODE: &str = "delivery.mode";
pub const FILE_FIELD: &str = "delivery.file_field";
pub const FILE_STRATEGY: &str = "delivery.file_strategy";
pub const FILE_SOURCE: &str = "delivery.file_source";
pub const EXTRA_FIELDS: &str = "delivery.extra_fields";
pub const RETRY: &str = "delivery.retry";
pub const RETRY_ATTEMPTS: &str = "delivery.retry_attempts";
pub const STATIC_IP: &str = "delivery.static_ip";
pub const PROXY_INTEGRATION: &str = "delivery.proxy_integration";
pub const PROXY_USE_CASE: &str = "delivery.proxy_use_case";
pub const ENABLED: &str = "enabled";
pub const STATUS: &str = "status";
pub const PROTECTED: &str = "protected";
pub const SIGNING_SECRET: &str = "signing_secret";

pub const NONE: &str = "NONE";
pub const BASIC: &str = "BASIC";
pub const API_KEY: &str = "API_KEY";
pub const OAUTH: &str = "OAUTH_CLIENT_CREDENTIALS";
pub const MULTIPART: &str = "binary_multipart";

pub const METHODS: [(&str, &str); 7] = [
    ("POST", "POST"),
    ("PUT", "PUT"),
    ("PATCH", "PATCH"),
    ("GET", "GET"),
    ("DELETE", "DELETE"),
    ("OPTIONS", "OPTIONS"),
    ("HEAD", "HEAD"),
];
pub const AUTH_TYPES: [(&str, &str); 4] = [
    (NONE, "None"),
    (BASIC, "Basic: user name and password"),
    (API_KEY, "API key"),
    (OAUTH, "OAuth client credentials"),
];
pub const STATUSES: [(&str, &str); 3] =
    [("active", "Active"), ("inactive", "Inactive"), ("incomplete", "Incomplete")];
pub const MODES: [(&str, &str); 2] =
    [("json_base64", "Inside the JSON, as Base64"), (MULTIPART, "As files of a multipart form")];
pub const STRATEGIES: [(&str, &str); 2] = [("single", "One file"), ("multi", "Any number of files")];

/// An authentication's object, and where its secret is.
pub struct AuthConfig {
    /// The value of `authType`.
    pub kind: &'static str,
    /// The key of its object in `auth`.
    pub key: &'static str,
    /// Path and key of its secret, and of the switch that says it is an environment variable.
    pub secret: (&'static str, &'static str),
    pub is_env: (&'static str, &'static str),
}

pub const AUTH_CONFIGS: [AuthConfig; 3] = [
    AuthConfig {
        kind: BASIC,
        key: "basicAuthConfig",
        secret: (BASIC_PASSWORD, "password"),
        is_env: (BASIC_IS_ENV, "passwordIsEnvVar"),
    },
    AuthConfig {
        kind: API_KEY,
        key: "apiKeyConfig",
        secret: (API_KEY_VALUE, "keyValue"),
        is_env: (API_KEY_IS_ENV, "keyValueIsEnvVar"),
    },
    AuthConfig {
        kind: OAUTH,
        key: "oauthConfig",
        secret: (OAUTH_SECRET, "clientSecret"),
        is_env: (OAUTH_IS_ENV, "clientSecretIsEnvVar"),
    },
];

/// A value that stands alone: read and written without looking at another.
pub struct Plain {
    pub path: &'static str,
    pub keys: &'static [&'static str],
    pub kind: PlainKind,
}

pub enum PlainKind {
    Text,
    OneOf(&'static [(&'static str, &'static str)]),
    /// Off when absent.
    Flag,
    /// Neither on nor off when absent.
    OwnFlag,
}

const fn plain(path: &'static str, keys: &'static [&'static str], kind: PlainKind) -> Plain {
    Plain { path, keys, kind }
}

pub const PLAIN: [Plain; 15] = [
    plain(METHOD, &["httpMethod"], PlainKind::OneOf(&METHODS)),
    plain(JSONATA, &["jsonataExpression"], PlainKind::Text),
    plain(HYDRATE, &["payloadConfiguration", "hydrate_entity"], PlainKind::Flag),
    plain(RELATIONS, &["payloadConfiguration", "include_relations"], PlainKind::Flag),
    plain(ACTIVITY, &["payloadConfiguration", "include_activity"], PlainKind::Flag),
    plain(CHANGED, &["payloadConfiguration", "include_changed_attributes"], PlainKind::Flag),
    plain(CHANGESETS, &["payloadConfiguration", "apply_changesets"], PlainKind::Flag),
    plain(DELIVERY_MODE, &["deliveryMode"], PlainKind::OneOf(&MODES)),
    plain(FILE_FIELD, &["multipartConfig", "fileFieldName"], PlainKind::Text),
    plain(FILE_STRATEGY, &["multipartConfig", "fileFieldStrategy"], PlainKind::OneOf(&STRATEGIES)),
    plain(FILE_SOURCE, &["multipartConfig", "fileSource"], PlainKind::Text),
    plain(STATIC_IP, &["enableStaticIP"], PlainKind::Flag),
    plain(ENABLED, &["enabled"], PlainKind::OwnFlag),
    plain(STATUS, &["status"], PlainKind::OneOf(&STATUSES)),
    plain(PROTECTED, &["protected"], PlainKind::Flag),
];

/// The documented keys: of the webhook, and of each object in it.
const KNOWN: [(&[&str], &[&str]); 9] = [
    (
        &[],
        &[
            "id",
            "name",
            "eventName",
            "eventVersion",
            "url",
            "creationTime",
            "updatedTime",
            "httpMethod",
            "enabled",
            "auth",
            "filter",
            "payloadConfiguration",
            "enableStaticIP",
            "protected",
            "secureProxy",
            "status",
            "jsonataExpression",
            "deliveryMode",
            "multipartConfig",
            "retryPolicy",
            "filterConditions",
            "_manifest",
            "signingSecret",
        ],
    ),
    (&["auth"], &["authType", "basicAuthConfig", "oauthConfig", "apiKeyConfig"]),
    (&["auth", "basicAuthConfig"], &["username", "password", "passwordIsEnvVar"]),
    (&["auth", "apiKeyConfig"], &["keyName", "keyValue", "keyValueIsEnvVar"]),
    (
        &["auth", "oauthConfig"],
        &[
            "clientId",
            "clientSecret",
            "clientSecretIsEnvVar",
            "endpoint",
            "httpMethod",
            "customParameterList",
        ],
    ),
    (&["filter"], &["keyToFilter", "supportedValues"]),
    (
        &["payloadConfiguration"],
        &[
            "hydrate_entity",
            "include_relations",
            "include_activity",
            "include_changed_attributes",
            "apply_changesets",
            "custom_headers",
        ],
    ),
    (&["multipartConfig"], &["fileFieldName", "fileFieldStrategy", "fileSource", "extraFields"]),
    (&["retryPolicy"], &["enabled", "maxAttempts"]),
];
const PROXY: (&[&str], &[&str]) = (&["secureProxy"], &["integration_id", "use_case_slug"]);

/// The one known field whose null has a meaning of its own by the document, the secrets apart.
const NULLABLE: &str = "eventVersion";

fn known() -> impl Iterator<Item = (&'static [&'static str], &'static [&'static str])> {
    KNOWN.into_iter().chain([PROXY])
}

/// Whether the document has this field of a webhook.
pub fn is_known(key: &str) -> bool {
    KNOWN[0].1.contains(&key)
}

/// The value below these keys.
pub fn at<'a>(object: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(object.get(*first)?, |value, key| value.get(*key))
}

/// Sets or removes the value below these keys; objects on the way are made where there are none.
pub fn put(object: &mut Map<String, Value>, keys: &[&str], value: Option<Value>) {
    match (keys, value) {
        ([], _) => {}
        ([key], Some(value)) => drop(object.insert((*key).to_owned(), value)),
        ([key], None) => drop(object.shift_remove(*key)),
        ([key, rest @ ..], value) => {
            let mut inner = match object.get_mut(*key) {
                Some(Value::Object(inner)) => std::mem::take(inner),
                _ if value.is_none() => return,
                _ => Map::new(),
            };
            put(&mut inner, rest, value);
            object.insert((*key).to_owned(), Value::Object(inner));
        }
    }
}

/// Where there is something that is not understood.
pub fn unknown(object: &Map<String, Value>) -> Vec<Vec<&str>> {
    let mut places = Vec::new();
    for (place, keys) in known() {
        let inner =
            if place.is_empty() { Some(object) } else { at(object, place).and_then(Value::as_object) };
        let strange = inner.into_iter().flat_map(Map::keys).filter(|key| !keys.contains(&key.as_str()));
        places.extend(strange.map(|key| place.iter().copied().chain([key.as_str()]).collect()));
    }
    places
}

/// Takes out what is null and documented: not set. The document lets almost no null be written.
pub fn drop_nulls(object: &mut Map<String, Value>) {
    for (place, keys) in known() {
        let empty: Vec<&str> = keys
            .iter()
            .copied()
            .filter(|key| *key != NULLABLE)
            .filter(|key| {
                let whole: Vec<&str> = place.iter().copied().chain([*key]).collect();
                at(object, &whole).is_some_and(Value::is_null)
            })
            .collect();
        for key in empty {
            let whole: Vec<&str> = place.iter().copied().chain([key]).collect();
            put(object, &whole, None);
        }
    }
}
