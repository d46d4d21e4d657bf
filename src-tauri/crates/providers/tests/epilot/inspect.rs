//! *Test connection*, and what a token says of itself.

use super::common::*;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tacklebox_model::{ConnectionReport, CredentialFacts, FindingState, ProviderId, Secret};
use tacklebox_providers::{Session, find};
use tacklebox_sandbox::{EpilotToken, Fault as Sandboxed, FaultAction};

async fn inspected(session: &dyn Session) -> ConnectionReport {
    let said = Mutex::new(Vec::new());
    let report = session.inspect(&|finding| said.lock().unwrap().push(finding), &go()).await;
    // What was said as it came is what the report has.
    assert_eq!(*said.lock().unwrap(), report.findings);
    report
}

fn states(report: &ConnectionReport) -> Vec<(&str, FindingState)> {
    report.findings.iter().map(|finding| (finding.step.as_str(), finding.state)).collect()
}

const GOOD: [(&str, FindingState); 4] = [
    ("Read the token", FindingState::Ok),
    ("Find the organisation", FindingState::Ok),
    ("Read the event types", FindingState::Ok),
    ("Count the webhooks", FindingState::Ok),
];

#[tokio::test]
async fn a_good_connection_is_told_step_by_step() {
    let world = world(MERIDIAN).await;
    let report = inspected(world.session.as_ref()).await;
    assert_eq!(states(&report), GOOD);
    assert_eq!(report.findings[0].words, "The token “Tacklebox” for organisation 731204 does not expire.");
    assert!(report.findings[1].words.starts_with("Organisation 731204, as the token says."));
    assert!(report.findings[2].words.contains("event types in"), "{}", report.findings[2].words);
    assert_eq!(report.organisation.as_deref(), Some("731204"));
    assert_eq!(report.webhook_count, u32::try_from(world.org.webhooks().len()).ok());
}

#[tokio::test]
async fn a_token_that_expires_soon_is_worth_a_word() {
    let world = world(REHEARSAL).await;
    let report = inspected(world.session.as_ref()).await;
    assert_eq!(report.findings[0].state, FindingState::Attention);
    let words = &report.findings[0].words;
    assert!(words.contains("in 8 days") || words.contains("in 9 days"), "{words}");
    assert_eq!(states(&report)[1..], GOOD[1..]);
}

#[tokio::test]
async fn an_expired_token_ends_the_test_before_anything_is_sent() {
    let world = world(MERIDIAN).await;
    let report = inspected(world.session_of("Old integration").as_ref()).await;
    assert_eq!(states(&report), [("Read the token", FindingState::Failed)]);
    assert!(report.findings[0].words.contains("expired on"));
    assert!(world.sandbox.log().requests().is_empty());
}

#[tokio::test]
async fn a_token_that_may_only_read_says_so() {
    let world = world(MERIDIAN).await;
    let report = inspected(world.session_of("Tacklebox read only").as_ref()).await;
    assert_eq!(states(&report), GOOD);
    assert!(report.findings[0].words.contains("may only read"));
}

#[tokio::test]
async fn a_token_of_another_kind_is_tried_all_the_same() {
    let world = world(MERIDIAN).await;
    let report = inspected(session(&world.sandbox.epilot_url(), "opaque").as_ref()).await;
    let wanted = [
        ("Read the token", FindingState::Attention),
        ("Find the organisation", FindingState::Attention),
        ("Read the event types", FindingState::Failed),
    ];
    assert_eq!(states(&report), wanted);
    assert!(report.findings[2].words.contains("does not accept the access token"));
}

#[tokio::test]
async fn the_test_ends_at_the_first_step_that_fails() {
    let world = world(MERIDIAN).await;
    world.fault(Sandboxed::new(LIST, FaultAction::respond(500, r#"{"message":"out of paper"}"#)));
    let report = inspected(world.session.as_ref()).await;
    assert_eq!(report.findings.last().unwrap().state, FindingState::Failed);
    assert!(report.findings.last().unwrap().words.contains("“out of paper”"));
    assert_eq!(report.webhook_count, None);
}

#[tokio::test]
async fn no_event_types_are_worth_a_word() {
    let world = own(&[]).await;
    let report = inspected(world.session.as_ref()).await;
    assert_eq!(report.findings[2].state, FindingState::Attention);
}

#[tokio::test]
async fn the_provider_reads_a_tokens_facts() {
    let world = world(MERIDIAN).await;
    let token = EpilotToken::new("Viewer").read_only().lifetime(std::time::Duration::from_secs(40 * 86_400));
    let facts = |token: &str| {
        let secrets = BTreeMap::from([("access_token".to_owned(), Secret::from(token))]);
        find(&ProviderId::from("epilot")).unwrap().credential_facts(&secrets)
    };
    let found = facts(&world.org.add_token(token));
    assert_eq!((found.organisation.as_deref(), found.name.as_deref()), (Some("731204"), Some("Viewer")));
    assert!(found.read_only && found.expires_at_ms.is_some());
    assert_eq!(facts("no JWT"), CredentialFacts::default());
}
