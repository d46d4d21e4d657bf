use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, params};
use tacklebox_model::{ConnectionId, JournalEntry, JournalId, JournalOutcome, RevertSecrets};

/// Entries of which the vault may hold secrets.
const WITH_SECRETS: &str = "json_extract(body, '$.revertSecrets') IN ('keyring', 'session', 'lost')";

/// Pending, and certainly not on its way: the vendor turned it away for its rate.
const WAITING: &str = "waiting";

impl Store {
    /// Writes an entry down, on the disk, before its request is sent.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing may be sent.
    pub fn begin_journal(&self, entry: &JournalEntry) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO journal (id, started_ms, finished_ms, connection, webhook, outcome, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                entry.id.as_str(),
                entry.started_ms,
                entry.finished_ms,
                entry.connection.id.as_str(),
                entry.webhook.as_ref().map(|w| w.as_str()),
                tag(&entry.outcome),
                serde_json::to_string(entry)?,
            ],
        )?;
        Ok(())
    }

    /// Completes an entry with what became of it. An entry that is done or failed does not change any more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or the entry is finished already.
    pub fn complete_journal(&self, entry: &JournalEntry) -> Result<(), StoreError> {
        let changed = self.lock().execute(
            "UPDATE journal SET finished_ms = ?2, webhook = ?3, outcome = ?4, body = ?5 WHERE id = ?1",
            params![
                entry.id.as_str(),
                entry.finished_ms,
                entry.webhook.as_ref().map(|w| w.as_str()),
                tag(&entry.outcome),
                serde_json::to_string(entry)?,
            ],
        )?;
        if changed == 0 { Err(rusqlite::Error::QueryReturnedNoRows.into()) } else { Ok(()) }
    }

    /// Notes where the secrets of a revert are kept now; the rest of the entry stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn note_revert_secrets(&self, id: &JournalId, secrets: RevertSecrets) -> Result<(), StoreError> {
        self.lock().execute(
            "UPDATE journal SET body = json_set(body, '$.revertSecrets', json(?2)) WHERE id = ?1",
            params![id.as_str(), serde_json::to_string(&secrets)?],
        )?;
        Ok(())
    }

    /// Notes that the request of an entry was turned away without effect and waits to be sent, or that it is about
    /// to be sent again. The entry counts as pending all the while.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the entry is not in the state before this one: then nothing may be
    /// sent.
    pub fn note_waiting(&self, id: &JournalId, waits: bool) -> Result<(), StoreError> {
        let (from, to) = if waits { ("pending", WAITING) } else { (WAITING, "pending") };
        let sql = "UPDATE journal SET outcome = ?3 WHERE id = ?1 AND outcome = ?2";
        match self.lock().execute(sql, [id.as_str(), from, to])? {
            0 => Err(rusqlite::Error::QueryReturnedNoRows.into()),
            _ => Ok(()),
        }
    }

    /// One entry.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn journal_entry(&self, id: &JournalId) -> Result<Option<JournalEntry>, StoreError> {
        let body: Option<String> = self
            .lock()
            .query_row("SELECT body FROM journal WHERE id = ?1", [id.as_str()], |row| row.get(0))
            .optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// The newest entries, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn journal(&self, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        self.entries("SELECT body FROM journal ORDER BY started_ms DESC, rowid DESC LIMIT ?1", [limit])
    }

    /// Entries that were begun and never completed: the program ended in between.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn pending_journal(&self) -> Result<Vec<JournalEntry>, StoreError> {
        self.entries("SELECT body FROM journal WHERE outcome = 'pending' ORDER BY started_ms", [])
    }

    /// Pending entries whose request had no effect yet: the program ended while it waited to send it.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn waiting_journal(&self) -> Result<Vec<JournalEntry>, StoreError> {
        self.entries("SELECT body FROM journal WHERE outcome = ?1 ORDER BY started_ms", [WAITING])
    }

    /// Entries begun before a time, in milliseconds since 1970, of which the vault may hold secrets.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn journal_with_secrets_before(&self, time_ms: i64) -> Result<Vec<JournalEntry>, StoreError> {
        let sql =
            format!("SELECT body FROM journal WHERE started_ms < ?1 AND {WITH_SECRETS} ORDER BY started_ms");
        self.entries(&sql, [time_ms])
    }

    /// Entries of a connection of which the vault may hold secrets.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn journal_with_secrets_of(
        &self,
        connection: &ConnectionId,
    ) -> Result<Vec<JournalEntry>, StoreError> {
        let sql =
            format!("SELECT body FROM journal WHERE connection = ?1 AND {WITH_SECRETS} ORDER BY started_ms");
        self.entries(&sql, [connection.as_str()])
    }

    fn entries(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<JournalEntry>, StoreError> {
        let database = self.lock();
        let mut statement = database.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }
}

fn tag(outcome: &JournalOutcome) -> &'static str {
    match outcome {
        JournalOutcome::Pending => "pending",
        JournalOutcome::Done { .. } => "done",
        JournalOutcome::Failed { .. } => "failed",
        JournalOutcome::Uncertain { .. } => "uncertain",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::connection;
    use tacklebox_model::JournalAction;

    fn entry(id: &str, started_ms: i64) -> JournalEntry {
        JournalEntry {
            id: JournalId::from(id),
            started_ms,
            finished_ms: None,
            connection: connection("a").tag(),
            action: JournalAction::Create,
            webhook: None,
            title: "Rooms".into(),
            before: None,
            after: Some(Default::default()),
            changes: vec![],
            planned_on: None,
            revert_secrets: RevertSecrets::None,
            outcome: JournalOutcome::Pending,
        }
    }

    #[test]
    fn an_entry_is_pending_until_it_is_completed() {
        let store = Store::in_memory().unwrap();
        store.begin_journal(&entry("1", 1)).unwrap();
        assert_eq!(store.pending_journal().unwrap(), [entry("1", 1)]);
        let done = JournalEntry { outcome: JournalOutcome::Done { recovered: false }, ..entry("1", 1) };
        store.complete_journal(&done).unwrap();
        assert_eq!(store.pending_journal().unwrap(), []);
        assert_eq!(store.journal_entry(&JournalId::from("1")).unwrap(), Some(done));
    }

    #[test]
    fn a_finished_entry_cannot_be_rewritten_and_none_can_be_deleted() {
        let store = Store::in_memory().unwrap();
        let failed =
            JournalEntry { outcome: JournalOutcome::Failed { message: "no".into() }, ..entry("1", 1) };
        store.begin_journal(&failed).unwrap();
        let done = JournalEntry { outcome: JournalOutcome::Done { recovered: false }, ..entry("1", 1) };
        assert!(store.complete_journal(&done).is_err());
        assert!(store.lock().execute("DELETE FROM journal", []).is_err());
    }

    #[test]
    fn an_entry_that_waits_is_told_from_one_on_its_way_and_is_completed_like_it() {
        let store = Store::in_memory().unwrap();
        let id = JournalId::from("1");
        store.begin_journal(&entry("1", 1)).unwrap();
        assert!(store.note_waiting(&id, false).is_err(), "it does not wait");
        store.note_waiting(&id, true).unwrap();
        assert_eq!(
            (store.pending_journal().unwrap(), store.waiting_journal().unwrap()),
            (vec![], vec![entry("1", 1)])
        );
        store.note_waiting(&id, false).unwrap();
        assert_eq!(
            (store.pending_journal().unwrap(), store.waiting_journal().unwrap()),
            (vec![entry("1", 1)], vec![])
        );
        store.note_waiting(&id, true).unwrap();
        let failed =
            JournalEntry { outcome: JournalOutcome::Failed { message: "no".into() }, ..entry("1", 1) };
        store.complete_journal(&failed).unwrap();
        assert!(store.note_waiting(&id, false).is_err() && store.note_waiting(&id, true).is_err());
        assert_eq!(store.journal_entry(&id).unwrap(), Some(failed));
    }

    #[test]
    fn an_entry_that_was_never_begun_cannot_be_completed() {
        let store = Store::in_memory().unwrap();
        assert!(store.complete_journal(&entry("1", 1)).is_err());
    }

    #[test]
    fn noting_where_secrets_are_changes_nothing_else_even_of_a_finished_entry() {
        let store = Store::in_memory().unwrap();
        let done = JournalEntry {
            outcome: JournalOutcome::Done { recovered: true },
            title: "Rømme \"1\"".into(),
            revert_secrets: RevertSecrets::Keyring,
            ..entry("1", 1)
        };
        store.begin_journal(&done).unwrap();
        store.begin_journal(&entry("2", 2)).unwrap();
        assert_eq!(store.journal_with_secrets_before(9).unwrap(), std::slice::from_ref(&done));
        assert_eq!(store.journal_with_secrets_before(1).unwrap(), []);
        assert_eq!(
            store.journal_with_secrets_of(&ConnectionId::from("a")).unwrap(),
            std::slice::from_ref(&done)
        );
        store.note_revert_secrets(&done.id, RevertSecrets::Expired).unwrap();
        let noted = JournalEntry { revert_secrets: RevertSecrets::Expired, ..done };
        assert_eq!(store.journal_entry(&noted.id).unwrap(), Some(noted));
        assert_eq!(store.journal_with_secrets_before(9).unwrap(), []);
    }

    #[test]
    fn the_newest_come_first() {
        let store = Store::in_memory().unwrap();
        for (id, time) in [("1", 1), ("2", 3), ("3", 3)] {
            store.begin_journal(&entry(id, time)).unwrap();
        }
        let ids: Vec<_> = store.journal(2).unwrap().into_iter().map(|e| e.id.to_string()).collect();
        assert_eq!(ids, ["3", "2"]);
    }
}
