//! The record of every write: begun before a request is sent, completed after, with the secrets a
//! revert would need kept in the vault under the entry.

use crate::plan::{PlannedItem, pair_paths};
use crate::view::ReplayRequest;
use crate::{Workbench, failure, now_ms};
use tacklebox_model::{
    Action, AppError, Connection, ConnectionId, DeliveryId, FieldChange, FieldPath, FieldValue, Fields,
    JournalAction, JournalEntry, JournalId, JournalOutcome, RevertSecrets, Secret, Shown, VaultStatus,
};
use tacklebox_providers::{Remote, Session};
use tacklebox_vault::{Vault, VaultKey};

/// How long the secrets that a revert needs are kept.
pub const KEEP_REVERT_SECRETS_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Workbench {
    /// Writes an entry down before its request is sent, and keeps the secrets that a revert would need.
    ///
    /// # Errors
    /// The database fails: then nothing may be sent.
    pub(crate) async fn begin_entry(
        &self,
        connection: &Connection,
        session: &dyn Session,
        planned: &PlannedItem,
    ) -> Result<JournalEntry, AppError> {
        let secrets = planned.base.as_ref().map(|base| session.revert_secrets(base)).unwrap_or_default();
        let mut entry = new_entry(connection, planned);
        if secrets.is_empty() {
            self.store.begin_journal(&entry).map_err(failure::store)?;
            return Ok(entry);
        }
        // Until they are kept they count as lost. The entry comes first: no secret without its owner.
        entry.revert_secrets = RevertSecrets::Lost;
        self.store.begin_journal(&entry).map_err(failure::store)?;
        let kept = self.keep_revert_secrets(connection, &entry.id, secrets).await;
        if let Err(error) = self.store.note_revert_secrets(&entry.id, kept) {
            let message = "Tacklebox's database failed before it was sent.".to_owned();
            self.complete_entry(entry, None, JournalOutcome::Failed { message });
            return Err(failure::store(error));
        }
        entry.revert_secrets = kept;
        Ok(entry)
    }

    /// Writes down that deliveries are about to be sent again.
    ///
    /// # Errors
    /// The database fails: then nothing may be sent.
    pub(crate) fn begin_replay(
        &self,
        connection: &Connection,
        request: &ReplayRequest,
        deliveries: &[DeliveryId],
    ) -> Result<JournalEntry, AppError> {
        let seen = self.store.seen_webhook(&request.webhook).map_err(failure::store)?;
        let entry = JournalEntry {
            id: JournalId::random(),
            started_ms: now_ms(),
            finished_ms: None,
            connection: connection.tag(),
            action: JournalAction::Replay,
            webhook: Some(request.webhook.id.clone()),
            title: seen.map_or_else(|| request.webhook.id.to_string(), |webhook| webhook.title),
            before: None,
            after: None,
            changes: replayed(request, deliveries, &[]),
            planned_on: None,
            revert_secrets: RevertSecrets::None,
            outcome: JournalOutcome::Pending,
        };
        self.store.begin_journal(&entry).map_err(failure::store)?;
        Ok(entry)
    }

    /// Completes an entry. A database that fails now cannot undo what the vendor did: the entry stays
    /// pending, which is read as uncertain.
    pub(crate) fn complete_entry(
        &self,
        mut entry: JournalEntry,
        answered: Option<&Remote>,
        outcome: JournalOutcome,
    ) {
        entry.finished_ms = Some(now_ms());
        entry.outcome = outcome;
        if let Some(remote) = answered {
            entry.webhook = Some(remote.webhook.id.clone());
            entry.after = Some(remote.webhook.fields.clone());
        }
        if let Err(error) = self.store.complete_journal(&entry) {
            tracing::error!(%error, entry = %entry.id, "journal entry not completed");
        }
    }

    async fn keep_revert_secrets(
        &self,
        connection: &Connection,
        id: &JournalId,
        secrets: Vec<(FieldPath, Secret)>,
    ) -> RevertSecrets {
        for (path, secret) in secrets {
            let key = VaultKey::journal(id, path.as_str());
            if connection.built_in {
                // The sandbox forgets its webhooks when the program ends, and so may the vault.
                self.vault.put_session_only(&key, secret).await;
            } else if let Err(error) = self.vault.put(&key, &secret).await {
                tracing::warn!(%error, "a secret for a revert could not be kept");
                return RevertSecrets::Lost;
            }
        }
        match self.vault_status() {
            VaultStatus::Keyring { .. } if !connection.built_in => RevertSecrets::Keyring,
            VaultStatus::Keyring { .. } | VaultStatus::SessionOnly { .. } => RevertSecrets::Session,
        }
    }

    /// Notes that a write which was turned away without effect waits. Should the program end meanwhile, the record
    /// says that nothing was sent; where this cannot be noted, it is left uncertain.
    pub(crate) fn entry_waits(&self, entry: &JournalEntry) {
        if let Err(error) = self.store.note_waiting(&entry.id, true) {
            tracing::error!(%error, entry = %entry.id, "it could not be noted that a write waits");
        }
    }

    /// Notes that a write which waited is about to be sent.
    ///
    /// # Errors
    /// The database fails: then nothing may be sent.
    pub(crate) fn entry_goes(&self, entry: &JournalEntry) -> Result<(), AppError> {
        self.store.note_waiting(&entry.id, false).map_err(failure::store)
    }

    /// Entries an earlier run began and never completed: the program ended before the answer came, or while it
    /// waited to send the request.
    pub(crate) fn mark_interrupted(&self) -> Result<(), AppError> {
        for mut entry in self.store.waiting_journal().map_err(failure::store)? {
            let message = "Tacklebox ended while it waited for the vendor. It was not sent.".to_owned();
            entry.outcome = JournalOutcome::Failed { message };
            self.store.complete_journal(&entry).map_err(failure::store)?;
        }
        for mut entry in self.store.pending_journal().map_err(failure::store)? {
            tracing::warn!(entry = %entry.id, "a write was interrupted");
            entry.outcome =
                JournalOutcome::Uncertain { message: "Tacklebox ended before the answer came.".to_owned() };
            self.store.complete_journal(&entry).map_err(failure::store)?;
        }
        Ok(())
    }

    /// Removes the secrets of entries that are too old to be reverted. A keyring that cannot be used now is
    /// asked at a later start.
    pub(crate) async fn expire_revert_secrets(&self) -> Result<(), AppError> {
        let limit = now_ms() - KEEP_REVERT_SECRETS_DAYS * DAY_MS;
        if !self.keyring_works() {
            return Ok(());
        }
        for entry in self.store.journal_with_secrets_before(limit).map_err(failure::store)? {
            self.drop_secrets_of(&entry).await?;
        }
        Ok(())
    }

    /// Removes the secrets of every entry of a connection that goes.
    pub(crate) async fn drop_revert_secrets(&self, connection: &ConnectionId) -> Result<(), AppError> {
        for entry in self.store.journal_with_secrets_of(connection).map_err(failure::store)? {
            self.drop_secrets_of(&entry).await?;
        }
        Ok(())
    }

    async fn drop_secrets_of(&self, entry: &JournalEntry) -> Result<(), AppError> {
        for path in entry.before.iter().flat_map(secret_paths) {
            self.vault.delete(&VaultKey::journal(&entry.id, path.as_str())).await.map_err(failure::vault)?;
        }
        // A keyring that is out of reach still has them; the entry says so until it is asked again.
        if self.keyring_works() {
            self.store.note_revert_secrets(&entry.id, RevertSecrets::Expired).map_err(failure::store)?;
        }
        Ok(())
    }
}

fn new_entry(connection: &Connection, planned: &PlannedItem) -> JournalEntry {
    let base = planned.base.as_ref();
    JournalEntry {
        id: JournalId::random(),
        started_ms: now_ms(),
        finished_ms: None,
        connection: connection.tag(),
        action: match planned.item.action {
            Action::Create => JournalAction::Create,
            Action::Update => JournalAction::Update,
            Action::Delete => JournalAction::Delete,
        },
        webhook: base.map(|b| b.webhook.id.clone()),
        title: planned.item.title.clone(),
        before: base.map(|b| b.webhook.fields.clone()),
        after: planned.after.clone(),
        changes: planned.item.changes.clone(),
        // Only this run can compare it, and only this run will.
        planned_on: base.and_then(|b| b.webhook.revision.clone()),
        revert_secrets: RevertSecrets::None,
        outcome: JournalOutcome::Pending,
    }
}

/// Deliveries that are sent again, and those the vendor left out, as an entry shows them.
pub(crate) fn replayed(
    request: &ReplayRequest,
    sent: &[DeliveryId],
    left: &[DeliveryId],
) -> Vec<FieldChange> {
    let label = if request.reapply { "Deliveries made anew" } else { "Deliveries sent again" };
    let lines = [("deliveries", label, sent), ("deliveries_left", "Not taken on by the vendor", left)];
    let lines = lines.into_iter().filter(|(_, _, ids)| !ids.is_empty());
    lines
        .map(|(path, label, ids)| FieldChange {
            path: FieldPath::from(path),
            label: label.to_owned(),
            before: Shown::Nothing,
            after: Shown::List { items: ids.iter().map(ToString::to_string).collect() },
            changed: true,
        })
        .collect()
}

/// Every path under which a secret may have been kept: for pairs, one for each.
fn secret_paths(fields: &Fields) -> Vec<FieldPath> {
    let paths = fields.iter().flat_map(|(path, value)| match value {
        FieldValue::Secret(_) | FieldValue::Url(_) => vec![path.clone()],
        FieldValue::Pairs(pairs) => pair_paths(path, pairs),
        FieldValue::Text(_)
        | FieldValue::Integer(_)
        | FieldValue::Flag(_)
        | FieldValue::List(_)
        | FieldValue::Conditions(_)
        | FieldValue::Json(_) => vec![],
    });
    paths.collect()
}
