//! Counting the requests that leave this computer.

use std::fmt;
use std::sync::Arc;

/// Told of every request that went out, repeated attempts and followed redirects included.
#[derive(Clone)]
pub struct SentHook(Arc<dyn Fn() + Send + Sync>);

impl SentHook {
    /// Calls this for each request. It must be quick: the request waits for it.
    pub fn new(told: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }
}

impl fmt::Debug for SentHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SentHook")
    }
}

/// A request on its way. It counts as sent when this is dropped, also where the caller gave up half-way: rather
/// one too many than one too few.
pub(crate) struct Sending<'a>(Option<&'a SentHook>);

impl<'a> Sending<'a> {
    pub(crate) fn begin(hook: Option<&'a SentHook>) -> Self {
        Self(hook)
    }

    /// No connection was made.
    pub(crate) fn never_left(mut self) {
        self.0 = None;
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        if let Some(SentHook(told)) = self.0 {
            told();
        }
    }
}
