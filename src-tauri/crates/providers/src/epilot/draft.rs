//! From what a user changed to what epilot is sent.
//!
//! An update replaces the whole webhook: what was read is edited and goes back, unknown fields included. Secrets are
//! the exception, since they cannot be read: left out they stay, null removes them, a text sets them.

use super::address::Address;
use super::paths::*;
use super::{achieved, draft_auth, draft_delivery, draft_filter, notices, pairs, wire};
use crate::address::{all_typed, new_values};
use crate::{Prepared, RawObject, Remote, Write, WriteAction};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tacklebox_model::{
    Catalogue, FieldError, FieldInput, FieldPath, FieldValue, PairInput, SecretChange, SecretState,
    UrlProblem, WebhookDraft,
};

/// The parts of a write: the request's body, and what is known beside it to judge its outcome.
pub const BODY: &str = "body";
/// Known fields that were there and are left out.
pub const REMOVED: &str = "removed";
/// Paths of secrets that are removed.
pub const CLEARED: &str = "cleared";
/// Whether a reader could see the change at all; a new password cannot be seen.
pub const VISIBLE: &str = "visible";
/// When the webhook was changed last, as it was read.
pub const UPDATED_TIME: &str = "updatedTime";

/// Whether preparing this draft needs the organisation's event types: it names one that is not stored.
pub fn needs_events(draft: &WebhookDraft, base: Option<&Remote>) -> bool {
    let stored = base.map(|base| base.webhook.events.as_slice()).unwrap_or_default();
    match draft.fields.get(&FieldPath::from(FieldPath::EVENTS)) {
        Some(FieldInput::List(events)) => events.len() == 1 && events != stored,
        _ => false,
    }
}

/// Turns a draft into a write, or says which fields are not right. The catalogue is there if [`needs_events`].
pub fn prepare(
    draft: &WebhookDraft,
    base: Option<&Remote>,
    catalogue: Option<&Catalogue>,
) -> Result<Prepared, Vec<FieldError>> {
    let before = base.and_then(|base| base.raw.value().as_object()).cloned().unwrap_or_default();
    let mut editor = Editor::new(draft, base.is_none(), writable(&before));
    editor.name();
    editor.event(catalogue);
    editor.endpoint();
    editor.plain();
    editor.lists();
    draft_filter::edit(&mut editor);
    draft_delivery::edit(&mut editor);
    draft_auth::edit(&mut editor);
    if !editor.errors.is_empty() {
        return Err(editor.errors);
    }
    let fields = editor.fields();
    let endpoint = wire::endpoint(&fields);
    let id = base.map(|base| base.webhook.id.as_str());
    let notices = notices::of_write(id, &writable(&before), &editor.after);
    let title = wire::title(&editor.after, &endpoint);
    let action = base.map_or(WriteAction::Create, |base| WriteAction::Update(base.webhook.id.clone()));
    Ok(Prepared { title, endpoint, notices, write: write(action, &before, editor), fields })
}

fn write(action: WriteAction, before: &Map<String, Value>, editor: Editor<'_>) -> Write {
    let old = writable(before);
    // What is left out and has a default comes back.
    let goes = |key: &&String| is_known(key) && !["status", "httpMethod"].contains(&key.as_str());
    let removed: Vec<&String> =
        old.keys().filter(goes).filter(|key| !editor.after.contains_key(*key)).collect();
    let body = json!({
        REMOVED: removed,
        CLEARED: editor.cleared,
        VISIBLE: !removed.is_empty() || !achieved::covers(&editor.after, &old),
        UPDATED_TIME: before.get(UPDATED_TIME),
        BODY: editor.after,
    });
    Write { action, body: RawObject::new(body) }
}

/// A webhook as it may be sent: without what epilot alone sets, without secrets, which so stay as they are, and
/// without nulls, which the document does not allow.
pub fn writable(raw: &Map<String, Value>) -> Map<String, Value> {
    let mut object = raw.clone();
    put(&mut object, &["id"], None);
    put(&mut object, &["signingSecret"], None);
    for config in &AUTH_CONFIGS {
        put(&mut object, &["auth", config.key, config.secret.1], None);
    }
    drop_nulls(&mut object);
    object
}

/// Applies a draft to a webhook as it was read, field by field, and collects what is not right.
pub struct Editor<'a> {
    draft: &'a WebhookDraft,
    pub creating: bool,
    pub after: Map<String, Value>,
    pub replaced: Vec<&'static str>,
    pub cleared: Vec<&'static str>,
    /// By path, which values of a list or an address are new.
    marked: Vec<(&'static str, Vec<bool>)>,
    errors: Vec<FieldError>,
}

impl<'a> Editor<'a> {
    fn new(draft: &'a WebhookDraft, creating: bool, after: Map<String, Value>) -> Self {
        Self { draft, creating, after, replaced: vec![], cleared: vec![], marked: vec![], errors: vec![] }
    }

    /// The model's fields, what is new in them marked.
    fn fields(&self) -> tacklebox_model::Fields {
        let mut fields = wire::fields(&self.after);
        let removed = SecretState { stored: false, replaced: false };
        let states = self.replaced.iter().map(|path| (*path, SecretState::REPLACED));
        for (path, state) in states.chain(self.cleared.iter().map(|path| (*path, removed))) {
            fields.insert(FieldPath::from(path), FieldValue::Secret(state));
        }
        for (path, new) in &self.marked {
            match fields.get_mut(&FieldPath::from(*path)) {
                Some(FieldValue::Url(url)) => {
                    url.query.iter_mut().zip(new).for_each(|(p, new)| p.replaced = *new)
                }
                Some(FieldValue::Pairs(list)) => {
                    list.iter_mut().zip(new).for_each(|(p, new)| p.replaced = *new)
                }
                _ => {}
            }
        }
        fields
    }

    fn name(&mut self) {
        match self.text(FieldPath::NAME) {
            Some(name) if name.trim().is_empty() => self.wrong(FieldPath::NAME, "Enter a name."),
            Some(name) => self.set(&["name"], Some(json!(name))),
            None if self.creating => self.wrong(FieldPath::NAME, "Enter a name."),
            None => {}
        }
    }

    fn event(&mut self, catalogue: Option<&Catalogue>) {
        let stored = self.stored_text(&["eventName"]).map(str::to_owned);
        let wanted = match self.input(FieldPath::EVENTS) {
            Some(FieldInput::List(events)) => Some(events.as_slice()),
            _ => None,
        };
        match wanted {
            Some([event]) if Some(event) == stored.as_ref() => {}
            Some([event]) if catalogue.is_some_and(|catalogue| catalogue.offers(event)) => {
                self.set(&["eventName"], Some(json!(event)));
            }
            Some([event]) => {
                let message =
                    format!("This organisation does not offer the event “{event}”. Choose one it offers.");
                self.wrong(FieldPath::EVENTS, &message);
            }
            // What is shown as it is stored goes back as it is stored.
            Some([]) if stored.is_none() && !self.creating => {}
            Some([]) => self.wrong(FieldPath::EVENTS, "Choose an event."),
            Some(_) => self.wrong(FieldPath::EVENTS, "A webhook of epilot takes one event. Choose one."),
            None if self.creating => self.wrong(FieldPath::EVENTS, "Choose an event."),
            None => {}
        }
        self.event_version();
    }

    fn event_version(&mut self) {
        let stored = self.stored_text(&["eventVersion"]).unwrap_or_default().to_owned();
        let Some(version) = self.text(EVENT_VERSION).map(str::trim).filter(|version| *version != stored)
        else {
            return;
        };
        let is_catalogue = self.stored_text(&["eventName"]).is_some_and(|name| name.starts_with("event_"));
        if version.is_empty() {
            // A null says plainly that it is pinned no more; a new webhook has nothing to say.
            self.set(&["eventVersion"], Some(Value::Null));
        } else if !is_version(version) {
            self.wrong(EVENT_VERSION, "A version is two numbers with a dot between them, such as 1.0.");
        } else if !is_catalogue {
            self.wrong(
                EVENT_VERSION,
                "Only events whose name begins with event_ have versions. Leave this empty.",
            );
        } else {
            self.set(&["eventVersion"], Some(json!(version)));
        }
    }

    fn endpoint(&mut self) {
        self.address(FieldPath::URL, &["url"], false);
    }

    /// An address: as typed, kept or, for a revert, given whole.
    pub fn address(&mut self, path: &'static str, keys: &[&str], https_only: bool) {
        let stored_text = self.stored_text(keys).unwrap_or_default().to_owned();
        let stored = Address::parse(&stored_text).ok();
        let entered = match self.input(path) {
            Some(FieldInput::Url(input)) => Address::from_input(input, stored.as_ref()),
            Some(FieldInput::Secret(SecretChange::Replace { value })) => whole(value.expose_secret()),
            Some(FieldInput::Secret(SecretChange::Keep)) | None
                if !stored_text.is_empty() || !self.is_new(path) =>
            {
                return;
            }
            Some(FieldInput::Secret(_)) | None => Err(UrlProblem::Empty),
            Some(_) => return self.wrong(path, "This is not an address."),
        };
        let (address, typed) = match entered {
            Err(problem) => return self.wrong(path, &problem.to_string()),
            Ok(entered) => entered,
        };
        let full = address.full();
        let full = full.expose_secret();
        if full == stored_text {
            return;
        }
        let words = match (address.scheme().as_deref(), https_only) {
            (None | Some("https"), _) | (Some("http"), false) => None,
            (Some(_), true) => Some("epilot takes HTTPS addresses here. Begin the address with https://"),
            (Some(_), false) => Some("Begin the address with https:// or http://"),
        };
        if let Some(words) = words {
            return self.wrong(path, words);
        }
        self.marked.push((path, new_values(typed, full, &stored_text)));
        self.set(keys, Some(json!(full)));
    }

    /// Whether a value must be entered: the webhook is new, or the authentication it belongs to.
    fn is_new(&self, path: &str) -> bool {
        self.creating || path != FieldPath::URL
    }

    fn plain(&mut self) {
        for plain in &PLAIN {
            match &plain.kind {
                PlainKind::Text => self.plain_text(plain, None),
                PlainKind::OneOf(options) => self.plain_text(plain, Some(options)),
                PlainKind::Flag => {
                    let stored = at(&self.after, plain.keys).and_then(Value::as_bool);
                    let wanted = self.flag(plain.path).filter(|flag| stored.unwrap_or(false) != *flag);
                    wanted.into_iter().for_each(|flag| self.set(plain.keys, Some(json!(flag))));
                }
                PlainKind::OwnFlag => {
                    let wanted = self.flag(plain.path);
                    wanted.into_iter().for_each(|flag| self.set(plain.keys, Some(json!(flag))));
                }
            }
        }
    }

    fn plain_text(&mut self, plain: &Plain, options: Option<&[(&str, &str)]>) {
        let stored = self.stored_text(plain.keys).unwrap_or_default().to_owned();
        let Some(wanted) = self.text(plain.path).filter(|text| *text != stored) else { return };
        if wanted.trim().is_empty() {
            self.set(plain.keys, None);
        } else if options.is_some_and(|options| options.iter().all(|(value, _)| *value != wanted)) {
            self.wrong(plain.path, "This is none of the choices.");
        } else {
            self.set(plain.keys, Some(json!(wanted)));
        }
    }

    fn lists(&mut self) {
        self.pairs(HEADERS, pairs::Shape::Headers, &["payloadConfiguration", "custom_headers"]);
        self.pairs(EXTRA_FIELDS, pairs::Shape::Expressions, &["multipartConfig", "extraFields"]);
    }

    /// A list of names with values.
    pub fn pairs(&mut self, path: &'static str, shape: pairs::Shape, keys: &[&str]) {
        let Some(FieldInput::Pairs(inputs)) = self.input(path) else { return };
        let inputs: &[PairInput] = inputs;
        match pairs::edit(shape, at(&self.after, keys), inputs) {
            Err(problem) => self.wrong(path, &problem),
            Ok(None) => {}
            Ok(Some((list, replaced))) => {
                self.marked.push((path, replaced));
                self.set(keys, Some(list));
            }
        }
    }

    pub fn set(&mut self, keys: &[&str], value: Option<Value>) {
        // A new webhook says nothing of what it does not have.
        let value = value.filter(|value| !(self.creating && value.is_null()));
        put(&mut self.after, keys, value);
    }

    pub fn wrong(&mut self, path: &str, message: &str) {
        self.errors.push(FieldError::at(path, message));
    }

    pub fn input(&self, path: &str) -> Option<&'a FieldInput> {
        self.draft.fields.get(&FieldPath::from(path))
    }

    pub fn text(&self, path: &str) -> Option<&'a str> {
        if let Some(FieldInput::Text(text)) = self.input(path) { Some(text) } else { None }
    }

    pub fn flag(&self, path: &str) -> Option<bool> {
        if let Some(FieldInput::Flag(flag)) = self.input(path) { Some(*flag) } else { None }
    }

    pub fn stored_text(&self, keys: &[&str]) -> Option<&str> {
        wire::text(at(&self.after, keys))
    }
}

/// A whole address, every query value of it typed anew.
fn whole(text: &str) -> Result<(Address, Vec<bool>), UrlProblem> {
    let address = Address::parse(text)?;
    let typed = all_typed(&address.view());
    Ok((address, typed))
}

fn is_version(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| number(major) && number(minor))
}

#[cfg(test)]
mod tests;
