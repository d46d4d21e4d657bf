//! *Test connection*: each step in words.

use super::session::EpilotSession;
use super::{NAME, moments, organisation, token};
use crate::Session;
use crate::findings::{Findings, StepFailed};
use std::collections::BTreeSet;
use std::time::Instant;
use tacklebox_model::{Catalogue, ConnectionReport, Finding, FindingState};
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "Read the token";

/// Tries token, organisation, event types and webhooks one after the other; ends at the first that fails.
pub async fn inspect(
    session: &EpilotSession,
    say: &(dyn Fn(Finding) + Send + Sync),
    cancel: &CancellationToken,
) -> ConnectionReport {
    let mut log = Findings::new(NAME, say);
    // The report is what counts; a failed step is in it already.
    let _ = steps(session, &mut log, cancel).await;
    log.report
}

async fn steps(
    session: &EpilotSession,
    log: &mut Findings<'_>,
    cancel: &CancellationToken,
) -> Result<(), StepFailed> {
    let began = Instant::now();
    let secret = log.step(TOKEN, began, session.client.token().await)?;
    let facts = token::facts(&secret);
    let (state, words) = match token::is_jwt(&secret) {
        true => token::in_words(&facts, moments::now()),
        false => {
            let words = "The token is none of the kind epilot creates, so it does not say whose it is.";
            (FindingState::Attention, words.to_owned())
        }
    };
    log.found(TOKEN, state, began, words);
    if state == FindingState::Failed {
        return Err(StepFailed);
    }

    let began = Instant::now();
    let api = session.organisation.as_ref();
    let found = organisation::find(&session.client, api, &facts, cancel).await;
    let found = log.step("Find the organisation", began, found)?;
    log.report.organisation = found.name;
    log.found("Find the organisation", found.state, began, found.words);

    let began = Instant::now();
    session.forget().await;
    let offer = log.step("Read the event types", began, session.offer(cancel).await)?;
    let (state, words) = events_in_words(&offer.catalogue);
    log.found("Read the event types", state, began, words);

    let began = Instant::now();
    let webhooks = log.step("Count the webhooks", began, session.list(cancel).await)?;
    log.counted(began, webhooks.len());
    Ok(())
}

fn events_in_words(catalogue: &Catalogue) -> (FindingState, String) {
    let groups: BTreeSet<&str> = catalogue.events.iter().map(|event| event.group.as_str()).collect();
    match catalogue.events.len() {
        0 => (
            FindingState::Attention,
            "No event types are configured, so no webhook can be created. Configure them in epilot first."
                .to_owned(),
        ),
        1 => (FindingState::Ok, "1 event type.".to_owned()),
        count => {
            let words = match groups.len() {
                1 => format!("{count} event types."),
                many => format!("{count} event types in {many} groups."),
            };
            (FindingState::Ok, words)
        }
    }
}
