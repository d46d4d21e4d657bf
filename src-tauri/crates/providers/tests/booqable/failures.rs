//! Every documented error and every accident, with what is said of it.

use super::common::{RENTALS, TRIAL, World, everything, go, text, world};
use tacklebox_model::{AppError, Fault};
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction, PaymentProblem, RetryAfter};

async fn list_error(world: &World) -> AppError {
    world.session.list(&go()).await.unwrap_err()
}

async fn answered(status: u16, body: &str) -> AppError {
    let world = world(TRIAL).await;
    world.sandbox.faults().push(Sandboxed::new("*", FaultAction::respond(status, body)).times(3));
    list_error(&world).await
}

fn quoted(error: &AppError) -> &str {
    let (Fault::Unauthorised { vendor: Some(vendor) }
    | Fault::Forbidden { vendor: Some(vendor) }
    | Fault::Vendor { vendor, .. }) = &error.fault
    else {
        panic!("{error:?}")
    };
    &vendor.text
}

#[tokio::test]
async fn a_revoked_token_is_said_to_be_one() {
    let world = world(RENTALS).await;
    world.list().await;
    world.org.revoke_token();
    let error = list_error(&world).await;
    assert_eq!(error.message, "Booqable does not accept the access token of this organisation.");
    assert!(matches!(error.fault, Fault::Unauthorised { vendor: Some(_) }));
    assert!(quoted(&error).contains("revoked"), "{}", quoted(&error));
    assert!(error.advice.unwrap().contains("Create new authentication method"));
    assert_eq!(world.requests().len(), 2, "a token that is turned away is not tried again");
    world.org.change_settings(|settings| settings.token_revoked = false);
    assert_eq!(world.list().await.len(), 30);
}

#[tokio::test]
async fn a_plan_without_the_api_and_a_trial_that_is_over_are_told_apart() {
    for (problem, message, advice) in [
        (
            PaymentProblem::FeatureNotEnabled,
            "The company's Booqable plan does not include the API.",
            "Change to a plan with API access in Booqable, or ask the owner of the account to.",
        ),
        (
            PaymentProblem::TrialExpired,
            "The company's trial of Booqable is over.",
            "Choose a plan in Booqable, or ask the owner of the account to.",
        ),
    ] {
        let world = world(TRIAL).await;
        world.org.change_settings(|settings| settings.payment = Some(problem));
        let error = list_error(&world).await;
        assert_eq!((error.message.as_str(), error.advice.as_deref()), (message, Some(advice)));
        assert!(matches!(error.fault, Fault::Forbidden { .. }), "{error:?}");
    }
    let other = answered(402, r#"{"errors":[{"code":"payment_required","title":"Payment required"}]}"#).await;
    assert_eq!(other.message, "Booqable asks for a payment before it goes on (402).");
    assert_eq!(quoted(&other), "Payment required");
}

#[tokio::test]
async fn maintenance_leaves_reading_possible_and_a_write_certainly_undone() {
    let world = world(TRIAL).await;
    world.org.change_settings(|settings| settings.read_only = true);
    assert_eq!(world.list().await.len(), 4);
    let base = world.list().await.remove(0);
    let prepared = world.prepare(vec![("version", text("4"))], Some(&base)).await;
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert_eq!(failed.error.message, "Booqable is read-only at the moment.");
    assert!(failed.error.advice.unwrap().starts_with("Nothing was changed."));
    assert!(!failed.uncertain);
    assert_eq!(world.sent("PUT").len(), 1);
}

#[tokio::test]
async fn a_wrong_slug_is_told_from_a_missing_route_and_a_missing_webhook() {
    let world = world(RENTALS).await;
    let base_url = world.sandbox.booqable_url("nobody");
    let nobody =
        super::common::session(&base_url, super::common::public("nobody", "4"), "t", &world.calls).unwrap();
    let error = nobody.list(&go()).await.unwrap_err();
    assert_eq!(error.message, "Booqable knows no company with this slug.");
    assert!(error.advice.as_ref().unwrap().contains("Check the company slug"));
    assert!(matches!(error.fault, Fault::Vendor { status: Some(404), .. }));

    let missing =
        r#"{"errors":[{"code":"resources_not_found","status":"404","title":"Resource(s) not found"}]}"#;
    let error = answered(404, missing).await;
    assert_eq!(error.message, "Booqable has no webhooks at this address (404).");
    assert_eq!(quoted(&error), "Resource(s) not found");

    let base = world.list().await.remove(0);
    world.org.delete_endpoint(base.webhook.id.as_str()).unwrap();
    let update = world.prepare(vec![("version", text("1"))], Some(&base)).await.write;
    for write in [update, world.session.prepare_delete(&base.webhook.id)] {
        let failed = world.session.write(&write, &go()).await.unwrap_err();
        assert_eq!(failed.error.fault, Fault::NotFound);
        assert_eq!(failed.error.message, "Booqable does not have this webhook any more.");
        assert!(!failed.uncertain);
    }
}

#[tokio::test]
async fn every_other_documented_status_is_said_with_the_vendors_words() {
    for status in [400, 405, 406, 409, 410, 415, 418, 422, 423, 500, 501] {
        let error = answered(status, r#"{"errors":[{"code":"c","title":"Words of the vendor"}]}"#).await;
        assert_eq!(error.message, format!("Booqable answered with an error ({status})."));
        assert_eq!(quoted(&error), "Words of the vendor");
        assert!(error.advice.is_some());
    }
    let error = answered(403, r#"{"errors":[{"title":"No"}]}"#).await;
    assert_eq!((error.message.as_str(), quoted(&error)), ("Booqable refused the request (403).", "No"));
    let error = answered(503, "<html>").await;
    assert_eq!(error.message, "Booqable answered with an error (503).");
}

#[tokio::test]
async fn a_passing_failure_of_a_read_passes() {
    let world = world(TRIAL).await;
    for action in [FaultAction::respond(502, ""), FaultAction::Drop] {
        world.next(action);
        assert_eq!(world.list().await.len(), 4);
    }
    assert_eq!((world.requests().len(), world.calls.count()), (4, 4));
}

#[tokio::test]
async fn answers_that_are_no_json_are_malformed() {
    for action in [FaultAction::Truncate, FaultAction::Html { status: 200 }] {
        let world = world(TRIAL).await;
        world.next(action);
        let error = list_error(&world).await;
        assert_eq!(error.fault, Fault::Malformed);
        assert!(!everything(&error).contains("<html"));
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let world = world(TRIAL).await;
    world.next(FaultAction::Oversize { bytes: 20 * 1024 * 1024 });
    let error = list_error(&world).await;
    assert_eq!(error.message, "Booqable sent more than 16 MB in one answer.");
}

#[tokio::test]
async fn a_long_wait_asked_for_is_said_in_seconds() {
    let world = world(TRIAL).await;
    world.next(FaultAction::retry_later(429, RetryAfter::Seconds(90)));
    let error = list_error(&world).await;
    assert_eq!(error.message, "Booqable asks for fewer requests.");
    assert_eq!(error.advice.as_deref(), Some("Try again in 90 seconds."));
}

#[tokio::test]
async fn a_read_that_is_stopped_says_so() {
    let world = world(TRIAL).await;
    let stopped = go();
    stopped.cancel();
    assert_eq!(world.session.list(&stopped).await.unwrap_err().fault, Fault::Cancelled);
    assert_eq!(world.calls.count(), 0);
}
