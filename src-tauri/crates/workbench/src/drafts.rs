//! What was changed in a form and not saved: kept until it is saved or thrown away, without the secrets.
//!
//! The organisations of the sandbox are stored like any other, and their drafts too: their webhooks have the same
//! ids at every start.

use crate::view::{DraftRequest, KeepDraftRequest, KeptDraft};
use crate::{Workbench, failure, now_ms};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tacklebox_model::{AppError, Connection, EndpointUrl, Fault, WebhookId};

/// The longest draft that is kept, in bytes of JSON.
const MAX_BYTES: usize = 1024 * 1024;

/// What is written down of a form.
#[derive(Serialize, Deserialize)]
struct Kept {
    form: Value,
    withheld: u32,
}

impl Workbench {
    /// What was changed in a form and not saved.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn kept_draft(&self, request: &DraftRequest) -> Result<Option<KeptDraft>, AppError> {
        let found =
            self.store.draft(&request.connection, request.webhook.as_ref()).map_err(failure::store)?;
        Ok(found.map(|(kept_ms, Kept { form, withheld })| KeptDraft { kept_ms, form, withheld }))
    }

    /// Keeps what was changed in a form, in place of what was kept of it before. Every secret that was typed is
    /// taken out first: nothing of it reaches the disk.
    ///
    /// # Errors
    /// The connection does not exist, the form is longer than 1 MiB without its secrets, or the database cannot be
    /// written. What was kept before stays then.
    pub fn keep_draft(&self, request: KeepDraftRequest) -> Result<(), AppError> {
        let KeepDraftRequest { connection, webhook, mut form } = request;
        self.connection(&connection)?;
        if !form.is_object() {
            return Err(AppError::internal("What was changed in the form could not be kept."));
        }
        let withheld = withhold(&mut form);
        if form.to_string().len() > MAX_BYTES {
            return Err(too_long());
        }
        let kept = Kept { form, withheld };
        self.store.put_draft(&connection, webhook.as_ref(), now_ms(), &kept).map_err(failure::store)
    }

    /// Forgets what was kept of a form.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn discard_draft(&self, request: &DraftRequest) -> Result<(), AppError> {
        self.store.forget_draft(&request.connection, request.webhook.as_ref()).map_err(failure::store)
    }

    /// Forgets the form of a webhook that is gone. What fails is logged: the webhook is gone all the same.
    pub(crate) fn drop_draft(&self, connection: &Connection, webhook: &WebhookId) {
        if let Err(error) = self.store.forget_draft(&connection.id, Some(webhook)) {
            tracing::error!(%error, %webhook, "the draft of a deleted webhook could not be removed");
        }
    }
}

fn too_long() -> AppError {
    let message = "This form is too long to be kept for later: it has more than 1 MiB.";
    AppError::new(Fault::Validation { fields: vec![] }, message)
        .advise("Save it before you close the window, or it is lost.")
}

/// Takes every typed secret out, wherever it stands in the form, and says how many there were.
fn withhold(value: &mut Value) -> u32 {
    match value {
        Value::Array(items) => items.iter_mut().map(withhold).fold(0, u32::saturating_add),
        Value::Object(object) => {
            let own = withhold_change(object).saturating_add(withhold_address(object));
            object.values_mut().map(withhold).fold(own, u32::saturating_add)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The value of a [`tacklebox_model::SecretChange`]. Of its moves only *Replace* has one, and none may keep one here.
fn withhold_change(object: &mut Map<String, Value>) -> u32 {
    let is_change = object.contains_key("move");
    match object.get_mut("value").filter(|_| is_change) {
        Some(value) if !value.is_null() && value != "" => {
            *value = Value::String(String::new());
            1
        }
        Some(_) | None => 0,
    }
}

/// Credentials and a query that were typed into the base of a [`tacklebox_model::UrlInput`].
fn withhold_address(object: &mut Map<String, Value>) -> u32 {
    let is_address = object.contains_key("query") || object.contains_key("keepUserinfo");
    let Some(Value::String(base)) = object.get_mut("base").filter(|_| is_address) else { return 0 };
    let (clean, withheld) = match EndpointUrl::parse(base.trim()) {
        Ok(url) => {
            let view = url.view();
            let params = view.query.iter().filter(|param| param.has_value || !param.name.is_empty());
            (view.base, count(params).saturating_add(u32::from(view.has_userinfo)))
        }
        Err(_) => cut(base),
    };
    if withheld > 0 {
        *base = clean;
    }
    withheld
}

/// A text that is no address yet without what may be secret in it, and how much was cut.
fn cut(base: &str) -> (String, u32) {
    let (scheme, rest) = match base.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), base),
    };
    let authority_end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(authority_end);
    if after.contains('@') {
        // A password may have such characters in it: then nobody can say where it ends.
        return (String::new(), 1);
    }
    let host = authority.rsplit_once('@').map(|(_, host)| host);
    let (path, query) = after.split_once('?').unwrap_or((after, ""));
    let params = count(query.split('&').filter(|param| !param.is_empty()));
    let clean = format!("{scheme}{}{path}", host.unwrap_or(authority));
    (clean, params.saturating_add(u32::from(host.is_some())))
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn withheld(mut form: Value) -> (Value, u32) {
        let withheld = withhold(&mut form);
        (form, withheld)
    }

    fn base(base: &str) -> (String, u32) {
        let (form, withheld) = withheld(json!({ "base": base, "keepUserinfo": true, "query": [] }));
        (form["base"].as_str().unwrap().to_owned(), withheld)
    }

    #[test]
    fn typed_secrets_are_taken_out_wherever_they_stand_and_all_else_stays() {
        let replace = |value: &str| json!({ "move": "replace", "value": value });
        let form = |value: &str| {
            json!({
                "name": { "type": "text", "value": "Rooms" },
                "timeout": { "type": "integer", "value": null },
                "secret": { "type": "secret", "value": replace(value) },
                "untouched": { "type": "secret", "value": replace("") },
                "kept": { "type": "secret", "value": { "move": "keep" } },
                "url": { "type": "url", "value": {
                    "base": "https://h.example/x", "keepUserinfo": true,
                    "query": [
                        { "name": "a", "origin": 0, "value": { "move": "keep" } },
                        { "name": "b", "origin": null, "value": replace(value) },
                    ],
                } },
                "headers": { "type": "pairs", "value": [
                    { "group": null, "name": "x", "origin": null, "value": replace(value) },
                    { "group": null, "name": "y", "origin": 1, "value": { "move": "clear" } },
                ] },
                "conditions": { "type": "conditions", "value": { "all": true, "rows": [
                    { "kind": "field", "field": "move", "values": ["replace"], "origin": null },
                ] } },
                "filter": { "type": "jsonText", "value": "{\"move\": \"replace\", \"value\": 1" },
            })
        };
        assert_eq!(withheld(form("hunter2")), (form(""), 3));
        assert_eq!(withheld(form("")), (form(""), 0));
    }

    #[test]
    fn a_move_with_a_value_it_cannot_have_loses_it() {
        for odd in [json!({ "move": "keep", "value": "x" }), json!({ "move": "replace", "value": ["x"] })] {
            let (form, withheld) = withheld(odd);
            assert_eq!((&form["value"], withheld), (&json!(""), 1));
        }
    }

    #[test]
    fn credentials_and_a_query_typed_into_an_address_are_taken_out() {
        let cases = [
            ("https://h.example/x#y", "https://h.example/x#y", 0),
            (" https://h.example ", " https://h.example ", 0),
            ("https://me:pw@h.example/x?k=v&flag#y", "https://h.example/x#y", 3),
            ("https://h.example/@me?", "https://h.example/@me?", 0),
            // None of these is an address yet.
            ("me:pw@h", "h", 1),
            ("https://me:pw@{{ env.host }}/x?k=v&l=w", "https://{{ env.host }}/x", 3),
            ("{{ env.host }}/x?key={{ env.key }}", "{{ env.host }}/x", 1),
            ("https://me:pw@", "https://", 1),
            ("https://me:p/w@h.example", "", 1),
            ("https://me:p?w@h.example/x", "", 1),
            ("https:/me:pw@h.example/x", "", 1),
            ("https://h.exa mple/x", "https://h.exa mple/x", 0),
            ("", "", 0),
        ];
        for (typed, clean, withheld) in cases {
            assert_eq!(base(typed), (clean.to_owned(), withheld), "{typed}");
        }
    }

    #[test]
    fn what_is_named_like_an_address_and_is_none_stays() {
        let other = json!({ "base": "https://me:pw@h.example/?k=v" });
        assert_eq!(withheld(other.clone()), (other, 0));
    }
}
