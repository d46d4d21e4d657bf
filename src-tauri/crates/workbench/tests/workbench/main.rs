//! The use cases over a real database, a keyring in memory and the sandbox over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    clippy::large_futures,
    reason = "a test stops at the first surprise"
)]

mod asking;
mod canary;
mod common;
mod connections;
mod drafts;
mod epilot;
mod journal;
mod keyring;
mod listing;
mod lost;
mod made_from;
mod removing;
mod samples;
mod several;
mod split;
mod stale;
mod switching;
mod tokens;
mod told_once;
mod vendor;
mod vendors;
mod waiting;
mod writing;
