//! *Test connection*: each step in words, from a single request, since calls are counted by the month.

use super::NAME;
use super::answer::AskError;
use super::session::BooqableSession;
use super::wire::Page;
use crate::Session;
use crate::findings::{Findings, StepFailed};
use std::time::{Duration, Instant};
use tacklebox_http::RateSnapshot;
use tacklebox_model::{ConnectionReport, Fault, Finding, FindingState};
use tokio_util::sync::CancellationToken;

const COMPANY: &str = "Find the company";
const TOKEN: &str = "Use the token";
const PLAN: &str = "Use the API";
const ALLOWANCE: &str = "Read the allowance";
const READ: &str = "Read the webhooks";

/// Tries company, token, allowance and webhooks one after the other; ends at the first that fails.
pub async fn inspect(
    session: &BooqableSession,
    say: &(dyn Fn(Finding) + Send + Sync),
    cancel: &CancellationToken,
) -> ConnectionReport {
    let mut log = Findings::new(NAME, say);
    // The report is what counts; a failed step is in it already.
    let _ = steps(session, &mut log, cancel).await;
    log.report
}

async fn steps(
    session: &BooqableSession,
    log: &mut Findings<'_>,
    cancel: &CancellationToken,
) -> Result<(), StepFailed> {
    let began = Instant::now();
    session.client.forget_token().await;
    let answer = session.client.page_of(1, 1, cancel).await;
    let page = asked(session, log, began, answer)?;

    let rate = session.client.rate();
    let (state, words) = allowance(&rate);
    log.found(ALLOWANCE, state, Instant::now(), words);

    let began = Instant::now();
    let count = match page.total.and_then(|total| usize::try_from(total).ok()) {
        Some(total) => total,
        None => log.step(READ, began, session.list(cancel).await)?.len(),
    };
    log.counted(began, count);
    Ok(())
}

/// What one answer says of company, token and plan.
fn asked(
    session: &BooqableSession,
    log: &mut Findings<'_>,
    began: Instant,
    answer: Result<Page, AskError>,
) -> Result<Page, StepFailed> {
    let failed_at = answer.as_ref().err().map(failing);
    // An answer about the token or the plan comes from a company that is there.
    if failed_at.is_none_or(|step| step.company_found) {
        let words = format!("{} answers for {}.", session.client.host(), session.client.slug);
        log.found(COMPANY, FindingState::Ok, began, words);
    }
    let step = failed_at.map_or(TOKEN, |step| step.name);
    let page = log.step(step, began, answer.map_err(|failed| failed.error))?;
    log.found(TOKEN, FindingState::Ok, began, "Booqable accepts the access token.".to_owned());
    Ok(page)
}

/// The step at which a first request failed.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    company_found: bool,
}

fn failing(failed: &AskError) -> Step {
    let refusal = failed.refusal.as_ref().map(|refusal| refusal.status);
    let step = |name, company_found| Step { name, company_found };
    match (&failed.error.fault, refusal) {
        (Fault::Unauthorised { vendor: Some(_) } | Fault::Vault { .. }, _) | (_, Some(401)) => {
            step(TOKEN, refusal.is_some())
        }
        (Fault::Unauthorised { vendor: None }, _) => step(TOKEN, false),
        (_, Some(402 | 403)) => step(PLAN, true),
        (Fault::RateLimited { .. }, _) => step(ALLOWANCE, true),
        (_, Some(404)) | (Fault::Unreachable { .. }, _) => step(COMPANY, false),
        _ => step(READ, false),
    }
}

/// The allowance in words: “50 requests a minute, 43 left.”
fn allowance(rate: &RateSnapshot) -> (FindingState, String) {
    let Some(limit) = rate.limit else {
        return (FindingState::Attention, "Booqable does not say how many requests it allows.".to_owned());
    };
    let per = match rate.period.map(|period| period.as_secs()) {
        Some(60) => "a minute".to_owned(),
        Some(seconds) => format!("in {seconds} seconds"),
        None => "at a time".to_owned(),
    };
    match rate.remaining {
        Some(0) if rate.wait > Duration::ZERO => {
            let wait = rate.wait.as_secs().max(1);
            (FindingState::Attention, format!("{limit} requests {per}, none left for {wait} seconds."))
        }
        Some(left) => (FindingState::Ok, format!("{limit} requests {per}, {left} left.")),
        None => (FindingState::Ok, format!("{limit} requests {per}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_allowance_is_said_in_words() {
        let minute = Some(Duration::from_secs(60));
        let rate =
            RateSnapshot { limit: Some(50), remaining: Some(43), period: minute, wait: Duration::ZERO };
        let said = |rate: RateSnapshot| allowance(&rate).1;
        assert_eq!(said(rate), "50 requests a minute, 43 left.");
        assert_eq!(
            said(RateSnapshot { period: Some(Duration::from_secs(10)), remaining: None, ..rate }),
            "50 requests in 10 seconds."
        );
        let used = RateSnapshot { remaining: Some(0), wait: Duration::from_secs(41), ..rate };
        assert_eq!(said(used), "50 requests a minute, none left for 41 seconds.");
        assert_eq!(said(RateSnapshot::default()), "Booqable does not say how many requests it allows.");
    }
}
