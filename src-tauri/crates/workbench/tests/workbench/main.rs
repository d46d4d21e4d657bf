//! The use cases over a real database, a keyring in memory and the sandbox over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    clippy::large_futures,
    reason = "a test stops at the first surprise"
)]

mod canary;
mod common;
mod connections;
mod journal;
mod listing;
mod lost;
mod removing;
mod stale;
mod writing;
