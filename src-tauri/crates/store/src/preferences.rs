use crate::{Store, StoreError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Store {
    /// A preference, if it was ever set to something that can still be read.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn preference<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let value: Option<String> = self
            .lock()
            .query_row("SELECT value FROM preferences WHERE name = ?1", [name], |row| row.get(0))
            .optional()?;
        Ok(value.and_then(|value| serde_json::from_str(&value).ok()))
    }

    /// Sets a preference.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn set_preference<T: Serialize>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO preferences (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, serde_json::to_string(value)?],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preference_is_remembered_and_an_unreadable_one_is_unset() {
        let store = Store::in_memory().unwrap();
        store.set_preference("theme", &"dark").unwrap();
        assert_eq!(store.preference::<String>("theme").unwrap().as_deref(), Some("dark"));
        assert_eq!(store.preference::<u32>("theme").unwrap(), None);
    }
}
