//! What was changed in a form and not saved.

use super::{Progress, Silent};
use crate::Host;
use tacklebox_model::AppError;
use tacklebox_workbench::view::{DraftRequest, KeepDraftRequest, KeptDraft};

pub async fn read(
    host: &Host,
    request: DraftRequest,
    _: Progress<Silent>,
) -> Result<Option<KeptDraft>, AppError> {
    host.opened().await?.workbench.kept_draft(&request)
}

pub async fn keep(host: &Host, request: KeepDraftRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.keep_draft(request)
}

pub async fn discard(host: &Host, request: DraftRequest, _: Progress<Silent>) -> Result<(), AppError> {
    host.opened().await?.workbench.discard_draft(&request)
}
