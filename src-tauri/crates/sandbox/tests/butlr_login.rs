//! Login, tokens, and what stands in front of the API.

mod common;

use std::time::Duration;

use common::{LIST, OFFICES, client, credential, login, sandbox};
use serde_json::{Value, json};
use tacklebox_sandbox::{ButlrConfig, Sandbox, SandboxConfig, UnauthenticatedAnswer};

#[tokio::test]
async fn a_correct_login_grants_a_bearer_token_with_its_lifetime() {
    let sandbox = sandbox().await;
    let response = login(&sandbox, &credential(&sandbox, OFFICES)).await;
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.expect("JSON");
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 1000);
    assert!(answer["scope"].as_str().is_some_and(|scope| scope.contains("read:spaces")));
    assert!(answer["access_token"].as_str().is_some_and(|token| token.len() == 64));
    assert_eq!(answer.get("refresh_token"), None);
}

#[tokio::test]
async fn each_wrong_login_is_refused_in_its_own_way() {
    let sandbox = sandbox().await;
    let good = credential(&sandbox, OFFICES);
    for (field, value, status) in [
        ("client_secret", json!("wrong"), 401),
        ("client_id", json!("client_unknown"), 401),
        ("audience", json!("https://elsewhere/"), 403),
        ("grant_type", json!("password"), 400),
        ("client_id", Value::Null, 400),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let response = login(&sandbox, &body).await;
        assert_eq!(response.status(), status, "{field}");
        let answer: Value = response.json().await.expect("a JSON error body");
        assert!(answer["error"].is_string() && answer["error_description"].is_string(), "{field}");
    }
}

#[tokio::test]
async fn a_form_encoded_login_is_refused() {
    let sandbox = sandbox().await;
    let url = format!("{}/api/v2/clients/login", sandbox.butlr_url());
    let request =
        reqwest::Client::new().post(url).header("content-type", "application/x-www-form-urlencoded");
    let response = request.body("grant_type=client_credentials").send().await.expect("an answer");
    assert_eq!(response.status(), 415);
}

#[tokio::test]
async fn a_token_expires_by_the_sandbox_clock() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.clock().advance(Duration::from_secs(900));
    assert_eq!(client.run(LIST, json!({})).await.0, 200);
    sandbox.clock().advance(Duration::from_secs(100));
    let (status, answer) = client.run(LIST, json!({})).await;
    assert_eq!(status, 401);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test]
async fn revoked_and_made_up_tokens_are_refused() {
    let sandbox = sandbox().await;
    let mut client = client(&sandbox, OFFICES).await;
    sandbox.butlr(OFFICES).expect("seeded").revoke_tokens();
    assert_eq!(client.run(LIST, json!({})).await.0, 401);
    client.token = "made-up".to_owned();
    assert_eq!(client.run(LIST, json!({})).await.0, 401);
}

#[tokio::test]
async fn an_unauthenticated_answer_can_come_with_http_200() {
    let butlr = ButlrConfig {
        unauthenticated: UnauthenticatedAnswer::Http200,
        token_lifetime: Duration::from_secs(60),
        ..ButlrConfig::default()
    };
    let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.expect("starts");
    let client = client(&sandbox, OFFICES).await;
    sandbox.clock().advance(Duration::from_secs(60));
    let (status, answer) = client.run(LIST, json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(answer["data"], Value::Null);
}

#[tokio::test]
async fn unknown_paths_and_methods_meet_the_firewall() {
    let sandbox = sandbox().await;
    for path in ["/", "/api/v9/graphql", "/api/v3/graphql"] {
        let response = reqwest::get(format!("{}{path}", sandbox.butlr_url())).await.expect("an answer");
        assert_eq!(response.status(), 403, "{path}");
        assert!(response.text().await.expect("text").starts_with("<html>"), "{path}");
    }
}

#[tokio::test]
async fn the_two_organisations_do_not_see_each_other() {
    let sandbox = sandbox().await;
    let offices = client(&sandbox, OFFICES).await.data("{ webhooks { name } }", json!({})).await;
    let lab = client(&sandbox, common::LAB).await.data("{ webhooks { name } }", json!({})).await;
    let names = |data: &Value| data["webhooks"].as_array().cloned().unwrap_or_default();
    assert_eq!((names(&offices).len(), names(&lab).len()), (9, 6));
    assert!(names(&offices).iter().all(|name| !names(&lab).contains(name)));
}
