//! What Booqable's webhook endpoints can have: an address, events and a version, and nothing else.

use super::wire::{CREATED_AT, DEFAULT_VERSION, UPDATED_AT, VERSION};
use crate::spec::{choice, field, info, section, text};
use tacklebox_model::{
    Capabilities, EventsPerWebhook, FieldKind, FieldPath, FieldSpec, FieldValue, OnOff, Section, Signing,
    StoredSecrets,
};

const VERSION_HELP: &str = "Version 4 sends JSON in the words of Booqable's API of today and names the kind of thing in \
    resource_type (customers). Version 1 sends a form (application/x-www-form-urlencoded) in the old words, such as \
    concept where version 4 says draft, and names the kind in object (Customer). A receiver made for one does not \
    understand the other.";
const URL_HELP: &str = "Booqable signs nothing it sends. Many put a secret into the query, such as ?secret=…; what \
    follows a = there is kept hidden.";

/// The same for every company: Booqable has no way to ask.
pub fn capabilities() -> Capabilities {
    Capabilities {
        sections: vec![endpoint(), events(), dates()],
        on_off: OnOff::AlwaysOn,
        events_per_webhook: EventsPerWebhook::Many,
        stored_secrets: StoredSecrets::Returned,
        signing: Signing::None,
        deliveries: None,
        server_tests: vec![],
        local_trial: None,
        token_request: None,
        url_credentials: None,
        repeated_event: None,
        metered: true,
        notices: vec![info(
            "Booqable has no switch for a webhook: it receives events from the moment it is created.",
        )],
    }
}

fn endpoint() -> Section {
    let url = FieldSpec {
        required: true,
        placeholder: Some("https://example.com/hooks".into()),
        help: Some(URL_HELP.into()),
        ..field(FieldPath::URL, "URL", FieldKind::Url { https_only: false })
    };
    let version = FieldSpec {
        required: true,
        default: Some(FieldValue::Text(DEFAULT_VERSION.into())),
        help: Some(VERSION_HELP.into()),
        ..choice(VERSION, "Version", &[("4", "4, JSON"), ("1", "1, form in the old words")])
    };
    section("endpoint", "Endpoint", None, vec![url, version])
}

fn events() -> Section {
    let spec = FieldSpec { required: true, ..field(FieldPath::EVENTS, "Events", FieldKind::Events) };
    section("events", "Events", None, vec![spec])
}

fn dates() -> Section {
    let set_by_booqable = |path: &str, label: &str| FieldSpec {
        unavailable: Some("Booqable sets it.".into()),
        ..text(path, label)
    };
    section(
        "dates",
        "Dates",
        None,
        vec![set_by_booqable(CREATED_AT, "Created"), set_by_booqable(UPDATED_AT, "Updated")],
    )
}
