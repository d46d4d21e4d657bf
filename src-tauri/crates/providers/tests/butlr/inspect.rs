//! *Test connection*, in words.

use super::common::{LAB, OFFICES, World, go, world};
use std::sync::Mutex;
use tacklebox_model::{ConnectionReport, Finding, FindingState};
use tacklebox_sandbox::{Fault, FaultAction};

async fn inspect(world: &World) -> ConnectionReport {
    let said: Mutex<Vec<Finding>> = Mutex::default();
    let report = world.session.inspect(&|finding| said.lock().unwrap().push(finding), &go()).await;
    assert_eq!(*said.lock().unwrap(), report.findings);
    report
}

fn words(report: &ConnectionReport) -> Vec<(&str, FindingState, &str)> {
    report.findings.iter().map(|f| (f.step.as_str(), f.state, f.words.as_str())).collect()
}

#[tokio::test]
async fn a_good_connection_is_described_step_by_step() {
    let world = world(OFFICES).await;
    let report = inspect(&world).await;
    let org = world.org.config().organisation_id.clone();
    let places = format!("{org}: 2 sites, 2 buildings, 5 floors, 23 rooms, 16 zones, 28 sensors.");
    let seen = words(&report);
    assert_eq!(seen[0], ("Sign in", FindingState::Ok, "Signed in. Each token lasts 16 minutes."));
    let schema = "Fields are spelled like event_types, filters can be set, 5 event types.";
    assert_eq!(seen[1], ("Read the schema", FindingState::Ok, schema));
    assert_eq!((seen[2].0, seen[2].1), ("Read the organisation", FindingState::Ok));
    assert_eq!(numberless(seen[2].2), numberless(&places));
    assert_eq!(seen[3], ("Count the webhooks", FindingState::Ok, "9 webhooks."));
    assert_eq!((report.organisation, report.webhook_count), (Some(org), Some(9)));
}

fn numberless(text: &str) -> String {
    let (org, counts) = text.split_once(": ").unwrap();
    format!("{org}: {}", counts.replace(|c: char| c.is_ascii_digit(), ""))
}

#[tokio::test]
async fn the_other_spelling_is_described_too() {
    let world = world(LAB).await;
    let report = inspect(&world).await;
    let schema =
        "Fields are spelled like eventTypes, filters can be set once a webhook exists, 10 event types.";
    assert_eq!(words(&report)[1], ("Read the schema", FindingState::Ok, schema));
    assert_eq!(report.webhook_count, Some(6));
}

#[tokio::test]
async fn each_test_signs_in_and_reads_anew() {
    let world = world(OFFICES).await;
    world.list().await;
    inspect(&world).await;
    assert_eq!((world.logins(), world.sandbox.log().count("__type")), (2, 2));
}

#[tokio::test]
async fn the_first_step_that_fails_is_the_last() {
    for (target, step, count) in [
        ("/api/v2/clients/login", "Sign in", 1),
        ("__type", "Read the schema", 2),
        ("webhooks", "Count the webhooks", 4),
    ] {
        let world = world(OFFICES).await;
        let body = r#"{"errors":[{"message":"out of paper"}]}"#;
        let fault = Fault::new(target, FaultAction::respond(500, body));
        world.sandbox.faults().push(fault.times(9));
        let report = inspect(&world).await;
        assert_eq!(report.findings.len(), count, "{step}");
        let last = report.findings.last().unwrap();
        assert_eq!((last.step.as_str(), last.state), (step, FindingState::Failed));
        assert!(last.words.contains("out of paper") && last.words.contains("500"), "{}", last.words);
        assert_eq!(report.webhook_count, None);
    }
}

#[tokio::test]
async fn places_that_cannot_be_read_do_not_end_the_test() {
    let world = world(OFFICES).await;
    world.org.set_failing_fields(["sites"]);
    let report = inspect(&world).await;
    let finding = &report.findings[2];
    assert_eq!(finding.state, FindingState::Attention);
    assert!(finding.words.contains("sites could not be resolved"), "{}", finding.words);
    assert!(finding.words.ends_with("Filters can still be set by id."), "{}", finding.words);
    assert_eq!(report.webhook_count, Some(9));
}

#[tokio::test]
async fn missing_sensors_are_not_counted_as_none() {
    let world = world(OFFICES).await;
    world.org.set_failing_fields(["sensors"]);
    let report = inspect(&world).await;
    assert!(report.findings[2].words.contains("sensors cannot be read"), "{}", report.findings[2].words);
}

#[tokio::test]
async fn a_schema_that_cannot_be_read_asks_for_attention() {
    let world = world(LAB).await;
    world.org.set_introspection(false);
    let report = inspect(&world).await;
    assert_eq!(report.findings[1].state, FindingState::Attention);
    assert!(report.findings[1].words.contains("without filters"));
    assert_eq!(report.webhook_count, Some(6));
}

#[tokio::test]
async fn a_cancelled_test_stops_where_it_is() {
    let world = world(OFFICES).await;
    let cancel = go();
    let report = world
        .session
        .inspect(
            &|finding| {
                if finding.step == "Read the schema" {
                    cancel.cancel()
                }
            },
            &cancel,
        )
        .await;
    let last = report.findings.last().unwrap();
    assert_eq!((last.step.as_str(), last.state), ("Read the organisation", FindingState::Failed));
    assert_eq!(world.sandbox.log().count("webhooks"), 0);
}
