//! Who may write to an organisation now, and which of several reads of it is the newest.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tacklebox_model::ConnectionId;

/// The turns of every organisation.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<ConnectionId, Arc<Turn>>>);

/// The turns of one organisation.
#[derive(Default)]
pub struct Turn {
    /// Held while the organisation is written to or removed: otherwise two reviews of the same webhook
    /// would both find it unchanged, and one would overwrite the other.
    pub writing: tokio::sync::Mutex<()>,
    reads: Mutex<Reads>,
}

#[derive(Default)]
struct Reads {
    clock: u64,
    /// When what is remembered was begun.
    newest: u64,
}

/// When a read was begun.
#[derive(Clone, Copy)]
pub struct Ticket(u64);

impl Turns {
    /// Those of this organisation.
    pub fn of(&self, connection: &ConnectionId) -> Arc<Turn> {
        self.lock().entry(connection.clone()).or_default().clone()
    }

    /// Forgets an organisation that is gone.
    pub fn forget(&self, connection: &ConnectionId) {
        self.lock().remove(connection);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Arc<Turn>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Begins a read.
    pub fn begin_read(&self) -> Ticket {
        let mut reads = self.reads();
        reads.clock += 1;
        Ticket(reads.clock)
    }

    /// Remembers what a read brought; nothing when something newer is remembered already.
    pub fn remember<T>(&self, ticket: Ticket, keep: impl FnOnce() -> T) -> Option<T> {
        let mut reads = self.reads();
        if ticket.0 < reads.newest {
            return None;
        }
        reads.newest = ticket.0;
        Some(keep())
    }

    /// Remembers what a write left: reads begun before it are out of date.
    pub fn wrote<T>(&self, keep: impl FnOnce() -> T) -> T {
        let mut reads = self.reads();
        reads.clock += 1;
        reads.newest = reads.clock;
        keep()
    }

    fn reads(&self) -> MutexGuard<'_, Reads> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_that_began_before_a_write_or_a_newer_read_is_not_remembered() {
        let turn = Turn::default();
        let (early, late) = (turn.begin_read(), turn.begin_read());
        assert_eq!(turn.remember(late, || 1), Some(1));
        assert_eq!(turn.remember(early, || 2), None);
        let before = turn.begin_read();
        turn.wrote(|| ());
        assert_eq!(turn.remember(before, || 3), None);
        assert_eq!(turn.remember(turn.begin_read(), || 4), Some(4));
    }
}
