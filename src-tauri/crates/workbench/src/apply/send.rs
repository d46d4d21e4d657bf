//! Sending one write, and what became of it.

use super::difference::differences;
use super::{GroupRun, STOPPED, failed_or_stopped, not_attempted};
use crate::plan::PlannedItem;
use crate::settle::{Settled, settle};
use crate::uncancellable;
use crate::waiting::{Patience, Waited, is_limit};
use crate::webhooks::place;
use tacklebox_model::{Action, AppError, Fault, ItemOutcome, JournalEntry, JournalOutcome, Signing};
use tacklebox_providers::{Remote, Session, WriteAction, WriteError, Written};

impl<'a> GroupRun<'a> {
    /// Sends one write. Where the vendor turns it away for its rate, waits and sends it then: it had no effect.
    pub(super) async fn send(
        &mut self,
        planned: &'a PlannedItem,
        entry: JournalEntry,
        session: &dyn Session,
    ) -> ItemOutcome {
        loop {
            let failure = match send_once(planned, session).await {
                Ok(written) => return self.done(planned, entry, written, false).await,
                Err(failure) => failure,
            };
            if failure.uncertain || !is_limit(&failure.error) {
                let again = self.read_again(session, &failure).await;
                return self.failed(planned, entry, session, &failure, again.as_ref()).await;
            }
            self.workbench.entry_waits(&entry);
            let stop = self.pause(&failure.error).await.or_else(|| self.held_back(planned, &entry));
            if let Some(outcome) = stop {
                return self.not_sent(entry, outcome);
            }
        }
    }

    /// Waits as long as the vendor asks for and looks again; says how the items at hand end if there is no going on.
    pub(super) async fn pause(&mut self, error: &AppError) -> Option<ItemOutcome> {
        match self.wait(error).await {
            Waited::Stopped => Some(not_attempted(STOPPED)),
            Waited::GivenUp => {
                let error = error.clone().at(place(&self.group.connection, "writing"));
                Some(ItemOutcome::Failed { error })
            }
            Waited::Over => self.look().await.err().map(failed_or_stopped),
        }
    }

    /// How an item ends that may not be sent after a wait; nothing where it may, and then the record says so.
    pub(super) fn held_back(&self, planned: &PlannedItem, entry: &JournalEntry) -> Option<ItemOutcome> {
        let goes = || self.workbench.entry_goes(entry).err().map(|error| ItemOutcome::Failed { error });
        self.refusal(planned).or_else(goes)
    }

    /// Completes the entry of a write that certainly had no effect.
    pub(super) fn not_sent(&self, entry: JournalEntry, outcome: ItemOutcome) -> ItemOutcome {
        let message = match &outcome {
            ItemOutcome::NotAttempted { reason } => reason.clone(),
            ItemOutcome::Failed { error } => error.message.clone(),
            ItemOutcome::Stale | ItemOutcome::Done { .. } => {
                "It was not sent, because it changed while Tacklebox waited.".to_owned()
            }
        };
        self.workbench.complete_entry(entry, None, JournalOutcome::Failed { message });
        outcome
    }

    pub(super) async fn done(
        &mut self,
        planned: &PlannedItem,
        entry: JournalEntry,
        written: Written,
        recovered: bool,
    ) -> ItemOutcome {
        let Written { remote, incomplete, told_once } = written;
        let connection = &self.group.connection;
        let id = remote.as_ref().map(|r| r.webhook.id.clone()).or_else(|| planned.item.webhook.clone());
        // Before anything else: the vendor will not say them again.
        let secrets = match &id {
            Some(id) if !told_once.is_empty() => {
                self.workbench.keep_told_once(connection, id, told_once).await
            }
            _ => vec![],
        };
        self.workbench.complete_entry(entry, remote.as_ref(), JournalOutcome::Done { recovered });
        self.remember(planned, remote.as_ref());
        if let (Action::Delete, Some(id)) = (planned.item.action, &id) {
            self.workbench.drop_kept_secrets(connection, id).await;
            self.workbench.drop_draft(connection, id);
        }
        let unsigned = (recovered && planned.item.action == Action::Create).then(|| self.lost_secret());
        self.known.extend(remote.as_ref().map(|r| r.webhook.id.clone()));
        self.patience = Patience::default();
        let here = place(&self.group.connection, "writing");
        ItemOutcome::Done {
            row: remote.as_ref().map(|r| r.webhook.row()),
            recovered,
            differences: differences(&self.group.offer.capabilities, planned, remote.as_ref()),
            incomplete: incomplete.or(unsigned.flatten()).map(|e| e.at(here)),
            secrets,
        }
    }

    /// `again` is what was read after an uncertain failure: nothing is sent twice, and that tells what happened.
    pub(super) async fn failed(
        &mut self,
        planned: &'a PlannedItem,
        entry: JournalEntry,
        session: &dyn Session,
        failure: &WriteError,
        again: Option<&Result<Vec<Remote>, AppError>>,
    ) -> ItemOutcome {
        let mut error = failure.error.clone().at(place(&self.group.connection, "writing"));
        let settled = again.map(|again| settle(session, planned, &self.known, &self.open_creates, again));
        if let Some(Settled::Happened(remote)) = settled {
            let written = Written::complete(remote.map(|r| *r));
            return self.done(planned, entry, written, true).await;
        }
        if failure.uncertain && planned.write.action == WriteAction::Create {
            self.open_creates.push(&planned.write);
        }
        if !is_limit(&error) {
            self.patience = Patience::default();
        }
        let outcome = match settled {
            Some(Settled::Unclear(reason)) => {
                error.message = format!("{} It is not known whether it was done. {reason}", error.message);
                error = error.advise("Refresh and look before you try again.");
                JournalOutcome::Uncertain { message: error.message.clone() }
            }
            Some(_) => {
                error.message.push_str(" Reading again showed that nothing was changed.");
                if let Fault::NoAnswer { maybe_done } = &mut error.fault {
                    *maybe_done = false;
                }
                error = error.advise("It could still arrive late: refresh before you try again.");
                JournalOutcome::Failed { message: error.message.clone() }
            }
            None => JournalOutcome::Failed { message: error.message.clone() },
        };
        self.workbench.complete_entry(entry, None, outcome);
        ItemOutcome::Failed { error }
    }

    /// What is there after a failure that leaves open whether the write had its effect.
    pub(super) async fn read_again(
        &mut self,
        session: &dyn Session,
        failure: &WriteError,
    ) -> Option<Result<Vec<Remote>, AppError>> {
        if !failure.uncertain {
            return None;
        }
        loop {
            let error = match session.list(&uncancellable()).await {
                Err(error) if is_limit(&error) => error,
                read => return Some(read),
            };
            if self.wait(&error).await != Waited::Over {
                return Some(Err(error));
            }
        }
    }

    /// The secret of a create whose answer was lost was in that answer.
    fn lost_secret(&self) -> Option<AppError> {
        let Signing::SecretShownOnce { label, .. } = &self.group.offer.capabilities.signing else {
            return None;
        };
        let message = format!("The {} was in the answer that was lost, and is not told again.", lower(label));
        let advice = "The webhook works. To verify its signatures, delete it and create it again.";
        Some(AppError::new(Fault::NotFound, message).advise(advice))
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
}

/// From here on nobody can stop it: a write broken off half-way would be uncertain.
async fn send_once(planned: &PlannedItem, session: &dyn Session) -> Result<Written, WriteError> {
    match &planned.write.action {
        WriteAction::Delete(id) => {
            session.delete(std::slice::from_ref(id), &uncancellable()).await?;
            Ok(Written::complete(None))
        }
        WriteAction::Create | WriteAction::Update(_) => session.write(&planned.write, &uncancellable()).await,
    }
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
