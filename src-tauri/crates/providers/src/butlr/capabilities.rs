//! What Butlr's webhooks can have, as far as the organisation's schema has it.

use super::schema::Schema;
use super::wire::{
    API_KEY, API_KEY_HEADER, API_KEY_VALUE, BASIC, BASIC_PASSWORD, BASIC_USERNAME, FILTER_KEYS, VALUE_CHANGE,
};
use tacklebox_model::{
    Capabilities, EventsPerWebhook, FieldKind, FieldPath, FieldSpec, FieldValue, Notice, NoticeLevel, OnOff,
    Section, ShownWhen, StoredSecrets,
};

/// Seconds Butlr waits for an endpoint: both bounds are allowed, by its documents.
pub const TIMEOUT_RANGE: std::ops::RangeInclusive<i64> = 1..=15;

pub fn capabilities(schema: &Schema) -> Capabilities {
    let mut sections = vec![endpoint(), events(), authentication()];
    if schema.filters {
        sections.push(filter());
    }
    Capabilities {
        sections,
        on_off: OnOff::AlwaysOn,
        events_per_webhook: EventsPerWebhook::Many,
        stored_secrets: StoredSecrets::Returned,
        notices: notices(schema),
    }
}

fn endpoint() -> Section {
    let (min, max) = TIMEOUT_RANGE.into_inner();
    section(
        "endpoint",
        "Endpoint",
        None,
        vec![
            FieldSpec {
                required: true,
                ..field(FieldPath::NAME, "Name", FieldKind::Text { max_length: None, code: false })
            },
            FieldSpec {
                required: true,
                placeholder: Some("https://example.com/hooks".into()),
                help: Some("Butlr sends to HTTPS addresses only.".into()),
                ..field(FieldPath::URL, "URL", FieldKind::Url { https_only: true })
            },
            FieldSpec {
                required: true,
                default: Some(FieldValue::Integer(10)),
                help: Some("How long Butlr waits for your endpoint.".into()),
                ..field(
                    FieldPath::TIMEOUT,
                    "Timeout",
                    FieldKind::Integer { min, max, unit: Some("seconds".into()) },
                )
            },
        ],
    )
}

fn events() -> Section {
    let spec = FieldSpec { required: true, ..field(FieldPath::EVENTS, "Events", FieldKind::Events) };
    section("events", "Events", None, vec![spec])
}

fn authentication() -> Section {
    let off = Some(FieldValue::Flag(false));
    section(
        "authentication",
        "Authentication",
        Some("Both may be on at once"),
        vec![
            FieldSpec {
                default: off.clone(),
                help: Some("Sent as a header with each event.".into()),
                ..field(API_KEY, "API key", FieldKind::Switch)
            },
            FieldSpec {
                required: true,
                placeholder: Some("x-api-key".into()),
                ..shown_with(
                    API_KEY,
                    field(API_KEY_HEADER, "Header name", FieldKind::Text { max_length: None, code: true }),
                )
            },
            FieldSpec {
                required: true,
                ..shown_with(API_KEY, field(API_KEY_VALUE, "Key", FieldKind::Secret))
            },
            FieldSpec {
                default: off,
                help: Some("User name and password with each event.".into()),
                ..field(BASIC, "Basic", FieldKind::Switch)
            },
            FieldSpec {
                required: true,
                ..shown_with(
                    BASIC,
                    field(BASIC_USERNAME, "User name", FieldKind::Text { max_length: None, code: false }),
                )
            },
            FieldSpec {
                required: true,
                ..shown_with(BASIC, field(BASIC_PASSWORD, "Password", FieldKind::Secret))
            },
        ],
    )
}

fn filter() -> Section {
    let mut fields: Vec<FieldSpec> = FILTER_KEYS
        .iter()
        .map(|filter| {
            let kind =
                FieldKind::IdList { noun: filter.noun.into(), prefix: filter.prefix.map(str::to_owned) };
            field(filter.path().as_str(), filter.label, kind)
        })
        .collect();
    fields.push(FieldSpec {
        default: Some(FieldValue::Flag(false)),
        help: Some("Sends an event only when its value differs from the one before.".into()),
        ..field(VALUE_CHANGE, "Only on change", FieldKind::Switch)
    });
    section(
        "filter",
        "Filter",
        Some("No filter means everything. Butlr does not document how several filters combine."),
        fields,
    )
}

fn notices(schema: &Schema) -> Vec<Notice> {
    let mut notices = vec![Notice {
        level: NoticeLevel::Info,
        path: None,
        words: "Butlr has no switch for a webhook: it sends from the moment it exists.".into(),
    }];
    if !schema.filters {
        notices.push(Notice {
            level: NoticeLevel::Info,
            path: None,
            words: "This organisation's Butlr has no filters for webhooks.".into(),
        });
    }
    notices
}

fn section(id: &str, title: &str, hint: Option<&str>, fields: Vec<FieldSpec>) -> Section {
    Section { id: id.into(), title: title.into(), hint: hint.map(str::to_owned), fields }
}

fn field(path: &str, label: &str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        path: FieldPath::from(path),
        label: label.into(),
        help: None,
        placeholder: None,
        kind,
        required: false,
        default: None,
        shown_when: None,
        unavailable: None,
    }
}

fn shown_with(switch: &str, spec: FieldSpec) -> FieldSpec {
    let shown_when = ShownWhen { path: FieldPath::from(switch), equals: FieldValue::Flag(true) };
    FieldSpec { shown_when: Some(shown_when), ..spec }
}
