use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The sandbox's clock: the real time plus what a test added to it. Tokens expire by it.
#[derive(Debug, Default)]
pub struct Clock {
    advanced_ms: AtomicU64,
}

impl Clock {
    /// Milliseconds since the Unix epoch, as the sandbox sees it.
    pub fn now_ms(&self) -> u64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        millis(real).saturating_add(self.advanced_ms.load(Ordering::SeqCst))
    }

    /// Moves the clock forward at once.
    pub fn advance(&self, by: Duration) {
        self.advanced_ms.fetch_add(millis(by), Ordering::SeqCst);
    }

    /// Back to the real time.
    pub fn reset(&self) {
        self.advanced_ms.store(0, Ordering::SeqCst);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
