//! What goes wrong, in words that help.

use super::common::*;
use serde_json::json;
use tacklebox_model::{AppError, Fault, WebhookId};
use tacklebox_providers::WriteError;
use tacklebox_sandbox::{EpilotToken, Fault as Sandboxed, FaultAction, RetryAfter};

/// The list, met by a fault so many times, and how many requests it took.
async fn list_with(action: FaultAction, times: u32) -> (Result<usize, AppError>, usize) {
    let world = world(REHEARSAL).await;
    world.fault(Sandboxed::new(LIST, action).times(times));
    let listed = world.session.list(&go()).await.map(|remotes| remotes.len());
    (listed, world.requests("GET", "/configs").len())
}

async fn create_with(action: FaultAction) -> WriteError {
    let world = world(REHEARSAL).await;
    let prepared = world.prepare(minimal(), None).await;
    world.fault(Sandboxed::new(CREATE, action));
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert_eq!(world.requests("POST", "/configs").len(), 1);
    failed
}

fn said(status: u16, message: &str) -> FaultAction {
    FaultAction::respond(status, &json!({ "message": message }).to_string())
}

#[tokio::test]
async fn an_expired_token_says_when_it_expired() {
    let world = world(MERIDIAN).await;
    let error = world.session_of("Old integration").list(&go()).await.unwrap_err();
    let Fault::Unauthorised { vendor: Some(vendor) } = &error.fault else { panic!("{error:?}") };
    assert_eq!(vendor.text, "Unauthorized");
    assert!(
        error.message.starts_with("The access token expired on ") && error.message.contains(" 20"),
        "{error}"
    );
    assert!(error.advice.unwrap().contains("Access Tokens"));
}

#[tokio::test]
async fn a_revoked_token_is_told() {
    let world = world(MERIDIAN).await;
    world.org.revoke_tokens();
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Unauthorised { .. }));
    assert!(error.message.contains("may have been revoked"), "{error}");
    // A write that was turned away did not happen, and is not sent again: no other token would come.
    let write = world.session.prepare_delete(&WebhookId::from(ERP));
    let failed = world.session.write(&write, &go()).await.unwrap_err();
    assert!(!failed.uncertain && matches!(failed.error.fault, Fault::Unauthorised { .. }));
    assert_eq!(world.requests("DELETE", ERP).len(), 1);
}

#[tokio::test]
async fn a_token_that_may_only_read_reads_and_does_not_write() {
    let world = world(MERIDIAN).await;
    let session = world.session_of("Tacklebox read only");
    assert_eq!(session.list(&go()).await.unwrap().len(), world.org.webhooks().len());
    let failed = session.delete(&[WebhookId::from(ERP)], &go()).await.unwrap_err();
    assert!(matches!(failed.error.fault, Fault::Forbidden { .. }) && !failed.uncertain);
    assert_eq!(failed.error.message, "The access token may only read.");
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let world = world(MERIDIAN).await;
    world.org.add_token(EpilotToken::new("Viewer").with_grants(&["webhook:view"]));
    let session = world.session_of("Viewer");
    let base = session.read(&WebhookId::from(ERP), &go()).await.unwrap().unwrap();
    let prepared = session.prepare(&draft(vec![("name", text("N"))]), Some(&base), &go()).await.unwrap();
    let failed = session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(failed.error.message.contains("webhook:edit"), "{}", failed.error);
    world.org.add_token(EpilotToken::new("Nobody").with_grants(&[]));
    let error = world.session_of("Nobody").list(&go()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Forbidden { .. }) && error.message.contains("webhook:view"));
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_told_by_every_call() {
    let world = world(MERIDIAN).await;
    let base = world.remote(IVY).await;
    let prepared = world.prepare(vec![("name", text("N"))], Some(&base)).await;
    world.org.delete_webhook(IVY).unwrap();
    // Not declared for a PUT, and to be expected all the same.
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert_eq!((failed.error.fault, failed.uncertain), (Fault::NotFound, false));
    assert!(world.session.read(&base.webhook.id, &go()).await.unwrap().is_none());
}

#[tokio::test]
async fn declared_errors_are_quoted() {
    let failed = create_with(said(400, "Too many webhooks")).await;
    let Fault::Vendor { status: Some(400), vendor, .. } = &failed.error.fault else { panic!("{failed:?}") };
    assert_eq!((vendor.text.as_str(), failed.uncertain), ("Too many webhooks", false));
    let failed = create_with(said(400, "body must have required property 'name'")).await;
    let Fault::Validation { fields } = &failed.error.fault else { panic!("{failed:?}") };
    assert_eq!(fields[0].path.as_str(), "name");
    let failed = create_with(said(500, "out of paper")).await;
    let Fault::Vendor { status: Some(500), vendor, .. } = &failed.error.fault else { panic!("{failed:?}") };
    assert_eq!((vendor.text.as_str(), failed.uncertain), ("out of paper", true));
    // The gateway's own spelling.
    let failed = create_with(FaultAction::respond(403, r#"{"Message":"explicit deny"}"#)).await;
    let Fault::Forbidden { vendor: Some(vendor) } = &failed.error.fault else { panic!("{failed:?}") };
    assert_eq!((vendor.text.as_str(), failed.uncertain), ("explicit deny", false));
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_long_one_told() {
    let (listed, requests) = list_with(FaultAction::retry_later(429, RetryAfter::Seconds(1)), 1).await;
    assert_eq!((listed.unwrap(), requests), (4, 2));
    for wait in [RetryAfter::Seconds(90), RetryAfter::HttpDate(90)] {
        let (listed, requests) = list_with(FaultAction::retry_later(429, wait), 1).await;
        let error = listed.unwrap_err();
        let Fault::RateLimited { retry_after_ms: Some(wait_ms) } = error.fault else { panic!("{error:?}") };
        assert!((85_000..=90_000).contains(&wait_ms), "{wait_ms}");
        assert_eq!(requests, 1);
    }
    // A create is not sent again, however short the wait.
    let failed = create_with(FaultAction::retry_later(429, RetryAfter::Seconds(1))).await;
    assert!(!failed.uncertain && matches!(failed.error.fault, Fault::RateLimited { .. }));
}

#[tokio::test]
async fn a_busy_server_is_asked_again_for_reads() {
    let (listed, requests) = list_with(FaultAction::respond(503, "busy"), 1).await;
    assert_eq!((listed.unwrap(), requests), (4, 2));
    let (listed, requests) = list_with(FaultAction::respond(503, "busy"), 9).await;
    let error = listed.unwrap_err();
    let Fault::Vendor { status: Some(503), vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!((vendor.text.as_str(), requests), ("busy", 3));
    let (listed, requests) = list_with(FaultAction::Drop, 1).await;
    assert_eq!((listed.unwrap(), requests), (4, 2));
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_malformed() {
    for action in [
        FaultAction::respond(200, "not JSON"),
        FaultAction::respond(200, ""),
        FaultAction::respond(200, "{}"),
        FaultAction::respond(200, "[7]"),
        FaultAction::respond(200, r#"[{"name":"no id"}]"#),
        FaultAction::respond(200, r#"[{"id":""}]"#),
        FaultAction::Truncate,
        FaultAction::Oversize { bytes: 17 * 1024 * 1024 },
        FaultAction::Html { status: 200 },
    ] {
        let (listed, _) = list_with(action.clone(), 1).await;
        let error = listed.unwrap_err();
        assert_eq!(error.fault, Fault::Malformed, "{action:?}");
        assert!(error.advice.is_some());
    }
    let (listed, _) = list_with(FaultAction::Html { status: 500 }, 1).await;
    assert!(!everything(&listed.unwrap_err()).contains('<'));
}

#[tokio::test]
async fn odd_event_types_are_malformed() {
    for body in ["{}", "null", "x"] {
        let world = world(MERIDIAN).await;
        world.fault(Sandboxed::new("/configured-events", FaultAction::respond(200, body)));
        assert_eq!(world.session.offer(&go()).await.unwrap_err().fault, Fault::Malformed, "{body}");
    }
}

#[tokio::test]
async fn a_cancelled_call_sends_nothing() {
    let world = world(MERIDIAN).await;
    let cancel = go();
    cancel.cancel();
    let id = WebhookId::from(ERP);
    for error in [
        world.session.list(&cancel).await.err(),
        world.session.offer(&cancel).await.err(),
        world.session.read(&id, &cancel).await.err(),
        world.session.deliveries(&id, &Default::default(), &cancel).await.err(),
        world.session.delete(&[id], &cancel).await.err().map(|failed| failed.error),
    ] {
        assert_eq!(error.unwrap().fault, Fault::Cancelled);
    }
    assert!(world.sandbox.log().requests().is_empty());
}
