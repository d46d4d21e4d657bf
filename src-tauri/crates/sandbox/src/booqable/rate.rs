use serde::{Deserialize, Serialize};

/// How many requests an organisation may make in a window of time. It depends on the vendor's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// The allowance of one window.
    pub requests: u32,
    /// The length of the window.
    pub period_seconds: u64,
    /// Whether the allowance can be used up. If not, the headers always say that all of it remains.
    pub enforced: bool,
}

impl RateLimit {
    /// An enforced limit.
    pub fn new(requests: u32, period_seconds: u64) -> Self {
        Self { requests, period_seconds, enforced: true }
    }
}

/// Where an organisation stands in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RateState {
    /// The allowance of one window.
    pub limit: u32,
    /// The length of the window.
    pub period_seconds: u64,
    /// What is left of the allowance.
    pub remaining: u32,
    /// Until the whole allowance is there again, by the sandbox's clock. The vendor does not tell its clients.
    pub resets_in_ms: u64,
}

/// A fixed window. Assumption: it begins with the first request after the one before has ended.
#[derive(Debug, Default)]
pub(super) struct Window {
    started_ms: Option<u64>,
    used: u32,
}

impl Window {
    /// Uses one request of the allowance, if there is one left, and says where that leaves it.
    pub(super) fn take(&mut self, limit: RateLimit, now_ms: u64) -> (bool, RateState) {
        if self.ends_in_ms(limit, now_ms) == 0 {
            *self = Self { started_ms: Some(now_ms), used: 0 };
        }
        let allowed = !limit.enforced || self.used < limit.requests;
        if allowed {
            self.used = self.used.saturating_add(1);
        }
        (allowed, self.state(limit, now_ms))
    }

    pub(super) fn state(&self, limit: RateLimit, now_ms: u64) -> RateState {
        let resets_in_ms = self.ends_in_ms(limit, now_ms);
        let used = if limit.enforced && resets_in_ms > 0 { self.used } else { 0 };
        RateState {
            limit: limit.requests,
            period_seconds: limit.period_seconds,
            remaining: limit.requests.saturating_sub(used),
            resets_in_ms,
        }
    }

    fn ends_in_ms(&self, limit: RateLimit, now_ms: u64) -> u64 {
        let period_ms = limit.period_seconds.saturating_mul(1000);
        self.started_ms.map_or(0, |started| started.saturating_add(period_ms).saturating_sub(now_ms))
    }
}
