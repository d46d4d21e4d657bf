//! Applying a plan that was seen: each item re-checked, journalled, written once, and settled.

use crate::plan::{PlannedGroup, PlannedItem};
use crate::settle::{Settled, settle};
use crate::view::{ApplyReport, ApplyRequest};
use crate::webhooks::place;
use crate::{Workbench, failure, uncancellable};
use std::collections::HashMap;
use std::sync::Arc;
use tacklebox_model::{
    Action, AppError, ApplyEvent, Connection, Fault, FieldChange, FieldValue, Fields, ItemOutcome, ItemResult,
    JournalEntry, JournalOutcome, Revision, WebhookId, diff_fields,
};
use tacklebox_providers::{Remote, Session, WriteError, Written};
use tokio_util::sync::CancellationToken;

type Say<'a> = &'a (dyn Fn(ApplyEvent) + Send + Sync);

impl Workbench {
    /// Applies a plan whose view was shown. Items are independent: one that fails does not stop the
    /// others. Stopping lets the write under way finish and leaves the rest unattempted.
    ///
    /// # Errors
    /// The plan is gone, or its view is not the one that was shown. Then nothing was sent.
    pub async fn apply(&self, request: &ApplyRequest, say: Say<'_>) -> Result<ApplyReport, AppError> {
        let plan = self.plans.confirm(&request.plan, &request.digest)?;
        let _writing = self.writing.read().await;
        let running = self.operations.begin(&request.operation);
        let mut results = Vec::new();
        for group in plan.groups {
            let mut run = GroupRun { workbench: self, group: &group, cancel: &running.cancel, say, results: vec![] };
            run.apply().await;
            results.append(&mut run.results);
        }
        results.sort_by_key(|result| result.index);
        Ok(ApplyReport { results })
    }
}

/// Applies the items of one organisation.
struct GroupRun<'a> {
    workbench: &'a Workbench,
    group: &'a PlannedGroup,
    cancel: &'a CancellationToken,
    say: Say<'a>,
    results: Vec<ItemResult>,
}

impl GroupRun<'_> {
    async fn apply(&mut self) {
        if self.group.items.is_empty() {
            return;
        }
        match self.fresh().await {
            Err(error) => {
                for item in &self.group.items {
                    let outcome = match &error.fault {
                        Fault::Cancelled => stopped(),
                        _ => ItemOutcome::Failed { error: error.clone() },
                    };
                    self.finish(item, outcome);
                }
            }
            Ok((session, revisions)) => {
                let (deletes, others): (Vec<_>, Vec<_>) =
                    self.group.items.iter().partition(|i| i.item.action == Action::Delete);
                for item in others {
                    if self.may_write(item, &revisions) {
                        self.write_one(item, session.as_ref()).await;
                    }
                }
                let deletes: Vec<_> = deletes.into_iter().filter(|i| self.may_write(i, &revisions)).collect();
                if !deletes.is_empty() {
                    self.delete_all(&deletes, session.as_ref()).await;
                }
            }
        }
    }

    /// Reads the organisation again right before writing: the plan holds only for what it was made on.
    async fn fresh(&self) -> Result<(Arc<dyn Session>, HashMap<WebhookId, Option<Revision>>), AppError> {
        let here = |e: AppError| e.at(place(&self.group.connection, "checking for changes before writing"));
        let connection = self.workbench.connection(&self.group.connection.id).map_err(here)?;
        if connection.read_only {
            return Err(AppError::read_only(&connection.label));
        }
        let session = self.workbench.session(&connection).map_err(here)?;
        let remotes = self.workbench.list_and_remember(&connection, self.cancel).await.map_err(here)?;
        Ok((session, remotes.into_iter().map(|r| (r.webhook.id, r.webhook.revision)).collect()))
    }

    /// Refuses what was stopped, deleted or changed since the plan was made.
    fn may_write(&mut self, planned: &PlannedItem, now: &HashMap<WebhookId, Option<Revision>>) -> bool {
        let refusal = if self.cancel.is_cancelled() {
            Some(stopped())
        } else {
            match planned.base.as_ref().map(|base| (now.get(&base.webhook.id), &base.webhook.revision)) {
                Some((None, _)) if planned.item.action == Action::Delete => {
                    Some(ItemOutcome::NotAttempted { reason: "Somebody deleted it already.".to_owned() })
                }
                Some((found, planned_on)) if found != Some(planned_on) => Some(ItemOutcome::Stale),
                _ => None,
            }
        };
        let refused = refusal.is_some();
        if let Some(outcome) = refusal {
            self.finish(planned, outcome);
        }
        !refused
    }

    async fn write_one(&mut self, planned: &PlannedItem, session: &dyn Session) {
        (self.say)(ApplyEvent::Started { index: planned.item.index });
        let entry = match self.workbench.begin_entry(&self.group.connection, session, planned).await {
            Ok(entry) => entry,
            Err(error) => return self.finish(planned, ItemOutcome::Failed { error }),
        };
        // From here on the write runs to its end, whoever stops waiting.
        let outcome = match session.write(&planned.write, &uncancellable()).await {
            Ok(Written { remote, incomplete }) => self.done(planned, entry, remote, false, incomplete),
            Err(error) => self.failed(planned, entry, session, error).await,
        };
        self.finish(planned, outcome);
    }

    /// Deletes what may be deleted in one go; if that fails, what is still there tells what happened.
    async fn delete_all(&mut self, planned: &[&PlannedItem], session: &dyn Session) {
        let mut begun = Vec::new();
        for item in planned {
            (self.say)(ApplyEvent::Started { index: item.item.index });
            match self.workbench.begin_entry(&self.group.connection, session, item).await {
                Ok(entry) => begun.push((*item, entry)),
                Err(error) => self.finish(item, ItemOutcome::Failed { error }),
            }
        }
        let ids: Vec<WebhookId> = begun.iter().filter_map(|(i, _)| i.base.as_ref()).map(|b| b.webhook.id.clone()).collect();
        if ids.is_empty() {
            return;
        }
        match session.delete(&ids, &uncancellable()).await {
            Ok(()) => {
                for (item, entry) in begun {
                    let outcome = self.done(item, entry, None, false, None);
                    self.finish(item, outcome);
                }
            }
            Err(error) => {
                for (item, entry) in begun {
                    let error = WriteError { error: error.error.clone(), uncertain: error.uncertain };
                    let outcome = self.failed(item, entry, session, error).await;
                    self.finish(item, outcome);
                }
            }
        }
    }

    fn done(
        &self,
        planned: &PlannedItem,
        entry: JournalEntry,
        remote: Option<Remote>,
        recovered: bool,
        incomplete: Option<AppError>,
    ) -> ItemOutcome {
        self.remember(planned, remote.as_ref());
        let here = place(&self.group.connection, "writing");
        let outcome = ItemOutcome::Done {
            row: remote.as_ref().map(|r| r.webhook.row()),
            recovered,
            differences: self.differences(planned, remote.as_ref()),
            incomplete: incomplete.map(|e| e.at(here)),
        };
        self.workbench.complete_entry(entry, remote.as_ref(), JournalOutcome::Done { recovered });
        outcome
    }

    async fn failed(
        &self,
        planned: &PlannedItem,
        entry: JournalEntry,
        session: &dyn Session,
        failure: WriteError,
    ) -> ItemOutcome {
        let error = failure.error.at(place(&self.group.connection, "writing"));
        if !failure.uncertain {
            self.workbench.complete_entry(entry, None, JournalOutcome::Failed { message: error.message.clone() });
            return ItemOutcome::Failed { error };
        }
        // Nothing is sent twice: the vendor's copy is read, and says what happened.
        match settle(session, planned, &self.group.known_ids).await {
            Settled::Happened(remote) => self.done(planned, entry, remote.map(|r| *r), true, None),
            Settled::DidNotHappen => {
                let message = format!("{} Reading again showed that nothing was changed.", error.message);
                self.workbench.complete_entry(entry, None, JournalOutcome::Failed { message: message.clone() });
                let error = AppError { message, ..error };
                ItemOutcome::Failed { error: error.advise("It could still arrive late: refresh before you try again.") }
            }
            Settled::Unclear(reason) => {
                let message = format!("{} It is not known whether it was done: {reason}", error.message);
                self.workbench.complete_entry(entry, None, JournalOutcome::Uncertain { message: message.clone() });
                let error = AppError { message, ..error };
                ItemOutcome::Failed { error: error.advise("Refresh and look before you try again.") }
            }
        }
    }

    /// What the vendor stored otherwise than asked.
    fn differences(&self, planned: &PlannedItem, remote: Option<&Remote>) -> Vec<FieldChange> {
        let (Some(after), Some(remote)) = (&planned.after, remote) else { return vec![] };
        let mut changes = diff_fields(&self.group.capabilities, &settled_values(after), &remote.webhook.fields);
        changes.retain(|change| change.changed);
        changes
    }

    fn remember(&self, planned: &PlannedItem, remote: Option<&Remote>) {
        let store = &self.workbench.store;
        let connection: &Connection = &self.group.connection;
        let kept = match (remote, &planned.base) {
            (Some(remote), _) => store.put_seen_webhook(&remote.webhook),
            (None, Some(base)) => store.forget_seen_webhook(&connection.id, &base.webhook.id),
            (None, None) => Ok(()),
        };
        if let Err(error) = kept {
            let _ = failure::store(error);
        }
    }

    fn finish(&mut self, planned: &PlannedItem, outcome: ItemOutcome) {
        let result = ItemResult { index: planned.item.index, outcome };
        (self.say)(ApplyEvent::Finished { result: result.clone() });
        self.results.push(result);
    }
}

fn stopped() -> ItemOutcome {
    ItemOutcome::NotAttempted { reason: "You stopped before it was sent.".to_owned() }
}

/// The planned values as the vendor should answer them: nothing is marked as new any more.
fn settled_values(planned: &Fields) -> Fields {
    let mut fields = planned.clone();
    for value in fields.values_mut() {
        match value {
            FieldValue::Secret(state) => state.replaced = false,
            FieldValue::Url(url) => url.query.iter_mut().for_each(|param| param.replaced = false),
            FieldValue::Text(_)
            | FieldValue::Integer(_)
            | FieldValue::Flag(_)
            | FieldValue::List(_)
            | FieldValue::Json(_) => {}
        }
    }
    fields
}
