//! Token requests against real servers, with real TLS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    reason = "a test stops at the first surprise"
)]

mod server;
mod token;
mod token_failures;
mod token_secrets;
mod token_tls;
