//! epilot's session against the simulator, every exchange held against epilot's own OpenAPI document.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod auth;
mod common;
mod deliveries;
mod failures;
mod inspect;
mod lost_answers;
mod preview;
mod reading;
mod secrets;
mod server_tests;
mod validation;
mod writing;
