//! Stateful simulators of the vendors over HTTP on the loopback interface.
//!
//! A [`Sandbox`] is a running server. It is as strict as the vendors' documents, keeps what it is told,
//! logs every request, and misbehaves on command: see [`Fault`]. Where the documents are silent the choice
//! made is marked "Assumption" in a comment beside the code.
//!
//! This crate imports none of the program's other crates, so that a misunderstanding is not shared.

mod booqable;
mod butlr;
mod control;
mod epilot;
mod server;
mod tokens;

use std::time::Duration;

use tokio_util::sync::{CancellationToken, DropGuard};

pub use booqable::{
    BooqableConfig, BooqableEndpoint, BooqableHandle, BooqableNotification, BooqableOrganisation,
    BooqableSettings, ListShape, PaymentProblem, RateLimit, RateState,
};
pub use butlr::{
    ApiKey, BasicAuth, ButlrAssets, ButlrConfig, ButlrHandle, ButlrOrganisation, Dialect, EndpointConfig,
    Spelling, UnauthenticatedAnswer, Webhook,
};
pub use control::{
    Clock, Fault, FaultAction, Faults, LoggedRequest, Operation, Phase, RequestLog, RetryAfter,
};

pub use epilot::{
    EpilotConfig, EpilotDelivery, EpilotHandle, EpilotOrganisation, EpilotOutcome, EpilotToken,
};
pub use tokens::{TokenClient, TokenServerConfig};

/// What a [`Sandbox`] serves. The default is the seeded organisations on any free port.
#[derive(Debug, Clone, Default)]
pub struct SandboxConfig {
    /// TCP port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Waited before every answer, the control API excepted.
    pub delay: Duration,
    /// Whether the log keeps the answers too, up to 256 kB each. They hold what a client is told, secrets included.
    pub record_answers: bool,
    /// The Butlr simulator.
    pub butlr: ButlrConfig,
    /// The epilot simulator.
    pub epilot: EpilotConfig,
    /// The Booqable simulator.
    pub booqable: BooqableConfig,
    /// The authorisation server for webhooks with OAuth.
    pub tokens: TokenServerConfig,
}

/// Why the sandbox could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The loopback port could not be bound.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// An organisation's settings do not make a valid GraphQL schema, such as an event type that is no name.
    #[error("the GraphQL schema of {organisation} is not valid: {reason}")]
    Schema {
        /// The organisation's key.
        organisation: String,
        /// What the GraphQL engine said.
        reason: String,
    },
    /// No organisation has this key or label.
    #[error("no organisation is called {0}")]
    UnknownOrganisation(String),
    /// No webhook has this id.
    #[error("no webhook has the id {0}")]
    UnknownWebhook(String),
    /// The patched object is no longer a webhook.
    #[error("the patch does not leave a valid webhook: {0}")]
    InvalidPatch(String),
}

/// How a client connects to one simulated organisation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SandboxOrganisation {
    /// The provider's id: `butlr`, `epilot` or `booqable`.
    pub provider: String,
    /// Short name for the control API and for the provider's handle, such as [`Sandbox::butlr`].
    pub key: String,
    /// The organisation's name.
    pub label: String,
    /// The provider's id for the organisation.
    pub organisation_id: String,
    /// Where the vendor's paths begin, such as `http://127.0.0.1:4010/butlr`.
    pub base_url: String,
    /// The credential, as name and value, such as `client_id` and `client_secret`. All fake.
    pub credential: Vec<(String, String)>,
}

/// A running server. Dropping it stops the server and closes its connections.
#[derive(Debug)]
pub struct Sandbox {
    shared: std::sync::Arc<server::Shared>,
    address: std::net::SocketAddr,
    _stop: DropGuard,
}

impl Sandbox {
    /// Binds 127.0.0.1 and serves on the current tokio runtime.
    ///
    /// # Errors
    /// [`SandboxError::Listen`] when the port is taken, [`SandboxError::Schema`] when an organisation's
    /// settings do not make a valid GraphQL schema.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        let listen_error = |source| SandboxError::Listen { port: config.port, source };
        let listener =
            tokio::net::TcpListener::bind(("127.0.0.1", config.port)).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let shared = server::Shared::new(&config, format!("http://{address}"))?;
        let stop = CancellationToken::new();
        tokio::spawn(server::accept(listener, shared.clone(), stop.clone()));
        Ok(Self { shared, address, _stop: stop.drop_guard() })
    }

    /// `http://127.0.0.1:PORT`, below which the control API hangs at `/__sandbox/`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL to give a Butlr connection; `/api/v2/…` and `/api/v3/…` hang below it.
    pub fn butlr_url(&self) -> String {
        format!("{}/butlr", self.url())
    }

    /// The base URL to give an epilot connection; `/v1/webhooks/…` and `/v2/webhooks/…` hang below it.
    pub fn epilot_url(&self) -> String {
        format!("{}/epilot", self.url())
    }

    /// The base URL to give a Booqable connection: the company's slug takes the place of its host name.
    pub fn booqable_url(&self, slug: &str) -> String {
        format!("{}/booqable/{slug}", self.url())
    }

    /// The token URL of the authorisation server.
    pub fn token_url(&self) -> String {
        format!("{}/oauth2/token", self.url())
    }

    /// Every simulated organisation, with what a client needs to connect.
    pub fn organisations(&self) -> Vec<SandboxOrganisation> {
        self.shared.organisations()
    }

    /// One Butlr organisation's state, by key or label.
    ///
    /// # Errors
    /// [`SandboxError::UnknownOrganisation`].
    pub fn butlr(&self, organisation: &str) -> Result<ButlrHandle, SandboxError> {
        self.shared.butlr.handle(organisation)
    }

    /// One epilot organisation's state, by key or label.
    ///
    /// # Errors
    /// [`SandboxError::UnknownOrganisation`].
    pub fn epilot(&self, organisation: &str) -> Result<EpilotHandle, SandboxError> {
        self.shared.epilot.handle(organisation)
    }

    /// One Booqable organisation's state, by slug or label.
    ///
    /// # Errors
    /// [`SandboxError::UnknownOrganisation`].
    pub fn booqable(&self, organisation: &str) -> Result<BooqableHandle, SandboxError> {
        self.shared.booqable.handle(organisation)
    }

    /// Every request that reached a simulator, the control API's own excepted.
    pub fn log(&self) -> &RequestLog {
        &self.shared.control.log
    }

    /// The scripted faults that wait for their request.
    pub fn faults(&self) -> &Faults {
        &self.shared.control.faults
    }

    /// The clock by which tokens expire.
    pub fn clock(&self) -> &Clock {
        &self.shared.control.clock
    }

    /// Back to the seed: webhooks, failing fields, tokens, faults, log and clock.
    pub fn reset(&self) {
        self.shared.reset();
    }
}
