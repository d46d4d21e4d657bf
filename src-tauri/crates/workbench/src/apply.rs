//! Applying a plan that was seen: each item re-checked, journalled, written once, and settled.

mod delete;
mod difference;
mod send;

use crate::plan::{PlannedGroup, PlannedItem, SeenPlan};
use crate::turns::Turn;
use crate::view::{ApplyReport, ApplyRequest};
use crate::waiting::{Patience, Waited, is_limit};
use crate::webhooks::place;
use crate::{Workbench, failure};
use futures::future::join_all;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tacklebox_model::{
    Action, AppError, ApplyEvent, Fault, ItemOutcome, ItemResult, JournalEntry, Revision, WebhookId,
};
use tacklebox_providers::{Session, Write};
use tokio_util::sync::CancellationToken;

pub type Say<'a> = &'a (dyn Fn(ApplyEvent) + Send + Sync);
type Revisions = HashMap<WebhookId, Option<Revision>>;

/// Why the rest of an organisation is left alone.
const STOPPED: &str = "You stopped before it was sent.";
const NO_PATIENCE: &str = "The vendor takes no more requests for now.";

impl Workbench {
    /// Applies a plan whose view was shown, all organisations at the same time. Items are independent: one that
    /// fails does not stop the others. Stopping lets the write under way finish and leaves the rest unattempted.
    ///
    /// # Errors
    /// The plan is gone, its view is not the one that was shown, or a question in it was not agreed to. Then
    /// nothing was sent.
    pub async fn apply(&self, request: &ApplyRequest, say: Say<'_>) -> Result<ApplyReport, AppError> {
        let plan = self.plans.confirm(&request.plan, &request.digest, &request.acknowledged)?;
        let running = self.operations.begin(&request.operation);
        Ok(self.apply_seen(&plan, &running.cancel, say).await)
    }

    pub(crate) async fn apply_seen(
        &self,
        plan: &SeenPlan,
        cancel: &CancellationToken,
        say: Say<'_>,
    ) -> ApplyReport {
        let _writing = self.writing.read().await;
        let groups = plan.groups().iter().filter(|group| !group.items.is_empty());
        let runs = groups.map(|group| self.apply_group(group, cancel, say));
        let mut results: Vec<ItemResult> = join_all(runs).await.into_iter().flatten().collect();
        results.sort_by_key(|result| result.index);
        ApplyReport { results }
    }

    async fn apply_group(
        &self,
        group: &PlannedGroup,
        cancel: &CancellationToken,
        say: Say<'_>,
    ) -> Vec<ItemResult> {
        let turn = self.turns.of(&group.connection.id);
        let mut run = GroupRun {
            workbench: self,
            group,
            turn: &turn,
            cancel,
            say,
            now: HashMap::new(),
            known: HashSet::new(),
            open_creates: vec![],
            patience: Patience::default(),
            ended: None,
            results: vec![],
        };
        match cancel.run_until_cancelled(turn.writing.lock()).await {
            Some(_turn) => run.apply().await,
            None => run.refuse(&AppError::cancelled()),
        }
        run.results
    }
}

/// Applies the items of one organisation, one after the other.
struct GroupRun<'a> {
    workbench: &'a Workbench,
    group: &'a PlannedGroup,
    turn: &'a Turn,
    cancel: &'a CancellationToken,
    say: Say<'a>,
    /// What was there when it was looked at last.
    now: Revisions,
    /// Ids that are no news: a webhook with another one may be a create whose answer was lost.
    known: HashSet<WebhookId>,
    /// Creates of this run that may still turn up.
    open_creates: Vec<&'a Write>,
    patience: Patience,
    /// Why nothing more is attempted, if so.
    ended: Option<&'static str>,
    results: Vec<ItemResult>,
}

/// An item with its journal entry, before it is known how it ends.
type Begun<'a> = (&'a PlannedItem, JournalEntry);

impl<'a> GroupRun<'a> {
    async fn apply(&mut self) {
        let session = match self.look().await {
            Ok(session) => session,
            Err(error) => return self.refuse(&error),
        };
        let group = self.group;
        let (deletes, others): (Vec<_>, Vec<_>) =
            group.items.iter().partition(|i| i.item.action == Action::Delete);
        for item in others {
            if let Some(refusal) = self.refusal(item) {
                self.finish(item, refusal);
            } else if let Some((item, entry)) = self.begin(item, session.as_ref()).await {
                let outcome = self.send(item, entry, session.as_ref()).await;
                self.finish(item, outcome);
            }
        }
        let mut begun = Vec::new();
        for item in deletes {
            match self.refusal(item) {
                Some(refusal) => {
                    self.drop_what_was_kept_of_gone(item).await;
                    self.finish(item, refusal);
                }
                None => begun.extend(self.begin(item, session.as_ref()).await),
            }
        }
        self.delete_all(begun, session.as_ref()).await;
    }

    /// Looks at the organisation right before writing, waiting where the vendor asks for it: the plan holds only
    /// for what it was made on.
    async fn look(&mut self) -> Result<Arc<dyn Session>, AppError> {
        loop {
            match self.fresh().await {
                Ok((session, revisions)) => {
                    self.known.extend(revisions.keys().cloned());
                    self.now = revisions;
                    return Ok(session);
                }
                Err(error) if is_limit(&error) => match self.wait(&error).await {
                    Waited::Over => {}
                    Waited::Stopped => return Err(AppError::cancelled()),
                    Waited::GivenUp => return Err(error),
                },
                Err(error) => return Err(error),
            }
        }
    }

    async fn fresh(&self) -> Result<(Arc<dyn Session>, Revisions), AppError> {
        let reviewed = &self.group.connection;
        let here = |e: AppError| e.at(place(reviewed, "checking for changes before writing"));
        let connection = self.workbench.connection(&reviewed.id).map_err(here)?;
        failure::read_only(&connection).map_err(here)?;
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

    /// Waits as long as the vendor asks for.
    async fn wait(&mut self, error: &AppError) -> Waited {
        let (say, connection) = (self.say, self.group.connection.id.clone());
        let saying = move |wait_ms| say(ApplyEvent::Waiting { connection, wait_ms });
        let waits = &self.workbench.waits;
        let waited = waits.sit_out(error, &mut self.patience, self.cancel, saying).await;
        match waited {
            Waited::Over => {}
            Waited::Stopped => self.ended = Some(STOPPED),
            Waited::GivenUp => self.ended = Some(NO_PATIENCE),
        }
        waited
    }

    /// Ends every item without sending anything.
    fn refuse(&mut self, error: &AppError) {
        for item in &self.group.items {
            let outcome = failed_or_stopped(error.clone());
            self.finish(item, outcome);
        }
    }

    /// How an item ends that was stopped, deleted or changed since the plan was made.
    fn refusal(&self, planned: &PlannedItem) -> Option<ItemOutcome> {
        let ended = self.ended.or(self.cancel.is_cancelled().then_some(STOPPED));
        if let Some(reason) = ended {
            return Some(not_attempted(reason));
        }
        let base = planned.base.as_ref()?;
        match self.now.get(&base.webhook.id) {
            Some(revision) if revision == &base.webhook.revision => None,
            None if planned.item.action == Action::Delete => {
                Some(not_attempted("Somebody deleted it already."))
            }
            Some(_) | None => Some(ItemOutcome::Stale),
        }
    }

    /// What was kept for a webhook that was to be deleted, and that somebody else deleted.
    async fn drop_what_was_kept_of_gone(&self, planned: &PlannedItem) {
        if let Some(id) = planned.item.webhook.as_ref().filter(|id| !self.now.contains_key(*id)) {
            self.workbench.drop_kept_secrets(&self.group.connection, id).await;
            self.workbench.drop_draft(&self.group.connection, id);
        }
    }

    /// Writes the journal entry. What cannot be written down is not sent.
    async fn begin(&mut self, planned: &'a PlannedItem, session: &dyn Session) -> Option<Begun<'a>> {
        (self.say)(ApplyEvent::Started { index: planned.item.index });
        match self.workbench.begin_entry(&self.group.connection, session, planned).await {
            Ok(entry) => Some((planned, entry)),
            Err(error) => {
                self.finish(planned, ItemOutcome::Failed { error });
                None
            }
        }
    }

    fn finish(&mut self, planned: &PlannedItem, outcome: ItemOutcome) {
        let result = ItemResult { index: planned.item.index, outcome };
        (self.say)(ApplyEvent::Finished { result: result.clone() });
        self.results.push(result);
    }
}

fn not_attempted(reason: &str) -> ItemOutcome {
    ItemOutcome::NotAttempted { reason: reason.to_owned() }
}

fn failed_or_stopped(error: AppError) -> ItemOutcome {
    if error.fault == Fault::Cancelled { not_attempted(STOPPED) } else { ItemOutcome::Failed { error } }
}
