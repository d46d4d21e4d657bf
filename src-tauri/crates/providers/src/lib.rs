//! The vendors whose webhooks can be managed: one folder each, behind [`Provider`] and [`Session`].
//!
//! Everything that is peculiar to a vendor stays in its folder. Adding one means a folder and a line
//! in [`registry`].

// `AppError` is what every call here may answer; a box around it would make every match on it longer, and
// an error is never on a hot path.

mod address;
mod api_call;
mod booqable;
mod butlr;
mod epilot;
mod failure;
mod findings;
mod provider;
mod raw;
mod samples;
mod scrub;
mod spec;

pub use address::query_params;
pub use provider::{
    Meter, NoMeter, NoSecret, PrepareError, Prepared, Provider, Remote, SecretSource, Session,
    SessionContext, ToldOnce, Write, WriteAction, WriteError, Written,
};
pub use raw::RawObject;

use std::sync::Arc;
use tacklebox_model::ProviderId;

/// Every provider there is, in the order they are offered.
pub fn registry() -> Vec<Arc<dyn Provider>> {
    vec![Arc::new(butlr::Butlr), Arc::new(epilot::Epilot), Arc::new(booqable::Booqable)]
}

/// The provider of this name.
pub fn find(id: &ProviderId) -> Option<Arc<dyn Provider>> {
    registry().into_iter().find(|provider| &provider.info().id == id)
}
