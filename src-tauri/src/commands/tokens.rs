//! Trying a token request alone.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{AppError, ServerTestResult};
use tacklebox_workbench::view::{TokenAskRequest, TokenTrial, TokenTryRequest};

pub async fn try_from_here(
    host: &Host,
    request: TokenTryRequest,
    _: Progress<Silent>,
) -> Result<TokenTrial, AppError> {
    host.opened().await?.workbench.try_token(&request).await
}

pub async fn ask_vendor(
    host: &Host,
    request: TokenAskRequest,
    _: Progress<Silent>,
) -> Result<ServerTestResult, AppError> {
    host.opened().await?.workbench.ask_for_token(&request).await
}
