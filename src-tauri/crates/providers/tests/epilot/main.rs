//! epilot's session against the simulator, every exchange held against epilot's own OpenAPI document.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod api_calls;
mod auth;
mod common;
mod conditions;
mod deliveries;
mod failures;
mod inspect;
mod lost_answers;
mod preview;
mod reading;
mod secrets;
mod server_tests;
#[path = "../support/shell.rs"]
mod shell;
mod validation;
mod writing;
