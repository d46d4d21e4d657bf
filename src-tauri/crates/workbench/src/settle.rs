//! What became of a write whose answer was lost: read again, never sent again.

use crate::plan::PlannedItem;
use std::collections::HashSet;
use tacklebox_model::{AppError, WebhookId};
use tacklebox_providers::{Remote, Session, Write, WriteAction};

/// What reading again showed.
pub enum Settled {
    /// The write had its effect; the webhook as it is, absent after a delete.
    Happened(Option<Box<Remote>>),
    /// It had none.
    DidNotHappen,
    /// Reading again could not tell, and why.
    Unclear(String),
}

/// Looks for the effect of a write in what was read after it. `known` are the ids that are no news, `rivals` other
/// creates that may turn up late.
pub fn settle(
    session: &dyn Session,
    planned: &PlannedItem,
    known: &HashSet<WebhookId>,
    rivals: &[&Write],
    again: &Result<Vec<Remote>, AppError>,
) -> Settled {
    let remotes = match again {
        Ok(remotes) => remotes,
        Err(error) => return Settled::Unclear(error.message.clone()),
    };
    let found = |id: &WebhookId| remotes.iter().find(|r| &r.webhook.id == id);
    match &planned.write.action {
        WriteAction::Create => {
            let new = remotes.iter().filter(|r| !known.contains(&r.webhook.id));
            let fitting: Vec<&Remote> = new.filter(|r| session.achieved(&planned.write, r)).collect();
            match fitting.as_slice() {
                [] => Settled::DidNotHappen,
                [one] if !rivals.iter().any(|rival| session.achieved(rival, one)) => {
                    Settled::Happened(Some(Box::new((*one).clone())))
                }
                [_] => Settled::Unclear("A new webhook could be this one or one before it.".to_owned()),
                several => Settled::Unclear(format!("{} new webhooks could be this one.", several.len())),
            }
        }
        WriteAction::Update(id) => match found(id) {
            Some(remote) if session.achieved(&planned.write, remote) => {
                Settled::Happened(Some(Box::new(remote.clone())))
            }
            Some(remote) if planned.base.as_ref().is_some_and(|b| b.raw == remote.raw) => {
                Settled::DidNotHappen
            }
            Some(_) => Settled::Unclear("The webhook is neither as it was nor as it should be.".to_owned()),
            None => Settled::Unclear("The webhook does not exist any more.".to_owned()),
        },
        WriteAction::Delete(id) => match found(id) {
            Some(_) => Settled::DidNotHappen,
            None => Settled::Happened(None),
        },
    }
}
