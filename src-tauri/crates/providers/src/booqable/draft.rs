//! From what a user changed to what Booqable is sent.
//!
//! An update holds the changed attributes alone: Graphiti, on which Booqable runs, assigns those that are given.
//! Sending the others back would not keep them safer, since a single unknown or read-only attribute makes
//! Booqable refuse the whole request.

use super::wire::{self, ATTRIBUTES, DEFAULT_VERSION, EVENTS, TYPE, URL, VERSION};
use super::{address, catalogue};
use crate::spec::{info, warning_at};
use crate::{Prepared, RawObject, Remote, Write, WriteAction};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tacklebox_model::{FieldError, FieldInput, FieldPath, FieldValue, Fields, Notice, WebhookDraft};

/// What can be written, in the order of the documents.
const WRITABLE: [&str; 3] = [URL, VERSION, EVENTS];

/// Turns a draft into a write, or says which fields are not right.
pub fn prepare(draft: &WebhookDraft, base: Option<&Remote>) -> Result<Prepared, Vec<FieldError>> {
    let mut editor = Editor::new(draft, base);
    editor.url();
    editor.version();
    editor.events();
    if !editor.errors.is_empty() {
        return Err(editor.errors);
    }
    let write = editor.write();
    let (fields, notices) = editor.finish();
    let (title, endpoint) = (wire::title(&fields), wire::endpoint(&fields));
    Ok(Prepared { fields, title, endpoint, notices, write })
}

/// Applies a draft to an endpoint's attributes and collects what is not right.
struct Editor<'a> {
    draft: &'a WebhookDraft,
    base: Option<&'a Remote>,
    before: Map<String, Value>,
    after: Map<String, Value>,
    replaced_query: Option<Vec<bool>>,
    notices: Vec<Notice>,
    errors: Vec<FieldError>,
}

impl<'a> Editor<'a> {
    fn new(draft: &'a WebhookDraft, base: Option<&'a Remote>) -> Self {
        let before = base.map(wire::attributes).unwrap_or_default();
        let after = before.clone();
        let notices = match base {
            None => vec![info("It receives events from the moment it is created: Booqable has no switch.")],
            Some(_) => vec![],
        };
        Self { draft, base, before, after, replaced_query: None, notices, errors: vec![] }
    }

    fn url(&mut self) {
        let stored = self.base.map(|_| self.before.get(URL).and_then(Value::as_str).unwrap_or_default());
        match address::change(self.input(FieldPath::URL), stored) {
            Err(words) => self.wrong(FieldPath::URL, words),
            Ok(None) => {}
            Ok(Some(changed)) => {
                if !changed.url.is_https() {
                    self.notices.push(warning_at(
                        FieldPath::URL,
                        "Over http:// anybody on the way can read the events and the address with its query. \
                         Booqable does not say whether it sends there.",
                    ));
                }
                self.after.insert(URL.into(), json!(changed.url.full().expose_secret()));
                self.replaced_query = Some(changed.replaced);
            }
        }
    }

    fn version(&mut self) {
        let stored = wire::version(&self.before);
        let chosen = match self.input(VERSION) {
            Some(FieldInput::Text(text)) => text.trim().to_owned(),
            None if self.base.is_none() => DEFAULT_VERSION.to_owned(),
            None => return,
            Some(_) => String::new(),
        };
        // What is shown as it is stored goes back as it is stored.
        if stored.as_deref() == Some(chosen.as_str()) {
            return;
        }
        let number = match chosen.as_str() {
            "1" => 1,
            "4" => 4,
            _ => return self.wrong(VERSION, "Choose version 4 or 1."),
        };
        self.after.insert(VERSION.into(), json!(number));
        if self.base.is_some() {
            let (sent, kind) = if number == 4 { ("JSON", "resource_type") } else { ("a form", "object") };
            self.notices.push(warning_at(
                VERSION,
                format!(
                    "The endpoint will get {sent} with other words in it, and the kind of thing in {kind}: change \
                     the receiver at the same time. Booqable does not say what happens to messages on their way."
                ),
            ));
        }
    }

    fn events(&mut self) {
        let stored = wire::texts(self.before.get(EVENTS));
        let chosen = match self.input(FieldPath::EVENTS) {
            Some(FieldInput::List(events)) if *events == stored && self.base.is_some() => return,
            Some(FieldInput::List(events)) => unique(events),
            None if self.base.is_some() => return,
            Some(_) | None => vec![],
        };
        if chosen.is_empty() {
            return self.wrong(FieldPath::EVENTS, "Choose at least one event.");
        }
        if let Some(odd) = chosen.iter().find(|event| event.contains(char::is_whitespace)) {
            return self.wrong(FieldPath::EVENTS, format!("“{odd}” is no event: there is a space in it."));
        }
        let new = |event: &&String| !stored.contains(event) && !catalogue::is_documented(event);
        let unknown: Vec<&str> = chosen.iter().filter(new).map(String::as_str).collect();
        if !unknown.is_empty() {
            self.notices.push(warning_at(
                FieldPath::EVENTS,
                format!(
                    "Not in Booqable's documents that Tacklebox knows: {}. Booqable may refuse it, or never send it.",
                    unknown.join(", ")
                ),
            ));
        }
        self.after.insert(EVENTS.into(), json!(chosen));
    }

    /// What is to be sent: all that is set for a new endpoint, what differs for one that exists.
    fn write(&self) -> Write {
        let changed = WRITABLE.into_iter().filter_map(|name| {
            let value = self.after.get(name)?;
            (self.before.get(name) != Some(value)).then(|| (name.to_owned(), value.clone()))
        });
        let changed = Value::Object(changed.collect());
        let (action, data) = match self.base {
            None => (WriteAction::Create, json!({ "type": TYPE, ATTRIBUTES: changed })),
            Some(base) => {
                let id = base.webhook.id.clone();
                let data = json!({ "type": TYPE, "id": id.as_str(), ATTRIBUTES: changed });
                (WriteAction::Update(id), data)
            }
        };
        Write { action, body: RawObject::new(json!({ "data": data })) }
    }

    fn finish(self) -> (Fields, Vec<Notice>) {
        let mut fields = wire::fields(&self.after);
        if let (Some(replaced), Some(FieldValue::Url(url))) =
            (self.replaced_query, fields.get_mut(&FieldPath::from(FieldPath::URL)))
        {
            for (param, replaced) in url.query.iter_mut().zip(replaced) {
                param.replaced = replaced;
            }
        }
        (fields, self.notices)
    }

    fn input(&self, path: &str) -> Option<&'a FieldInput> {
        self.draft.fields.get(&FieldPath::from(path))
    }

    fn wrong(&mut self, path: &str, message: impl Into<String>) {
        self.errors.push(FieldError::at(path, message));
    }
}

/// Without blanks around them and without repetition, in the order given.
fn unique(events: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(events.len());
    for event in events.iter().map(|event| event.trim()).filter(|event| !event.is_empty()) {
        if !kept.iter().any(|known| known == event) {
            kept.push(event.to_owned());
        }
    }
    kept
}

#[cfg(test)]
mod tests;
