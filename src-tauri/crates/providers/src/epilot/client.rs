//! Asking epilot: the token goes with every request, and there is nothing to renew.

use super::answer::{Operation, Refusal};
use super::{ACCESS_TOKEN, NAME, answer, token};
use crate::scrub::Scrubber;
use crate::{SecretSource, failure};
use secrecy::ExposeSecret;
use std::sync::Arc;
use tacklebox_http::{ApiClient, ApiRequest, ApiResponse, JsonBody, path_segment};
use tacklebox_model::{AppError, CredentialFacts, Secret, WebhookId};
use tokio_util::sync::CancellationToken;

const CONFIGS: &str = "v1/webhooks/configs";

pub struct Client {
    http: ApiClient,
    secrets: Arc<dyn SecretSource>,
}

/// The path of the webhooks, or of one.
pub fn config_path(id: Option<&WebhookId>) -> String {
    id.map_or_else(|| CONFIGS.to_owned(), |id| format!("{CONFIGS}/{}", path_segment(id.as_str())))
}

/// A body as JSON.
pub fn json(body: &impl serde::Serialize) -> Result<JsonBody, AppError> {
    JsonBody::of(body).map_err(|_| AppError::internal("A request could not be written."))
}

impl Client {
    pub fn new(http: ApiClient, secrets: Arc<dyn SecretSource>) -> Self {
        Self { http, secrets }
    }

    /// The address all paths are below; it ends with a slash.
    pub fn base_url(&self) -> String {
        self.http.base_url().to_string()
    }

    /// The access token. One that was pasted with a line break is still one.
    pub async fn token(&self) -> Result<Secret, AppError> {
        let secret = self.secrets.secret(ACCESS_TOKEN).await?;
        Ok(Secret::from(secret.expose_secret().trim()))
    }

    /// What the token says of itself.
    pub async fn facts(&self) -> Result<CredentialFacts, AppError> {
        Ok(token::facts(&self.token().await?))
    }

    /// Sends a request that changes nothing; the error of any other status than success.
    pub async fn read(
        &self,
        operation: &Operation,
        request: ApiRequest,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, AppError> {
        self.send(&self.http, operation, request, vec![], cancel).await.map_err(|refusal| refusal.error)
    }

    /// Sends a request that may change something, once. `secrets` are what it holds.
    pub async fn write(
        &self,
        operation: &Operation,
        request: ApiRequest,
        secrets: Vec<Secret>,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, Refusal> {
        self.send(&self.http, operation, request.idempotent(false), secrets, cancel).await
    }

    /// Sends a request; what is not success tells its status.
    pub async fn send(
        &self,
        http: &ApiClient,
        operation: &Operation,
        request: ApiRequest,
        mut secrets: Vec<Secret>,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, Refusal> {
        let token = self.token().await.map_err(Refusal::nothing_sent)?;
        let facts = token::facts(&token);
        secrets.push(token.clone());
        match http.send(request.bearer(token), cancel).await {
            Ok(response) if response.status.is_success() => Ok(response),
            Ok(response) => Err(answer::refusal(operation, &response, &facts, &Scrubber::new(secrets))),
            Err(error) => Err(Refusal {
                status: None,
                uncertain: failure::maybe_done(&error),
                words: String::new(),
                error: failure::from_http(NAME, &error),
            }),
        }
    }
}
