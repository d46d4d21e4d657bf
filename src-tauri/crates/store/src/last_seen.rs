use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, Transaction, params};
use tacklebox_model::{ConnectionId, Webhook, WebhookId, WebhookPick, WebhookRow};

/// The rows of one connection as they were read last.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRows {
    /// Which connection.
    pub connection: ConnectionId,
    /// Milliseconds since 1970.
    pub read_at_ms: i64,
    /// In the vendor's order.
    pub rows: Vec<WebhookRow>,
}

impl Store {
    /// Remembers what a connection has now, in place of what it had. Nothing, and false, when the
    /// connection was removed meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails; what was remembered stays.
    pub fn put_last_seen(
        &self,
        connection: &ConnectionId,
        read_at_ms: i64,
        webhooks: &[Webhook],
    ) -> Result<bool, StoreError> {
        let mut database = self.lock();
        let transaction = database.transaction()?;
        let known = "SELECT EXISTS (SELECT 1 FROM connections WHERE id = ?1)";
        if !transaction.query_row(known, [connection.as_str()], |row| row.get::<_, bool>(0))? {
            return Ok(false);
        }
        transaction.execute("DELETE FROM last_seen WHERE connection = ?1", [connection.as_str()])?;
        for (position, webhook) in webhooks.iter().enumerate() {
            insert(&transaction, i64::try_from(position).unwrap_or(i64::MAX), webhook)?;
        }
        transaction.execute(
            "INSERT INTO last_read (connection, read_at_ms) VALUES (?1, ?2)
             ON CONFLICT (connection) DO UPDATE SET read_at_ms = excluded.read_at_ms",
            params![connection.as_str(), read_at_ms],
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Remembers one webhook after it was written or read by itself.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn put_seen_webhook(&self, webhook: &Webhook) -> Result<(), StoreError> {
        let mut database = self.lock();
        let transaction = database.transaction()?;
        let place: Option<i64> = transaction
            .query_row(
                "SELECT position FROM last_seen WHERE connection = ?1 AND webhook = ?2",
                [webhook.connection.as_str(), webhook.id.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        let place = match place {
            Some(place) => place,
            None => transaction.query_row(
                "SELECT coalesce(max(position), -1) + 1 FROM last_seen WHERE connection = ?1",
                [webhook.connection.as_str()],
                |row| row.get(0),
            )?,
        };
        insert(&transaction, place, webhook)?;
        Ok(transaction.commit()?)
    }

    /// Forgets one webhook after it was deleted.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn forget_seen_webhook(
        &self,
        connection: &ConnectionId,
        webhook: &WebhookId,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "DELETE FROM last_seen WHERE connection = ?1 AND webhook = ?2",
            [connection.as_str(), webhook.as_str()],
        )?;
        Ok(())
    }

    /// The rows of every connection that was ever read.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn last_seen(&self) -> Result<Vec<SeenRows>, StoreError> {
        let database = self.lock();
        let mut reads = database.prepare_cached("SELECT connection, read_at_ms FROM last_read")?;
        let mut rows =
            database.prepare_cached("SELECT slim FROM last_seen WHERE connection = ?1 ORDER BY position")?;
        let reads: Vec<(String, i64)> =
            reads.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        reads
            .into_iter()
            .map(|(connection, read_at_ms)| {
                let slim = rows.query_map([&connection], |row| row.get::<_, String>(0))?;
                let rows =
                    slim.map(|slim| Ok(serde_json::from_str(&slim?)?)).collect::<Result<_, StoreError>>()?;
                Ok(SeenRows { connection: ConnectionId::new(connection), read_at_ms, rows })
            })
            .collect()
    }

    /// One webhook as it was seen last, with all its values.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn seen_webhook(&self, pick: &WebhookPick) -> Result<Option<Webhook>, StoreError> {
        let body: Option<String> = self
            .lock()
            .query_row(
                "SELECT body FROM last_seen WHERE connection = ?1 AND webhook = ?2",
                [pick.connection.as_str(), pick.id.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }
}

fn insert(transaction: &Transaction<'_>, position: i64, webhook: &Webhook) -> Result<(), StoreError> {
    // A revision means nothing to another run of the program.
    let remembered = Webhook { revision: None, ..webhook.clone() };
    transaction
        .prepare_cached(
            "INSERT INTO last_seen (connection, webhook, position, slim, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (connection, webhook) DO UPDATE SET slim = excluded.slim, body = excluded.body",
        )?
        .execute(params![
            webhook.connection.as_str(),
            webhook.id.as_str(),
            position,
            serde_json::to_string(&remembered.row())?,
            serde_json::to_string(&remembered)?,
        ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::connection;
    use tacklebox_model::Revision;

    fn webhook(id: &str, title: &str) -> Webhook {
        Webhook {
            connection: ConnectionId::from("a"),
            id: WebhookId::from(id),
            title: title.into(),
            endpoint: "example.com/x".into(),
            events: vec!["E".into()],
            auth: vec![],
            on: None,
            fields: Default::default(),
            preserved: vec![],
            marks: vec![],
            revision: Some(Revision::new("r".into())),
        }
    }

    fn store_with(webhooks: &[Webhook]) -> Store {
        let store = Store::in_memory().unwrap();
        store.put_connection(&connection("a")).unwrap();
        store.put_last_seen(&ConnectionId::from("a"), 7, webhooks).unwrap();
        store
    }

    fn titles(store: &Store) -> Vec<String> {
        store.last_seen().unwrap().into_iter().flat_map(|s| s.rows).map(|r| r.title).collect()
    }

    #[test]
    fn rows_come_back_in_order_without_revision() {
        let store = store_with(&[webhook("2", "two"), webhook("1", "one")]);
        assert_eq!(titles(&store), ["two", "one"]);
        let pick = WebhookPick { connection: ConnectionId::from("a"), id: WebhookId::from("1") };
        assert_eq!(store.seen_webhook(&pick).unwrap().unwrap().revision, None);
    }

    #[test]
    fn one_webhook_is_replaced_in_its_place_added_at_the_end_or_forgotten() {
        let store = store_with(&[webhook("1", "one"), webhook("2", "two")]);
        store.put_seen_webhook(&webhook("1", "uno")).unwrap();
        store.put_seen_webhook(&webhook("3", "three")).unwrap();
        store.forget_seen_webhook(&ConnectionId::from("a"), &WebhookId::from("2")).unwrap();
        assert_eq!(titles(&store), ["uno", "three"]);
    }

    #[test]
    fn an_organisation_without_webhooks_is_remembered_as_read() {
        let store = store_with(&[]);
        assert_eq!(store.last_seen().unwrap()[0].read_at_ms, 7);
    }

    #[test]
    fn rows_go_with_their_connection() {
        let store = store_with(&[webhook("1", "one")]);
        store.remove_connection(&ConnectionId::from("a")).unwrap();
        assert_eq!(store.last_seen().unwrap(), []);
        assert!(!store.put_last_seen(&ConnectionId::from("a"), 8, &[webhook("1", "one")]).unwrap());
        assert_eq!(store.last_seen().unwrap(), []);
    }
}
