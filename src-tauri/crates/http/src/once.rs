//! One request to any address, sent once: no connection of ours, no rate gate, no second try, no redirect followed.

use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Method, StatusCode};
use thiserror::Error;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tracing::debug;
use url::Url;

use crate::base_url::{host_words, is_loopback};
use crate::classify::{classify, tls_fault};
use crate::client::{ProxyUse, client_builder, system_proxy};
use crate::error::{Effect, HttpError};
use crate::request::{RequestProblem, checked_header};

/// A request to any address. Its headers and its body count as secret.
#[derive(Clone)]
pub struct SingleRequest {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Bytes>,
}

/// How a single request is sent.
#[derive(Debug, Clone)]
pub struct SingleOptions {
    /// Time for connecting, TLS included. 10 s by default.
    pub connect_timeout: Duration,
    /// Time for everything, from connecting to the last byte. 30 s by default.
    pub limit: Duration,
    /// Bytes of a decompressed body. 64 KiB by default.
    pub max_body: u64,
    /// Whether the system's proxy is used.
    pub proxy: ProxyUse,
    /// Certificates, in DER, that are trusted beside the system's. For tests: the program has none.
    pub extra_roots: Vec<Vec<u8>>,
}

/// A complete answer, whatever its status. `Debug` shows neither header values nor the body.
#[derive(Clone)]
pub struct SingleAnswer {
    /// Any HTTP status; a redirect is one like any other.
    pub status: StatusCode,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
}

/// Why there is no complete answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct SingleError {
    /// What happened.
    pub error: HttpError,
    /// What is wrong with the secure connection, where that is the cause.
    pub tls: Option<TlsFault>,
}

/// What is wrong with a secure connection, as far as the handshake tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate's time is over.
    Expired,
    /// The certificate's time has not begun.
    NotYetValid,
    /// The certificate names other hosts.
    WrongName,
    /// The system does not trust who issued the certificate, or its chain is incomplete.
    UnknownIssuer,
    /// The certificate is one of an authority, as self-signed ones often are, and not one of a server.
    Authority,
    /// The certificate was taken back.
    Revoked,
    /// What answers does not speak TLS.
    NotTls,
    /// Anything else.
    Other,
}

impl SingleRequest {
    /// A request without headers of its own and without a body.
    #[must_use]
    pub fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: None }
    }

    /// Adds a header, beside others of its name; its value is treated as a secret.
    ///
    /// # Errors
    /// What no header can be, and what the transport sets itself.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, RequestProblem> {
        let (name, value) = checked_header(name, value)?;
        self.headers.append(name, value);
        Ok(self)
    }

    /// Adds a header unless there is one of its name.
    #[must_use]
    pub fn default_header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.entry(name).or_insert(HeaderValue::from_static(value));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }
}

impl Default for SingleOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            limit: Duration::from_secs(30),
            max_body: 64 * 1024,
            proxy: ProxyUse::System,
            extra_roots: Vec::new(),
        }
    }
}

/// Sends a request once and returns the complete answer, whatever its status. This computer itself is reached
/// directly, everything else as the system's proxy settings say.
///
/// # Errors
/// Where there is no complete answer.
pub async fn send_once(
    request: SingleRequest,
    options: &SingleOptions,
    cancel: &CancellationToken,
) -> Result<SingleAnswer, SingleError> {
    let host = host_words(&request.url);
    let started = Instant::now();
    let outcome = tokio::select! {
        biased;
        () = cancel.cancelled() => Err(HttpError::Cancelled { effect: Effect::Unknown }.into()),
        outcome = timeout(options.limit, exchange(request, options, &host)) => outcome.unwrap_or_else(|_| {
            Err(HttpError::TimedOut { after: options.limit, effect: Effect::Unknown }.into())
        }),
    };
    // The host alone: the path of an address that is not an API's own may be a secret.
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match &outcome {
        Ok(answer) => debug!(host, status = answer.status.as_u16(), elapsed_ms, "answered"),
        Err(error) => debug!(host, %error, elapsed_ms, "failed"),
    }
    outcome
}

async fn exchange(
    request: SingleRequest,
    options: &SingleOptions,
    host: &str,
) -> Result<SingleAnswer, SingleError> {
    let direct = options.proxy == ProxyUse::Direct || is_loopback(&request.url);
    let proxy = if direct { None } else { system_proxy(&request.url) };
    let failed = |error: reqwest::Error| SingleError {
        tls: error.is_connect().then(|| tls_fault(&error)).flatten(),
        error: classify(error, host, proxy.as_deref()),
    };
    let client = client(&request.url, direct, options)?;
    let mut sending = client.request(request.method, request.url).headers(request.headers);
    if let Some(body) = request.body {
        sending = sending.body(body);
    }
    let mut response = sending.send().await.map_err(failed)?;
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if (body.len() as u64).saturating_add(chunk.len() as u64) > options.max_body {
            return Err(HttpError::TooLarge { limit: options.max_body }.into());
        }
        body.extend_from_slice(&chunk);
    }
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    Ok(SingleAnswer { status, headers, body: body.freeze() })
}

fn client(url: &Url, direct: bool, options: &SingleOptions) -> Result<Client, SingleError> {
    let setup = |error: reqwest::Error| {
        let detail = format!("secure connections cannot be set up: {}", error.without_url());
        SingleError::from(HttpError::Other { detail })
    };
    let mut builder = client_builder(url.scheme() == "https", direct, options.connect_timeout);
    if !options.extra_roots.is_empty() {
        let roots = options.extra_roots.iter().map(|der| Certificate::from_der(der));
        builder = builder.tls_certs_merge(roots.collect::<Result<Vec<_>, _>>().map_err(setup)?);
    }
    builder.build().map_err(setup)
}

impl From<HttpError> for SingleError {
    fn from(error: HttpError) -> Self {
        Self { error, tls: None }
    }
}

impl fmt::Debug for SingleRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SingleRequest")
            .field("method", &self.method)
            .field("host", &host_words(&self.url))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SingleAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SingleAnswer")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
