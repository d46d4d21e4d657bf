//! An edit of one field changes that field and nothing else, whatever else the webhook holds.
#![allow(clippy::wildcard_enum_match_arm, reason = "each helper takes the edits it knows")]

use super::super::schema::Spelling;
use super::*;
use proptest::prelude::*;
use proptest::{option, sample};
use tacklebox_model::{ConnectionId, QueryParamInput, Secret, UrlInput};

#[derive(Clone, Debug)]
struct Case {
    spelling: Spelling,
    raw: Value,
    url: Option<UrlParts>,
}

/// An address whose parts are known; without it, the stored text is no address at all.
#[derive(Clone, Debug)]
struct UrlParts {
    userinfo: Option<String>,
    host: String,
    path: String,
    query: Vec<String>,
    fragment: Option<String>,
}

#[derive(Clone, Debug)]
enum Edit {
    Name(String),
    Events(Vec<String>),
    Timeout(i64),
    Path(String),
    QueryValue(sample::Index, String),
    DropUserinfo,
    Header(String),
    Key(String),
    KeyOff,
    Username(String),
    Password(String),
    BasicOff,
    Filter(sample::Index, Vec<String>),
    ValueChange(bool),
}

impl UrlParts {
    fn text(&self) -> String {
        let userinfo = self.userinfo.as_ref().map(|u| format!("{u}@")).unwrap_or_default();
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query.join("&")) };
        let fragment = self.fragment.as_ref().map(|f| format!("#{f}")).unwrap_or_default();
        format!("https://{userinfo}{}{}{query}{fragment}", self.host, self.path)
    }
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ]
}

fn json() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            object("[a-zæ ]{1,6}", inner, 0..3).prop_map(Value::Object),
        ]
    })
}

fn object(
    keys: &'static str,
    values: impl Strategy<Value = Value>,
    size: std::ops::Range<usize>,
) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((keys, values), size).prop_map(|pairs| pairs.into_iter().collect())
}

fn url() -> impl Strategy<Value = (Option<UrlParts>, String)> {
    let parts = (
        option::of("[a-z]{1,5}(:[a-z0-9%]{1,5})?"),
        "[a-z]{1,8}\\.example",
        "(/[A-Za-z0-9%._~-]{1,8}){0,3}",
        prop::collection::vec("[a-zA-Z0-9_%.-]{1,5}(=[a-zA-Z0-9%_.~+=-]{0,6})?", 0..3),
        option::of("[a-z0-9]{1,5}"),
    );
    let parts = parts.prop_map(|(userinfo, host, path, query, fragment)| {
        let url = UrlParts { userinfo, host, path, query, fragment };
        let text = url.text();
        (Some(url), text)
    });
    let odd = prop_oneof!["", "no url", "http://", "https://a b/"].prop_map(|text: String| (None, text));
    prop_oneof![4 => parts, 1 => odd]
}

/// Absent, null or there.
fn perhaps(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    option::of(prop_oneof![1 => Just(Value::Null), 3 => value])
}

fn pair(first: &'static str, second: &'static str) -> impl Strategy<Value = Value> {
    (".{0,8}", ".{0,8}").prop_map(move |(a, b)| json!({ first: a, second: b }))
}

fn filters() -> impl Strategy<Value = Value> {
    let keys: Vec<_> = FILTER_KEYS.iter().map(|filter| filter.key.to_owned()).collect();
    let ids = prop_oneof![
        4 => prop::collection::vec("[a-z]{1,5}_[A-Z0-9]{1,5}", 0..4).prop_map(Value::from),
        1 => json(),
    ];
    let known = prop::collection::vec((sample::select(keys), ids), 0..4);
    (known, object("[a-z ]{1,6}_x", json(), 0..3))
        .prop_map(|(known, unknown)| Value::Object(known.into_iter().chain(unknown).collect()))
}

fn case() -> impl Strategy<Value = Case> {
    (
        sample::select(vec![Spelling::Snake, Spelling::Camel]),
        (".{0,12}", prop::collection::vec("[A-Z_0-9]{1,9}", 0..4), url(), -3_i64..40),
        (perhaps(pair("key", "value")), perhaps(pair("username", "password"))),
        (
            object("[a-z]{1,5}_new", json(), 0..3),
            perhaps(filters()),
            perhaps(any::<bool>().prop_map(Value::from)),
        ),
    )
        .prop_map(
            |(spelling, (name, events, (url, text), timeout), (api_key, basic), (extra, filters, flag))| {
                let keys = spelling.keys();
                let mut endpoint = json!({ "url": text, keys.http_timeout: timeout });
                let put = |target: &mut Value, key: &str, value: Option<Value>| {
                    if let Some(value) = value {
                        target[key] = value;
                    }
                };
                put(&mut endpoint, keys.api_key, api_key);
                extra.into_iter().for_each(|(key, value)| put(&mut endpoint, &key, Some(value)));
                put(&mut endpoint, keys.basic_auth, basic);
                let mut raw = json!({ "id": "webhook_1", "name": name, keys.event_types: events });
                put(&mut raw, keys.endpoint_config, Some(endpoint));
                put(&mut raw, FILTERS, filters);
                put(&mut raw, SEND_ON_VALUE_CHANGE, flag);
                Case { spelling, raw, url }
            },
        )
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        "[a-zA-Z][ -~]{0,8}".prop_map(Edit::Name),
        prop::collection::vec("[A-Z_]{1,9}", 1..4).prop_map(Edit::Events),
        (1_i64..=15).prop_map(Edit::Timeout),
        "/[a-z]{0,6}".prop_map(Edit::Path),
        (any::<sample::Index>(), "[ -~]{1,6}").prop_map(|(at, value)| Edit::QueryValue(at, value)),
        Just(Edit::DropUserinfo),
        "[A-Za-z-]{1,8}".prop_map(Edit::Header),
        ".{1,8}".prop_map(Edit::Key),
        Just(Edit::KeyOff),
        "[a-z]{1,8}".prop_map(Edit::Username),
        ".{1,8}".prop_map(Edit::Password),
        Just(Edit::BasicOff),
        (any::<sample::Index>(), prop::collection::vec("[a-z]{1,5}_[A-Z]{1,4}", 0..3))
            .prop_map(|(key, ids)| Edit::Filter(key, ids)),
        any::<bool>().prop_map(Edit::ValueChange),
    ]
}

fn secret(value: &str) -> FieldInput {
    FieldInput::Secret(SecretChange::Replace { value: Secret::from(value) })
}

/// The stored address as the form holds it, every value kept.
fn kept(url: &UrlParts) -> UrlInput {
    let view = EndpointUrl::parse(&url.text()).unwrap().view();
    let keep = |(at, param): (usize, &tacklebox_model::QueryParamView)| QueryParamInput {
        name: param.name.clone(),
        origin: u32::try_from(at).ok(),
        value: SecretChange::Keep,
    };
    let query = view.query.iter().enumerate().map(keep).collect();
    UrlInput { base: view.base, keep_userinfo: view.has_userinfo, query }
}

/// The draft of an edit, and the webhook it should make: nothing where the edit has nothing to work on.
fn apply(case: &Case, edit: &Edit) -> Option<(&'static str, FieldInput, Value)> {
    let keys = case.spelling.keys();
    let mut wanted = case.raw.clone();
    let (path, input) = match edit {
        Edit::Name(name) => {
            wanted["name"] = json!(name);
            (FieldPath::NAME, FieldInput::Text(name.clone()))
        }
        Edit::Events(events) => {
            wanted[keys.event_types] = json!(events);
            (FieldPath::EVENTS, FieldInput::List(events.clone()))
        }
        Edit::Filter(at, ids) => {
            let key = at.get(&FILTER_KEYS);
            let stored = wanted[FILTERS].as_object().cloned().unwrap_or_default();
            let mut filters = stored.clone();
            match ids.is_empty() {
                true if wire::texts(stored.get(key.key)).is_empty() => {}
                true => drop(filters.shift_remove(key.key)),
                false => drop(filters.insert(key.key.into(), json!(ids))),
            }
            if filters != stored {
                wanted[FILTERS] = Value::Object(filters);
            }
            let path = FILTER_PATHS.iter().find(|path| path.ends_with(key.key))?;
            (*path, FieldInput::List(ids.clone()))
        }
        Edit::ValueChange(flag) => {
            if case.raw.get(SEND_ON_VALUE_CHANGE).and_then(Value::as_bool).unwrap_or(false) != *flag {
                wanted[SEND_ON_VALUE_CHANGE] = json!(flag);
            }
            (VALUE_CHANGE, FieldInput::Flag(*flag))
        }
        _ => apply_to_endpoint(case, edit, &mut wanted[keys.endpoint_config])?,
    };
    Some((path, input, wanted))
}

const FILTER_PATHS: [&str; 7] = [
    "filters.site_ids",
    "filters.building_ids",
    "filters.floor_ids",
    "filters.room_ids",
    "filters.zone_ids",
    "filters.mac_addresses",
    "filters.org_ids",
];

fn apply_to_endpoint(case: &Case, edit: &Edit, endpoint: &mut Value) -> Option<(&'static str, FieldInput)> {
    let keys = case.spelling.keys();
    let mut part = |object: &str, field: &str, value: &str| {
        let object = endpoint.get_mut(object)?.as_object_mut()?;
        object.insert(field.to_owned(), json!(value))
    };
    Some(match edit {
        Edit::Header(name) => {
            part(keys.api_key, "key", name)?;
            (API_KEY_HEADER, FieldInput::Text(name.clone()))
        }
        Edit::Key(value) => {
            part(keys.api_key, "value", value)?;
            (API_KEY_VALUE, secret(value))
        }
        Edit::Username(name) => {
            part(keys.basic_auth, "username", name)?;
            (BASIC_USERNAME, FieldInput::Text(name.clone()))
        }
        Edit::Password(value) => {
            part(keys.basic_auth, "password", value)?;
            (BASIC_PASSWORD, secret(value))
        }
        Edit::KeyOff | Edit::BasicOff => {
            let (path, key) = match edit {
                Edit::KeyOff => (API_KEY, keys.api_key),
                _ => (BASIC, keys.basic_auth),
            };
            if let Some(stored) = endpoint.get_mut(key) {
                *stored = Value::Null;
            }
            (path, FieldInput::Flag(false))
        }
        Edit::Timeout(seconds) => {
            endpoint[keys.http_timeout] = json!(seconds);
            (FieldPath::TIMEOUT, FieldInput::Integer(Some(*seconds)))
        }
        _ => {
            let mut parts = case.url.clone()?;
            let input = apply_to_url(&mut parts, edit)?;
            endpoint["url"] = json!(parts.text());
            (FieldPath::URL, FieldInput::Url(input))
        }
    })
}

fn apply_to_url(url: &mut UrlParts, edit: &Edit) -> Option<UrlInput> {
    let mut input = kept(url);
    match edit {
        Edit::Path(path) => {
            url.path.clone_from(path);
            let fragment = url.fragment.as_ref().map(|f| format!("#{f}")).unwrap_or_default();
            input.base = format!("https://{}{path}{fragment}", url.host);
        }
        Edit::DropUserinfo => {
            url.userinfo = None;
            input.keep_userinfo = false;
        }
        Edit::QueryValue(at, value) if !url.query.is_empty() => {
            let at = at.index(url.query.len());
            let name = url.query[at].split('=').next().unwrap_or_default().to_owned();
            let encoded: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            url.query[at] = format!("{name}={}", encoded.replace('+', "%20"));
            input.query[at].value = SecretChange::Replace { value: Secret::from(value.as_str()) };
        }
        _ => return None,
    }
    Some(input)
}

/// What Butlr's documents say an update does: fields that are sent replace, the others stay.
fn merge(raw: &Value, write: &Write) -> Value {
    let mut merged = raw.clone();
    let input = write.body.value()[INPUT].as_object().unwrap();
    for (key, value) in input.iter().filter(|(key, _)| *key != "id") {
        merged[key.as_str()] = value.clone();
    }
    merged
}

fn schema(spelling: Spelling) -> Schema {
    Schema { filters: true, filters_on_create: true, ..Schema::documented(spelling) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_of_one_field_leaves_the_rest_byte_for_byte(case in case(), edit in edit()) {
        let schema = schema(case.spelling);
        let base = wire::remote(&ConnectionId::from("c"), &schema, case.raw.clone()).unwrap();
        let Some((path, input, wanted)) = apply(&case, &edit) else { return Ok(()) };
        let draft = WebhookDraft { fields: [(FieldPath::from(path), input)].into_iter().collect() };
        let prepared = prepare(&schema, &draft, Some(&base));
        prop_assert!(prepared.is_ok(), "{:?}", prepared.err());
        let prepared = prepared.unwrap();
        prop_assert_eq!(merge(&case.raw, &prepared.write).to_string(), wanted.to_string());
        let before = &base.webhook.fields;
        let paths = before.keys().chain(prepared.fields.keys());
        for changed in paths.filter(|path| before.get(path) != prepared.fields.get(path)) {
            prop_assert!(changed.as_str().starts_with(path), "{changed} by an edit of {path}");
        }
    }

    #[test]
    fn a_draft_of_what_is_stored_writes_nothing(case in case()) {
        let schema = schema(case.spelling);
        let base = wire::remote(&ConnectionId::from("c"), &schema, case.raw.clone()).unwrap();
        let as_input = |(path, value): (&FieldPath, &FieldValue)| {
            let input = match value {
                FieldValue::Text(text) => FieldInput::Text(text.clone()),
                FieldValue::Integer(number) => FieldInput::Integer(Some(*number)),
                FieldValue::Flag(flag) => FieldInput::Flag(*flag),
                FieldValue::List(items) => FieldInput::List(items.clone()),
                FieldValue::Url(_) => FieldInput::Url(kept(case.url.as_ref()?)),
                FieldValue::Secret(_) => FieldInput::Secret(SecretChange::Keep),
                FieldValue::Conditions(set) => FieldInput::Conditions(set.clone()),
                FieldValue::Json(value) => FieldInput::Json(value.clone()),
                // Butlr has none.
                FieldValue::Pairs(_) => return None,
            };
            Some((path.clone(), input))
        };
        let draft = WebhookDraft { fields: base.webhook.fields.iter().filter_map(as_input).collect() };
        // A stored value that breaks a rule of the form is named, and that is all that may stop it.
        if let Ok(prepared) = prepare(&schema, &draft, Some(&base)) {
            prop_assert_eq!(prepared.write.body.value(), &json!({ INPUT: { "id": "webhook_1" }, THEN: null }));
            prop_assert_eq!(prepared.fields, base.webhook.fields);
        }
    }
}
