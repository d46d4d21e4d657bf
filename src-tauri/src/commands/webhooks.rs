//! Reading webhooks.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{AppError, OneTimeSecret, Webhook, WebhookPick};
use tacklebox_workbench::view::{ConnectionRows, OpenRequest, RefreshEvent, RefreshRequest, RevealRequest};

pub async fn last_seen(host: &Host, (): (), _: Progress<Silent>) -> Result<Vec<ConnectionRows>, AppError> {
    host.opened().await?.workbench.last_seen()
}

pub async fn refresh(
    host: &Host,
    request: RefreshRequest,
    progress: Progress<RefreshEvent>,
) -> Result<(), AppError> {
    host.opened().await?.workbench.refresh(&request, &|event| progress.send(&event)).await
}

pub async fn open(host: &Host, request: OpenRequest, _: Progress<Silent>) -> Result<Webhook, AppError> {
    host.opened().await?.workbench.open_webhook(&request).await
}

/// The one command that returns a secret, after the user pressed *Reveal* or *Copy* on it.
pub async fn reveal(host: &Host, request: RevealRequest, _: Progress<Silent>) -> Result<String, AppError> {
    host.opened().await?.workbench.reveal(&request).await
}

pub async fn secrets(
    host: &Host,
    webhook: WebhookPick,
    _: Progress<Silent>,
) -> Result<Vec<OneTimeSecret>, AppError> {
    host.opened().await?.workbench.kept_secrets(&webhook).await
}
