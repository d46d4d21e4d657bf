//! Sends requests to endpoints as a vendor would, and tells what happened. Knows no vendor.
//!
//! A [`Prober`] sends from this computer, through its proxy and with the certificates it trusts. What it was given
//! in secret and what it got in secret stands in no text it makes.

pub mod token;

pub use tacklebox_http::{ProxyUse, SingleOptions as ProbeOptions, TlsFault};

/// Sends from this computer.
#[derive(Clone, Debug, Default)]
pub struct Prober {
    options: ProbeOptions,
}

impl Prober {
    /// With other limits, or in tests with other certificates, than the usual.
    #[must_use]
    pub fn with(options: ProbeOptions) -> Self {
        Self { options }
    }
}
