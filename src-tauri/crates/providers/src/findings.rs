//! The steps of *Test connection*, said as they come.

use crate::failure::vendor_sentence;
use std::time::Instant;
use tacklebox_model::{AppError, ConnectionReport, Finding, FindingState};

/// A report in the making.
pub(crate) struct Findings<'a> {
    pub(crate) report: ConnectionReport,
    vendor: &'static str,
    say: &'a (dyn Fn(Finding) + Send + Sync),
}

/// A step failed; the finding that says so is made, and later steps are not tried.
pub(crate) struct StepFailed;

impl<'a> Findings<'a> {
    /// Nothing found yet at this vendor.
    pub(crate) fn new(vendor: &'static str, say: &'a (dyn Fn(Finding) + Send + Sync)) -> Self {
        Self { report: ConnectionReport::default(), vendor, say }
    }

    /// The outcome of a step; one that failed is said.
    pub(crate) fn step<T>(
        &mut self,
        step: &str,
        began: Instant,
        outcome: Result<T, AppError>,
    ) -> Result<T, StepFailed> {
        outcome.map_err(|error| {
            let quoted = vendor_sentence(self.vendor, &error);
            let advice = error.advice.map(|a| format!(" {a}")).unwrap_or_default();
            self.found(step, FindingState::Failed, began, format!("{}{quoted}{advice}", error.message));
            StepFailed
        })
    }

    /// Says what a step found.
    pub(crate) fn found(&mut self, step: &str, state: FindingState, began: Instant, words: String) {
        let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let finding = Finding { step: step.to_owned(), state, words, elapsed_ms };
        (self.say)(finding.clone());
        self.report.findings.push(finding);
    }

    /// How many webhooks there are: the last step of every test.
    pub(crate) fn counted(&mut self, began: Instant, count: usize) {
        self.report.webhook_count = u32::try_from(count).ok();
        let words = format!("{count} webhook{}.", if count == 1 { "" } else { "s" });
        self.found("Count the webhooks", FindingState::Ok, began, words);
    }
}
