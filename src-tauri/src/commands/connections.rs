//! Connections and what they offer.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::{
    AppError, Connection, ConnectionInput, ConnectionReport, FieldOption, Finding, Offer, Sample, TreeNode,
};
use tacklebox_workbench::view::{
    ConnectionRequest, EditConnectionRequest, OptionsRequest, SamplesRequest, TestConnectionRequest,
    TreeRequest, UsageView,
};

pub async fn add(host: &Host, input: ConnectionInput, _: Progress<Silent>) -> Result<Connection, AppError> {
    host.opened().await?.workbench.add_connection(&input).await
}

pub async fn edit(
    host: &Host,
    request: EditConnectionRequest,
    _: Progress<Silent>,
) -> Result<Connection, AppError> {
    host.opened().await?.workbench.edit_connection(&request).await
}

pub async fn remove(host: &Host, request: ConnectionRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.remove_connection(&request.connection).await
}

pub async fn test(
    host: &Host,
    request: TestConnectionRequest,
    progress: Progress<Finding>,
) -> Result<ConnectionReport, AppError> {
    host.opened().await?.workbench.test_connection(&request, &|finding| progress.send(&finding)).await
}

pub async fn offer(host: &Host, request: ConnectionRequest, _: Progress<Silent>) -> Result<Offer, AppError> {
    host.opened().await?.workbench.offer(&request.connection).await
}

pub async fn field_options(
    host: &Host,
    request: OptionsRequest,
    _: Progress<Silent>,
) -> Result<Vec<FieldOption>, AppError> {
    host.opened().await?.workbench.field_options(&request).await
}

pub async fn field_tree(
    host: &Host,
    request: TreeRequest,
    _: Progress<Silent>,
) -> Result<Vec<TreeNode>, AppError> {
    host.opened().await?.workbench.field_tree(&request).await
}

pub async fn event_samples(
    host: &Host,
    request: SamplesRequest,
    _: Progress<Silent>,
) -> Result<Vec<Sample>, AppError> {
    host.opened().await?.workbench.event_samples(&request)
}

pub async fn usage(
    host: &Host,
    request: ConnectionRequest,
    _: Progress<Silent>,
) -> Result<UsageView, AppError> {
    host.opened().await?.workbench.usage(&request.connection)
}
