//! What Butlr's webhooks can have, as far as the organisation's schema has it.

use super::schema::Schema;
use super::wire::{
    API_KEY, API_KEY_HEADER, API_KEY_VALUE, BASIC, BASIC_PASSWORD, BASIC_USERNAME, FILTER_KEYS, FilterKey,
    VALUE_CHANGE,
};
use crate::spec::{code_text, field, info, section, shown_with, switch, text};
use tacklebox_model::{
    Capabilities, EventsPerWebhook, FieldKind, FieldPath, FieldSpec, FieldValue, Notice, OnOff, Section,
    ShownWhen, Signing, StoredSecrets, TreeList, TreeSpec, UrlCredentials,
};

/// Seconds Butlr waits for an endpoint: both bounds are allowed, by its documents.
pub const TIMEOUT_RANGE: std::ops::RangeInclusive<i64> = 1..=15;

/// Why one event type should stand in one webhook only, by Butlr's documents.
pub const REPEATED_EVENT: &str = "Butlr asks to subscribe only once to each event type.";

/// The section whose id lists are chosen in a tree.
pub const FILTER: &str = "filter";

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
        signing: Signing::None,
        deliveries: None,
        server_tests: vec![],
        local_trial: None,
        token_request: None,
        url_credentials: Some(url_credentials()),
        repeated_event: Some(REPEATED_EVENT.into()),
        metered: false,
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
            FieldSpec { required: true, ..text(FieldPath::NAME, "Name") },
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
    section(
        "authentication",
        "Authentication",
        Some("Both may be on at once"),
        vec![
            switch(API_KEY, "API key", "Sent as a header with each event."),
            FieldSpec {
                required: true,
                placeholder: Some("x-api-key".into()),
                ..shown_with(API_KEY, code_text(API_KEY_HEADER, "Header name"))
            },
            FieldSpec {
                required: true,
                ..shown_with(API_KEY, field(API_KEY_VALUE, "Key", FieldKind::Secret))
            },
            switch(BASIC, "Basic", "User name and password with each event."),
            FieldSpec { required: true, ..shown_with(BASIC, text(BASIC_USERNAME, "User name")) },
            FieldSpec {
                required: true,
                ..shown_with(BASIC, field(BASIC_PASSWORD, "Password", FieldKind::Secret))
            },
        ],
    )
}

fn url_credentials() -> UrlCredentials {
    UrlCredentials {
        when: ShownWhen { path: FieldPath::from(BASIC), equals: FieldValue::Flag(true) },
        username: FieldPath::from(BASIC_USERNAME),
        password: FieldPath::from(BASIC_PASSWORD),
    }
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
    fields.push(switch(
        VALUE_CHANGE,
        "Only on change",
        "Sends an event only when its value differs from the one before.",
    ));
    let hint = "No filter means everything. Butlr does not document how several filters combine.";
    Section { tree: Some(tree()), ..section(FILTER, "Filter", Some(hint), fields) }
}

fn tree() -> TreeSpec {
    let list = |filter: &FilterKey| {
        filter.icon.map(|icon| TreeList {
            path: filter.path(),
            one: filter.noun.into(),
            many: filter.label.to_lowercase(),
            icon: Some(icon.into()),
            prefix: filter.prefix.map(str::to_owned),
        })
    };
    TreeSpec {
        one: "place".into(),
        many: "places".into(),
        lists: FILTER_KEYS.iter().filter_map(list).collect(),
    }
}

fn notices(schema: &Schema) -> Vec<Notice> {
    let mut notices = vec![info("Butlr has no switch for a webhook: it sends from the moment it exists.")];
    if !schema.filters {
        notices.push(info("This organisation's Butlr has no filters for webhooks."));
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::super::schema::Spelling;
    use super::*;

    #[test]
    fn the_tree_is_of_the_id_lists_of_its_section_and_there_only_with_filters() {
        let trees = |filters: bool| {
            let schema = Schema { filters, ..Schema::documented(Spelling::Snake) };
            let sections = capabilities(&schema).sections.into_iter();
            sections.filter(|section| section.tree.is_some()).collect::<Vec<_>>()
        };
        assert!(trees(false).is_empty());
        let [section] = trees(true).try_into().unwrap();
        let lists = section.tree.unwrap().lists;
        assert_eq!(lists.len(), 6);
        for list in lists {
            let field = section.fields.iter().find(|spec| spec.path == list.path);
            let kind = field.map(|spec| &spec.kind);
            assert!(matches!(kind, Some(FieldKind::IdList { .. })), "{}", list.path);
        }
    }
}
