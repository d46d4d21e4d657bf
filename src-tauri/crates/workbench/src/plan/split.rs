//! One webhook per event, at vendors whose webhooks have exactly one.

use tacklebox_model::{
    EventsPerWebhook, FieldError, FieldInput, FieldPath, Notice, NoticeLevel, Offer, WebhookDraft,
};

/// The drafts that a draft of a new webhook stands for, in the order of its events.
pub fn per_event(offer: &Offer, draft: &WebhookDraft) -> Vec<WebhookDraft> {
    let path = FieldPath::from(FieldPath::EVENTS);
    let events = match draft.fields.get(&path) {
        Some(FieldInput::List(events)) if offer.capabilities.events_per_webhook == EventsPerWebhook::One => {
            once_each(events)
        }
        _ => return vec![draft.clone()],
    };
    if events.len() < 2 {
        let mut one = draft.clone();
        one.fields.insert(path, FieldInput::List(events));
        return vec![one];
    }
    let of_event = |event: String| {
        let mut one = draft.clone();
        if let Some(FieldInput::Text(name)) = one.fields.get_mut(&FieldPath::from(FieldPath::NAME))
            && !name.trim().is_empty()
        {
            *name = format!("{} · {}", name.trim(), label(offer, &event));
        }
        one.fields.insert(path.clone(), FieldInput::List(vec![event]));
        one
    };
    events.into_iter().map(of_event).collect()
}

/// Says that one draft becomes several webhooks.
pub fn notice(vendor: &str, count: usize) -> Notice {
    let words =
        format!("A webhook at {vendor} has exactly one event: this makes {count} webhooks, one for each.");
    Notice { level: NoticeLevel::Info, path: Some(FieldPath::from(FieldPath::EVENTS)), words }
}

/// Errors of several drafts of the same form, each once.
pub fn together(errors: Vec<Vec<FieldError>>) -> Vec<FieldError> {
    let mut all: Vec<FieldError> = Vec::new();
    for error in errors.into_iter().flatten() {
        if !all.contains(&error) {
            all.push(error);
        }
    }
    all
}

fn once_each(events: &[String]) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for event in events {
        if !once.contains(event) {
            once.push(event.clone());
        }
    }
    once
}

fn label<'a>(offer: &'a Offer, event: &'a str) -> &'a str {
    let known = offer.catalogue.events.iter().find(|known| known.id.as_str() == event);
    known.map_or(event, |known| known.label.as_str())
}
