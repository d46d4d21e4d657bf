//! What the vendor or the network does wrong when webhooks are read.

use super::common::{OFFICES, everything, go, world};
use serde_json::json;
use tacklebox_model::{AppError, Fault, WebhookId};
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction, RetryAfter};

async fn list_with(action: FaultAction, times: u32) -> (Result<usize, AppError>, usize) {
    let world = world(OFFICES).await;
    world.session.offer(&go()).await.unwrap();
    world.sandbox.faults().push(Sandboxed::new("webhooks", action).times(times));
    let listed = world.session.list(&go()).await.map(|remotes| remotes.len());
    (listed, world.sandbox.log().count("webhooks"))
}

#[tokio::test]
async fn graphql_errors_inside_a_200_are_quoted() {
    let world = world(OFFICES).await;
    world.org.set_failing_fields(["webhooks"]);
    let error = world.session.list(&go()).await.unwrap_err();
    let Fault::Vendor { vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!(vendor.text, "webhooks could not be resolved");
    assert_eq!(vendor.code.as_deref(), Some("INTERNAL_SERVER_ERROR"));
    // The schema was read once more, in case it had changed.
    assert_eq!(world.sandbox.log().count("__type"), 2);
}

#[tokio::test]
async fn errors_of_any_shape_are_read() {
    for (body, words) in [
        (r#"{"data":null,"errors":[{"message":"odd","extensions":null,"path":null}]}"#, "odd"),
        (r#"{"data":null,"errors":[{"message":"odd","extensions":{"code":7,"field":{}}}]}"#, "odd"),
        (r#"{"data":{"webhooks":null},"errors":[{"message":null}, "text"]}"#, " "),
    ] {
        let (listed, _) = list_with(FaultAction::respond(200, body), 9).await;
        let error = listed.unwrap_err();
        let Fault::Vendor { vendor, .. } = &error.fault else { panic!("{error:?}") };
        assert_eq!(vendor.text, words);
    }
    let (listed, _) =
        list_with(FaultAction::respond(200, r#"{"data":{"webhooks":[]},"errors":null}"#), 1).await;
    assert_eq!(listed.unwrap(), 0);
}

#[tokio::test]
async fn a_short_wait_is_waited_in_either_form() {
    for wait in [RetryAfter::Seconds(1), RetryAfter::HttpDate(1)] {
        let (listed, requests) = list_with(FaultAction::retry_later(429, wait), 1).await;
        assert_eq!((listed.unwrap(), requests), (9, 2), "{wait:?}");
    }
}

#[tokio::test]
async fn a_long_wait_is_told_in_either_form() {
    for wait in [RetryAfter::Seconds(90), RetryAfter::HttpDate(90)] {
        let (listed, requests) = list_with(FaultAction::retry_later(429, wait), 1).await;
        let error = listed.unwrap_err();
        let Fault::RateLimited { retry_after_ms: Some(wait_ms) } = error.fault else { panic!("{error:?}") };
        // A date is told in whole seconds, and so is the server's clock it is reckoned from.
        assert!((85_000..=91_000).contains(&wait_ms), "{wait_ms}");
        assert!(error.advice.is_some_and(|advice| advice.contains("seconds")));
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn a_500_is_told_at_once_and_a_503_is_tried_again() {
    let body = r#"{"errors":[{"message":"out of paper"}]}"#;
    let (listed, requests) = list_with(FaultAction::respond(500, body), 1).await;
    let error = listed.unwrap_err();
    let Fault::Vendor { status: Some(500), vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!((vendor.text.as_str(), requests), ("out of paper", 1));
    let (listed, requests) = list_with(FaultAction::respond(503, "busy"), 1).await;
    assert_eq!((listed.unwrap(), requests), (9, 2));
    let (listed, requests) = list_with(FaultAction::respond(503, "busy"), 9).await;
    let error = listed.unwrap_err();
    let Fault::Vendor { status: Some(503), vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!((vendor.text.as_str(), requests), ("busy", 3));
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_malformed() {
    for action in [
        FaultAction::respond(200, "not JSON"),
        FaultAction::respond(200, ""),
        FaultAction::respond(200, "[]"),
        FaultAction::respond(200, r#"{"data":{"webhooks":7}}"#),
        FaultAction::respond(200, r#"{"data":{"webhooks":[{"name":"no id"}]}}"#),
        FaultAction::respond(200, r#"{"data":{}}"#),
        FaultAction::Truncate,
        FaultAction::Oversize { bytes: 17 * 1024 * 1024 },
        FaultAction::Html { status: 200 },
    ] {
        let (listed, _) = list_with(action.clone(), 1).await;
        let error = listed.unwrap_err();
        assert_eq!(error.fault, Fault::Malformed, "{action:?}");
        assert!(error.advice.is_some());
    }
}

#[tokio::test]
async fn an_html_error_page_is_not_quoted() {
    let (listed, _) = list_with(FaultAction::Html { status: 500 }, 1).await;
    let error = listed.unwrap_err();
    assert!(matches!(error.fault, Fault::Vendor { status: Some(500), .. }), "{error:?}");
    assert!(!everything(&error).contains('<'));
}

#[tokio::test]
async fn no_list_at_all_is_an_empty_one() {
    let (listed, _) = list_with(FaultAction::respond(200, r#"{"data":{"webhooks":null}}"#), 1).await;
    assert_eq!(listed.unwrap(), 0);
}

#[tokio::test]
async fn a_dropped_connection_is_tried_again() {
    let (listed, requests) = list_with(FaultAction::Drop, 2).await;
    assert_eq!((listed.unwrap(), requests), (9, 3));
}

#[tokio::test]
async fn a_server_that_answers_introspection_with_nothing_is_read_as_documented() {
    let world = world(OFFICES).await;
    let nothing = json!({ "data": { "webhook": null, "endpoint": null, "create": null, "update": null,
        "endpointInput": null, "events": null } });
    world.sandbox.faults().push(Sandboxed::new("__type", FaultAction::respond(200, &nothing.to_string())));
    assert_eq!(world.list().await.len(), 9);
}

#[tokio::test]
async fn a_schema_without_webhooks_is_told() {
    let world = world(OFFICES).await;
    let other = json!({ "data": { "webhook": { "fields": [] }, "endpoint": null } }).to_string();
    world.sandbox.faults().push(Sandboxed::new("__type", FaultAction::respond(200, &other)));
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(error.message.contains("no webhooks in its schema"), "{error}");
}

#[tokio::test]
async fn a_cancelled_read_sends_nothing_more() {
    let world = world(OFFICES).await;
    let cancel = go();
    cancel.cancel();
    for error in [
        world.session.list(&cancel).await.err(),
        world.session.offer(&cancel).await.err(),
        world.session.read(&WebhookId::from("webhook_1"), &cancel).await.err(),
    ] {
        assert_eq!(error.unwrap().fault, Fault::Cancelled);
    }
    assert!(world.sandbox.log().requests().is_empty());
}

#[tokio::test]
async fn waiting_for_anothers_sign_in_can_be_cancelled() {
    let world = world(OFFICES).await;
    world.sandbox.faults().push(Sandboxed::new("/api/v2/clients/login", FaultAction::Hang));
    let (first, second) = (go(), go());
    let waiting = async {
        while world.sandbox.log().requests().is_empty() {
            tokio::task::yield_now().await;
        }
        second.cancel();
        let error = world.session.list(&second).await.unwrap_err();
        first.cancel();
        error
    };
    let (hanging, waited) = tokio::join!(world.session.list(&first), waiting);
    assert_eq!((hanging.unwrap_err().fault, waited.fault), (Fault::Cancelled, Fault::Cancelled));
}
