//! What all simulated vendors share: the request log, scripted faults, the clock and the control API.

mod clock;
mod fault;
mod http;
mod log;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use clock::Clock;
pub use fault::{Fault, FaultAction, Faults, Phase, RetryAfter};
pub(crate) use http::{refuse, router};
pub(crate) use log::LoggedAnswer;
pub use log::{LoggedRequest, Operation, RequestLog};

/// The shared controls of one server.
#[derive(Debug, Default)]
pub(crate) struct Control {
    pub(crate) clock: Arc<Clock>,
    pub(crate) log: RequestLog,
    pub(crate) faults: Faults,
}

impl Control {
    /// Empties the log and the fault queue and puts the clock back to the real time.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        self.log.clear();
        self.faults.clear();
    }
}

/// Locks, also when another thread panicked while it held the lock: a simulator's state stays readable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Applies a JSON merge patch (RFC 7396): objects merge, null removes, anything else replaces.
pub(crate) fn merge_patch(target: &mut serde_json::Value, patch: serde_json::Value) {
    let serde_json::Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = serde_json::json!({});
    }
    let Some(fields) = target.as_object_mut() else { return };
    for (name, value) in patch {
        if value.is_null() {
            fields.shift_remove(&name);
        } else {
            merge_patch(fields.entry(name).or_insert(serde_json::Value::Null), value);
        }
    }
}
