//! Signing in and asking: the token, its expiry, and its renewal.

use super::answer::{self, AskError};
use super::{CLIENT_ID, CLIENT_SECRET, NAME, secrets};
use crate::api_call::graphql_body;
use crate::failure;
use crate::provider::SecretSource;
use crate::scrub::Scrubber;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tacklebox_http::{ApiClient, ApiRequest, ApiResponse, JsonBody};
use tacklebox_model::{AppError, Fault, Secret, VendorMessage};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

const LOGIN_PATH: &str = "api/v2/clients/login";
const GRAPHQL_PATH: &str = "api/v3/graphql";
/// Keeps clock arithmetic from overflowing, whatever `expires_in` says.
const LONGEST_LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

pub struct Client {
    http: ApiClient,
    client_id: String,
    secrets: Arc<dyn SecretSource>,
    token: Mutex<Option<Token>>,
}

/// A bearer token and when to stop using it.
#[derive(Clone)]
pub struct Token {
    bearer: Secret,
    good_until: Instant,
    /// As the vendor said.
    pub lifetime: Duration,
}

#[derive(Deserialize)]
struct LoginAnswer {
    access_token: Secret,
    /// Seconds.
    expires_in: u64,
}

impl Client {
    pub fn new(http: ApiClient, public: &BTreeMap<String, String>, secrets: Arc<dyn SecretSource>) -> Self {
        let client_id = public.get(CLIENT_ID).map(|id| id.trim().to_owned()).unwrap_or_default();
        Self { http, client_id, secrets, token: Mutex::new(None) }
    }

    /// The address requests go to, for previews.
    pub fn graphql_url(&self) -> String {
        format!("{}{GRAPHQL_PATH}", self.http.base_url())
    }

    /// A token that is still good, signing in if need be. Only one sign-in runs at a time.
    pub async fn token(&self, cancel: &CancellationToken) -> Result<Token, AppError> {
        let held = cancel.run_until_cancelled(self.token.lock()).await;
        let mut held = held.ok_or_else(AppError::cancelled)?;
        if let Some(token) = held.as_ref().filter(|t| Instant::now() < t.good_until) {
            return Ok(token.clone());
        }
        let token = self.sign_in(cancel).await?;
        *held = Some(token.clone());
        Ok(token)
    }

    /// Signs in anew, whatever token is held: to find out whether the credentials are still good.
    pub async fn fresh_token(&self, cancel: &CancellationToken) -> Result<Token, AppError> {
        *self.token.lock().await = None;
        self.token(cancel).await
    }

    /// Sends an operation. A token that the vendor turns away is renewed once: it did not read the request.
    pub async fn ask(
        &self,
        operation: &'static str,
        query: &str,
        variables: &Value,
        reads_only: bool,
        cancel: &CancellationToken,
    ) -> Result<Value, AskError> {
        let token = self.token(cancel).await.map_err(AskError::nothing_sent)?;
        let answer = self.ask_with(&token, operation, query, variables, reads_only, cancel).await;
        if !answer.as_ref().is_err_and(AskError::is_unauthorised) {
            return answer;
        }
        self.drop_token(&token).await;
        let token = self.token(cancel).await.map_err(AskError::nothing_sent)?;
        self.ask_with(&token, operation, query, variables, reads_only, cancel).await
    }

    async fn ask_with(
        &self,
        token: &Token,
        operation: &'static str,
        query: &str,
        variables: &Value,
        reads_only: bool,
        cancel: &CancellationToken,
    ) -> Result<Value, AskError> {
        let body = JsonBody::of(&graphql_body(query, variables))
            .map_err(|_| AskError::nothing_sent(AppError::internal("A request could not be written.")))?;
        let request = ApiRequest::post(operation, GRAPHQL_PATH, body)
            .bearer(token.bearer.clone())
            .idempotent(reads_only);
        let response = self.http.send(request, cancel).await.map_err(|e| AskError::Failed {
            error: failure::from_http(NAME, &e),
            maybe_done: !reads_only && failure::maybe_done(&e),
        })?;
        let sent = secrets::in_variables(variables).into_iter().chain([token.bearer.clone()]);
        answer::read(&response, &Scrubber::new(sent))
    }

    /// Forgets this token, unless another request has renewed it already.
    async fn drop_token(&self, used: &Token) {
        let mut held = self.token.lock().await;
        if held.as_ref().is_some_and(|t| t.bearer.expose_secret() == used.bearer.expose_secret()) {
            *held = None;
        }
    }

    async fn sign_in(&self, cancel: &CancellationToken) -> Result<Token, AppError> {
        let secret = self.secrets.secret(CLIENT_SECRET).await?;
        let body = JsonBody::of(&json!({
            "client_id": self.client_id,
            "client_secret": secret.expose_secret(),
            "audience": "https://butlrauth/",
            "grant_type": "client_credentials",
        }))
        .map_err(|_| AppError::internal("The sign-in could not be written."))?;
        // Asking for a token twice gives two tokens and changes nothing.
        let request = ApiRequest::post("sign in", LOGIN_PATH, body).idempotent(true);
        let response = self.http.send(request, cancel).await.map_err(|e| failure::from_http(NAME, &e))?;
        if !response.status.is_success() {
            return Err(login_refused(&response, &Scrubber::new([secret])));
        }
        let answer: LoginAnswer = response.json().map_err(|e| failure::malformed(NAME, &e))?;
        let lifetime = Duration::from_secs(answer.expires_in).min(LONGEST_LIFETIME);
        // A margin against clocks and slow requests, clamped so that a short-lived token is used at all.
        let margin = Duration::from_secs(60).min(lifetime / 10);
        Ok(Token { bearer: answer.access_token, good_until: Instant::now() + (lifetime - margin), lifetime })
    }
}

fn login_refused(response: &ApiResponse, scrubber: &Scrubber) -> AppError {
    let words = login_words(response, scrubber);
    let quoted = (!words.text.is_empty()).then(|| words.clone());
    match response.status.as_u16() {
        400 | 401 => AppError::new(
            Fault::Unauthorised { vendor: quoted },
            format!("{NAME} does not accept this client ID and secret."),
        )
        .advise("Create an API token in Butlr under Account Settings, API tokens, and enter both parts."),
        403 => AppError::new(
            Fault::Forbidden { vendor: quoted },
            format!("{NAME} refused the sign-in (403)."),
        )
        .advise("Butlr's firewall also answers 403 to unknown addresses: check the base URL under Advanced."),
        _ => failure::from_status(NAME, response, words),
    }
}

/// The shape of a refused sign-in is not documented: OAuth's own, a `message`, or any text.
fn login_words(response: &ApiResponse, scrubber: &Scrubber) -> VendorMessage {
    let body = response.json::<Value>().unwrap_or_default();
    let field = |name: &str| body.get(name).and_then(Value::as_str).map(|text| scrubber.clean(text));
    match field("error_description").or_else(|| field("message")) {
        Some(text) => VendorMessage::new(field("error"), &text),
        None => match field("error") {
            Some(text) => VendorMessage::new(None, &text),
            None => failure::body_words(response, scrubber),
        },
    }
}
