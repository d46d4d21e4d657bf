//! The rate gate: all requests of a connection pass it, first come, first served.

mod allowance;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use self::allowance::{Allowance, Report};
use crate::error::{Effect, HttpError};
use crate::retry_after::{number, retry_after, seconds, server_time, time_until};

/// How a gate works.
#[derive(Debug, Clone)]
pub struct GateOptions {
    /// Requests on their way at the same time; at least 1. 6 by default.
    pub max_concurrency: usize,
    /// Longer waits for the allowance are returned as [`HttpError::RateLimited`]. 10 s by default.
    pub max_wait: Duration,
    /// The headers in which the server reports the allowance, if it does.
    pub headers: Option<RateHeaders>,
}

/// The names of the headers in which a server reports its allowance.
#[derive(Debug, Clone)]
pub struct RateHeaders {
    /// Requests allowed in a window.
    pub limit: HeaderName,
    /// Requests left in the current window.
    pub remaining: HeaderName,
    /// When the window ends.
    pub window: WindowHeader,
}

/// The three ways in which servers tell when a window ends.
#[derive(Debug, Clone)]
pub enum WindowHeader {
    /// Seconds until the window ends.
    ResetIn(HeaderName),
    /// The end of the window in seconds since 1970.
    ResetAt(HeaderName),
    /// The window's length in seconds; its end must be reckoned from the first answer in it.
    Period(HeaderName),
}

/// What a gate knows of the server's allowance at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateSnapshot {
    /// Requests allowed in a window.
    pub limit: Option<u64>,
    /// Requests left in it; those in flight count as used.
    pub remaining: Option<u64>,
    /// The window's length, where the server tells it.
    pub period: Option<Duration>,
    /// How long a request would have to wait; zero when there is some allowance left.
    pub wait: Duration,
}

/// Shared by all callers of a connection; clones are the same gate.
#[derive(Debug, Clone)]
pub struct RateGate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: GateOptions,
    scope: String,
    /// Held by whoever is next; tokio's mutex is fair.
    turnstile: tokio::sync::Mutex<()>,
    slots: Arc<Semaphore>,
    allowance: Mutex<Allowance>,
}

/// The right to send one request; dropping it makes room for the next.
#[derive(Debug)]
#[must_use]
pub struct RatePermit {
    _slot: OwnedSemaphorePermit,
}

impl Default for GateOptions {
    fn default() -> Self {
        Self { max_concurrency: 6, max_wait: Duration::from_secs(10), headers: None }
    }
}

impl RateGate {
    /// A gate for what `scope` names in errors ("requests to api.example.com").
    #[must_use]
    pub fn new(scope: impl Into<String>, options: GateOptions) -> Self {
        Self(Arc::new(Inner {
            slots: Arc::new(Semaphore::new(options.max_concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            options,
            scope: scope.into(),
            turnstile: tokio::sync::Mutex::new(()),
            allowance: Mutex::default(),
        }))
    }

    /// Waits for a turn. Callers are let through in the order in which they came. Hold the permit until the
    /// answer is complete.
    ///
    /// # Errors
    /// [`HttpError::RateLimited`] at once when the allowance would make the caller wait longer than
    /// [`GateOptions::max_wait`] altogether; [`HttpError::Cancelled`].
    pub async fn acquire(&self, cancel: &CancellationToken) -> Result<RatePermit, HttpError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(HttpError::Cancelled { effect: Effect::NotSent }),
            permit = self.queue() => permit,
        }
    }

    /// How long a request would have to wait for the allowance now; zero when there is some left.
    #[must_use]
    pub fn current_wait(&self) -> Duration {
        let in_flight = self.in_flight();
        self.allowance().wait(Instant::now(), in_flight)
    }

    /// What is known of the allowance now.
    #[must_use]
    pub fn snapshot(&self) -> RateSnapshot {
        let in_flight = self.in_flight();
        self.allowance().snapshot(Instant::now(), in_flight)
    }

    /// Learns from an answer: the configured headers, and `Retry-After` of a 429; a 429 without one holds until
    /// the window ends, as far as its length is known. To be called before the answered request's permit is
    /// dropped.
    pub fn learn(&self, status: StatusCode, headers: &HeaderMap) {
        let (now, clock) = (Instant::now(), SystemTime::now());
        let others = self.in_flight().saturating_sub(1);
        let tolerance = u64::try_from(self.capacity()).unwrap_or(u64::MAX);
        let report = self.0.options.headers.as_ref().map(|names| names.read(headers, now, clock));
        let mut allowance = self.allowance();
        if let Some(report) = report {
            allowance.observe(now, &report, others, tolerance);
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            match retry_after(headers, clock) {
                Some(wait) => allowance.pause(now + wait),
                None => allowance.used_up(now),
            }
        }
    }

    /// What is limited, in words.
    pub(crate) fn scope(&self) -> &str {
        &self.0.scope
    }

    async fn queue(&self) -> Result<RatePermit, HttpError> {
        let asked = Instant::now();
        let _turn = self.0.turnstile.lock().await;
        let slot = Arc::clone(&self.0.slots).acquire_owned().await;
        let slot = slot.map_err(|_| HttpError::Other { detail: "the rate gate is closed".to_owned() })?;
        loop {
            let wait = self.take_or_wait();
            if wait.is_zero() {
                return Ok(RatePermit { _slot: slot });
            }
            if asked.elapsed() + wait > self.0.options.max_wait {
                return Err(HttpError::RateLimited {
                    retry_after: Some(wait),
                    scope: self.0.scope.clone(),
                    effect: Effect::NotSent,
                });
            }
            sleep(wait).await;
        }
    }

    /// Zero: one request has been deducted. Called with a slot in hand, which is not in flight yet.
    fn take_or_wait(&self) -> Duration {
        let (now, in_flight) = (Instant::now(), self.in_flight().saturating_sub(1));
        let mut allowance = self.allowance();
        let wait = allowance.wait(now, in_flight);
        if wait.is_zero() {
            allowance.take(now);
        }
        wait
    }

    fn capacity(&self) -> usize {
        self.0.options.max_concurrency.clamp(1, Semaphore::MAX_PERMITS)
    }

    fn in_flight(&self) -> u64 {
        let taken = self.capacity().saturating_sub(self.0.slots.available_permits());
        u64::try_from(taken).unwrap_or(u64::MAX)
    }

    fn allowance(&self) -> MutexGuard<'_, Allowance> {
        self.0.allowance.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RateHeaders {
    fn read(&self, headers: &HeaderMap, now: Instant, clock: SystemTime) -> Report {
        let (ends, period) = match &self.window {
            WindowHeader::ResetIn(name) => (seconds(headers, name).map(|wait| now + wait), None),
            WindowHeader::ResetAt(name) => (self.reset_at(headers, name, now, clock), None),
            WindowHeader::Period(name) => (None, seconds(headers, name)),
        };
        Report {
            limit: number(headers, &self.limit),
            remaining: number(headers, &self.remaining),
            ends,
            period,
        }
    }

    fn reset_at(
        &self,
        headers: &HeaderMap,
        name: &HeaderName,
        now: Instant,
        clock: SystemTime,
    ) -> Option<Instant> {
        let end = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(number(headers, name)?))?;
        Some(now + time_until(end, server_time(headers, clock)))
    }
}

#[cfg(test)]
mod tests;
