//! OAuth client credentials: one token request, and what came of it (RFC 6749, sections 2.3.1, 4.4 and 5).

mod answer;
mod endpoint;
mod failure;
mod masked;
mod message;

pub use endpoint::{TokenEndpoint, TokenEndpointProblem};
pub use failure::{OAuthError, TokenFailure};

use std::time::{Duration, Instant};

use secrecy::SecretString;
use tacklebox_http::{Method, Scrubber, send_once};
use tokio_util::sync::CancellationToken;

use crate::Prober;

/// A request for a token.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// Where it is sent.
    pub endpoint: TokenEndpoint,
    /// By which method.
    pub method: TokenMethod,
    /// Who asks; no secret.
    pub client_id: String,
    /// The client's secret; absent when there is none, or when a parameter stands for it.
    pub client_secret: Option<SecretString>,
    /// What is sent beside. One that names what would be sent anyway is sent instead of it.
    pub parameters: Vec<TokenParameter>,
}

/// A parameter that is sent beside.
#[derive(Clone, Debug)]
pub struct TokenParameter {
    /// Where it goes.
    pub place: TokenPlace,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: SecretString,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// Into the form in the body; into the query where the method has no body.
    Body,
    /// Into the query.
    Query,
    /// Among the headers.
    Header,
}

/// A method by which a token can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenMethod {
    /// What OAuth asks for (RFC 6749, section 3.2).
    Post,
    /// With a form in the body, as with POST.
    Put,
    /// With a form in the body, as with POST.
    Patch,
    /// With everything in the query.
    Get,
}

/// What came of a token request.
#[derive(Debug)]
pub struct TokenOutcome {
    /// From the first step to the last byte, or to the failure.
    pub elapsed: Duration,
    /// What was answered, where there was a complete answer.
    pub answer: Option<TokenAnswer>,
    /// The token, or why there is none.
    pub result: Result<Token, TokenFailure>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct TokenAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body as it may be shown: every token in it and everything that was sent in secret is masked.
    pub shown: String,
}

/// A token.
#[derive(Debug)]
pub struct Token {
    /// The token itself.
    pub access_token: SecretString,
    /// Its type as answered, such as `Bearer`.
    pub token_type: Option<String>,
    /// How long it lasts, in seconds, as answered.
    pub expires_in_s: Option<u64>,
}

impl Prober {
    /// Asks for a token, once. No redirect is followed, so that the secret goes to the endpoint alone.
    pub async fn fetch_token(&self, request: &TokenRequest, cancel: &CancellationToken) -> TokenOutcome {
        let started = Instant::now();
        let (answer, result) = self.ask(request, cancel).await;
        TokenOutcome { elapsed: started.elapsed(), answer, result }
    }

    async fn ask(
        &self,
        request: &TokenRequest,
        cancel: &CancellationToken,
    ) -> (Option<TokenAnswer>, Result<Token, TokenFailure>) {
        let message = match message::build(request) {
            Ok(message) => message,
            Err(problem) => return (None, Err(TokenFailure::Request { problem })),
        };
        let scrubber = Scrubber::new(message::secrets(request));
        match send_once(message, &self.options, cancel).await {
            Ok(answer) => {
                let read = answer::read(&answer, request, scrubber);
                (Some(TokenAnswer { status: answer.status.as_u16(), shown: read.shown }), read.result)
            }
            Err(error) => (None, Err(TokenFailure::of(error, request.endpoint.host()))),
        }
    }
}

impl TokenMethod {
    /// Every method, OAuth's own first.
    pub const ALL: [Self; 4] = [Self::Post, Self::Put, Self::Patch, Self::Get];

    /// The method of this name; nothing for one by which no token can come, such as HEAD.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.http().as_str().eq_ignore_ascii_case(name))
    }

    /// The name.
    #[must_use]
    pub fn http(self) -> Method {
        match self {
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Patch => Method::PATCH,
            Self::Get => Method::GET,
        }
    }

    fn has_body(self) -> bool {
        !matches!(self, Self::Get)
    }
}

impl TokenRequest {
    /// Whether a parameter says who asks, in place of the client's id and secret. They are left out then: a client
    /// must not authenticate in two ways at once (RFC 6749, section 2.3), and servers refuse one that does.
    #[must_use]
    pub fn has_authorization(&self) -> bool {
        self.parameters.iter().any(TokenParameter::is_authorization)
    }
}

impl TokenParameter {
    fn is_authorization(&self) -> bool {
        self.place == TokenPlace::Header && self.name.trim().eq_ignore_ascii_case("authorization")
    }
}
