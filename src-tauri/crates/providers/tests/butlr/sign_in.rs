//! Signing in, tokens that run out, and what a refused sign-in says.

use super::common::{LAB, OFFICES, everything, go, minimal, session, world, world_with};
use std::time::Duration;
use tacklebox_model::{AppError, Fault, UnreachableCause};
use tacklebox_sandbox::{ButlrConfig, Fault as Sandboxed, FaultAction, UnauthenticatedAnswer};

const LOGIN: &str = "/api/v2/clients/login";

#[tokio::test]
async fn one_sign_in_serves_many_requests() {
    let world = world(OFFICES).await;
    assert_eq!(world.list().await.len(), 9);
    world.list().await;
    assert_eq!(world.logins(), 1);
}

#[tokio::test]
async fn a_wrong_client_or_secret_is_quoted_and_not_repeated() {
    let world = world(OFFICES).await;
    let good = world.org.config();
    for (id, secret) in [(good.client_id.as_str(), "wrong-secret-77"), ("client_unknown", "wrong-secret-77")]
    {
        let session = session(&world.sandbox.butlr_url(), id, secret).unwrap();
        let error = session.list(&go()).await.unwrap_err();
        let Fault::Unauthorised { vendor: Some(words) } = &error.fault else { panic!("{error:?}") };
        assert_eq!((words.text.as_str(), words.code.as_deref()), ("Unauthorized", Some("access_denied")));
        assert!(error.advice.as_deref().is_some_and(|advice| advice.contains("API token")));
        assert!(!everything(&error).contains("wrong-secret-77"));
    }
}

#[tokio::test]
async fn a_pasted_client_id_may_have_spaces_around_it() {
    let world = world(OFFICES).await;
    let good = world.org.config();
    let id = format!(" {}\n", good.client_id);
    let session = session(&world.sandbox.butlr_url(), &id, &good.client_secret).unwrap();
    assert_eq!(session.list(&go()).await.unwrap().len(), 9);
}

#[tokio::test]
async fn a_firewalls_page_is_no_wrong_credential() {
    let world = world(OFFICES).await;
    world.sandbox.faults().push(Sandboxed::new(LOGIN, FaultAction::Html { status: 403 }));
    let error = world.session.list(&go()).await.unwrap_err();
    assert_eq!(error.fault, Fault::Forbidden { vendor: None });
    assert!(error.advice.as_deref().is_some_and(|advice| advice.contains("base URL")));
    assert!(!everything(&error).contains('<'));
}

#[tokio::test]
async fn a_refusal_that_repeats_the_client_secret_is_cleaned() {
    let world = world(OFFICES).await;
    let secret = &world.org.config().client_secret;
    for body in [
        format!(r#"{{"error":"bad {secret}","error_description":"{secret} is not right"}}"#),
        format!(r#"{{"message":"{secret} is not right"}}"#),
        format!("plain words with {secret}"),
        format!("{}{secret}", "x".repeat(490)),
    ] {
        world.sandbox.faults().push(Sandboxed::new(LOGIN, FaultAction::respond(401, &body)));
        let error = world.session.list(&go()).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Unauthorised { vendor: Some(_) }), "{error:?}");
        assert!(!everything(&error).contains(&secret[..12]), "{error:?}");
    }
}

#[tokio::test]
async fn a_token_that_the_vendor_turns_away_is_renewed_once() {
    for unauthenticated in [UnauthenticatedAnswer::Http401, UnauthenticatedAnswer::Http200] {
        let world = world_with(OFFICES, ButlrConfig { unauthenticated, ..ButlrConfig::default() }).await;
        world.list().await;
        world.sandbox.clock().advance(Duration::from_secs(1000));
        assert_eq!(world.list().await.len(), 9, "{unauthenticated:?}");
        assert_eq!(world.logins(), 2, "{unauthenticated:?}");
        assert_eq!(world.sandbox.log().count("webhooks"), 3, "{unauthenticated:?}");
    }
}

#[tokio::test]
async fn a_create_with_an_expired_token_creates_one_webhook() {
    for unauthenticated in [UnauthenticatedAnswer::Http401, UnauthenticatedAnswer::Http200] {
        let world = world_with(OFFICES, ButlrConfig { unauthenticated, ..ButlrConfig::default() }).await;
        let prepared = world.prepare(minimal(), None).await;
        world.org.revoke_tokens();
        world.session.write(&prepared.write, &go()).await.unwrap();
        assert_eq!((world.org.webhooks().len(), world.logins()), (10, 2), "{unauthenticated:?}");
    }
}

#[tokio::test]
async fn a_create_that_succeeded_is_not_sent_again_for_an_error_beside_it() {
    let world = world(OFFICES).await;
    let prepared = world.prepare(minimal(), None).await;
    let body = r#"{"data":{"createWebhooks":[{"id":"webhook_1","name":"New"}]},
        "errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"},"path":["createWebhooks",0,"filters"]}]}"#;
    world.sandbox.faults().push(Sandboxed::new("createWebhooks", FaultAction::respond(200, body)));
    let written = world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(written.remote.unwrap().webhook.id.as_str(), "webhook_1");
    assert_eq!(world.sandbox.log().count("createWebhooks"), 1);
}

#[tokio::test]
async fn requests_that_run_at_once_share_one_new_sign_in() {
    let world = world(OFFICES).await;
    world.list().await;
    world.org.revoke_tokens();
    tokio::join!(world.list(), world.list(), world.list(), world.list());
    assert_eq!(world.logins(), 2);
}

#[tokio::test]
async fn a_short_lived_token_is_used_until_it_is_nearly_over() {
    // Shorter than the margin that a token of the usual lifetime is given.
    let butlr = ButlrConfig { token_lifetime: Duration::from_secs(50), ..ButlrConfig::default() };
    let world = world_with(LAB, butlr).await;
    for _ in 0..3 {
        world.list().await;
    }
    assert_eq!(world.logins(), 1);
}

#[tokio::test]
async fn an_absurd_lifetime_does_no_harm() {
    let world = world(OFFICES).await;
    let body = r#"{"access_token":"unknown","expires_in":18446744073709551615}"#;
    world.sandbox.faults().push(Sandboxed::new(LOGIN, FaultAction::respond(200, body)));
    assert_eq!(world.list().await.len(), 9);
    assert_eq!(world.logins(), 2);
}

#[tokio::test]
async fn credentials_that_were_withdrawn_end_in_one_refusal() {
    let world = world(OFFICES).await;
    world.list().await;
    world.org.revoke_tokens();
    let refused = FaultAction::respond(401, r#"{"error":"access_denied"}"#);
    world.sandbox.faults().push(Sandboxed::new(LOGIN, refused));
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Unauthorised { .. }), "{error:?}");
    assert_eq!(world.logins(), 2);
}

#[tokio::test]
async fn a_token_that_is_refused_when_new_is_not_renewed_for_ever() {
    let world = world(OFFICES).await;
    let body = r#"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}"#;
    world.sandbox.faults().push(Sandboxed::new("/api/v3/graphql", FaultAction::respond(200, body)).times(9));
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Unauthorised { vendor: Some(_) }), "{error:?}");
    assert_eq!(world.logins(), 2);
}

#[tokio::test]
async fn a_host_that_refuses_connections_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let session = session(&format!("http://{address}"), "client_1", "s").unwrap();
    let error = session.list(&go()).await.unwrap_err();
    assert_eq!(error.fault, Fault::Unreachable { host: address, cause: UnreachableCause::Refused });
}

#[test]
fn a_base_url_without_https_is_refused_before_anything_is_sent() {
    let error: AppError = session("http://api.butlr.example", "client_1", "s").err().unwrap();
    let Fault::Validation { fields } = &error.fault else { panic!("{error:?}") };
    assert_eq!(fields[0].path.as_str(), "base_url");
}
