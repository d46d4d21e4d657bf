//! An organisation's event types: their names and labels are its own, and only the prefix groups them.

use super::{answer, meanings};
use serde_json::Value;
use std::collections::HashMap;
use tacklebox_model::{AppError, Catalogue, EventId, EventType};

const EVENT_CATALOGUE: &str = "Event catalogue";
/// What the names of the event catalogue begin with.
pub const CATALOGUE_PREFIX: &str = "event_";
const OTHERS: &str = "Other events";

/// The catalogue of what `configured-events` answered. Events of the catalogue come first, those that share a prefix
/// with no other last.
///
/// # Errors
/// An answer of another shape.
pub fn catalogue(answer: &Value) -> Result<Catalogue, AppError> {
    let items = answer.as_array().ok_or_else(answer::odd)?;
    let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let named: Vec<(String, String)> = items
        .iter()
        .map(|item| (text(item, "eventName"), text(item, "eventLabel")))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    let mut shared: HashMap<String, usize> = HashMap::new();
    for (name, _) in &named {
        *shared.entry(first_word(name)).or_default() += 1;
    }
    let mut events: Vec<EventType> = named.iter().map(|(name, label)| event(name, label, &shared)).collect();
    let rank = |group: &str| match group {
        EVENT_CATALOGUE => 0,
        OTHERS => 2,
        _ => 1,
    };
    events.sort_by_cached_key(|event| (rank(&event.group), event.group.clone(), event.label.to_lowercase()));
    events.dedup_by(|one, other| one.id == other.id);
    Ok(Catalogue { events })
}

fn event(name: &str, label: &str, shared: &HashMap<String, usize>) -> EventType {
    let first = first_word(name);
    let group = if name.starts_with(CATALOGUE_PREFIX) {
        EVENT_CATALOGUE.to_owned()
    } else if shared.get(&first).is_some_and(|count| *count > 1) {
        capitalised(&first)
    } else {
        OTHERS.to_owned()
    };
    // The label may be the name once more.
    let label = if label.is_empty() || label == name { words(name) } else { label.to_owned() };
    let meaning = meanings::meaning(name, &words(name));
    EventType {
        id: EventId::from(name),
        label,
        group,
        description: Some(meaning.description),
        mark: meaning.remark.and_then(|remark| remark.mark),
        remark: meaning.remark.map(|remark| remark.words.to_owned()),
    }
}

fn first_word(name: &str) -> String {
    words(name).split(' ').next().unwrap_or_default().to_lowercase()
}

/// `CustomerRequest_Created` as `Customer request created`.
fn words(name: &str) -> String {
    let name = name.strip_prefix(CATALOGUE_PREFIX).unwrap_or(name);
    let mut spaced = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let c = if matches!(c, '_' | '-' | '.') { ' ' } else { c };
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    capitalised(&spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;
    use tacklebox_model::EventMark;

    #[test]
    fn events_are_labelled_and_grouped_by_prefix() {
        let answer = json!([
            { "eventName": "portal_user_access", "eventLabel": "Portal user access" },
            { "eventName": "customer_request_created", "eventLabel": "customer_request_created" },
            { "eventName": "customer_request_closed" },
            { "eventName": "event_FileCreated", "eventLabel": "File created" },
            { "eventLabel": "nameless" },
        ]);
        let seen: Vec<_> =
            catalogue(&answer).unwrap().events.into_iter().map(|event| (event.label, event.group)).collect();
        let wanted = [
            ("File created", EVENT_CATALOGUE),
            ("Customer request closed", "Customer"),
            ("Customer request created", "Customer"),
            ("Portal user access", OTHERS),
        ];
        assert_eq!(seen, wanted.map(|(label, group)| (label.to_owned(), group.to_owned())));
        let marked = json!([{ "eventName": "event_FileCreated" }, { "eventName": "event_GridConnectionRequested" },
            { "eventName": "event_WallboxOffered" }, { "eventName": "wallbox_offered" }, { "eventName": "erp_synchronization" }]);
        let marks: BTreeMap<_, _> =
            catalogue(&marked).unwrap().events.into_iter().map(|e| (e.id, e.mark)).collect();
        let wanted = [
            ("erp_synchronization", Some(EventMark::Undocumented)),
            ("event_FileCreated", None),
            ("event_GridConnectionRequested", None),
            ("event_WallboxOffered", Some(EventMark::Custom)),
            ("wallbox_offered", Some(EventMark::Undocumented)),
        ];
        assert_eq!(marks, wanted.map(|(id, mark)| (EventId::from(id), mark)).into());
        assert_eq!(words("CustomerRequest_Created"), "Customer request created");
        assert!(catalogue(&json!({})).is_err());
    }
}
