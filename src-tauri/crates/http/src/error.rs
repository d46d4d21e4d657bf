//! What can go wrong with a request, and what that means for the server's state.

use std::time::Duration;

use thiserror::Error;

use crate::request::RequestProblem;

/// Whether the server may have acted on a request that ended in an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The server did nothing: the request was not sent, or was turned away unprocessed.
    NotSent,
    /// The server may have acted. Read before sending anything that is not idempotent again.
    Unknown,
}

/// Why no HTTP answer can be given. No text in it holds query values, header values or bodies.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HttpError {
    /// No connection could be made; the last attempt sent nothing.
    #[error("{host} could not be reached: {cause}")]
    Unreachable {
        /// Host, with its port where that is not the usual one.
        host: String,
        /// What stood in the way.
        cause: UnreachableCause,
        /// `Unknown` when an earlier attempt of the same request may have got through.
        effect: Effect,
    },
    /// No complete answer in the time allowed.
    #[error("no complete answer within {} s", .after.as_secs_f32())]
    TimedOut {
        /// The time that was allowed.
        after: Duration,
        /// `NotSent` when the time ran out while waiting for a turn.
        effect: Effect,
    },
    /// The connection closed before a complete answer arrived.
    #[error("the connection was closed before a complete answer arrived")]
    Dropped,
    /// The answer's body, decompressed, exceeds the limit.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server points to another host, which is never followed.
    #[error("the server redirects to {to_host}; redirects to another host are not followed")]
    RedirectRefused {
        /// The host (and port) only.
        to_host: String,
    },
    /// The limit on requests is used up, and the wait is too long to sit through silently.
    #[error("too many {scope}{}", wait_words(*.retry_after))]
    RateLimited {
        /// How long to wait; `None` when the server did not say.
        retry_after: Option<Duration>,
        /// What is limited, in words: "requests to api.example.com".
        scope: String,
        /// `Unknown` when an earlier attempt of the same request may have got through.
        effect: Effect,
    },
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled {
        /// `NotSent` when nothing had been sent yet.
        effect: Effect,
    },
    /// The request itself is not valid; nothing was sent.
    #[error("the request is not valid: {problem}")]
    InvalidRequest {
        /// What is wrong with it.
        problem: RequestProblem,
    },
    /// Anything else, for instance an answer that is not HTTP.
    #[error("{detail}")]
    Other {
        /// What happened, in words.
        detail: String,
    },
}

/// Why no connection could be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnreachableCause {
    /// The host name could not be resolved.
    #[error("the host name cannot be resolved")]
    Dns,
    /// Nothing listens there.
    #[error("the connection was refused")]
    Refused,
    /// The TLS handshake failed, for instance for an unknown certificate issuer.
    #[error("the secure connection failed: {detail}")]
    Tls {
        /// The TLS library's reason.
        detail: String,
    },
    /// No connection in the time allowed for connecting.
    #[error("no connection in the time allowed")]
    Timeout,
    /// The system's proxy could not be used.
    #[error("the proxy {proxy} could not be used: {detail}")]
    Proxy {
        /// The proxy's host and port.
        proxy: String,
        /// What went wrong with it.
        detail: String,
    },
    /// Anything else.
    #[error("{detail}")]
    Other {
        /// What happened, in words.
        detail: String,
    },
}

impl HttpError {
    /// Whether the server may have acted. A create is only ever sent again after [`Effect::NotSent`].
    #[must_use]
    pub fn effect(&self) -> Effect {
        match self {
            Self::Unreachable { effect, .. }
            | Self::TimedOut { effect, .. }
            | Self::RateLimited { effect, .. }
            | Self::Cancelled { effect } => *effect,
            Self::InvalidRequest { .. } => Effect::NotSent,
            Self::Dropped | Self::TooLarge { .. } | Self::RedirectRefused { .. } | Self::Other { .. } => {
                Effect::Unknown
            }
        }
    }

    /// The same error for a request of which an earlier attempt may have got through.
    pub(crate) fn after_uncertain_attempt(mut self) -> Self {
        if let Self::Unreachable { effect, .. }
        | Self::TimedOut { effect, .. }
        | Self::RateLimited { effect, .. }
        | Self::Cancelled { effect } = &mut self
        {
            *effect = Effect::Unknown;
        }
        self
    }
}

fn wait_words(retry_after: Option<Duration>) -> String {
    retry_after
        .map_or_else(String::new, |wait| format!("; more are possible in {} s", wait.as_secs_f32().ceil()))
}
