use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tacklebox_model::{ConnectionId, WebhookId};

impl Store {
    /// Keeps the draft of a form, in place of what was kept of it before; without a webhook, that of a new one. It
    /// must be free of secrets. `kept_at_ms` is milliseconds since 1970.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the connection was removed.
    pub fn put_draft<T: Serialize>(
        &self,
        connection: &ConnectionId,
        webhook: Option<&WebhookId>,
        kept_at_ms: i64,
        draft: &T,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO drafts (connection, webhook, kept_at_ms, draft) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (connection, webhook)
             DO UPDATE SET kept_at_ms = excluded.kept_at_ms, draft = excluded.draft",
            params![connection.as_str(), key(webhook), kept_at_ms, serde_json::to_string(draft)?],
        )?;
        Ok(())
    }

    /// What was kept of a form, and when.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or what was kept cannot be read.
    pub fn draft<T: DeserializeOwned>(
        &self,
        connection: &ConnectionId,
        webhook: Option<&WebhookId>,
    ) -> Result<Option<(i64, T)>, StoreError> {
        let found: Option<(i64, String)> = self
            .lock()
            .query_row(
                "SELECT kept_at_ms, draft FROM drafts WHERE connection = ?1 AND webhook = ?2",
                [connection.as_str(), key(webhook)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        found.map(|(kept_at_ms, draft)| Ok((kept_at_ms, serde_json::from_str(&draft)?))).transpose()
    }

    /// Forgets what was kept of a form, if anything was.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn forget_draft(
        &self,
        connection: &ConnectionId,
        webhook: Option<&WebhookId>,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "DELETE FROM drafts WHERE connection = ?1 AND webhook = ?2",
            [connection.as_str(), key(webhook)],
        )?;
        Ok(())
    }
}

/// No vendor's id is empty.
fn key(webhook: Option<&WebhookId>) -> &str {
    webhook.map_or("", WebhookId::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::connection;

    fn kept(store: &Store, connection: &str, webhook: Option<&str>) -> Option<(i64, String)> {
        let webhook = webhook.map(WebhookId::from);
        store.draft(&ConnectionId::from(connection), webhook.as_ref()).unwrap()
    }

    #[test]
    fn each_form_has_a_draft_of_its_own_that_a_later_one_replaces() {
        let store = Store::in_memory().unwrap();
        let (a, w) = (ConnectionId::from("a"), WebhookId::from("w"));
        store.put_connection(&connection("a")).unwrap();
        store.put_connection(&connection("b")).unwrap();
        store.put_draft(&a, None, 1, &"new").unwrap();
        store.put_draft(&a, Some(&w), 2, &"first").unwrap();
        store.put_draft(&a, Some(&w), 3, &"second").unwrap();
        store.put_draft(&ConnectionId::from("b"), Some(&w), 4, &"elsewhere").unwrap();
        assert_eq!(kept(&store, "a", None), Some((1, "new".to_owned())));
        assert_eq!(kept(&store, "a", Some("w")), Some((3, "second".to_owned())));
        assert_eq!(kept(&store, "a", Some("x")), None);
        store.forget_draft(&a, Some(&w)).unwrap();
        store.forget_draft(&a, Some(&w)).unwrap();
        assert_eq!(kept(&store, "a", Some("w")), None);
        assert_eq!(kept(&store, "a", None), Some((1, "new".to_owned())));
        assert_eq!(kept(&store, "b", Some("w")), Some((4, "elsewhere".to_owned())));
    }

    #[test]
    fn drafts_go_with_their_connection_and_none_is_kept_for_one_that_is_gone() {
        let store = Store::in_memory().unwrap();
        let a = ConnectionId::from("a");
        store.put_connection(&connection("a")).unwrap();
        store.put_draft(&a, None, 1, &"new").unwrap();
        // An edit of the connection is no removal.
        store.put_connection(&connection("a")).unwrap();
        assert_eq!(kept(&store, "a", None), Some((1, "new".to_owned())));
        store.remove_connection(&a).unwrap();
        assert!(store.put_draft(&a, None, 2, &"late").is_err());
        store.put_connection(&connection("a")).unwrap();
        assert_eq!(kept(&store, "a", None), None);
    }
}
