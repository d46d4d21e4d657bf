//! A vendor's log of deliveries.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{AppError, DeliveryDetail, DeliveryPage};
use tacklebox_workbench::view::{
    DeliveriesRequest, DeliveryRequest, ReplayProgress, ReplayReport, ReplayRequest,
};

pub async fn list(
    host: &Host,
    request: DeliveriesRequest,
    _: Progress<Silent>,
) -> Result<DeliveryPage, AppError> {
    host.opened().await?.workbench.deliveries(&request).await
}

pub async fn open(
    host: &Host,
    request: DeliveryRequest,
    _: Progress<Silent>,
) -> Result<DeliveryDetail, AppError> {
    host.opened().await?.workbench.delivery(&request).await
}

pub async fn replay(
    host: &Host,
    request: ReplayRequest,
    progress: Progress<ReplayProgress>,
) -> Result<ReplayReport, AppError> {
    host.opened().await?.workbench.replay(&request, &|event| progress.send(&event)).await
}
