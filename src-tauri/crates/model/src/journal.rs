use crate::{ConnectionTag, FieldChange, Fields, JournalId, Revision, WebhookId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The record of one write. Holds no secret: those a revert needs wait in the keyring under `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// Its identifier.
    pub id: JournalId,
    /// Milliseconds since 1970 when it was written, before the request was sent.
    pub started_ms: i64,
    /// Milliseconds since 1970 when the outcome was known.
    pub finished_ms: Option<i64>,
    /// The organisation, as it was called then.
    pub connection: ConnectionTag,
    /// What was done.
    pub action: JournalAction,
    /// The webhook; absent for a create whose answer has not come.
    pub webhook: Option<WebhookId>,
    /// What the webhook was called.
    pub title: String,
    /// All values before; absent for a create.
    #[ts(as = "Option<std::collections::BTreeMap<String, crate::FieldValue>>")]
    pub before: Option<Fields>,
    /// All values as they were meant to be, and after success as the vendor answered; absent for a delete.
    #[ts(as = "Option<std::collections::BTreeMap<String, crate::FieldValue>>")]
    pub after: Option<Fields>,
    /// The difference as it was shown in the review.
    pub changes: Vec<FieldChange>,
    /// The revision the change was planned on.
    pub planned_on: Option<Revision>,
    /// Where the secrets a revert needs are kept.
    pub revert_secrets: RevertSecrets,
    /// How it ended.
    pub outcome: JournalOutcome,
}

/// What a write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum JournalAction {
    /// A webhook was created.
    Create,
    /// A webhook was changed.
    Update,
    /// A webhook was deleted.
    Delete,
    /// Deliveries were sent again.
    Replay,
}

/// Where the secrets that a revert needs are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RevertSecrets {
    /// The webhook had none, or the vendor does not return them.
    None,
    /// In the keyring, until the entry expires.
    Keyring,
    /// In memory; gone when the program ends.
    Session,
    /// They could not be kept.
    Lost,
    /// They were removed because the entry expired.
    Expired,
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum JournalOutcome {
    /// Written down and not yet known. After a crash this means: uncertain.
    Pending,
    /// The vendor confirmed it.
    Done {
        /// The answer was lost, and reading again showed that the write had happened.
        recovered: bool,
    },
    /// It did not happen.
    Failed {
        /// What happened, in words, free of secrets.
        message: String,
    },
    /// It may or may not have happened, and reading again could not settle it.
    Uncertain {
        /// What happened, in words, free of secrets.
        message: String,
    },
}
