//! The vendors whose webhooks can be managed: one folder each, behind [`Provider`] and [`Session`].
//!
//! Everything that is peculiar to a vendor stays in its folder. Adding one means a folder and a line
//! in [`registry`].

// `AppError` is what every call here may answer; a box around it would make every match on it longer, and
// an error is never on a hot path.

mod butlr;
mod failure;
mod provider;
mod raw;
mod scrub;

pub use provider::{
    NoSecret, PrepareError, Prepared, Provider, Remote, SecretSource, Session, SessionContext, Write,
    WriteAction, WriteError, Written,
};
pub use raw::RawObject;

use std::sync::Arc;
use tacklebox_model::ProviderId;

/// Every provider there is, in the order they are offered.
pub fn registry() -> Vec<Arc<dyn Provider>> {
    vec![Arc::new(butlr::Butlr)]
}

/// The provider of this name.
pub fn find(id: &ProviderId) -> Option<Arc<dyn Provider>> {
    registry().into_iter().find(|provider| &provider.info().id == id)
}
