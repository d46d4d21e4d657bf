//! The client against real servers on this computer.
#![allow(clippy::unwrap_used, clippy::unwrap_in_result, reason = "a test fails by panicking")]

mod failures;
mod gate;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod server;
