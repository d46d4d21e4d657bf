//! From what a user changed to what Butlr is sent.
//!
//! An update is partial, except that `endpoint_config` is replaced whole: keeping a secret means sending
//! back the one that was just read, and fields we do not know go back with it.

use super::schema::{FILTERS, Keys, SEND_ON_VALUE_CHANGE, Schema};
use super::wire::{
    API_KEY, API_KEY_HEADER, API_KEY_VALUE, BASIC, BASIC_PASSWORD, BASIC_USERNAME, FILTER_KEYS, VALUE_CHANGE,
};
use super::{capabilities::TIMEOUT_RANGE, wire};
use crate::address::{new_values, whole};
use crate::{Prepared, RawObject, Remote, Write, WriteAction};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tacklebox_model::{
    EndpointUrl, FieldError, FieldInput, FieldPath, FieldValue, Fields, Notice, NoticeLevel, SecretChange,
    SecretState, UrlProblem, WebhookDraft,
};

/// The two steps of a write: what the first request holds, and what must follow once the id is known.
pub const INPUT: &str = "input";
pub const THEN: &str = "then";

/// Turns a draft into a write, or says which fields are not right.
pub fn prepare(
    schema: &Schema,
    draft: &WebhookDraft,
    base: Option<&Remote>,
) -> Result<Prepared, Vec<FieldError>> {
    let mut editor = Editor::new(schema, draft, base);
    editor.name();
    editor.events();
    editor.endpoint();
    editor.filters();
    editor.value_change();
    if !editor.errors.is_empty() {
        return Err(editor.errors);
    }
    let (after, fields) = editor.finish();
    let endpoint = wire::endpoint(&fields);
    let name = after.get("name").and_then(Value::as_str).unwrap_or_default();
    let title = wire::title(name.to_owned(), &endpoint);
    let (write, notices) = match base {
        Some(base) => update(schema, base, &after),
        None => create(schema, after),
    };
    Ok(Prepared { fields, title, endpoint, notices, write })
}

fn update(schema: &Schema, base: &Remote, after: &Map<String, Value>) -> (Write, Vec<Notice>) {
    let before = base.raw.value();
    let mut input = Map::new();
    input.insert("id".into(), json!(base.webhook.id.as_str()));
    for (key, value) in after {
        if before.get(key).unwrap_or(&Value::Null) != value {
            input.insert(key.clone(), value.clone());
        }
    }
    let replaces_endpoint = input.contains_key(schema.spelling.keys().endpoint_config);
    let notices = match replaces_endpoint && !schema.lost_endpoint_fields.is_empty() {
        true => vec![may_be_lost(&schema.lost_endpoint_fields)],
        false => vec![],
    };
    let action = WriteAction::Update(base.webhook.id.clone());
    (Write { action, body: RawObject::new(json!({ INPUT: input, THEN: null })) }, notices)
}

fn create(schema: &Schema, mut after: Map<String, Value>) -> (Write, Vec<Notice>) {
    let mut then = Map::new();
    if !schema.filters_on_create {
        for key in [FILTERS, SEND_ON_VALUE_CHANGE] {
            then.extend(after.remove_entry(key));
        }
    }
    let notices = if then.is_empty() { vec![] } else { vec![two_steps()] };
    let then = if then.is_empty() { Value::Null } else { Value::Object(then) };
    let body = RawObject::new(json!({ INPUT: after, THEN: then }));
    (Write { action: WriteAction::Create, body }, notices)
}

fn two_steps() -> Notice {
    Notice {
        level: NoticeLevel::Warning,
        path: None,
        words:
            "Here Butlr takes filters only for a webhook that exists: it is created first and its filter set \
                right after. In between it may send unfiltered events."
                .into(),
    }
}

fn may_be_lost(fields: &[String]) -> Notice {
    Notice {
        level: NoticeLevel::Warning,
        path: None,
        words: format!(
            "Butlr replaces the endpoint's settings as a whole, and has some that Tacklebox cannot read: {}. If \
             this webhook uses them, they are lost.",
            fields.join(", ")
        ),
    }
}

/// Applies a draft to a webhook in Butlr's own spelling, field by field, and collects what is not right.
struct Editor<'a> {
    schema: &'a Schema,
    keys: Keys,
    draft: &'a WebhookDraft,
    base: Option<&'a Remote>,
    after: Map<String, Value>,
    replaced: Vec<&'static str>,
    replaced_query: Option<Vec<bool>>,
    errors: Vec<FieldError>,
}

impl<'a> Editor<'a> {
    fn new(schema: &'a Schema, draft: &'a WebhookDraft, base: Option<&'a Remote>) -> Self {
        let after = base.and_then(|b| b.raw.value().as_object()).cloned().unwrap_or_default();
        let keys = schema.spelling.keys();
        Self { schema, keys, draft, base, after, replaced: vec![], replaced_query: None, errors: vec![] }
    }

    fn finish(self) -> (Map<String, Value>, Fields) {
        let mut fields = wire::fields(&self.keys, &Value::Object(self.after.clone()));
        for path in self.replaced {
            fields.insert(FieldPath::from(path), FieldValue::Secret(SecretState::REPLACED));
        }
        if let (Some(replaced), Some(FieldValue::Url(url))) =
            (self.replaced_query, fields.get_mut(&FieldPath::from(FieldPath::URL)))
        {
            for (param, replaced) in url.query.iter_mut().zip(replaced) {
                param.replaced = replaced;
            }
        }
        (self.after, fields)
    }

    fn name(&mut self) {
        match self.text(FieldPath::NAME) {
            Some(name) if name.trim().is_empty() => self.wrong(FieldPath::NAME, "Enter a name."),
            Some(name) => self.set("name", json!(name)),
            None if self.base.is_none() => self.wrong(FieldPath::NAME, "Enter a name."),
            None => {}
        }
    }

    fn events(&mut self) {
        let key = self.keys.event_types;
        match self.list(FieldPath::EVENTS) {
            Some([]) => self.wrong(FieldPath::EVENTS, "Choose at least one event."),
            // What is shown as it is stored goes back as it is stored.
            Some(events) if wire::texts(self.after.get(key)) == events => {}
            Some(events) => self.set(key, json!(events)),
            None if self.base.is_none() => self.wrong(FieldPath::EVENTS, "Choose at least one event."),
            None => {}
        }
    }

    fn endpoint(&mut self) {
        let stored = self.after.get(self.keys.endpoint_config).and_then(Value::as_object).cloned();
        let mut endpoint = stored.clone().unwrap_or_default();
        self.url(&mut endpoint);
        self.timeout(&mut endpoint);
        let api_key = Pair {
            switch: API_KEY,
            name: (
                API_KEY_HEADER,
                "key",
                "Enter the name of the header your endpoint reads, for example x-api-key.",
            ),
            secret: (API_KEY_VALUE, "value", "Enter the key, or switch API key off."),
        };
        self.pair(&mut endpoint, self.keys.api_key, &api_key);
        let basic = Pair {
            switch: BASIC,
            name: (BASIC_USERNAME, "username", "Enter the user name."),
            secret: (BASIC_PASSWORD, "password", "Enter the password, or switch Basic off."),
        };
        self.pair(&mut endpoint, self.keys.basic_auth, &basic);
        if stored.unwrap_or_default() != endpoint {
            self.set(self.keys.endpoint_config, Value::Object(endpoint));
        }
    }

    fn url(&mut self, endpoint: &mut Map<String, Value>) {
        let stored_text = endpoint.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
        let stored = EndpointUrl::parse(&stored_text).ok();
        let entered = match self.input(FieldPath::URL) {
            Some(FieldInput::Url(input)) => EndpointUrl::from_input(input, stored.as_ref()),
            // A revert has the whole address, as it was revealed.
            Some(FieldInput::Secret(SecretChange::Replace { value })) => whole(value.expose_secret()),
            Some(FieldInput::Secret(SecretChange::Keep)) | None if self.base.is_some() => return,
            None => Err(UrlProblem::Empty),
            Some(_) => return self.wrong(FieldPath::URL, "This is not an address."),
        };
        match entered {
            Err(problem) => self.wrong(FieldPath::URL, &problem.to_string()),
            Ok((url, _)) if url.full().expose_secret() == stored_text => {}
            Ok((url, _)) if !url.is_https() => {
                self.wrong(
                    FieldPath::URL,
                    "Butlr sends to HTTPS addresses only. Begin the address with https://",
                );
            }
            Ok((url, typed)) => {
                let full = url.full();
                endpoint.insert("url".into(), json!(full.expose_secret()));
                self.replaced_query = Some(new_values(typed, full.expose_secret(), &stored_text));
            }
        }
    }

    fn timeout(&mut self, endpoint: &mut Map<String, Value>) {
        let seconds = match self.input(FieldPath::TIMEOUT) {
            Some(FieldInput::Integer(seconds)) => *seconds,
            Some(_) => None,
            None if self.base.is_some() => return,
            None => None,
        };
        match seconds.filter(|s| TIMEOUT_RANGE.contains(s)) {
            Some(seconds) => drop(endpoint.insert(self.keys.http_timeout.into(), json!(seconds))),
            None => self.wrong(FieldPath::TIMEOUT, "Enter a whole number of seconds from 1 to 15."),
        }
    }

    /// A name with a secret behind a switch: the API key header, or user name and password.
    fn pair(&mut self, endpoint: &mut Map<String, Value>, key: &str, pair: &Pair) {
        let stored = endpoint.get(key).and_then(Value::as_object).cloned();
        if !self.flag(pair.switch).unwrap_or(stored.is_some()) {
            // A null says plainly that it goes; leaving it out might be read as keeping it.
            if stored.is_some() {
                endpoint.insert(key.into(), Value::Null);
            }
            return;
        }
        let mut object = stored.unwrap_or_default();
        self.pair_name(&mut object, pair.name);
        self.pair_secret(&mut object, pair.secret);
        endpoint.insert(key.into(), Value::Object(object));
    }

    fn pair_name(&mut self, object: &mut Map<String, Value>, (path, field, missing): Part) {
        match self.text(path) {
            Some(name) if object.get(field).and_then(Value::as_str) == Some(name) => {}
            Some(name) if !name.trim().is_empty() => drop(object.insert(field.into(), json!(name.trim()))),
            None if object.contains_key(field) => {}
            Some(_) | None => self.wrong(path, missing),
        }
    }

    fn pair_secret(&mut self, object: &mut Map<String, Value>, (path, field, missing): Part) {
        match self.input(path) {
            Some(FieldInput::Secret(SecretChange::Replace { value }))
                if !value.expose_secret().is_empty() =>
            {
                let old = object.insert(field.into(), json!(value.expose_secret()));
                if old.as_ref().and_then(Value::as_str) != Some(value.expose_secret()) {
                    self.replaced.push(path);
                }
            }
            Some(FieldInput::Secret(SecretChange::Keep)) | None if object.contains_key(field) => {}
            Some(_) | None => self.wrong(path, missing),
        }
    }

    fn filters(&mut self) {
        let stored = self.after.get(FILTERS).and_then(Value::as_object).cloned();
        let mut filters = stored.clone().unwrap_or_default();
        for known in &FILTER_KEYS {
            let path = known.path();
            let Some(ids) = self.list(path.as_str()) else { continue };
            // What is shown as it is stored goes back as it is stored.
            if wire::texts(filters.get(known.key)) == ids {
                continue;
            }
            if !self.schema.filters {
                self.wrong(path.as_str(), NO_FILTERS);
            }
            match ids {
                [] => drop(filters.shift_remove(known.key)),
                ids => drop(filters.insert(known.key.into(), json!(ids))),
            }
        }
        // How a filter is cleared is not documented: an empty object says it without ambiguity, and a
        // webhook that never had one is left as it is.
        if stored.unwrap_or_default() != filters {
            self.set(FILTERS, Value::Object(filters));
        }
    }

    fn value_change(&mut self) {
        let stored = self.after.get(SEND_ON_VALUE_CHANGE).and_then(Value::as_bool);
        let Some(flag) = self.flag(VALUE_CHANGE).filter(|flag| stored.unwrap_or(false) != *flag) else {
            return;
        };
        if !self.schema.filters {
            self.wrong(VALUE_CHANGE, NO_FILTERS);
        }
        self.set(SEND_ON_VALUE_CHANGE, json!(flag));
    }

    fn set(&mut self, key: &str, value: Value) {
        self.after.insert(key.into(), value);
    }

    fn wrong(&mut self, path: &str, message: &str) {
        self.errors.push(FieldError::at(path, message));
    }

    fn input(&self, path: &str) -> Option<&'a FieldInput> {
        self.draft.fields.get(&FieldPath::from(path))
    }

    fn text(&self, path: &str) -> Option<&'a str> {
        if let Some(FieldInput::Text(text)) = self.input(path) { Some(text) } else { None }
    }

    fn list(&self, path: &str) -> Option<&'a [String]> {
        if let Some(FieldInput::List(items)) = self.input(path) { Some(items) } else { None }
    }

    fn flag(&self, path: &str) -> Option<bool> {
        if let Some(FieldInput::Flag(flag)) = self.input(path) { Some(*flag) } else { None }
    }
}

/// Path, wire name and what to say when it is missing.
type Part = (&'static str, &'static str, &'static str);

struct Pair {
    switch: &'static str,
    name: Part,
    secret: Part,
}

const NO_FILTERS: &str = "This organisation's Butlr has no filters for webhooks. Leave this empty.";

#[cfg(test)]
mod tests;
