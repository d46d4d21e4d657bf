//! When a request is sent again, and after what pause.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBuilder};
use reqwest::StatusCode;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::error::{Effect, HttpError, UnreachableCause};
use crate::response::ApiResponse;
use crate::retry_after::retry_after;

/// How often and after what pauses a request is sent again.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// Attempts altogether. 3 by default.
    pub max_attempts: u32,
    /// The first pause, to which up to its own length is added at random; the next is twice as long. 300 ms by
    /// default.
    pub first_pause: Duration,
    /// Longer waits that a server asks for are returned as [`HttpError::RateLimited`]. 10 s by default.
    pub max_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_attempts: 3, first_pause: Duration::from_millis(300), max_wait: Duration::from_secs(10) }
    }
}

/// One try at a request; the seam at which the retry rules are tested without a network.
pub(crate) trait Attempt: Send {
    /// Tries once; `number` counts from 1.
    fn attempt(&mut self, number: u32) -> impl Future<Output = Result<ApiResponse, HttpError>> + Send;
    /// What the rate gate says about the wait for the next request.
    fn allowance_wait(&self) -> Duration;
}

/// What the rules need to know of a request.
pub(crate) struct Rules<'a> {
    pub(crate) policy: RetryPolicy,
    pub(crate) idempotent: bool,
    /// What is limited, in words.
    pub(crate) scope: &'a str,
    pub(crate) deadline: Option<Instant>,
}

/// What an attempt's outcome calls for.
enum Verdict {
    Final,
    /// Try again, no sooner than this.
    Again(Duration),
    /// The server turned the request away for its rate and may have said for how long.
    Limited(Option<Duration>),
}

impl Rules<'_> {
    /// Tries until there is an outcome to return.
    pub(crate) async fn run(
        &self,
        attempt: &mut impl Attempt,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, HttpError> {
        let mut pauses = ExponentialBuilder::new()
            .with_min_delay(self.policy.first_pause)
            .with_max_times(self.policy.max_attempts.saturating_sub(1) as usize)
            .with_jitter()
            .build();
        let mut uncertain = false;
        let mut number = 1;
        loop {
            let outcome = attempt.attempt(number).await;
            let verdict = self.judge(&outcome);
            let outcome = match verdict {
                Verdict::Limited(_) => Err(self.limited(&verdict, attempt.allowance_wait())),
                Verdict::Final | Verdict::Again(_) => outcome,
            };
            let outcome =
                outcome.map_err(|error| if uncertain { error.after_uncertain_attempt() } else { error });
            let Some(least) = verdict.least_pause(self.idempotent, attempt.allowance_wait()) else {
                return outcome;
            };
            uncertain |= outcome.as_ref().map_or_else(|e| e.effect() == Effect::Unknown, |_| true);
            if least > self.policy.max_wait {
                return outcome.and_then(|_| Err(self.too_long(least)));
            }
            let Some(pause) = pauses.next() else { return outcome };
            let pause = pause.max(least);
            if self.deadline.is_some_and(|deadline| Instant::now() + pause >= deadline) {
                return outcome;
            }
            if cancel.run_until_cancelled(sleep(pause)).await.is_none() {
                let effect = if uncertain { Effect::Unknown } else { Effect::NotSent };
                return Err(HttpError::Cancelled { effect });
            }
            number += 1;
        }
    }

    fn judge(&self, outcome: &Result<ApiResponse, HttpError>) -> Verdict {
        match outcome {
            Ok(response) if response.status == StatusCode::TOO_MANY_REQUESTS => {
                Verdict::Limited(retry_after(&response.headers, SystemTime::now()))
            }
            Ok(response) if self.idempotent && is_passing(response.status) => {
                Verdict::Again(retry_after(&response.headers, SystemTime::now()).unwrap_or_default())
            }
            Err(HttpError::Dropped) if self.idempotent => Verdict::Again(Duration::ZERO),
            // Nothing was sent, so that this is right for any request.
            Err(HttpError::Unreachable { cause, .. }) if may_pass(cause) => Verdict::Again(Duration::ZERO),
            Ok(_) | Err(_) => Verdict::Final,
        }
    }

    fn limited(&self, verdict: &Verdict, allowance: Duration) -> HttpError {
        let told = match verdict {
            Verdict::Limited(told) => *told,
            Verdict::Final | Verdict::Again(_) => None,
        };
        let retry_after = told.or((!allowance.is_zero()).then_some(allowance));
        HttpError::RateLimited { retry_after, scope: self.scope.to_owned(), effect: Effect::NotSent }
    }

    /// A 502, 503 or 504 with a long Retry-After.
    fn too_long(&self, wait: Duration) -> HttpError {
        HttpError::RateLimited {
            retry_after: Some(wait),
            scope: self.scope.to_owned(),
            effect: Effect::Unknown,
        }
    }
}

impl Verdict {
    /// The least pause before the next attempt; `None` when there must not be one.
    fn least_pause(&self, idempotent: bool, allowance: Duration) -> Option<Duration> {
        match self {
            Self::Final => None,
            Self::Again(least) => Some(*least),
            Self::Limited(told) => idempotent.then(|| told.unwrap_or_default().max(allowance)),
        }
    }
}

/// Statuses of gateways and servers that may be gone in a moment.
fn is_passing(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT)
}

/// Whether trying again may help. A certificate does not change, and a second connect timeout only doubles the
/// wait.
fn may_pass(cause: &UnreachableCause) -> bool {
    match cause {
        UnreachableCause::Dns
        | UnreachableCause::Refused
        | UnreachableCause::Proxy { .. }
        | UnreachableCause::Other { .. } => true,
        UnreachableCause::Tls { .. } | UnreachableCause::Timeout => false,
    }
}

#[cfg(test)]
mod tests;
