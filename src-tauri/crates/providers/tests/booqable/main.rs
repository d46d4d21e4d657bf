//! The Booqable provider against the simulated vendor, over real HTTP.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod api_calls;
mod common;
mod connecting;
mod failures;
mod inspect;
mod lost_answers;
mod paging;
mod rate;
mod reading;
mod refused_fields;
mod secrets;
#[path = "../support/shell.rs"]
mod shell;
mod writing;
