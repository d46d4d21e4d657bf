//! The client of one connection.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::redirect;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::debug;
use url::Url;

use crate::base_url::{BaseUrlError, host_words, is_loopback, parse_base_url};
use crate::error::{Effect, HttpError};
use crate::exchange::Exchange;
use crate::gate::{GateOptions, RateGate};
use crate::request::ApiRequest;
use crate::response::{ApiResponse, request_id};
use crate::retry::{Attempt, RetryPolicy, Rules};
use crate::sent::SentHook;

const USER_AGENT: &str = concat!("Tacklebox/", env!("CARGO_PKG_VERSION"));
/// Load balancers often close idle connections after a minute; a request on such a one ends as `Dropped`.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);
/// Keeps clock arithmetic from overflowing.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(24 * 3600);

/// How a client works.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Time for connecting, TLS included. 10 s by default.
    pub connect_timeout: Duration,
    /// Time for one attempt, from connecting to the last byte. 30 s by default.
    pub timeout: Duration,
    /// Bytes of a decompressed body. 16 MiB by default.
    pub max_body: u64,
    /// When requests are sent again.
    pub retry: RetryPolicy,
    /// The connection's rate gate.
    pub gate: GateOptions,
    /// Whether the system's proxy is used.
    pub proxy: ProxyUse,
    /// Told of every request that goes out.
    pub on_sent: Option<SentHook>,
}

/// Whether the system's proxy is used. This computer itself is always reached directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyUse {
    /// As the operating system and the environment say.
    System,
    /// Never.
    Direct,
}

/// Why there can be no client.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClientError {
    /// The base URL is not acceptable.
    #[error(transparent)]
    BaseUrl(#[from] BaseUrlError),
    /// TLS or the system's certificates could not be set up.
    #[error("secure connections cannot be set up: {detail}")]
    Setup {
        /// The library's reason.
        detail: String,
    },
}

/// Sends the requests of one connection; cheap to clone, clones share connections and rate gate.
#[derive(Clone)]
pub struct ApiClient(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base: Url,
    host: String,
    /// Host and port of the proxy by which the base URL is reached.
    proxy: Option<String>,
    gate: RateGate,
    options: ClientOptions,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            max_body: 16 * 1024 * 1024,
            retry: RetryPolicy::default(),
            gate: GateOptions::default(),
            proxy: ProxyUse::System,
            on_sent: None,
        }
    }
}

impl ApiClient {
    /// A client for the base URL, of which [`parse_base_url`] tells the rules.
    ///
    /// # Errors
    /// A base URL that breaks a rule; TLS that cannot be set up.
    pub fn new(base_url: &str, options: ClientOptions) -> Result<Self, ClientError> {
        let base = parse_base_url(base_url)?;
        let direct = options.proxy == ProxyUse::Direct || is_loopback(&base);
        let http = client_builder(base.scheme() == "https", direct, options.connect_timeout)
            .build()
            .map_err(|error| ClientError::Setup { detail: error.without_url().to_string() })?;
        let host = host_words(&base);
        Ok(Self(Arc::new(Inner {
            http,
            proxy: if direct { None } else { system_proxy(&base) },
            gate: RateGate::new(format!("requests to {host}"), options.gate.clone()),
            base,
            host,
            options,
        })))
    }

    /// The base URL; its path ends with a slash.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.0.base
    }

    /// The connection's rate gate.
    #[must_use]
    pub fn gate(&self) -> &RateGate {
        &self.0.gate
    }

    /// Sends a request and returns the complete answer, whatever its status. Idempotent requests are tried again
    /// after failures that may pass, others only when nothing was sent; see [`RetryPolicy`].
    ///
    /// # Errors
    /// Where there is no complete answer, and for any 429. [`HttpError::effect`] says whether the server may have
    /// acted.
    pub async fn send(
        &self,
        request: ApiRequest,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, HttpError> {
        let inner = &*self.0;
        let invalid = |problem| HttpError::InvalidRequest { problem };
        let exchange = Exchange {
            http: &inner.http,
            gate: &inner.gate,
            url: request.url(&inner.base).map_err(invalid)?,
            headers: request.all_headers().map_err(invalid)?,
            body: request.body_bytes(),
            method: request.method,
            host: &inner.host,
            proxy: inner.proxy.as_deref(),
            max_body: inner.options.max_body,
            on_sent: inner.options.on_sent.as_ref(),
        };
        let deadline =
            request.deadline.and_then(|allowed| Some((Instant::now().checked_add(allowed)?, allowed)));
        let timeout = request.timeout.unwrap_or(inner.options.timeout).min(LONGEST_TIMEOUT);
        let mut attempt = Try { exchange, operation: request.operation, timeout, deadline, cancel };
        let rules = Rules {
            policy: inner.options.retry,
            idempotent: request.idempotent,
            scope: inner.gate.scope(),
            deadline: deadline.map(|(at, _)| at),
        };
        rules.run(&mut attempt, cancel).await
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient").field("base", &self.0.base.as_str()).finish_non_exhaustive()
    }
}

/// A request on its way through the gate and over the network.
struct Try<'a> {
    exchange: Exchange<'a>,
    operation: &'static str,
    timeout: Duration,
    /// When the whole call must end, and how long that was from its start.
    deadline: Option<(Instant, Duration)>,
    cancel: &'a CancellationToken,
}

impl Attempt for Try<'_> {
    async fn attempt(&mut self, number: u32) -> Result<ApiResponse, HttpError> {
        let _permit = self.turn().await?;
        let started = Instant::now();
        let outcome = self.answer(started, number).await;
        self.log(&outcome, started.elapsed(), number);
        outcome
    }

    fn allowance_wait(&self) -> Duration {
        self.exchange.gate.current_wait()
    }
}

impl Try<'_> {
    async fn turn(&self) -> Result<crate::RatePermit, HttpError> {
        let turn = self.exchange.gate.acquire(self.cancel);
        match self.deadline {
            None => turn.await,
            Some((at, after)) => timeout_at(at, turn)
                .await
                .unwrap_or(Err(HttpError::TimedOut { after, effect: Effect::NotSent })),
        }
    }

    async fn answer(&self, started: Instant, attempts: u32) -> Result<ApiResponse, HttpError> {
        let own = (started + self.timeout, self.timeout);
        let (at, after) = self.deadline.map_or(own, |whole| own.min(whole));
        let answer = tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(HttpError::Cancelled { effect: Effect::Unknown }),
            answer = timeout_at(at, self.exchange.once()) =>
                answer.unwrap_or(Err(HttpError::TimedOut { after, effect: Effect::Unknown })),
        }?;
        Ok(ApiResponse {
            request_id: request_id(&answer.headers),
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            elapsed: started.elapsed(),
            attempts,
        })
    }

    /// One line per attempt: no query, no headers, no body.
    fn log(&self, outcome: &Result<ApiResponse, HttpError>, elapsed: Duration, attempt: u32) {
        let (operation, host, path) = (self.operation, self.exchange.host, self.exchange.url.path());
        let elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok(response) => {
                let status = response.status.as_u16();
                debug!(operation, host, path, status, elapsed_ms, attempt, "answered");
            }
            Err(error) => debug!(operation, host, path, %error, elapsed_ms, attempt, "failed"),
        }
    }
}

/// What every client of ours has in common: rustls with the certificates the system trusts, the system's proxy
/// unless `direct`, no redirect followed by itself.
pub(crate) fn client_builder(
    https_only: bool,
    direct: bool,
    connect_timeout: Duration,
) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .https_only(https_only)
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE_CONNECTION)
        .redirect(redirect::Policy::none())
        .referer(false);
    if direct { builder.no_proxy() } else { builder }
}

/// Host and port of the proxy that reqwest will use for a URL: it asks the same matcher.
pub(crate) fn system_proxy(base: &Url) -> Option<String> {
    let target: hyper::Uri = base.as_str().parse().ok()?;
    let intercept = Matcher::from_system().intercept(&target)?;
    let uri = intercept.uri();
    let host = uri.host()?;
    Some(uri.port_u16().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
