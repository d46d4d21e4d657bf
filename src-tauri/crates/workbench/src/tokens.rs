//! Trying a token request alone: from this computer with what a form holds, or by the vendor with what it stores.

mod form;

use crate::view::{TokenAskRequest, TokenTrial, TokenTryRequest};
use crate::webhooks::place;
use crate::{Workbench, plan};
use form::TokenForm;
use tacklebox_model::{
    AppError, Connection, Fault, FieldError, ServerTest, ServerTestRequest, ServerTestResult,
    TokenRequestSpec, WebhookDraft, WebhookId,
};
use tacklebox_probe::Prober;
use tacklebox_probe::token::{Token, TokenFailure, TokenOutcome};
use tacklebox_providers::{Remote, Session};
use tokio_util::sync::CancellationToken;

const TRYING: &str = "trying a token request";
const ASKING: &str = "having a token fetched";

impl Workbench {
    /// Sends the token request of a form from this computer, once. What the form keeps is read from the vendor first.
    ///
    /// # Errors
    /// A field is not right, holds what only the vendor can fill in, or keeps a secret that the vendor does not hand
    /// back. That no token came is a result.
    pub async fn try_token(&self, request: &TokenTryRequest) -> Result<TokenTrial, AppError> {
        let running = self.operations.begin(&request.operation);
        let connection = self.connection(&request.connection)?;
        let here = |e: AppError| e.at(place(&connection, TRYING));
        tokio::select! {
            biased;
            () = running.cancel.cancelled() => Err(AppError::cancelled()),
            trial = Box::pin(self.token_trial(&connection, request, &running.cancel)) => trial.map_err(here),
        }
    }

    /// Asks the vendor to fetch a token with what it stores of a webhook. The webhook itself is not sent.
    ///
    /// # Errors
    /// The vendor cannot be asked. That no token came is a result.
    pub async fn ask_for_token(&self, request: &TokenAskRequest) -> Result<ServerTestResult, AppError> {
        let running = self.operations.begin(&request.operation);
        let connection = self.connection(&request.webhook.connection)?;
        let here = |e: AppError| e.at(place(&connection, ASKING));
        tokio::select! {
            biased;
            () = running.cancel.cancelled() => Err(AppError::cancelled()),
            result = Box::pin(self.vendor_trial(&connection, &request.webhook.id, &running.cancel)) => {
                result.map_err(here)
            }
        }
    }

    async fn token_trial(
        &self,
        connection: &Connection,
        request: &TokenTryRequest,
        cancel: &CancellationToken,
    ) -> Result<TokenTrial, AppError> {
        let session = self.session(connection)?;
        let vendor = self.provider(connection)?.info().name;
        let offer = session.offer(cancel).await?;
        let spec = offer.capabilities.token_request.as_ref();
        let spec = spec.ok_or_else(|| AppError::unsupported(&vendor, "token request"))?;
        form::refuse_variable(spec, &request.draft, &vendor)?;
        let stored = stored(session.as_ref(), request, cancel).await?;
        let draft = carried(session.as_ref(), &vendor, stored.as_ref(), &request.draft)?;
        let form = TokenForm { session: session.as_ref(), spec, draft: &draft, vendor: &vendor };
        let wanted = form.read().map_err(AppError::validation)?;
        trial(spec, Prober::default().fetch_token(&wanted, cancel).await)
    }

    async fn vendor_trial(
        &self,
        connection: &Connection,
        id: &WebhookId,
        cancel: &CancellationToken,
    ) -> Result<ServerTestResult, AppError> {
        let session = self.session(connection)?;
        let vendor = self.provider(connection)?.info().name;
        if !session.offer(cancel).await?.capabilities.server_tests.contains(&ServerTest::OAuth) {
            return Err(AppError::unsupported(&vendor, "token request that it makes itself"));
        }
        session.server_test(id, &ServerTestRequest::OAuth, cancel).await
    }
}

/// The stored webhook whose values the form keeps, as it is now; nothing for a form that keeps none.
async fn stored(
    session: &dyn Session,
    request: &TokenTryRequest,
    cancel: &CancellationToken,
) -> Result<Option<Remote>, AppError> {
    let Some(id) = request.webhook.as_ref().filter(|_| plan::keeps_anything(&request.draft)) else {
        return Ok(None);
    };
    let found = session.read(id, cancel).await?.ok_or_else(|| {
        AppError::new(Fault::NotFound, "The webhook whose values are kept does not exist any more.")
            .advise("Enter the values that are kept, or refresh the list.")
    })?;
    Ok(Some(found))
}

fn carried(
    session: &dyn Session,
    vendor: &str,
    stored: Option<&Remote>,
    draft: &WebhookDraft,
) -> Result<WebhookDraft, AppError> {
    match stored {
        Some(stored) => plan::carry(session, vendor, stored, draft).map_err(AppError::validation),
        None => Ok(draft.clone()),
    }
}

/// What came of it, in the window's words. The token itself goes no further.
fn trial(spec: &TokenRequestSpec, outcome: TokenOutcome) -> Result<TokenTrial, AppError> {
    let elapsed_ms = u64::try_from(outcome.elapsed.as_millis()).unwrap_or(u64::MAX);
    let (http_status, response) = match outcome.answer {
        Some(answer) => (Some(answer.status), Some(answer.shown).filter(|shown| !shown.is_empty())),
        None => (None, None),
    };
    let trial = |ok, words, advice: Option<&str>| TokenTrial {
        ok,
        words,
        advice: advice.map(str::to_owned),
        http_status,
        elapsed_ms,
        token_type: None,
        expires_in_s: None,
        response,
    };
    match outcome.result {
        Ok(Token { token_type, expires_in_s, .. }) => {
            let words = token_words(token_type.as_deref(), expires_in_s);
            Ok(TokenTrial { token_type, expires_in_s, ..trial(true, words, None) })
        }
        Err(TokenFailure::Cancelled) => Err(AppError::cancelled()),
        Err(failure @ TokenFailure::Request { .. }) => {
            Err(AppError::validation(vec![FieldError::at(spec.parameters.clone(), failure.to_string())]))
        }
        Err(failure) => Ok(trial(false, failure.to_string(), failure.advice())),
    }
}

fn token_words(token_type: Option<&str>, expires_in_s: Option<u64>) -> String {
    let token = token_type.map(|kind| format!("{kind} token")).unwrap_or_else(|| "token".to_owned());
    match expires_in_s {
        Some(1) => format!("The server handed out a {token}. It lasts 1 second."),
        Some(seconds) => format!("The server handed out a {token}. It lasts {seconds} seconds."),
        None => format!("The server handed out a {token} and does not say how long it lasts."),
    }
}
