//! Planning and applying writes.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{AppError, ApplyEvent, PlanRequest, PlanView};
use tacklebox_workbench::view::{ApplyReport, ApplyRequest, PlanIdRequest, SwitchOutcome, SwitchRequest};

pub async fn make(host: &Host, request: PlanRequest, _: Progress<Silent>) -> Result<PlanView, AppError> {
    host.opened().await?.workbench.plan(&request).await
}

pub async fn discard(host: &Host, request: PlanIdRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.discard_plan(&request.plan);
    Ok(())
}

pub async fn apply(
    host: &Host,
    request: ApplyRequest,
    progress: Progress<ApplyEvent>,
) -> Result<ApplyReport, AppError> {
    host.opened().await?.workbench.apply(&request, &|event| progress.send(&event)).await
}

/// The one write without a review: a single flip outside production.
pub async fn switch(
    host: &Host,
    request: SwitchRequest,
    _: Progress<Silent>,
) -> Result<SwitchOutcome, AppError> {
    host.opened().await?.workbench.switch(&request).await
}
