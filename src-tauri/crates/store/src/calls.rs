use crate::{Store, StoreError};
use rusqlite::params;
use tacklebox_model::ConnectionId;

impl Store {
    /// Adds to the number of calls made in a month, such as `2026-11`. Nothing happens when the connection was
    /// removed meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn add_calls(&self, connection: &ConnectionId, month: &str, count: u64) -> Result<(), StoreError> {
        self.lock()
            .prepare_cached(
                "INSERT INTO calls (connection, month, count)
                 SELECT id, ?2, ?3 FROM connections WHERE id = ?1
                 ON CONFLICT (connection, month) DO UPDATE SET count = count + excluded.count",
            )?
            .execute(params![connection.as_str(), month, i64::try_from(count).unwrap_or(i64::MAX)])?;
        Ok(())
    }

    /// How many calls were made in a month, such as `2026-11`.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn calls(&self, connection: &ConnectionId, month: &str) -> Result<u64, StoreError> {
        let count: i64 = self.lock().query_row(
            "SELECT coalesce(sum(count), 0) FROM calls WHERE connection = ?1 AND month = ?2",
            [connection.as_str(), month],
            |row| row.get(0),
        )?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::connection;

    #[test]
    fn calls_add_up_by_connection_and_month_and_go_with_the_connection() {
        let store = Store::in_memory().unwrap();
        let [a, b] = ["a", "b"].map(ConnectionId::from);
        store.put_connection(&connection("a")).unwrap();
        store.put_connection(&connection("b")).unwrap();
        store.add_calls(&a, "2026-11", 3).unwrap();
        store.add_calls(&a, "2026-11", 4).unwrap();
        store.add_calls(&a, "2026-12", 1).unwrap();
        store.add_calls(&b, "2026-11", 9).unwrap();
        let calls = |id, month| store.calls(id, month).unwrap();
        assert_eq!((calls(&a, "2026-11"), calls(&a, "2026-12"), calls(&b, "2026-11")), (7, 1, 9));
        assert_eq!(calls(&a, "2026-10"), 0);
        store.remove_connection(&a).unwrap();
        store.add_calls(&a, "2026-11", 1).unwrap();
        assert_eq!((calls(&a, "2026-11"), calls(&b, "2026-11")), (0, 9));
    }
}
