//! What to know about a write, and about a webhook beside the others.

use super::address::Address;
use super::paths::*;
use super::wire::{self, WEBHOOK_ID};
use super::{condition_set, env};
use crate::spec::warning_at;
use serde_json::{Map, Value};
use tacklebox_model::{FieldPath, FieldValue, Fields, Notice, NoticeLevel, Webhook};

/// Headers epilot takes out of a request by its documents; a star stands for any ending.
const REMOVED_HEADERS: [&str; 9] = [
    "authorization",
    "content-type",
    "user-agent",
    "host",
    "cache-control",
    "origin",
    "x-epilot-org-id",
    "x-forwarded-*",
    "x-amz-*",
];

/// What to know about this write. `id` is the webhook's own; a new one has none.
pub fn of_write(id: Option<&str>, before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Notice> {
    let mut notices = Vec::new();
    notices.extend(plain_http(after));
    notices.extend(odd_conditions(after));
    notices.extend(filter(id, before, after));
    notices.extend(removed_headers(after));
    notices.extend(misspelt(after));
    let version = wire::text(after.get("eventVersion"));
    let same_version = before.get("eventVersion") == after.get("eventVersion");
    if let Some(version) =
        version.filter(|_| same_version && before.get("eventName") != after.get("eventName"))
    {
        let words = format!(
            "The version {version} belongs to the event it had before. Empty it unless the new one has it too."
        );
        notices.push(warning_at(EVENT_VERSION, words));
    }
    if wire::text(after.get("deliveryMode")) == Some(MULTIPART) && after.contains_key("jsonataExpression") {
        let words = "epilot does not apply the expression while files are sent as a multipart form.";
        notices.push(warning_at(JSONATA, words));
    }
    notices
}

/// Other webhooks that send the same event to the same address.
pub fn twins(after: &Fields, others: &[Webhook]) -> Vec<Notice> {
    let value = |path: &str| after.get(&FieldPath::from(path));
    let (Some(FieldValue::List(events)), Some(FieldValue::Url(url))) =
        (value(FieldPath::EVENTS), value(FieldPath::URL))
    else {
        return vec![];
    };
    let is_twin = |other: &&Webhook| {
        let Some(FieldValue::Url(theirs)) = other.field(FieldPath::URL) else { return false };
        !events.is_empty() && &other.events == events && theirs.base == url.base && !url.base.is_empty()
    };
    let notice = |other: &Webhook| {
        let title: String = other.title.chars().take(80).collect();
        let words = format!(
            "“{title}” sends the same event to the same address. Each event would arrive there twice."
        );
        warning_at(FieldPath::URL, words)
    };
    others.iter().filter(is_twin).map(notice).collect()
}

fn plain_http(after: &Map<String, Value>) -> Option<Notice> {
    let address = Address::parse(wire::text(after.get("url"))?).ok()?;
    (address.scheme().as_deref() == Some("http"))
        .then(|| warning_at(FieldPath::URL, "Events and passwords travel unencrypted to an http:// address."))
}

/// A filter on `metadata.webhook_id` is epilot's way to let automations reach one webhook and no other.
fn filter(id: Option<&str>, before: &Map<String, Value>, after: &Map<String, Value>) -> Option<Notice> {
    let is_own = |raw: &Map<String, Value>| {
        wire::self_filter(raw).map(|ids| id.is_some_and(|id| ids.iter().any(|known| known == id)))
    };
    let warn = |words: &str| Some(warning_at(FILTER_KEY, words));
    match (is_own(before), is_own(after)) {
        (_, Some(true)) => Some(Notice {
            level: NoticeLevel::Info,
            path: Some(FieldPath::from(FILTER_KEY)),
            words: format!(
                "The filter on {WEBHOOK_ID} holds this webhook's own id, so that automations reach it and no other. It stays."
            ),
        }),
        (Some(true), _) => warn(
            "The filter on this webhook's own id goes. epilot made it so that automations reach this webhook and no other: it may now receive what is meant for others, or nothing.",
        ),
        (_, Some(false)) => warn(
            "The filter waits for the id of another webhook: this one receives nothing that an automation sends.",
        ),
        (_, None) => None,
    }
}

/// Conditions nobody here understands go back as they came.
fn odd_conditions(after: &Map<String, Value>) -> Option<Notice> {
    wire::conditions(after).filter(|value| condition_set::read(value).is_none()).map(|_| Notice {
        level: NoticeLevel::Info,
        path: Some(FieldPath::from(CONDITIONS)),
        words: "The conditions have a form Tacklebox does not know. They stay as they are.".into(),
    })
}

fn removed_headers(after: &Map<String, Value>) -> Option<Notice> {
    let headers = at(after, &["payloadConfiguration", "custom_headers"])?.as_object()?;
    let is_removed = |name: &str| {
        let name = name.to_ascii_lowercase();
        REMOVED_HEADERS.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *known,
        })
    };
    let names: Vec<&str> = headers.keys().map(String::as_str).filter(|name| is_removed(name)).collect();
    (!names.is_empty())
        .then(|| warning_at(HEADERS, format!("epilot does not send these headers: {}.", names.join(", "))))
}

fn misspelt(after: &Map<String, Value>) -> impl Iterator<Item = Notice> {
    AUTH_CONFIGS.iter().filter_map(|config| {
        let value = wire::text(at(after, &["auth", config.key, config.secret.1]))?;
        let words = "This looks like a reference to an environment variable and is sent as it stands. References \
                     are written {{ env.key }}, the key in small letters.";
        env::is_misspelt(value).then(|| warning_at(config.secret.0, words))
    })
}
