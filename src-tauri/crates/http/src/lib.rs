//! One way to send an API request, shared by all providers.
//!
//! An [`ApiClient`] belongs to one connection: its base URL, its [`RateGate`], its limits. It sends an
//! [`ApiRequest`] and answers with an [`ApiResponse`] whatever the HTTP status, or with an [`HttpError`] whose
//! [`HttpError::effect`] tells whether the server may have acted on the request. [`send_once`] sends one request to any other address, as a test of it.
//!
//! Header values, query values, credentials and bodies never reach `Debug`, `Display` or a log line.

mod base_url;
mod classify;
mod client;
mod error;
mod exchange;
mod gate;
mod once;
mod redact;
mod request;
mod response;
mod retry;
mod retry_after;
mod scrub;
mod sent;

pub use base_url::{BaseUrlError, host_words, is_loopback, parse_base_url};
pub use client::{ApiClient, ClientError, ClientOptions, ProxyUse};
pub use error::{Effect, HttpError, UnreachableCause};
pub use gate::{GateOptions, RateGate, RateHeaders, RatePermit, RateSnapshot, WindowHeader};
pub use once::{SingleAnswer, SingleError, SingleOptions, SingleRequest, TlsFault, send_once};
pub use redact::{REDACTED, redact_url};
pub use request::{ApiRequest, JsonBody, JsonBodyError, RequestProblem, path_segment};
pub use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};
pub use response::{ApiResponse, BodyError, BodyFault};
pub use retry::RetryPolicy;
pub use retry_after::retry_after;
pub use scrub::Scrubber;
pub use sent::SentHook;
