//! Deleting several webhooks in one go.

use super::{Begun, GroupRun};
use crate::settle::{Settled, settle};
use crate::uncancellable;
use crate::waiting::is_limit;
use tacklebox_model::{AppError, Fault, WebhookId};
use tacklebox_providers::{Remote, Session, WriteError, Written};

impl<'a> GroupRun<'a> {
    /// Deletes in as few requests as the vendor allows, and one by one what it refuses together.
    pub(super) async fn delete_all(&mut self, mut left: Vec<Begun<'a>>, session: &dyn Session) {
        let mut together = false;
        while left.len() > 1 {
            together = true;
            let ids: Vec<WebhookId> = left.iter().filter_map(|(item, _)| item.item.webhook.clone()).collect();
            let failure = match session.delete(&ids, &uncancellable()).await {
                Ok(()) => return self.all_deleted(left).await,
                Err(failure) => failure,
            };
            if !is_limit(&failure.error) && !speaks_of_content(&failure) {
                return self.all_failed(left, session, &failure).await;
            }
            let again = self.read_again(session, &failure).await;
            left = self.without_settled(left, session, &failure, again.as_ref()).await;
            if !is_limit(&failure.error) {
                break;
            }
            left = self.pause_all(left, &failure.error).await;
        }
        // The vendor refused all for the sake of one: the others do not have to suffer.
        for (item, entry) in left {
            let outcome = match self.refusal(item).filter(|_| together) {
                Some(refusal) => self.not_sent(entry, refusal),
                None => self.send(item, entry, session).await,
            };
            self.finish(item, outcome);
        }
    }

    async fn all_deleted(&mut self, begun: Vec<Begun<'a>>) {
        for (item, entry) in begun {
            let outcome = self.done(item, entry, Written::complete(None), false).await;
            self.finish(item, outcome);
        }
    }

    async fn all_failed(&mut self, begun: Vec<Begun<'a>>, session: &dyn Session, failure: &WriteError) {
        let again = self.read_again(session, failure).await;
        for (item, entry) in begun {
            let outcome = self.failed(item, entry, session, failure, again.as_ref()).await;
            self.finish(item, outcome);
        }
    }

    /// Finishes those that are gone, where the vendor may have deleted some of them, and those of which that cannot be
    /// told. The rest can be sent again: deleting what is there has one outcome however often it is asked for.
    async fn without_settled(
        &mut self,
        begun: Vec<Begun<'a>>,
        session: &dyn Session,
        failure: &WriteError,
        again: Option<&Result<Vec<Remote>, AppError>>,
    ) -> Vec<Begun<'a>> {
        let Some(read) = again else { return begun };
        let mut left = Vec::new();
        for (item, entry) in begun {
            match settle(session, item, &self.known, &self.open_creates, read) {
                Settled::DidNotHappen => left.push((item, entry)),
                Settled::Happened(_) | Settled::Unclear(_) => {
                    let outcome = self.failed(item, entry, session, failure, again).await;
                    self.finish(item, outcome);
                }
            }
        }
        left
    }

    /// Waits, and returns those that can be sent after it.
    async fn pause_all(&mut self, begun: Vec<Begun<'a>>, error: &AppError) -> Vec<Begun<'a>> {
        begun.iter().for_each(|(_, entry)| self.workbench.entry_waits(entry));
        let all = if begun.is_empty() { None } else { self.pause(error).await };
        let mut left = Vec::new();
        for (item, entry) in begun {
            match all.clone().or_else(|| self.held_back(item, &entry)) {
                Some(outcome) => {
                    let outcome = self.not_sent(entry, outcome);
                    self.finish(item, outcome);
                }
                None => left.push((item, entry)),
            }
        }
        left
    }
}

/// Whether several were turned away for what is in the request: one of them may be the reason.
fn speaks_of_content(failure: &WriteError) -> bool {
    matches!(failure.error.fault, Fault::Validation { .. } | Fault::Vendor { .. } | Fault::NotFound)
}
