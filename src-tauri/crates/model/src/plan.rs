use crate::{
    AppError, Capabilities, ConnectionId, ConnectionTag, FieldError, FieldPath, FieldValue, Fields, Notice,
    PlanId, Revision, WebhookDraft, WebhookId, WebhookRow,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// What the user wants written.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PlanRequest {
    /// A new webhook.
    Create {
        /// In which organisation.
        connection: ConnectionId,
        /// Its values.
        draft: WebhookDraft,
    },
    /// Changes to a webhook.
    Update {
        /// Which one.
        webhook: WebhookPick,
        /// The revision the changes were made on.
        revision: Revision,
        /// The changed values alone.
        draft: WebhookDraft,
    },
    /// Webhooks to delete, of any organisations.
    Delete {
        /// Which ones.
        webhooks: Vec<WebhookPick>,
    },
}

/// Names one webhook of one connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookPick {
    /// The connection.
    pub connection: ConnectionId,
    /// The vendor's id.
    pub id: WebhookId,
}

/// The changes a write would make, as they are shown. The plan itself, with what will be sent,
/// stays in the backend under `id`.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// Under which the backend keeps it.
    pub id: PlanId,
    /// Proof that this view was seen: applying asks for it.
    pub digest: String,
    /// The changes by organisation.
    pub groups: Vec<PlanGroup>,
    /// How many items would be written.
    pub writable: u32,
}

/// The changes to one organisation.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanGroup {
    /// The organisation.
    pub connection: ConnectionTag,
    /// The changes in order.
    pub items: Vec<PlanItem>,
    /// The exact requests, secrets as placeholders.
    pub requests: Vec<RequestPreview>,
    /// What to know before confirming.
    pub notices: Vec<Notice>,
}

/// The change to one webhook.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanItem {
    /// Its number in the plan, from 0, over all groups.
    pub index: u32,
    /// What is done.
    pub action: Action,
    /// The webhook; absent for a create.
    pub webhook: Option<WebhookId>,
    /// What it is called.
    pub title: String,
    /// Host, path and masked query.
    pub endpoint: String,
    /// The difference field by field.
    pub changes: Vec<FieldChange>,
    /// Whether it can be written.
    pub state: ItemState,
    /// What to know about this one.
    pub notices: Vec<Notice>,
}

/// What a write does to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Makes it.
    Create,
    /// Changes it.
    Update,
    /// Removes it.
    Delete,
}

/// Whether an item can be written.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ItemState {
    /// It can.
    Ready,
    /// Nothing would change.
    Unchanged,
    /// The vendor's copy is not the one the changes were made on.
    Stale {
        /// Its revision now: planning again on it accepts the vendor's changes.
        revision: Revision,
        /// What was read, what is there now, and what is wanted.
        fields: Vec<ThreeWay>,
    },
    /// It no longer exists at the vendor.
    Gone,
    /// Something entered is not right.
    Blocked {
        /// Which fields, and why.
        errors: Vec<FieldError>,
    },
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Where.
    pub path: FieldPath,
    /// The field's label.
    pub label: String,
    /// What the vendor has.
    pub before: Shown,
    /// What it would have.
    pub after: Shown,
    /// Whether it changes; a kept secret is listed and does not.
    pub changed: bool,
}

/// A value as a review shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Shown {
    /// Nothing is set.
    Nothing,
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// Several texts.
    List {
        /// The texts.
        items: Vec<String>,
    },
    /// A secret, in words.
    Secret {
        /// `stored`, `kept`, `new value`, `removed`.
        words: String,
    },
}

/// One field in the three versions of a conflict.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ThreeWay {
    /// Where.
    pub path: FieldPath,
    /// The field's label.
    pub label: String,
    /// As it was when the form was opened.
    pub read: Shown,
    /// As the vendor has it now.
    pub now: Shown,
    /// As the user wants it.
    pub yours: Shown,
    /// Who changed it.
    pub verdict: ThreeWayVerdict,
}

/// Who changed a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ThreeWayVerdict {
    /// Somebody else alone.
    Theirs,
    /// The user alone.
    Yours,
    /// Both, to the same value.
    Same,
    /// Both, to different values: the user's would win.
    Conflict,
}

/// A request as it will be sent, secrets as placeholders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestPreview {
    /// What it does, in a few words.
    pub title: String,
    /// `POST`.
    pub method: String,
    /// The address.
    pub url: String,
    /// The headers that matter, credentials as placeholders.
    pub headers: Vec<(String, String)>,
    /// The body as readable text.
    pub body: String,
}

/// Progress while a plan is applied.
#[expect(clippy::large_enum_variant, reason = "a handful at a time, on their way to the window")]
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ApplyEvent {
    /// An item is being written.
    Started {
        /// Which item.
        index: u32,
    },
    /// An item is finished.
    Finished {
        /// How it ended.
        result: ItemResult,
    },
}

/// How one item ended.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemResult {
    /// Which item.
    pub index: u32,
    /// How.
    pub outcome: ItemOutcome,
}

/// How an item ended.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ItemOutcome {
    /// Written and confirmed.
    Done {
        /// The webhook as the vendor answered; absent after a delete.
        row: Option<WebhookRow>,
        /// The answer was lost, and reading again showed that the write had happened.
        recovered: bool,
        /// Fields the vendor stored otherwise than asked.
        differences: Vec<FieldChange>,
        /// A later step of the same write failed: the webhook exists and is not all it should be.
        incomplete: Option<AppError>,
    },
    /// Refused because the vendor's copy changed since the plan.
    Stale,
    /// It failed, with the vendor's own words.
    Failed {
        /// What happened.
        error: AppError,
    },
    /// Never sent.
    NotAttempted {
        /// Why not.
        reason: String,
    },
}

/// The difference between two versions, in the order of the form. Secrets that stay are listed as
/// kept; other fields only where they differ.
pub fn diff_fields(capabilities: &Capabilities, before: &Fields, after: &Fields) -> Vec<FieldChange> {
    ordered_paths(capabilities, [before, after])
        .into_iter()
        .filter_map(|path| {
            let (old, new) = (before.get(&path), after.get(&path));
            let changed = old != new;
            let kept_secret = matches!(new, Some(FieldValue::Secret(s)) if s.stored);
            (changed || kept_secret).then(|| FieldChange {
                label: capabilities.label(&path).to_owned(),
                before: show(old, None),
                after: show(new, Some(old)),
                changed,
                path,
            })
        })
        .collect()
}

/// Compares what was read, what is there now and what is wanted; fields nobody changed are left out.
pub fn three_way(capabilities: &Capabilities, read: &Fields, now: &Fields, yours: &Fields) -> Vec<ThreeWay> {
    ordered_paths(capabilities, [read, now, yours])
        .into_iter()
        .filter_map(|path| {
            let (a, b, c) = (read.get(&path), now.get(&path), yours.get(&path));
            let verdict = match (a != b, a != c) {
                (false, false) => return None,
                (true, false) => ThreeWayVerdict::Theirs,
                (false, true) => ThreeWayVerdict::Yours,
                (true, true) if b == c => ThreeWayVerdict::Same,
                (true, true) => ThreeWayVerdict::Conflict,
            };
            let label = capabilities.label(&path).to_owned();
            Some(ThreeWay { path, label, read: show(a, None), now: show(b, None), yours: show(c, Some(a)), verdict })
        })
        .collect()
}

fn ordered_paths<const N: usize>(capabilities: &Capabilities, versions: [&Fields; N]) -> Vec<FieldPath> {
    let mut rest: BTreeSet<FieldPath> = versions.iter().flat_map(|v| v.keys().cloned()).collect();
    let mut ordered: Vec<_> = capabilities.fields().filter_map(|f| rest.take(&f.path)).collect();
    ordered.extend(rest);
    ordered
}

/// Shows a value; `earlier` is the value it replaces, when it is the new side of a difference.
fn show(value: Option<&FieldValue>, earlier: Option<Option<&FieldValue>>) -> Shown {
    let had_secret = matches!(earlier, Some(Some(FieldValue::Secret(s))) if s.stored);
    match value {
        None if had_secret => Shown::Secret { words: "removed".into() },
        None => Shown::Nothing,
        Some(FieldValue::Text(text)) => Shown::Text { text: text.clone() },
        Some(FieldValue::Integer(number)) => Shown::Text { text: number.to_string() },
        Some(FieldValue::Flag(on)) => Shown::Text { text: if *on { "on" } else { "off" }.into() },
        Some(FieldValue::List(items)) if items.is_empty() => Shown::Nothing,
        Some(FieldValue::List(items)) => Shown::List { items: items.clone() },
        Some(FieldValue::Url(url)) => Shown::Text { text: show_url(url) },
        Some(FieldValue::Json(value)) => Shown::Text { text: value.to_string() },
        Some(FieldValue::Secret(state)) => Shown::Secret {
            words: match (earlier, state.stored, state.replaced) {
                (_, false, _) => "removed",
                (Some(_), true, true) => "new value",
                (Some(_), true, false) => "kept",
                (None, true, true) => "another value",
                (None, true, false) => "stored",
            }
            .into(),
        },
    }
}

fn show_url(url: &crate::UrlView) -> String {
    let replaced: Vec<_> = url.query.iter().filter(|q| q.replaced).map(|q| q.name.as_str()).collect();
    match replaced.as_slice() {
        [] => url.masked.clone(),
        names => format!("{} (new value for {})", url.masked, names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventsPerWebhook, OnOff, SecretState, StoredSecrets};

    fn capabilities() -> Capabilities {
        Capabilities {
            sections: vec![],
            on_off: OnOff::AlwaysOn,
            events_per_webhook: EventsPerWebhook::Many,
            stored_secrets: StoredSecrets::Returned,
            notices: vec![],
        }
    }

    fn fields(pairs: &[(&str, FieldValue)]) -> Fields {
        pairs.iter().map(|(path, value)| (FieldPath::from(*path), value.clone())).collect()
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    #[test]
    fn a_difference_lists_changed_fields_and_kept_secrets_only() {
        let secret = FieldValue::Secret(SecretState::STORED);
        let before = fields(&[("name", text("a")), ("url", text("u")), ("key", secret.clone())]);
        let after = fields(&[("name", text("b")), ("url", text("u")), ("key", secret)]);
        let changes = diff_fields(&capabilities(), &before, &after);
        let seen: Vec<_> = changes.iter().map(|c| (c.path.as_str(), c.changed)).collect();
        assert_eq!(seen, [("key", false), ("name", true)]);
        assert_eq!(changes[0].after, Shown::Secret { words: "kept".into() });
    }

    #[test]
    fn a_secret_that_goes_is_shown_as_removed_and_a_new_one_as_new() {
        let before = fields(&[("a", FieldValue::Secret(SecretState::STORED))]);
        let after = fields(&[("b", FieldValue::Secret(SecretState::REPLACED))]);
        let changes = diff_fields(&capabilities(), &before, &after);
        assert_eq!(changes[0].after, Shown::Secret { words: "removed".into() });
        assert_eq!(changes[1].after, Shown::Secret { words: "new value".into() });
    }

    #[test]
    fn a_conflict_names_who_changed_what() {
        let read = fields(&[("a", text("1")), ("b", text("1")), ("c", text("1")), ("d", text("1")), ("e", text("1"))]);
        let now = fields(&[("a", text("2")), ("b", text("1")), ("c", text("2")), ("d", text("2")), ("e", text("1"))]);
        let yours = fields(&[("a", text("1")), ("b", text("3")), ("c", text("2")), ("d", text("3")), ("e", text("1"))]);
        let verdicts: Vec<_> =
            three_way(&capabilities(), &read, &now, &yours).into_iter().map(|t| t.verdict).collect();
        use ThreeWayVerdict::{Conflict, Same, Theirs, Yours};
        assert_eq!(verdicts, [Theirs, Yours, Same, Conflict]);
    }
}
