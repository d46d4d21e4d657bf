use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, params};
use tacklebox_model::{Connection, ConnectionId};

impl Store {
    /// All connections in the order they were added.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn connections(&self) -> Result<Vec<Connection>, StoreError> {
        let database = self.lock();
        let mut statement = database.prepare_cached("SELECT body FROM connections ORDER BY position")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    }

    /// One connection.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn connection(&self, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let database = self.lock();
        let mut statement = database.prepare_cached("SELECT body FROM connections WHERE id = ?1")?;
        let body: Option<String> = statement.query_row([id.as_str()], |row| row.get(0)).optional()?;
        body.map(|body| Ok(serde_json::from_str(&body)?)).transpose()
    }

    /// Adds a connection, or replaces the one with the same id in its place.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn put_connection(&self, connection: &Connection) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO connections (id, position, body)
             VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM connections), ?2)
             ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            params![connection.id.as_str(), serde_json::to_string(connection)?],
        )?;
        Ok(())
    }

    /// Removes a connection, the rows seen there, its number of calls, the notes on its kept secrets and the
    /// drafts of its forms. Its journal stays.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn remove_connection(&self, id: &ConnectionId) -> Result<(), StoreError> {
        self.lock().execute("DELETE FROM connections WHERE id = ?1", [id.as_str()])?;
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use tacklebox_model::{CredentialFacts, Environment, ProviderId};

    pub fn connection(label: &str) -> Connection {
        Connection {
            id: ConnectionId::from(label),
            provider: ProviderId::from("butlr"),
            label: label.into(),
            environment: Environment::Staging,
            base_url: None,
            read_only: false,
            public_credentials: [("client_id".to_owned(), "x".to_owned())].into(),
            built_in: false,
            facts: CredentialFacts::default(),
        }
    }

    #[test]
    fn connections_keep_their_place_when_edited() {
        let store = Store::in_memory().unwrap();
        store.put_connection(&connection("a")).unwrap();
        store.put_connection(&connection("b")).unwrap();
        let edited = Connection { read_only: true, ..connection("a") };
        store.put_connection(&edited).unwrap();
        assert_eq!(store.connections().unwrap(), [edited, connection("b")]);
    }

    #[test]
    fn connections_survive_a_restart_and_go_when_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tacklebox.db");
        Store::open(&path).unwrap().put_connection(&connection("a")).unwrap();
        let store = Store::open(&path).unwrap();
        assert_eq!(store.connections().unwrap(), [connection("a")]);
        assert_eq!(store.connection(&ConnectionId::from("a")).unwrap(), Some(connection("a")));
        store.remove_connection(&ConnectionId::from("a")).unwrap();
        assert_eq!(store.connections().unwrap(), []);
        assert_eq!(store.connection(&ConnectionId::from("a")).unwrap(), None);
    }
}
