use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, Row, params};
use tacklebox_model::{ConnectionId, FieldPath, WebhookId, WebhookPick};

/// A secret that a vendor told once: what it is and where it was kept. The value is in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSecret {
    /// The webhook it belongs to.
    pub webhook: WebhookPick,
    /// Under which it is asked for.
    pub path: FieldPath,
    /// What it is called.
    pub label: String,
    /// Where it was put.
    pub place: KeptPlace,
    /// Why it is not in the keyring, in words, if it is not.
    pub reason: Option<String>,
    /// Milliseconds since 1970.
    pub kept_at_ms: i64,
}

/// Where a kept secret was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptPlace {
    /// In the keyring.
    Keyring,
    /// In memory, from where it moves to the keyring as soon as there is one.
    Memory,
    /// In memory alone: its organisation ends with the program.
    Sandbox,
}

const COLUMNS: &str = "connection, webhook, path, label, place, reason, kept_at_ms";

impl Store {
    /// Notes a kept secret, in place of what was noted under its webhook and path.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the connection was removed.
    pub fn put_kept_secret(&self, kept: &KeptSecret) -> Result<(), StoreError> {
        self.lock().execute(
            &format!("INSERT OR REPLACE INTO kept_secrets ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
            params![
                kept.webhook.connection.as_str(),
                kept.webhook.id.as_str(),
                kept.path.as_str(),
                kept.label,
                kept.place.tag(),
                kept.reason,
                kept.kept_at_ms,
            ],
        )?;
        Ok(())
    }

    /// The secrets kept for a webhook, by path.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn kept_secrets(&self, webhook: &WebhookPick) -> Result<Vec<KeptSecret>, StoreError> {
        self.kept("connection = ?1 AND webhook = ?2", &[webhook.connection.as_str(), webhook.id.as_str()])
    }

    /// The secrets kept for all webhooks of a connection.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn kept_secrets_of(&self, connection: &ConnectionId) -> Result<Vec<KeptSecret>, StoreError> {
        self.kept("connection = ?1", &[connection.as_str()])
    }

    /// One kept secret.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn kept_secret(
        &self,
        webhook: &WebhookPick,
        path: &FieldPath,
    ) -> Result<Option<KeptSecret>, StoreError> {
        let database = self.lock();
        let sql = format!(
            "SELECT {COLUMNS} FROM kept_secrets WHERE connection = ?1 AND webhook = ?2 AND path = ?3"
        );
        let names = [webhook.connection.as_str(), webhook.id.as_str(), path.as_str()];
        Ok(database.prepare_cached(&sql)?.query_row(names, read).optional()?)
    }

    /// Forgets a kept secret, once the vault has removed it.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn forget_kept_secret(&self, webhook: &WebhookPick, path: &FieldPath) -> Result<(), StoreError> {
        self.lock().execute(
            "DELETE FROM kept_secrets WHERE connection = ?1 AND webhook = ?2 AND path = ?3",
            [webhook.connection.as_str(), webhook.id.as_str(), path.as_str()],
        )?;
        Ok(())
    }

    /// Forgets what was kept of simulated organisations: it ended with the program that simulated them.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn forget_sandbox_secrets(&self) -> Result<(), StoreError> {
        self.lock().execute("DELETE FROM kept_secrets WHERE place = ?1", [KeptPlace::Sandbox.tag()])?;
        Ok(())
    }

    fn kept(&self, condition: &str, names: &[&str]) -> Result<Vec<KeptSecret>, StoreError> {
        let database = self.lock();
        let sql = format!("SELECT {COLUMNS} FROM kept_secrets WHERE {condition} ORDER BY webhook, path");
        let mut statement = database.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(names), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl KeptPlace {
    fn tag(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Memory => "memory",
            Self::Sandbox => "sandbox",
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeptSecret> {
    let text = |column| row.get::<_, String>(column);
    let webhook = WebhookPick { connection: ConnectionId::new(text(0)?), id: WebhookId::new(text(1)?) };
    let place = match text(4)?.as_str() {
        "keyring" => KeptPlace::Keyring,
        "sandbox" => KeptPlace::Sandbox,
        _ => KeptPlace::Memory,
    };
    let path = FieldPath::new(text(2)?);
    Ok(KeptSecret { webhook, path, label: text(3)?, place, reason: row.get(5)?, kept_at_ms: row.get(6)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::connection;

    fn kept(webhook: &str, path: &str, place: KeptPlace) -> KeptSecret {
        KeptSecret {
            webhook: WebhookPick { connection: ConnectionId::from("a"), id: WebhookId::from(webhook) },
            path: FieldPath::from(path),
            label: "Signing secret".into(),
            place,
            reason: (place == KeptPlace::Memory).then(|| "The keyring is locked.".into()),
            kept_at_ms: 7,
        }
    }

    fn store() -> Store {
        let store = Store::in_memory().unwrap();
        store.put_connection(&connection("a")).unwrap();
        store
    }

    #[test]
    fn a_kept_secret_is_found_by_webhook_and_path_and_replaced_in_its_place() {
        let store = store();
        let (one, other) =
            (kept("1", "signing", KeptPlace::Memory), kept("2", "signing", KeptPlace::Keyring));
        store.put_kept_secret(&one).unwrap();
        store.put_kept_secret(&other).unwrap();
        assert_eq!(store.kept_secrets(&one.webhook).unwrap(), std::slice::from_ref(&one));
        assert_eq!(store.kept_secrets_of(&ConnectionId::from("a")).unwrap(), [one.clone(), other.clone()]);
        let moved = KeptSecret { place: KeptPlace::Keyring, reason: None, ..one };
        store.put_kept_secret(&moved).unwrap();
        assert_eq!(store.kept_secret(&moved.webhook, &moved.path).unwrap(), Some(moved.clone()));
        assert_eq!(store.kept_secret(&moved.webhook, &FieldPath::from("other")).unwrap(), None);
        store.forget_kept_secret(&moved.webhook, &moved.path).unwrap();
        assert_eq!(store.kept_secrets_of(&ConnectionId::from("a")).unwrap(), [other]);
    }

    #[test]
    fn what_was_kept_of_a_sandbox_is_forgotten_alone() {
        let store = store();
        for (webhook, place) in
            [("1", KeptPlace::Keyring), ("2", KeptPlace::Memory), ("3", KeptPlace::Sandbox)]
        {
            store.put_kept_secret(&kept(webhook, "signing", place)).unwrap();
        }
        store.forget_sandbox_secrets().unwrap();
        let places: Vec<_> = store
            .kept_secrets_of(&ConnectionId::from("a"))
            .unwrap()
            .into_iter()
            .map(|kept| kept.place)
            .collect();
        assert_eq!(places, [KeptPlace::Keyring, KeptPlace::Memory]);
    }

    #[test]
    fn nothing_is_noted_for_a_connection_that_is_gone_and_notes_go_with_theirs() {
        let store = store();
        let kept = kept("1", "signing", KeptPlace::Keyring);
        store.put_kept_secret(&kept).unwrap();
        store.remove_connection(&kept.webhook.connection).unwrap();
        assert_eq!(store.kept_secrets(&kept.webhook).unwrap(), []);
        assert!(store.put_kept_secret(&kept).is_err());
    }
}
