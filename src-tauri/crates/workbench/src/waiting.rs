//! Waiting until a vendor whose limit on requests is used up takes requests again.

use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use tacklebox_model::{AppError, Fault};
use tokio_util::sync::CancellationToken;

/// How long is waited when the vendor does not say.
const UNTOLD_MS: u64 = 60_000;
/// How often is waited without anything getting through in between.
const WAITS: u32 = 5;

/// Lets time pass. The program sleeps; a test need not.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Returns after this time.
    async fn sleep(&self, time: Duration);
}

/// The computer's own clock.
struct RealTime;

#[async_trait]
impl Clock for RealTime {
    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Waits for vendors.
pub(crate) struct Waits {
    clock: Arc<dyn Clock>,
    closing: CancellationToken,
}

/// How many waits are left before giving up.
pub(crate) struct Patience(u32);

/// How a wait ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waited {
    /// It is time to try again.
    Over,
    /// The user stopped it, or the program ends.
    Stopped,
    /// Waiting did not help so far and would not now.
    GivenUp,
}

impl Default for Patience {
    fn default() -> Self {
        Self(WAITS)
    }
}

impl Default for Waits {
    fn default() -> Self {
        Self::with(Arc::new(RealTime))
    }
}

impl Waits {
    pub(crate) fn with(clock: Arc<dyn Clock>) -> Self {
        Self { clock, closing: CancellationToken::new() }
    }

    /// Ends all waits, because the program ends.
    pub(crate) fn end(&self) {
        self.closing.cancel();
    }

    /// Waits as long as the vendor asks for with this error, saying first how many milliseconds that is.
    pub(crate) async fn sit_out(
        &self,
        error: &AppError,
        patience: &mut Patience,
        cancel: &CancellationToken,
        say: impl FnOnce(u64) + Send,
    ) -> Waited {
        let Fault::RateLimited { retry_after_ms } = error.fault else { return Waited::GivenUp };
        let Some(left) = patience.0.checked_sub(1) else { return Waited::GivenUp };
        patience.0 = left;
        let wait_ms = retry_after_ms.unwrap_or(UNTOLD_MS);
        say(wait_ms);
        tokio::select! {
            biased;
            () = cancel.cancelled() => Waited::Stopped,
            () = self.closing.cancelled() => Waited::Stopped,
            () = self.clock.sleep(Duration::from_millis(wait_ms)) => Waited::Over,
        }
    }
}

/// Whether the vendor asks for patience.
pub(crate) fn is_limit(error: &AppError) -> bool {
    matches!(error.fault, Fault::RateLimited { .. })
}
