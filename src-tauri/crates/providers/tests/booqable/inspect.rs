//! *Test connection*: each step in words, from one call.

use super::common::{RENTALS, TRIAL, World, go, world, world_with};
use std::sync::Mutex;
use tacklebox_model::{ConnectionReport, FindingState};
use tacklebox_sandbox::{BooqableConfig, Fault, FaultAction, PaymentProblem};

async fn inspect(world: &World) -> (ConnectionReport, Vec<(String, FindingState, String)>) {
    let said = Mutex::new(vec![]);
    let report = world.session.inspect(&|finding| said.lock().unwrap().push(finding), &go()).await;
    assert_eq!(*said.lock().unwrap(), report.findings, "what is said is what is reported");
    let findings = report.findings.iter().map(|f| (f.step.clone(), f.state, f.words.clone())).collect();
    (report, findings)
}

fn step(step: &str, state: FindingState, words: &str) -> (String, FindingState, String) {
    (step.to_owned(), state, words.to_owned())
}

fn host(world: &World) -> String {
    world.sandbox.url().replace("http://", "")
}

#[tokio::test]
async fn a_good_connection_is_said_in_four_steps_from_one_call() {
    for (slug, allowance, count) in
        [(RENTALS, "50 requests a minute, 49 left.", 30), (TRIAL, "20 requests a minute, 19 left.", 4)]
    {
        let world = world_with(slug, BooqableConfig::default()).await;
        let (report, findings) = inspect(&world).await;
        let found = format!("{} answers for {slug}.", host(&world));
        assert_eq!(
            findings,
            [
                step("Find the company", FindingState::Ok, &found),
                step("Use the token", FindingState::Ok, "Booqable accepts the access token."),
                step("Read the allowance", FindingState::Ok, allowance),
                step("Count the webhooks", FindingState::Ok, &format!("{count} webhooks.")),
            ]
        );
        assert_eq!(report.webhook_count, Some(count));
        assert_eq!(world.requests().len(), 1);
    }
}

#[tokio::test]
async fn without_a_total_the_webhooks_are_counted() {
    let world = world(TRIAL).await;
    world.next(FaultAction::respond(200, r#"{"data":[{"id":"1"}]}"#));
    let (report, findings) = inspect(&world).await;
    assert_eq!(report.webhook_count, Some(4));
    assert_eq!(findings.len(), 4);
}

#[tokio::test]
async fn a_failure_is_said_at_its_step_with_what_to_do() {
    type Break = fn(&World);
    let played: fn(&World, u16, &str) = |world, status, body| {
        world.sandbox.faults().push(Fault::new("*", FaultAction::respond(status, body)).times(3));
    };
    let cases: [(Break, &[&str], &str); 6] = [
        (
            |w| w.org.revoke_token(),
            &["Find the company", "Use the token"],
            "Create new authentication method",
        ),
        (
            |w| w.org.change_settings(|s| s.payment = Some(PaymentProblem::FeatureNotEnabled)),
            &["Find the company", "Use the API"],
            "Change to a plan with API access",
        ),
        (
            |w| w.org.change_settings(|s| s.payment = Some(PaymentProblem::TrialExpired)),
            &["Find the company", "Use the API"],
            "trial of Booqable is over",
        ),
        (
            |w| w.sandbox.faults().push(Fault::new("*", FaultAction::respond(429, "")).times(3)),
            &["Find the company", "Read the allowance"],
            "Try again in a minute.",
        ),
        (
            |w| w.next(FaultAction::respond(404, r#"{"errors":[{"title":"Company not found"}]}"#)),
            &["Find the company"],
            "Check the company slug",
        ),
        (|w| w.next(FaultAction::respond(500, "")), &["Read the webhooks"], "Try again in a moment."),
    ];
    for (number, (break_it, steps, words)) in cases.into_iter().enumerate() {
        let world = world(TRIAL).await;
        break_it(&world);
        let (report, findings) = inspect(&world).await;
        let said: Vec<_> = findings.iter().map(|(step, ..)| step.as_str()).collect();
        assert_eq!(said, steps, "case {number}");
        let (_, state, last) = findings.last().unwrap();
        assert!(*state == FindingState::Failed && last.contains(words), "case {number}: {last}");
        assert!(report.webhook_count.is_none());
    }
    let world = world(TRIAL).await;
    played(&world, 503, r#"{"message":"read-only"}"#);
    let (_, findings) = inspect(&world).await;
    assert!(
        findings[0].2.starts_with("Booqable is read-only at the moment. Booqable says: “read-only”."),
        "{findings:?}"
    );
}

#[tokio::test]
async fn an_address_nobody_listens_at_is_not_found() {
    let world = world(TRIAL).await;
    let gone = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", free.local_addr().unwrap())
    };
    let public = super::common::public(TRIAL, "4");
    let session = super::common::session(&gone, public, "t", &world.calls).unwrap();
    let report = session.inspect(&|_| {}, &go()).await;
    assert_eq!(report.findings.len(), 1);
    assert_eq!(
        (report.findings[0].step.as_str(), report.findings[0].state),
        ("Find the company", FindingState::Failed)
    );
    assert_eq!(world.calls.count(), 0);
}
