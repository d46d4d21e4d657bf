//! Applying a plan that was seen: each item re-checked, journalled, written once, and settled.

use crate::plan::{PlannedGroup, PlannedItem};
use crate::settle::{Settled, settle};
use crate::turns::Turn;
use crate::view::{ApplyReport, ApplyRequest};
use crate::webhooks::place;
use crate::{Workbench, failure, uncancellable};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tacklebox_model::{
    Action, AppError, ApplyEvent, Fault, FieldChange, FieldPath, FieldValue, Fields, ItemOutcome, ItemResult,
    JournalEntry, JournalOutcome, Revision, WebhookId, diff_fields,
};
use tacklebox_providers::{Remote, Session, WriteError, Written};
use tokio_util::sync::CancellationToken;

type Say<'a> = &'a (dyn Fn(ApplyEvent) + Send + Sync);
type Revisions = HashMap<WebhookId, Option<Revision>>;

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
        for group in plan.groups.iter().filter(|group| !group.items.is_empty()) {
            let turn = self.turns.of(&group.connection.id);
            let known = HashSet::new();
            let mut run = GroupRun {
                workbench: self,
                group,
                turn: &turn,
                cancel: &running.cancel,
                say,
                known,
                results: vec![],
            };
            match running.cancel.run_until_cancelled(turn.writing.lock()).await {
                Some(_turn) => run.apply().await,
                None => run.refuse(&AppError::cancelled()),
            }
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
    turn: &'a Turn,
    cancel: &'a CancellationToken,
    say: Say<'a>,
    /// Ids that are no news: a webhook with another one may be a create whose answer was lost.
    known: HashSet<WebhookId>,
    results: Vec<ItemResult>,
}

impl GroupRun<'_> {
    async fn apply(&mut self) {
        let (session, revisions) = match self.fresh().await {
            Ok(fresh) => fresh,
            Err(error) => return self.refuse(&error),
        };
        self.known = revisions.keys().cloned().collect();
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

    /// Reads the organisation again right before writing: the plan holds only for what it was made on.
    async fn fresh(&self) -> Result<(Arc<dyn Session>, Revisions), AppError> {
        let reviewed = &self.group.connection;
        let here = |e: AppError| e.at(place(reviewed, "checking for changes before writing"));
        let connection = self.workbench.connection(&reviewed.id).map_err(here)?;
        if connection.read_only {
            return Err(here(AppError::read_only(&connection.label)));
        }
        let same = connection.tag() == reviewed.tag()
            && connection.base_url == reviewed.base_url
            && connection.public_credentials == reviewed.public_credentials;
        if !same {
            return Err(here(failure::connection_changed(reviewed)));
        }
        let session = self.workbench.session(&connection).map_err(here)?;
        let seen = self.workbench.list_and_remember(&connection, self.cancel).await.map_err(here)?;
        Ok((session, seen.remotes.into_iter().map(|r| (r.webhook.id, r.webhook.revision)).collect()))
    }

    /// Ends every item without sending anything.
    fn refuse(&mut self, error: &AppError) {
        for item in &self.group.items {
            let outcome = if error.fault == Fault::Cancelled {
                stopped()
            } else {
                ItemOutcome::Failed { error: error.clone() }
            };
            self.finish(item, outcome);
        }
    }

    /// Refuses what was stopped, deleted or changed since the plan was made.
    fn may_write(&mut self, planned: &PlannedItem, now: &Revisions) -> bool {
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
        // From here on nobody can stop it: a write broken off half-way would be uncertain.
        let outcome = match session.write(&planned.write, &uncancellable()).await {
            Ok(Written { remote, incomplete }) => self.done(planned, entry, remote, false, incomplete),
            Err(error) => {
                let again = read_again(session, &error).await;
                self.failed(planned, entry, session, &error, again.as_ref())
            }
        };
        self.finish(planned, outcome);
    }

    /// Deletes what may be deleted in one go.
    async fn delete_all(&mut self, planned: &[&PlannedItem], session: &dyn Session) {
        let mut begun = Vec::new();
        for item in planned {
            (self.say)(ApplyEvent::Started { index: item.item.index });
            match self.workbench.begin_entry(&self.group.connection, session, item).await {
                Ok(entry) => begun.push((*item, entry)),
                Err(error) => self.finish(item, ItemOutcome::Failed { error }),
            }
        }
        let ids: Vec<WebhookId> = begun.iter().filter_map(|(item, _)| item.item.webhook.clone()).collect();
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
            Err(error) if ids.len() > 1 && speaks_of_one(&error) => self.delete_each(begun, session).await,
            Err(error) => {
                let again = read_again(session, &error).await;
                for (item, entry) in begun {
                    let outcome = self.failed(item, entry, session, &error, again.as_ref());
                    self.finish(item, outcome);
                }
            }
        }
    }

    /// The vendor refused all for the sake of one: the others do not have to suffer.
    async fn delete_each(&mut self, begun: Vec<(&PlannedItem, JournalEntry)>, session: &dyn Session) {
        for (item, entry) in begun {
            let Some(id) = item.item.webhook.clone().filter(|_| !self.cancel.is_cancelled()) else {
                let message = "Stopped before it was deleted.".to_owned();
                self.workbench.complete_entry(entry, None, JournalOutcome::Failed { message });
                self.finish(item, stopped());
                continue;
            };
            let outcome = match session.delete(&[id], &uncancellable()).await {
                Ok(()) => self.done(item, entry, None, false, None),
                Err(error) => {
                    let again = read_again(session, &error).await;
                    self.failed(item, entry, session, &error, again.as_ref())
                }
            };
            self.finish(item, outcome);
        }
    }

    fn done(
        &mut self,
        planned: &PlannedItem,
        entry: JournalEntry,
        remote: Option<Remote>,
        recovered: bool,
        incomplete: Option<AppError>,
    ) -> ItemOutcome {
        self.workbench.complete_entry(entry, remote.as_ref(), JournalOutcome::Done { recovered });
        self.remember(planned, remote.as_ref());
        self.known.extend(remote.as_ref().map(|r| r.webhook.id.clone()));
        let here = place(&self.group.connection, "writing");
        ItemOutcome::Done {
            row: remote.as_ref().map(|r| r.webhook.row()),
            recovered,
            differences: self.differences(planned, remote.as_ref()),
            incomplete: incomplete.map(|e| e.at(here)),
        }
    }

    /// `again` is what was read after an uncertain failure: nothing is sent twice, and that tells what happened.
    fn failed(
        &mut self,
        planned: &PlannedItem,
        entry: JournalEntry,
        session: &dyn Session,
        failure: &WriteError,
        again: Option<&Result<Vec<Remote>, AppError>>,
    ) -> ItemOutcome {
        let mut error = failure.error.clone().at(place(&self.group.connection, "writing"));
        let outcome = match again.map(|again| settle(session, planned, &self.known, again)) {
            Some(Settled::Happened(remote)) => {
                return self.done(planned, entry, remote.map(|r| *r), true, None);
            }
            None => JournalOutcome::Failed { message: error.message.clone() },
            Some(Settled::DidNotHappen) => {
                error.message.push_str(" Reading again showed that nothing was changed.");
                if let Fault::NoAnswer { maybe_done } = &mut error.fault {
                    *maybe_done = false;
                }
                error = error.advise("It could still arrive late: refresh before you try again.");
                JournalOutcome::Failed { message: error.message.clone() }
            }
            Some(Settled::Unclear(reason)) => {
                error.message = format!("{} It is not known whether it was done. {reason}", error.message);
                error = error.advise("Refresh and look before you try again.");
                JournalOutcome::Uncertain { message: error.message.clone() }
            }
        };
        self.workbench.complete_entry(entry, None, outcome);
        ItemOutcome::Failed { error }
    }

    /// What the vendor stored otherwise than asked.
    fn differences(&self, planned: &PlannedItem, remote: Option<&Remote>) -> Vec<FieldChange> {
        let (Some(after), Some(remote)) = (&planned.after, remote) else { return vec![] };
        let mut changes =
            diff_fields(&self.group.capabilities, &settled_values(after), &remote.webhook.fields);
        // Where nothing was asked for, the vendor's own "off" or "none" is no other answer.
        let unasked = |path: &FieldPath| {
            !after.contains_key(path) && remote.webhook.fields.get(path).is_some_and(is_unset)
        };
        changes.retain(|change| change.changed && !unasked(&change.path));
        changes
    }

    fn remember(&self, planned: &PlannedItem, remote: Option<&Remote>) {
        let store = &self.workbench.store;
        let kept = self.turn.wrote(|| match (remote, &planned.base) {
            (Some(remote), _) => store.put_seen_webhook(&remote.webhook),
            (None, Some(base)) => store.forget_seen_webhook(&self.group.connection.id, &base.webhook.id),
            (None, None) => Ok(()),
        });
        if let Err(error) = kept {
            // The next refresh puts it right.
            tracing::error!(%error, "a written webhook could not be remembered");
        }
    }

    fn finish(&mut self, planned: &PlannedItem, outcome: ItemOutcome) {
        let result = ItemResult { index: planned.item.index, outcome };
        (self.say)(ApplyEvent::Finished { result: result.clone() });
        self.results.push(result);
    }
}

/// What is there after a failure that leaves open whether the write had its effect.
async fn read_again(session: &dyn Session, failure: &WriteError) -> Option<Result<Vec<Remote>, AppError>> {
    if failure.uncertain { Some(session.list(&uncancellable()).await) } else { None }
}

/// Whether a batch was turned away, certainly and for what is in it.
fn speaks_of_one(failure: &WriteError) -> bool {
    let of_content =
        matches!(failure.error.fault, Fault::Validation { .. } | Fault::Vendor { .. } | Fault::NotFound);
    of_content && !failure.uncertain
}

fn stopped() -> ItemOutcome {
    ItemOutcome::NotAttempted { reason: "You stopped before it was sent.".to_owned() }
}

fn is_unset(value: &FieldValue) -> bool {
    match value {
        FieldValue::Flag(on) => !on,
        FieldValue::Text(text) => text.is_empty(),
        FieldValue::List(items) => items.is_empty(),
        FieldValue::Json(value) => value.is_null(),
        FieldValue::Integer(_) | FieldValue::Url(_) | FieldValue::Secret(_) => false,
    }
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
