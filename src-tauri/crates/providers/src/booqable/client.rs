//! Asking: the token, the media type, and where the endpoints are.

use super::answer::{self, About, AskError};
use super::{ACCESS_TOKEN, NAME, wire};
use crate::failure;
use crate::provider::SecretSource;
use crate::scrub::Scrubber;
use secrecy::ExposeSecret;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tacklebox_http::{ApiClient, ApiRequest, JsonBody, Method, RateSnapshot, path_segment};
use tacklebox_model::{AppError, Fault, Secret, UnreachableCause, WebhookId};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// What official clients send and accept. Answers come as this or as plain JSON.
pub const MEDIA_TYPE: &str = "application/vnd.api+json";
/// The most a page could hold by documents of 2024; later ones are silent.
const LARGE_PAGE: u32 = 100;
/// What Booqable takes without being asked for a size.
const DEFAULT_PAGE: u32 = 25;

pub struct Client {
    http: ApiClient,
    /// The company, as it stands in the host's name unless a base URL says otherwise.
    pub slug: String,
    path: String,
    secrets: Arc<dyn SecretSource>,
    token: Mutex<Option<Secret>>,
    page_size: AtomicU32,
}

impl Client {
    pub fn new(http: ApiClient, slug: String, api: &str, secrets: Arc<dyn SecretSource>) -> Self {
        let path = format!("api/{api}/{}", wire::TYPE);
        let page_size = AtomicU32::new(LARGE_PAGE);
        Self { http, slug, path, secrets, token: Mutex::new(None), page_size }
    }

    /// The path of all endpoints, or of one.
    pub fn path(&self, id: Option<&WebhookId>) -> String {
        match id {
            None => self.path.clone(),
            Some(id) => format!("{}/{}", self.path, path_segment(id.as_str())),
        }
    }

    /// The address requests go to, for previews.
    pub fn url(&self, id: Option<&WebhookId>) -> String {
        format!("{}{}", self.http.base_url(), self.path(id))
    }

    /// Host and port, for words.
    pub fn host(&self) -> String {
        let url = self.http.base_url();
        let host = url.host_str().unwrap_or_default();
        url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What is known of the allowance.
    pub fn rate(&self) -> RateSnapshot {
        self.http.gate().snapshot()
    }

    /// Forgets the token, so that it is asked for anew.
    pub async fn forget_token(&self) {
        *self.token.lock().await = None;
    }

    /// A page of all endpoints, the oldest first. A page size that is refused is not asked for again.
    pub async fn page(&self, number: u32, cancel: &CancellationToken) -> Result<wire::Page, AppError> {
        let size = self.page_size.load(Ordering::Relaxed);
        let refused = match self.page_of(size, number, cancel).await {
            Ok(page) => return Ok(page),
            Err(refused) => refused,
        };
        // Numbers of pages mean something else with another size: only the first can be asked for again.
        let Some(smaller) = smaller_page(size, &refused).filter(|_| number == 1) else {
            return Err(refused.error);
        };
        let page = self.page_of(smaller, number, cancel).await.map_err(|failed| failed.error)?;
        self.page_size.store(smaller, Ordering::Relaxed);
        Ok(page)
    }

    /// A page of this size.
    pub async fn page_of(
        &self,
        size: u32,
        number: u32,
        cancel: &CancellationToken,
    ) -> Result<wire::Page, AskError> {
        let request = ApiRequest::get("list webhooks", self.path(None))
            .query("page[size]", size.to_string())
            .query("page[number]", number.to_string())
            .query("sort", wire::CREATED_AT)
            .query("stats[total]", "count");
        self.ask_page(request, cancel).await
    }

    /// The endpoints with this id: Booqable documents no route to a single one.
    pub async fn with_id(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<wire::Page, AskError> {
        let request = ApiRequest::get("read a webhook", self.path(None)).query("filter[id][eq]", id.as_str());
        self.ask_page(request, cancel).await
    }

    async fn ask_page(
        &self,
        request: ApiRequest,
        cancel: &CancellationToken,
    ) -> Result<wire::Page, AskError> {
        let body = self.send(request, About::All, vec![], cancel).await?;
        wire::page(body).ok_or_else(|| AskError::nothing_sent(answer::odd()))
    }

    /// Sends a write once: what may have had an effect is not repeated, whatever its method.
    pub async fn write(
        &self,
        (method, operation): (Method, &'static str),
        id: Option<&WebhookId>,
        body: Option<&Value>,
        cancel: &CancellationToken,
    ) -> Result<Value, AskError> {
        let mut request = ApiRequest::new(method, operation, self.path(id)).idempotent(false);
        if let Some(body) = body {
            let unwritten = |_| AskError::nothing_sent(AppError::internal("A request could not be written."));
            request = request.header("Content-Type", MEDIA_TYPE).json(JsonBody::of(body).map_err(unwritten)?);
        }
        let about = if id.is_some() { About::One } else { About::All };
        let url = body.and_then(|body| body["data"][wire::ATTRIBUTES][wire::URL].as_str());
        let sent = url.map(crate::address::secrets_of).unwrap_or_default();
        self.send(request, about, sent, cancel).await
    }

    async fn send(
        &self,
        request: ApiRequest,
        about: About,
        mut sent: Vec<Secret>,
        cancel: &CancellationToken,
    ) -> Result<Value, AskError> {
        let token = self.token(cancel).await.map_err(AskError::nothing_sent)?;
        let request = request.header("Accept", MEDIA_TYPE).bearer(token.clone());
        let response = self.http.send(request, cancel).await.map_err(|failed| AskError {
            error: self.unanswered(failure::from_http(NAME, &failed)),
            maybe_done: failure::maybe_done(&failed),
            refusal: None,
        })?;
        if response.status.as_u16() == 401 {
            // A new one may have been entered meanwhile.
            self.forget_token().await;
        }
        sent.push(token);
        answer::read(&response, about, &Scrubber::new(sent))
    }

    async fn token(&self, cancel: &CancellationToken) -> Result<Secret, AppError> {
        let held = cancel.run_until_cancelled(self.token.lock()).await;
        let mut held = held.ok_or_else(AppError::cancelled)?;
        if let Some(token) = held.as_ref() {
            return Ok(token.clone());
        }
        let entered = self.secrets.secret(ACCESS_TOKEN).await?;
        let token = entered.expose_secret().trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "What was entered as the access token of this organisation is none.";
            return Err(AppError::new(Fault::Unauthorised { vendor: None }, message)
                .advise("Copy the token from Booqable again, without spaces, and enter it in the organisation's settings."));
        }
        let token = Secret::from(token);
        *held = Some(token.clone());
        Ok(token)
    }

    /// A host that is not known is a wrong slug rather than a wrong base URL, unless there is one.
    fn unanswered(&self, error: AppError) -> AppError {
        let no_such_name = matches!(error.fault, Fault::Unreachable { cause: UnreachableCause::Name, .. });
        let own = self.http.base_url().host_str().is_some_and(|host| host.ends_with(".booqable.com"));
        if no_such_name && own {
            return error.advise("Check the network, and the company slug in the organisation's settings.");
        }
        error
    }
}

/// The page size to try after a refusal: the one the refusal names, or Booqable's default.
fn smaller_page(size: u32, refused: &AskError) -> Option<u32> {
    let refusal = refused.refusal.as_ref().filter(|refusal| matches!(refusal.status, 400 | 422))?;
    let told = refusal.words.split("supported size ").nth(1).map(|rest| {
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
    });
    let smaller = told.filter(|told| (1..size).contains(told)).unwrap_or(DEFAULT_PAGE);
    (smaller < size).then_some(smaller)
}
