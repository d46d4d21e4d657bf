use crate::{
    AppError, ConnectionId, ConnectionTag, FieldError, FieldPath, Notice, PlanId, Revision, WebhookDraft,
    WebhookId, WebhookRow,
};
use serde::{Deserialize, Serialize};
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
        /// The webhook of the same organisation it was made from: what `Keep` in the draft refers to.
        #[serde(default)]
        source: Option<WebhookId>,
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
    /// Webhooks to switch on or off, of any organisations.
    Switch {
        /// Which ones.
        webhooks: Vec<WebhookPick>,
        /// On or off.
        on: bool,
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
    /// Why nothing could be planned here, if so; the other groups do not suffer.
    pub failed: Option<AppError>,
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
    /// What the user must agree to for this one in particular, in words. Applying asks for it.
    pub ask_again: Option<String>,
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
    /// The same as a shell command, secrets as environment variables.
    pub curl: String,
    /// The same as a GraphQL document with its variables, where the vendor speaks it.
    pub graphql: Option<String>,
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
    /// The vendor's limit on requests is used up; writing goes on by itself.
    Waiting {
        /// At which organisation.
        connection: ConnectionId,
        /// How long, in milliseconds.
        wait_ms: u64,
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
#[expect(clippy::large_enum_variant, reason = "a handful at a time, on their way to the window")]
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
        /// Secrets the vendor told once, with this answer.
        secrets: Vec<OneTimeSecret>,
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

/// A secret that the vendor told once. The value is not in here: it is asked for with *Copy* or *Reveal*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OneTimeSecret {
    /// The webhook it belongs to.
    pub webhook: WebhookPick,
    /// Under which it is asked for.
    pub path: FieldPath,
    /// What it is called.
    pub label: String,
    /// Where it is now.
    pub kept: KeptWhere,
}

/// Where a secret that was told once is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KeptWhere {
    /// In the keyring.
    Keyring,
    /// In memory, which is enough: the organisation is simulated and ends with the program.
    Sandbox,
    /// In memory alone, until the program ends: the user must save it elsewhere.
    MemoryOnly {
        /// Why it is not in the keyring.
        reason: String,
    },
}
