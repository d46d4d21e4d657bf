//! Why no token came, and what to do next.

use std::time::Duration;

use tacklebox_http::{HttpError, RequestProblem, SingleError, TlsFault, UnreachableCause};
use thiserror::Error;

/// Why no token came, in a sentence or two. No text in it holds anything secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TokenFailure {
    /// The host's name cannot be resolved.
    #[error("The host {host} is not known.")]
    Name {
        /// The host.
        host: String,
    },
    /// Nothing listens there.
    #[error("{host} refuses connections.")]
    Refused {
        /// The host.
        host: String,
    },
    /// There is no secure connection.
    #[error("{}", tls_words(.host, *.fault, .detail))]
    Tls {
        /// The host.
        host: String,
        /// What is wrong with it.
        fault: TlsFault,
        /// The TLS library's words.
        detail: String,
    },
    /// No connection in the time allowed for connecting.
    #[error("{host} cannot be reached in time.")]
    ConnectTimeout {
        /// The host.
        host: String,
    },
    /// The system's proxy stands in the way.
    #[error("The proxy {proxy} could not be used: {detail}.")]
    Proxy {
        /// The proxy's host and port.
        proxy: String,
        /// What went wrong with it.
        detail: String,
    },
    /// No complete answer in the time allowed.
    #[error("{host} did not answer within {} seconds.", .after.as_secs_f32())]
    TimedOut {
        /// The host.
        host: String,
        /// The time that was allowed.
        after: Duration,
    },
    /// The connection broke before the answer was complete.
    #[error("The connection to {host} broke before its answer was complete.")]
    Dropped {
        /// The host.
        host: String,
    },
    /// The answer is larger than any token.
    #[error("The answer is larger than {} KiB and was not read to its end.", .limit / 1024)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server points elsewhere.
    #[error("{host} redirects{} ({status}). That was not followed: the client secret goes to the entered address alone.", to_words(.to.as_deref()))]
    Redirect {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
        /// Where to, without its query values.
        to: Option<String>,
    },
    /// The server refuses in the way OAuth has for it (RFC 6749, section 5.2).
    #[error("{} ({error}).{}", .error.explained(*.by_header), said_words(.said.as_deref()))]
    Denied {
        /// The HTTP status.
        status: u16,
        /// The error's code.
        error: OAuthError,
        /// Whether a header parameter was sent in place of the client's id and secret.
        by_header: bool,
        /// The server's description of it.
        said: Option<String>,
    },
    /// The server answers with an error of its own kind.
    #[error("{host} answered with {status} and without an OAuth error code.")]
    Status {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// A success that is not JSON.
    #[error("The answer is not JSON, so there is no token to be found in it.")]
    NotJson,
    /// A success without a token.
    #[error("The answer has no “access_token”.")]
    NoToken,
    /// The request cannot be sent as it is; nothing was sent.
    #[error("The request cannot be sent: {problem}.")]
    Request {
        /// What is wrong with it.
        problem: RequestProblem,
    },
    /// The user stopped it.
    #[error("Stopped before an answer came.")]
    Cancelled,
    /// Anything else.
    #[error("{host} could not be asked: {detail}.")]
    Other {
        /// The host.
        host: String,
        /// What happened.
        detail: String,
    },
}

/// The code of an OAuth error.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OAuthError {
    /// The request lacks something or has something twice.
    #[error("invalid_request")]
    InvalidRequest,
    /// The client is not known, or could not show that it is the one.
    #[error("invalid_client")]
    InvalidClient,
    /// What was handed in for the token does not hold.
    #[error("invalid_grant")]
    InvalidGrant,
    /// The client may not ask in this way.
    #[error("unauthorized_client")]
    UnauthorizedClient,
    /// The server does not know this kind of request.
    #[error("unsupported_grant_type")]
    UnsupportedGrantType,
    /// The scope is unknown, malformed or too wide.
    #[error("invalid_scope")]
    InvalidScope,
    /// The resource is unknown (RFC 8707, section 2).
    #[error("invalid_target")]
    InvalidTarget,
    /// A code that no document names here, clean of secrets.
    #[error("{0}")]
    Other(String),
}

impl TokenFailure {
    /// What to do next.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::Name { .. } => "Check the spelling of the address, and the network.",
            Self::Refused { .. } => "Check the port, and whether the service is running.",
            Self::Tls { fault, .. } => tls_advice(*fault),
            Self::ConnectTimeout { .. } => "Check the address, the network and any firewall.",
            Self::Proxy { .. } => "Check the system's proxy settings.",
            Self::TimedOut { .. } | Self::Dropped { .. } => {
                "Try again. If it stays so, ask who runs the service."
            }
            Self::TooLarge { .. } | Self::NotJson => {
                "This may be a login or an error page. Check that the address is the one that hands out tokens."
            }
            Self::Redirect { .. } => "If the place it points to is right, enter that as the address.",
            Self::Denied { error, .. } => error.advice(),
            Self::Status { status, .. } => status_advice(*status),
            Self::NoToken => "Check that the address is the one that hands out tokens, and read the answer.",
            Self::Request { .. } => "Change or remove that parameter.",
            Self::Cancelled => return None,
            Self::Other { .. } => "Check the address and the network.",
        })
    }

    pub(super) fn of(SingleError { error, tls }: SingleError, host: &str) -> Self {
        let host = host.to_owned();
        match error {
            HttpError::Unreachable { cause, .. } => match cause {
                UnreachableCause::Dns => Self::Name { host },
                UnreachableCause::Refused => Self::Refused { host },
                UnreachableCause::Tls { detail } => {
                    Self::Tls { host, fault: tls.unwrap_or(TlsFault::Other), detail }
                }
                UnreachableCause::Timeout => Self::ConnectTimeout { host },
                UnreachableCause::Proxy { proxy, detail } => Self::Proxy { proxy, detail },
                UnreachableCause::Other { detail } => Self::Other { host, detail },
            },
            HttpError::TimedOut { after, .. } => Self::TimedOut { host, after },
            HttpError::Dropped => Self::Dropped { host },
            HttpError::TooLarge { limit } => Self::TooLarge { limit },
            HttpError::Cancelled { .. } => Self::Cancelled,
            HttpError::InvalidRequest { problem } => Self::Request { problem },
            HttpError::Other { detail } => Self::Other { host, detail },
            // Never said of a request that is sent once.
            HttpError::RedirectRefused { .. } | HttpError::RateLimited { .. } => {
                Self::Other { host, detail: error.to_string() }
            }
        }
    }
}

impl OAuthError {
    /// The error of this code; one that is not known here is cleaned first.
    pub(super) fn of(code: &str, clean: impl FnOnce(&str) -> String) -> Self {
        let known = [
            Self::InvalidRequest,
            Self::InvalidClient,
            Self::InvalidGrant,
            Self::UnauthorizedClient,
            Self::UnsupportedGrantType,
            Self::InvalidScope,
            Self::InvalidTarget,
        ];
        known.into_iter().find(|known| known.to_string() == code).unwrap_or_else(|| Self::Other(clean(code)))
    }

    fn explained(&self, by_header: bool) -> &'static str {
        match self {
            Self::InvalidClient if by_header => {
                "The server does not accept the Authorization header that was sent in place of the client ID and secret"
            }
            Self::InvalidRequest => "The server says that the request lacks something or has something twice",
            Self::InvalidClient => "The server does not accept the client ID and secret",
            Self::InvalidGrant => "The server does not accept what was handed in for a token",
            Self::UnauthorizedClient => "The client is known and may not ask for a token in this way",
            Self::UnsupportedGrantType => "The server does not hand out tokens for client credentials",
            Self::InvalidScope => "The server does not grant the scope that was asked for",
            Self::InvalidTarget => "The server does not know the resource or audience that was asked for",
            Self::Other(_) => "The server refuses",
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::InvalidRequest => {
                "Compare the parameters with the server's documents: it may want a scope, an audience or a resource."
            }
            Self::InvalidClient => {
                "Check both for typing errors, and whether the secret has expired. A server that wants them in an \
                 Authorization header gets them there by a header parameter of that name."
            }
            Self::InvalidGrant => "Check the parameters against the server's documents.",
            Self::UnauthorizedClient => {
                "Allow the client credentials grant for this client where it is registered."
            }
            Self::UnsupportedGrantType => {
                "Check that the address is the one that hands out tokens, and any parameter named grant_type."
            }
            Self::InvalidScope => {
                "Check the parameter named scope, and which scopes the client was given. Some servers need one."
            }
            Self::InvalidTarget => "Check the parameters named resource and audience.",
            Self::Other(_) => "Look the code up in the server's documents.",
        }
    }
}

fn tls_words(host: &str, fault: TlsFault, detail: &str) -> String {
    match fault {
        TlsFault::Expired => format!("The certificate of {host} has expired."),
        TlsFault::NotYetValid => format!("The certificate of {host} is not valid yet."),
        TlsFault::WrongName => format!("The certificate of {host} is made out to another name."),
        TlsFault::UnknownIssuer => {
            format!("The certificate of {host} comes from an issuer that this computer does not trust.")
        }
        TlsFault::Authority => {
            format!("The certificate of {host} is that of an authority and cannot stand for a server.")
        }
        TlsFault::Revoked => format!("The certificate of {host} was revoked."),
        TlsFault::NotTls => format!("{host} does not speak HTTPS on this port."),
        TlsFault::Other => format!("No secure connection to {host}: {detail}."),
    }
}

fn tls_advice(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::Expired | TlsFault::Revoked => "Whoever runs the service must put up a new certificate.",
        TlsFault::NotYetValid => "Check this computer's clock, then the certificate.",
        TlsFault::WrongName => {
            "Check the host in the address. If it is right, the service needs a certificate with this name."
        }
        TlsFault::UnknownIssuer => {
            "It may be self-signed, come without its intermediate certificate, or from a company's own authority, \
             which the system must trust."
        }
        TlsFault::Authority => {
            "It is self-signed, most likely. The service needs a certificate of its own, signed by that authority."
        }
        TlsFault::NotTls => "Check the port.",
        TlsFault::Other => "Whoever runs the service must look at its TLS settings.",
    }
}

fn status_advice(status: u16) -> &'static str {
    match status {
        401 | 403 => {
            "Check the client ID and the secret, and that the address is the one that hands out tokens."
        }
        404 | 405 => "Check the address and the method: OAuth asks for POST.",
        415 => "The server does not take a form. Check that the address is the one that hands out tokens.",
        429 => "The server asks for fewer requests. Try again in a minute.",
        500.. => "Try again in a moment.",
        _ => "Read the answer, and compare the parameters with the server's documents.",
    }
}

fn to_words(to: Option<&str>) -> String {
    to.map(|to| format!(" to {to}")).unwrap_or_default()
}

fn said_words(said: Option<&str>) -> String {
    said.map(|said| format!(" It says: “{said}”.")).unwrap_or_default()
}
