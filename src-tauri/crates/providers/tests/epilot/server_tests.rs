//! What epilot itself is asked to try.

use super::common::*;
use serde_json::{Value, json};
use tacklebox_model::{AppError, Fault, ServerTestRequest, ServerTestResult, WebhookId};
use tacklebox_sandbox::{EpilotOutcome, Fault as Sandboxed, FaultAction};

async fn run(world: &World, id: &str, test: ServerTestRequest) -> Result<ServerTestResult, AppError> {
    world.session.server_test(&WebhookId::from(id), &test, &go()).await
}

fn trigger(payload: Value) -> ServerTestRequest {
    ServerTestRequest::Trigger { payload }
}

#[tokio::test]
async fn oauth_is_judged_by_what_came_of_it() {
    let world = world(MERIDIAN).await;
    let good = run(&world, CRM, ServerTestRequest::OAuth).await.unwrap();
    assert_eq!(
        (good.ok, good.words.as_str()),
        (true, "epilot fetched a Bearer token. It lasts 3600 seconds.")
    );
    assert_eq!(world.requests("POST", "/test-oauth")[0].body, "");
    world.org.set_oauth_error(Some("invalid_client"));
    let bad = run(&world, CRM, ServerTestRequest::OAuth).await.unwrap();
    assert!(!bad.ok && bad.words.contains("invalid_client"), "{bad:?}");
    let none = run(&world, ERP, ServerTestRequest::OAuth).await.unwrap();
    assert!(!none.ok && none.words.contains("does not use OAuth"), "{none:?}");
    assert_eq!(run(&world, "none", ServerTestRequest::OAuth).await.unwrap_err().fault, Fault::NotFound);
    // A failed exchange is an answer, and is not asked for twice.
    assert_eq!(world.requests("POST", "/test-oauth").len(), 4);
}

#[tokio::test]
async fn an_exchange_that_epilot_calls_unsuccessful_in_a_200_is() {
    let world = world(MERIDIAN).await;
    let body = r#"{"success":false,"message":"clock skew"}"#;
    world.fault(Sandboxed::new("/test-oauth", FaultAction::respond(200, body)));
    let bad = run(&world, CRM, ServerTestRequest::OAuth).await.unwrap();
    assert!(!bad.ok && bad.words.contains("clock skew"));
    world.fault(Sandboxed::new("/test-oauth", FaultAction::respond(502, "")));
    assert!(matches!(
        run(&world, CRM, ServerTestRequest::OAuth).await.unwrap_err().fault,
        Fault::Vendor { .. }
    ));
}

#[tokio::test]
async fn an_example_is_made() {
    let world = world(MERIDIAN).await;
    let example = run(&world, AUTOMATION, ServerTestRequest::Example { automation: None }).await.unwrap();
    let body: Value = serde_json::from_str(example.body.as_deref().unwrap()).unwrap();
    assert_eq!((example.ok, &body["metadata"]["webhook_id"]), (true, &json!(AUTOMATION)));
    assert_eq!(world.sent("POST", "/example"), json!({}));
    let automation = Some("FLOW#7".to_owned());
    let example = run(&world, AUTOMATION, ServerTestRequest::Example { automation }).await.unwrap();
    assert!(example.body.unwrap().contains("FLOW#7"));
    let error = run(&world, "none", ServerTestRequest::Example { automation: None }).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
}

#[tokio::test]
async fn a_trigger_is_judged_by_the_body_not_by_the_200() {
    let world = world(MERIDIAN).await;
    for (outcome, ok, status, words) in [
        (EpilotOutcome::answered(204), true, Some(204), "took the event with 204"),
        (EpilotOutcome::answered(503), false, Some(503), "answered with 503"),
        (internal("INTERNAL_ERROR"), false, None, "before it reached"),
        (internal("INTERNAL_RESPONSE_TOO_LARGE"), false, None, "too large"),
        (internal("OAuthTokenExchangeError"), false, None, "could not fetch a token"),
        (internal("SOMETHING_NEW"), false, None, "not delivered"),
    ] {
        world.org.set_outcome(Some(outcome));
        let result = run(&world, ERP, trigger(json!({ "entity": {} }))).await.unwrap();
        assert_eq!((result.ok, result.http_status), (ok, status), "{result:?}");
        assert!(result.words.contains(words), "{result:?}");
    }
    let requests = world.requests("POST", "/trigger");
    assert_eq!(requests.len(), 6);
    assert!(requests.iter().all(|request| request.path.ends_with("?sync=true")));
    // The organisation's id, which epilot requires, comes from the token.
    assert_eq!(
        world.sent("POST", "/trigger"),
        json!({ "entity": {}, "metadata": { "organization_id": "731204" } })
    );
}

fn internal(code: &str) -> EpilotOutcome {
    EpilotOutcome::Internal { code: code.into(), message: "words".into() }
}

#[tokio::test]
async fn a_payload_goes_as_it_is_and_must_be_an_object() {
    let world = world(MERIDIAN).await;
    world.org.set_outcome(Some(EpilotOutcome::answered(200)));
    let payload = json!({ "metadata": { "organization_id": "731204", "action": "a" }, "x": [1.5, null] });
    assert!(run(&world, ERP, trigger(payload.clone())).await.unwrap().ok);
    assert_eq!(world.requests("POST", "/trigger")[0].body, payload.to_string());
    for payload in [json!([]), json!({ "metadata": 7 })] {
        let error = run(&world, ERP, trigger(payload)).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Validation { .. }));
    }
    let error = run(&world, BLUEPRINT, trigger(json!({}))).await.unwrap_err();
    let Fault::Vendor { status: Some(400), vendor, .. } = error.fault else { panic!("{error:?}") };
    assert!(vendor.text.contains("no url"));
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_the_outcome_is_no_success() {
    for (body, ok) in [
        (r#"{"event_id":"e"}"#, false),
        (r#"{"event_id":"e","status_code":"200"}"#, true),
        (r#"{"event_id":"e","status_code":"404"}"#, false),
        (r#"{"event_id":"e","status":"failed","status_code":"200"}"#, false),
    ] {
        let world = world(MERIDIAN).await;
        world.fault(Sandboxed::new("/trigger", FaultAction::respond(200, body)));
        assert_eq!(run(&world, ERP, trigger(json!({}))).await.unwrap().ok, ok, "{body}");
    }
}

#[tokio::test]
async fn a_lost_trigger_is_not_repeated() {
    let world = world(MERIDIAN).await;
    world.fault(Sandboxed::new("/trigger", FaultAction::Drop).times(3));
    let error = run(&world, ERP, trigger(json!({}))).await.unwrap_err();
    assert_eq!(error.fault, Fault::NoAnswer { maybe_done: true });
    assert_eq!(world.requests("POST", "/trigger").len(), 1);
}
