//! The program itself: start, theme, vault, sandbox, cancelling.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{AppError, Connection, VaultStatus};
use tacklebox_workbench::view::{AppEvent, CancelRequest, StartView, ThemeRequest};

pub async fn start(host: &Host, (): (), _: Progress<Silent>) -> Result<StartView, AppError> {
    host.start().await
}

/// Tells the window of changes it did not ask for, for as long as it lives.
pub async fn watch(host: &Host, (): (), progress: Progress<AppEvent>) -> Result<(), AppError> {
    let opened = host.opened().await?;
    let mut changes = opened.workbench.vault().watch();
    while changes.changed().await.is_ok() {
        progress.send(&AppEvent::Vault { status: opened.workbench.vault_status() });
    }
    Ok(())
}

pub async fn set_theme(host: &Host, request: ThemeRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.set_theme(request.theme)
}

pub async fn recheck_vault(host: &Host, (): (), _: Progress<Silent>) -> Result<VaultStatus, AppError> {
    Ok(host.opened().await?.workbench.recheck_vault().await)
}

pub async fn start_sandbox(host: &Host, (): (), _: Progress<Silent>) -> Result<Vec<Connection>, AppError> {
    let opened = host.opened().await?;
    opened.sandbox.start(&opened.workbench).await
}

pub async fn remove_sandbox(host: &Host, (): (), _: Progress<Silent>) -> Result<Vec<Connection>, AppError> {
    let opened = host.opened().await?;
    let left = opened.workbench.remove_sandbox().await?;
    opened.sandbox.stop().await;
    Ok(left)
}

pub async fn cancel(host: &Host, request: CancelRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.cancel(&request.operation);
    Ok(())
}
