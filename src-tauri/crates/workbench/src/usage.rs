//! Counting calls where a vendor charges for them.

use crate::view::UsageView;
use crate::{Workbench, failure, now_ms};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tacklebox_model::{AppError, ConnectionId};
use tacklebox_providers::Meter;
use tacklebox_store::{Store, StoreError};

/// After how many calls the number is written down. Each write makes the disk flush, because the database is set up
/// for the journal, which must be on the disk before a request goes out; a number of calls is not worth that much.
/// A crash therefore loses at most one call less than this. Reading the number and closing the window write as well.
const WRITE_AFTER: u32 = 8;

impl Workbench {
    /// How many calls this program made this month, and how many are left. Asks nobody.
    ///
    /// # Errors
    /// The database fails, or the provider is not known.
    pub fn usage(&self, connection: &ConnectionId) -> Result<UsageView, AppError> {
        let connection = self.connection(connection)?;
        let month = month(now_ms());
        let metered = self.provider(&connection)?.documented().metered;
        let calls = metered.then(|| self.sessions.calls().made(&connection.id, &month)).transpose();
        let calls = calls.map_err(failure::store)?;
        let allowance = self.session(&connection)?.allowance();
        Ok(UsageView { connection: connection.id, month, calls, allowance })
    }
}

/// The number of calls by connection and month, for all sessions.
pub struct Calls {
    store: Arc<Store>,
    waiting: Mutex<Waiting>,
}

/// Calls that are not written down yet.
#[derive(Default)]
struct Waiting {
    counts: HashMap<(ConnectionId, String), u64>,
    /// How many there were since the last attempt to write.
    since: u32,
}

/// Counts the calls of one connection.
pub struct StoredMeter {
    calls: Arc<Calls>,
    connection: ConnectionId,
}

impl Meter for StoredMeter {
    fn sent(&self) {
        self.calls.count(&self.connection, month(now_ms()));
    }
}

impl Calls {
    /// Counts into this database.
    pub fn new(store: Arc<Store>) -> Self {
        Self { store, waiting: Mutex::default() }
    }

    /// A meter for the sessions of a stored connection.
    pub fn meter(self: &Arc<Self>, connection: &ConnectionId) -> StoredMeter {
        StoredMeter { calls: self.clone(), connection: connection.clone() }
    }

    /// Writes down what is not yet. A database that fails is only logged: no call is refused for its sake.
    pub fn write(&self) {
        self.write_waiting(&mut self.lock());
    }

    fn count(&self, connection: &ConnectionId, month: String) {
        let mut waiting = self.lock();
        *waiting.counts.entry((connection.clone(), month)).or_default() += 1;
        waiting.since += 1;
        if waiting.since >= WRITE_AFTER {
            self.write_waiting(&mut waiting);
        }
    }

    fn made(&self, connection: &ConnectionId, month: &str) -> Result<u64, StoreError> {
        let mut waiting = self.lock();
        self.write_waiting(&mut waiting);
        let unwritten = waiting.counts.get(&(connection.clone(), month.to_owned())).copied();
        Ok(self.store.calls(connection, month)? + unwritten.unwrap_or(0))
    }

    /// What the database does not take stays, and is tried again later.
    fn write_waiting(&self, waiting: &mut Waiting) {
        waiting.since = 0;
        waiting.counts.retain(|(connection, month), count| {
            let written = self.store.add_calls(connection, month, *count);
            if let Err(error) = &written {
                tracing::warn!(%error, "the number of calls could not be written down");
            }
            written.is_err()
        });
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        self.write();
    }
}

/// The month of a moment in UTC, by which vendors count too, as `2026-11`.
fn month(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests;
