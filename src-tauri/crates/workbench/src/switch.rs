//! Switching one webhook on or off without a review, where that is allowed.

use crate::plan::{Plan, SeenPlan};
use crate::view::{SwitchOutcome, SwitchRequest};
use crate::{Workbench, failure};
use tacklebox_model::{AppError, ItemOutcome, ItemState, PlanRequest, WebhookPick};

impl Workbench {
    /// Switches a webhook: at once outside production where there is nothing to warn of or to agree to, otherwise
    /// after a review.
    ///
    /// # Errors
    /// The connection is read-only, or the vendor cannot be asked.
    pub async fn switch(&self, request: &SwitchRequest) -> Result<SwitchOutcome, AppError> {
        let running = self.operations.begin(&request.operation);
        let webhooks = vec![request.webhook.clone()];
        let mut plan = self.draw_up(&PlanRequest::Switch { webhooks, on: request.on }).await?;
        if let Some(error) = plan.view.groups.iter_mut().find_map(|group| group.failed.take()) {
            return Err(error);
        }
        if is_unchanged(&plan) {
            return Ok(SwitchOutcome::Done { outcome: self.as_it_is(&request.webhook)? });
        }
        let seen = match SeenPlan::single_flip(plan) {
            Ok(seen) => seen,
            Err(plan) => return Ok(SwitchOutcome::Review { plan: self.plans.keep(*plan) }),
        };
        let report = self.apply_seen(&seen, &running.cancel, &|_| {}).await;
        let result = report.results.into_iter().next();
        let outcome = result.map(|result| result.outcome);
        let outcome = outcome.ok_or_else(|| AppError::internal("A switch ended without an outcome."))?;
        Ok(SwitchOutcome::Done { outcome })
    }

    /// There was nothing to do; the planning has just read the webhook.
    fn as_it_is(&self, webhook: &WebhookPick) -> Result<ItemOutcome, AppError> {
        let seen = self.store.seen_webhook(webhook).map_err(failure::store)?;
        Ok(ItemOutcome::Done {
            row: seen.map(|webhook| webhook.row()),
            recovered: false,
            differences: vec![],
            incomplete: None,
            secrets: vec![],
        })
    }
}

fn is_unchanged(plan: &Plan) -> bool {
    let mut items = plan.view.groups.iter().flat_map(|group| &group.items);
    items.next().is_some_and(|item| item.state == ItemState::Unchanged)
}
