//! An edit of one field sends that field and nothing else, whatever else the endpoint holds.

use super::*;
use proptest::prelude::*;
use proptest::sample;
use tacklebox_model::{ConnectionId, QueryParamInput, Secret, SecretChange, UrlInput};

/// An endpoint in one of the two shapes, and its attributes.
#[derive(Clone, Debug)]
struct Case {
    row: Value,
    attributes: Map<String, Value>,
    query: Vec<String>,
}

#[derive(Clone, Debug)]
enum Edit {
    Path(String),
    QueryValue(sample::Index, String),
    Version(u8),
    Events(Vec<String>),
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Names that Tacklebox does not know, and that do not make another shape of the object.
fn unknown_name() -> impl Strategy<Value = String> {
    let known = ["id", "type", ATTRIBUTES, URL, EVENTS, VERSION, wire::CREATED_AT, wire::UPDATED_AT];
    "[a-z_]{1,10}".prop_filter("known", move |name| !known.contains(&name.as_str()))
}

fn event() -> impl Strategy<Value = String> {
    "[a-z_]{1,6}\\.[a-z_]{1,8}"
}

fn version() -> impl Strategy<Value = Value> {
    prop_oneof![Just(json!(1)), Just(json!(4)), Just(json!("4")), Just(json!(7)), Just(Value::Null)]
}

prop_compose! {
    fn case()(
        id in "[a-z0-9-]{1,12}",
        base in "https?://[a-z]{1,6}\\.example(/[A-Za-z0-9._~-]{0,6}){0,2}",
        query in prop::collection::vec("[a-z]{1,4}=[A-Za-z0-9]{1,6}", 0..3),
        version in prop::option::of(version()),
        events in prop::collection::vec(event(), 0..4),
        dates in any::<bool>(),
        unknown in prop::collection::btree_map(unknown_name(), anything(), 0..4),
        around in prop::collection::btree_map("(links|meta|relationships|z[a-z]{1,4})", anything(), 0..2),
        flat in any::<bool>(),
    ) -> Case {
        let mut attributes = Map::from_iter(unknown);
        let url = if query.is_empty() { base } else { format!("{base}?{}", query.join("&")) };
        attributes.insert(URL.into(), json!(url));
        attributes.insert(EVENTS.into(), json!(events));
        attributes.extend(version.map(|version| (VERSION.to_owned(), version)));
        if dates {
            attributes.insert(wire::UPDATED_AT.into(), json!("2021-11-16T09:32:00.000000+00:00"));
        }
        let row = if flat {
            let mut row = attributes.clone();
            row.insert("id".into(), json!(id));
            Value::Object(row)
        } else {
            let mut row = Map::from_iter(around);
            row.insert("id".into(), json!(id));
            row.insert("type".into(), json!(TYPE));
            row.insert(ATTRIBUTES.into(), Value::Object(attributes.clone()));
            Value::Object(row)
        };
        Case { row, attributes, query }
    }
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        "/[a-z]{1,8}".prop_map(Edit::Path),
        (any::<sample::Index>(), "[a-z]{1,8}").prop_map(|(at, value)| Edit::QueryValue(at, value)),
        prop_oneof![Just(1_u8), Just(4)].prop_map(Edit::Version),
        prop::collection::btree_set(event(), 1..4)
            .prop_map(|events| Edit::Events(events.into_iter().collect())),
    ]
}

fn read(case: &Case) -> Remote {
    wire::remote(&ConnectionId::from("c"), case.row.clone()).unwrap()
}

fn keep_all(case: &Case) -> Vec<QueryParamInput> {
    let keep = |(at, pair): (usize, &String)| QueryParamInput {
        name: pair.split('=').next().unwrap().to_owned(),
        origin: u32::try_from(at).ok(),
        value: SecretChange::Keep,
    };
    case.query.iter().enumerate().map(keep).collect()
}

/// What the user enters, and the attribute that should be written with the value it should have.
fn enter(case: &Case, edit: &Edit) -> Option<(&'static str, FieldInput, Value)> {
    let url = case.attributes[URL].as_str()?;
    let base = url.split('?').next()?.to_owned();
    let mut query = keep_all(case);
    match edit {
        Edit::Path(path) => {
            let base = base + path;
            let wanted =
                if query.is_empty() { base.clone() } else { format!("{base}?{}", case.query.join("&")) };
            Some((URL, FieldInput::Url(UrlInput { base, keep_userinfo: false, query }), json!(wanted)))
        }
        Edit::QueryValue(_, _) if query.is_empty() => None,
        Edit::QueryValue(at, value) => {
            let at = at.index(query.len());
            query[at].value = SecretChange::Replace { value: Secret::from(value.as_str()) };
            let mut pairs = case.query.clone();
            pairs[at] = format!("{}={value}", query[at].name);
            let wanted = json!(format!("{base}?{}", pairs.join("&")));
            Some((URL, FieldInput::Url(UrlInput { base, keep_userinfo: false, query }), wanted))
        }
        Edit::Version(number) => Some((VERSION, FieldInput::Text(number.to_string()), json!(number))),
        Edit::Events(events) => Some((EVENTS, FieldInput::List(events.clone()), json!(events))),
    }
}

fn drafted(path: &str, input: FieldInput) -> WebhookDraft {
    WebhookDraft { fields: [(FieldPath::from(path), input)].into() }
}

proptest! {
    #[test]
    fn an_edit_of_one_field_writes_that_field_and_no_other(case in case(), edit in edit()) {
        let Some((path, input, wanted)) = enter(&case, &edit) else { return Ok(()) };
        let remote = read(&case);
        let prepared = prepare(&drafted(path, input), Some(&remote)).unwrap();
        let shown_alike = |value: &Value| wire::version(&Map::from_iter([(VERSION.to_owned(), value.clone())]));
        let unchanged = case.attributes.get(path) == Some(&wanted)
            || path == VERSION && case.attributes.get(path).is_some_and(|v| shown_alike(v) == shown_alike(&wanted));
        let changed = if unchanged { json!({}) } else { json!({ path: wanted }) };
        let body = json!({ "data": { "type": TYPE, "id": case.row["id"], ATTRIBUTES: changed } });
        prop_assert_eq!(prepared.write.body.value(), &body);

        // The vendor assigns what it is given: everything else is as it was, byte for byte.
        let mut stored = case.attributes.clone();
        stored.extend(changed.as_object().cloned().unwrap());
        for (name, value) in &case.attributes {
            prop_assert!(name == path || stored.get(name) == Some(value), "{} changed", name);
        }
        // And what is planned is what is then read.
        let mut after = wire::fields(&stored);
        if let (Some(FieldValue::Url(planned)), Some(FieldValue::Url(read))) =
            (prepared.fields.get(&FieldPath::from(URL)), after.get_mut(&FieldPath::from(URL)))
        {
            for (read, planned) in read.query.iter_mut().zip(&planned.query) {
                read.replaced = planned.replaced;
            }
        }
        prop_assert_eq!(prepared.fields, after);
    }

    #[test]
    fn a_draft_that_changes_nothing_writes_nothing(case in case()) {
        let remote = read(&case);
        let base = case.attributes[URL].as_str().unwrap().split('?').next().unwrap().to_owned();
        let mut draft = drafted(URL, FieldInput::Url(UrlInput { base, keep_userinfo: false, query: keep_all(&case) }));
        draft.fields.insert(EVENTS.into(), FieldInput::List(remote.webhook.events.clone()));
        if let Some(FieldValue::Text(version)) = remote.webhook.field(VERSION) {
            draft.fields.insert(VERSION.into(), FieldInput::Text(version.clone()));
        }
        let prepared = prepare(&draft, Some(&remote)).unwrap();
        prop_assert_eq!(&prepared.write.body.value()["data"][ATTRIBUTES], &json!({}));
        prop_assert_eq!(prepared.fields, remote.webhook.fields);
        prop_assert!(prepared.notices.is_empty());
    }

    #[test]
    fn what_is_unknown_is_named_and_a_query_value_never_shown(case in case(), secret in "[A-Z]{12}") {
        let mut case = case;
        let url = format!("https://a.example/x?token={secret}");
        case.attributes.insert(URL.into(), json!(url));
        match case.row.get_mut(ATTRIBUTES) {
            Some(attributes) => attributes[URL] = json!(url),
            None => case.row[URL] = json!(url),
        }
        let remote = read(&case);
        let known = [URL, EVENTS, VERSION, wire::CREATED_AT, wire::UPDATED_AT];
        let unknown: Vec<&String> = case.attributes.keys().filter(|name| !known.contains(&name.as_str())).collect();
        prop_assert_eq!(remote.webhook.preserved.iter().collect::<Vec<_>>(), unknown);
        let shown = format!("{remote:?} {}", serde_json::to_string(&remote.webhook).unwrap());
        prop_assert!(!shown.contains(&secret));
    }
}
