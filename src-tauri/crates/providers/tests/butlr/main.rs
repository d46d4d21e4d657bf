//! The Butlr provider against the simulated vendor, over real HTTP.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod api_calls;
mod common;
mod failures;
mod inspect;
mod lost_answers;
mod preview;
mod reading;
mod secrets;
#[path = "../support/shell.rs"]
mod shell;
mod sign_in;
mod validation;
mod writing;
