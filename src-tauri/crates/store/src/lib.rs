//! SQLite for all that is not secret: connections, the rows seen last, the journal, where secrets told once are
//! kept, the number of calls, drafts of forms, preferences.
//!
//! One connection behind a mutex: every call is short and local. Callers inside an async runtime
//! may call it directly; nothing here waits for anything but the disk.

mod calls;
mod connections;
mod drafts;
mod journal;
mod kept;
mod last_seen;
mod preferences;

pub use kept::{KeptPlace, KeptSecret};
pub use last_seen::SeenRows;

use rusqlite::Connection as Database;
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/01_first.sql")),
    M::up(include_str!("migrations/02_kept_and_calls.sql")),
    M::up(include_str!("migrations/03_drafts.sql")),
];

/// The database of one profile.
pub struct Store {
    database: Mutex<Database>,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file or its folder cannot be opened.
    #[error("the database {path} cannot be opened: {source}", path = path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file was written by a newer Tacklebox or is damaged.
    #[error("the database {path} cannot be brought up to date: {source}", path = path.display())]
    Migrate {
        /// The file.
        path: PathBuf,
        /// What the migration said.
        source: rusqlite_migration::Error,
    },
    /// A statement failed.
    #[error("the database failed: {0}")]
    Sql(#[from] rusqlite::Error),
    /// A stored value cannot be read.
    #[error("a stored value cannot be read: {0}")]
    Value(#[from] serde_json::Error),
}

impl Store {
    /// Opens the database, makes it if need be and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] and [`StoreError::Migrate`]; the file is left as it was.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let database = Database::open(path)
            .map_err(|e| StoreError::Open { path: path.to_owned(), source: Box::new(e) })?;
        Self::prepare(database, path)
    }

    /// A database that lives as long as the value, for tests.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Database::open_in_memory()?, Path::new(":memory:"))
    }

    fn prepare(mut database: Database, path: &Path) -> Result<Self, StoreError> {
        database.busy_timeout(Duration::from_secs(5))?;
        database
            .pragma_update(None, "journal_mode", "wal")
            .and_then(|()| database.pragma_update(None, "foreign_keys", true))
            // The journal must be on the disk before a request goes out.
            .and_then(|()| database.pragma_update(None, "synchronous", "full"))
            .map_err(|e| StoreError::Open { path: path.to_owned(), source: Box::new(e) })?;
        Migrations::from_slice(MIGRATIONS)
            .to_latest(&mut database)
            .map_err(|source| StoreError::Migrate { path: path.to_owned(), source })?;
        Ok(Self { database: Mutex::new(database) })
    }

    fn lock(&self) -> MutexGuard<'_, Database> {
        // A panic inside a statement leaves the database itself consistent.
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tacklebox_model::{ConnectionId, WebhookPick};

    #[test]
    fn the_migrations_are_valid() {
        Migrations::from_slice(MIGRATIONS).validate().unwrap();
    }

    /// A file as the first version of the program left it.
    fn version_1(path: &Path) {
        let old = Database::open(path).unwrap();
        old.execute_batch(include_str!("migrations/01_first.sql")).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        let connection = r#"{"id":"a","provider":"vendor","label":"Halden","environment":"staging","baseUrl":null,
            "readOnly":false,"publicCredentials":{"client_id":"x"},"builtIn":false}"#;
        let tag = r#"{"id":"a","provider":"vendor","label":"Halden","environment":"staging"}"#;
        let row = r#"{"connection":"a","id":"w","title":"Rooms","endpoint":"e.example","events":[],"auth":[],
            "on":null}"#;
        let webhook = r#"{"connection":"a","id":"w","title":"Rooms","endpoint":"e.example","events":[],"auth":[],
            "on":null,"fields":{"name":{"type":"text","value":"Rooms"}},"preserved":[],"revision":null}"#;
        let entry = format!(
            r#"{{"id":"j","startedMs":1,"finishedMs":null,"connection":{tag},"action":"update","webhook":"w",
            "title":"Rooms","before":{{}},"after":{{}},"changes":[],"plannedOn":null,"revertSecrets":"keyring",
            "outcome":{{"type":"pending"}}}}"#
        );
        let insert =
            |sql: &str, values: &[&str]| old.execute(sql, rusqlite::params_from_iter(values)).unwrap();
        insert("INSERT INTO connections VALUES ('a', 1, ?1)", &[connection]);
        insert("INSERT INTO last_read VALUES ('a', 7)", &[]);
        insert("INSERT INTO last_seen VALUES ('a', 'w', 0, ?1, ?2)", &[row, webhook]);
        insert("INSERT INTO journal VALUES ('j', 1, NULL, 'a', 'w', 'pending', ?1)", &[&entry]);
        insert("INSERT INTO preferences VALUES ('theme', '\"dark\"')", &[]);
    }

    #[test]
    fn a_file_of_the_first_version_keeps_everything_and_gains_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tacklebox.db");
        version_1(&path);
        let store = Store::open(&path).unwrap();
        let connection = store.connections().unwrap().remove(0);
        assert_eq!((connection.label.as_str(), connection.is_read_only()), ("Halden", false));
        let pick = WebhookPick { connection: connection.id.clone(), id: "w".into() };
        assert_eq!(store.last_seen().unwrap()[0].rows[0].title, "Rooms");
        assert_eq!(store.seen_webhook(&pick).unwrap().unwrap().fields.len(), 1);
        assert_eq!(
            store.pending_journal().unwrap()[0].revert_secrets,
            tacklebox_model::RevertSecrets::Keyring
        );
        assert_eq!(store.preference::<String>("theme").unwrap().as_deref(), Some("dark"));
        assert_eq!(store.kept_secrets_of(&connection.id).unwrap(), []);
        store.add_calls(&connection.id, "2026-11", 2).unwrap();
        store.put_draft(&connection.id, Some(&pick.id), 8, &"mine").unwrap();
        drop(store);
        // And once more: a migration is not made twice.
        let store = Store::open(&path).unwrap();
        assert_eq!(store.calls(&connection.id, "2026-11").unwrap(), 2);
        let draft = store.draft::<String>(&connection.id, Some(&pick.id)).unwrap();
        assert_eq!(draft, Some((8, "mine".to_owned())));
    }

    #[test]
    fn a_file_of_the_second_version_keeps_what_that_brought_and_gains_drafts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tacklebox.db");
        version_1(&path);
        let old = Database::open(&path).unwrap();
        old.execute_batch(include_str!("migrations/02_kept_and_calls.sql")).unwrap();
        old.execute("INSERT INTO calls VALUES ('a', '2026-11', 5)", []).unwrap();
        old.pragma_update(None, "user_version", 2).unwrap();
        drop(old);
        let (store, id) = (Store::open(&path).unwrap(), ConnectionId::from("a"));
        assert_eq!(store.calls(&id, "2026-11").unwrap(), 5);
        assert_eq!(store.draft::<String>(&id, None).unwrap(), None);
        store.put_draft(&id, None, 9, &"new").unwrap();
        assert_eq!(store.draft::<String>(&id, None).unwrap(), Some((9, "new".to_owned())));
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tacklebox.db");
        std::fs::write(&path, "this is somebody's letter, not a database").unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Open { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "this is somebody's letter, not a database");
    }

    #[test]
    fn a_database_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tacklebox.db");
        let newer = Database::open(&path).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        drop(newer);
        assert!(matches!(Store::open(&path), Err(StoreError::Migrate { .. })));
    }
}
