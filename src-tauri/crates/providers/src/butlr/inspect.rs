//! *Test connection*: each step in words.

use super::NAME;
use super::schema::Spelling;
use super::session::ButlrSession;
use crate::Session;
use crate::failure::vendor_sentence;
use crate::findings::{Findings, StepFailed};
use std::time::Instant;
use tacklebox_model::{ConnectionReport, Fault, Finding, FindingState};
use tokio_util::sync::CancellationToken;

/// Tries sign-in, schema, organisation and webhooks one after the other; ends at the first that fails.
pub async fn inspect(
    session: &ButlrSession,
    say: &(dyn Fn(Finding) + Send + Sync),
    cancel: &CancellationToken,
) -> ConnectionReport {
    let mut log = Findings::new(NAME, say);
    // The report is what counts; a failed step is in it already.
    let _ = steps(session, &mut log, cancel).await;
    log.report
}

async fn steps(
    session: &ButlrSession,
    log: &mut Findings<'_>,
    cancel: &CancellationToken,
) -> Result<(), StepFailed> {
    let began = Instant::now();
    let token = log.step("Sign in", began, session.client.fresh_token(cancel).await)?;
    let lasts = match token.lifetime.as_secs() {
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    };
    log.found("Sign in", FindingState::Ok, began, format!("Signed in. Each token lasts {lasts}."));

    let began = Instant::now();
    session.forget().await;
    let known = log.step("Read the schema", began, session.known(cancel).await)?;
    let schema = &known.schema;
    let (state, words) = match known.introspected {
        true => (FindingState::Ok, schema_words(schema)),
        false => (
            FindingState::Attention,
            "The schema cannot be read, so only what Butlr documents is used, without filters.".to_owned(),
        ),
    };
    log.found("Read the schema", state, began, words);

    let began = Instant::now();
    match session.places_summary(cancel).await {
        Ok((organisation, counts)) => {
            let words =
                organisation.as_ref().map_or_else(|| format!("{counts}."), |id| format!("{id}: {counts}."));
            log.report.organisation = organisation;
            log.found("Read the organisation", FindingState::Ok, began, words);
        }
        Err(error) if error.fault == Fault::Cancelled => {
            return log.step("Read the organisation", began, Err(error));
        }
        // Webhooks can be managed without places; only finding ids by name cannot.
        Err(error) => {
            let words =
                format!("{}{} Filters can still be set by id.", error.message, vendor_sentence(NAME, &error));
            log.found("Read the organisation", FindingState::Attention, began, words);
        }
    }

    let began = Instant::now();
    let webhooks = log.step("Count the webhooks", began, session.list(cancel).await)?;
    log.counted(began, webhooks.len());
    Ok(())
}

fn schema_words(schema: &super::schema::Schema) -> String {
    let spelling = match schema.spelling {
        Spelling::Snake => "Fields are spelled like event_types",
        Spelling::Camel => "Fields are spelled like eventTypes",
    };
    let filters = match (schema.filters, schema.filters_on_create) {
        (true, true) => "filters can be set",
        (true, false) => "filters can be set once a webhook exists",
        (false, _) => "there are no filters",
    };
    let extra = schema.extra_endpoint_fields.len() + schema.extra_fields.len();
    let extra = match extra {
        0 => String::new(),
        1 => " 1 field is new to Tacklebox and is kept as it is.".to_owned(),
        n => format!(" {n} fields are new to Tacklebox and are kept as they are."),
    };
    format!("{spelling}, {filters}, {} event types.{extra}", schema.event_types.len())
}
