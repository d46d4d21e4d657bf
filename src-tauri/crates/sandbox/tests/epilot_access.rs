//! Tokens, grants, faults, the control API and the reset.
#![allow(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod epilot_support;

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use epilot_support::{CONFIGS, MERIDIAN, bench, draft};
use reqwest::Method;
use serde_json::{Value, json};
use tacklebox_sandbox::{EpilotToken, Fault, FaultAction, RetryAfter, Sandbox, SandboxConfig};

const ERP: &str = "mErpSync1hook000000001";

fn claims(jwt: &str) -> Value {
    let parts: Vec<_> = jwt.split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims = BASE64_URL_SAFE_NO_PAD.decode(parts[1]).expect("base64url");
    serde_json::from_slice(&claims).expect("JSON")
}

#[tokio::test]
async fn tokens_are_jwts_that_name_their_organisation() {
    let bench = bench().await;
    let token = claims(&bench.token);
    assert_eq!((&token["org_id"], &token["token_name"]), (&json!("731204"), &json!("Tacklebox")));
    assert!(token["iat"].is_u64() && token.get("exp").is_none() && token.get("read_only").is_none());
    let read_only = bench.meridian().token("Tacklebox read only").expect("seeded");
    assert_eq!(claims(&read_only)["read_only"], true);
    let other = bench.sandbox.epilot("Meridian Sandbox").expect("seeded");
    let left = claims(&other.access_token())["exp"].as_u64().expect("expires") * 1000
        - bench.sandbox.clock().now_ms();
    assert!((8 * 86_400_000..=9 * 86_400_000).contains(&left), "{left}");
    assert!(bench.token.contains(".sandbox-"));
}

#[tokio::test]
async fn missing_unknown_expired_and_revoked_tokens_are_unauthorized() {
    let mut bench = bench().await;
    let (meridian, good) = (bench.meridian(), bench.token.clone());
    let expired = meridian.token("Old integration").expect("seeded");
    for bad in ["", "made.up.token", &expired] {
        bench.token = bad.to_owned();
        assert_eq!(bench.get(CONFIGS).await, (401, json!({ "message": "Unauthorized" })), "{bad}");
        assert_eq!(bench.delete(ERP).await.0, 401);
    }
    bench.token = good.clone();
    meridian.revoke_token(&good);
    assert_eq!(bench.get(CONFIGS).await.0, 401);
    bench.token = meridian.token("Tacklebox read only").expect("seeded");
    assert_eq!(bench.get(CONFIGS).await.0, 200);
    meridian.revoke_tokens();
    assert_eq!(bench.get(CONFIGS).await.0, 401);
}

#[tokio::test]
async fn a_token_expires_by_the_sandboxs_clock() {
    let mut bench = bench().await;
    bench.token = bench.sandbox.epilot("meridian-sandbox").expect("seeded").access_token();
    bench.sandbox.clock().advance(Duration::from_secs(9 * 86_400 - 60));
    assert_eq!(bench.get(CONFIGS).await.0, 200);
    bench.sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!(bench.get(CONFIGS).await.0, 401);
}

#[tokio::test]
async fn grants_decide_what_a_token_may_do() {
    let mut bench = bench().await;
    let meridian = bench.meridian();
    let read_only = meridian.token("Tacklebox read only").expect("seeded");
    let viewer = meridian.add_token(EpilotToken::new("viewer").with_grants(&["webhook:view"]));
    for token in [read_only, viewer] {
        bench.token = token;
        assert_eq!(bench.get(CONFIGS).await.0, 200);
        assert_eq!(bench.post(&format!("/v2/webhooks/configs/{ERP}/events"), &json!({})).await.0, 200);
        assert_eq!(bench.post(CONFIGS, &draft("No")).await, (403, json!({ "message": "Forbidden" })));
        assert_eq!(bench.put(ERP, &draft("No")).await.0, 403);
        assert_eq!(bench.delete(ERP).await.0, 403);
        let trigger = json!({ "metadata": { "organization_id": "731204" } });
        assert_eq!(bench.post(&format!("{CONFIGS}/{ERP}/trigger"), &trigger).await.0, 403);
        assert_eq!(bench.call(Method::POST, &format!("{CONFIGS}/{ERP}/test-oauth"), None).await.0, 403);
        assert_eq!(bench.call(Method::POST, &format!("{CONFIGS}/{ERP}/events/x/replay"), None).await.0, 403);
    }
    bench.token =
        meridian.add_token(EpilotToken::new("maker").with_grants(&["webhook:view", "webhook:create"]));
    assert_eq!(bench.post(CONFIGS, &draft("Yes")).await.0, 201);
    assert_eq!(bench.delete(ERP).await.0, 403);
}

#[tokio::test]
async fn organisations_do_not_see_each_other() {
    let mut bench = bench().await;
    let own = bench.sandbox.epilot("meridian-sandbox").expect("seeded");
    bench.token = own.access_token();
    assert_eq!(bench.get(&format!("{CONFIGS}/{ERP}")).await.0, 404);
    assert_eq!(bench.get(CONFIGS).await.1.as_array().map(Vec::len), Some(4));
    let logged = bench.sandbox.log().requests().pop().expect("logged");
    assert_eq!(logged.organisation.as_deref(), Some("meridian-sandbox"));
}

#[tokio::test]
async fn a_fault_waits_for_its_method_and_path() {
    let bench = bench().await;
    let limit = FaultAction::retry_later(429, RetryAfter::Seconds(7));
    bench.sandbox.faults().push(Fault::new("PUT /v1/webhooks/configs/{id}", limit));
    bench.sandbox.faults().push(Fault::new("POST /v1/webhooks/configs", FaultAction::respond(503, "{}")));
    assert_eq!(bench.get(CONFIGS).await.0, 200);
    let webhook = bench.editable(ERP).await;
    let path = format!("{CONFIGS}/{ERP}");
    let limited = bench.send(Method::PUT, &path, Some(&webhook)).await;
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"7".parse().expect("valid"))
    );
    assert_eq!(bench.put(ERP, &webhook).await.0, 200);
    assert_eq!(bench.post(&format!("{path}/example"), &json!({})).await.0, 200);
    assert_eq!(bench.post(CONFIGS, &draft("Later")).await.0, 503);
    assert_eq!(bench.post(CONFIGS, &draft("Now")).await.0, 201);
}

#[tokio::test]
async fn the_control_api_changes_webhooks_and_reset_brings_the_seed_back() {
    let bench = bench().await;
    let control = format!("{}/__sandbox", bench.sandbox.url());
    let http = reqwest::Client::new();
    let hooks = format!("{control}/epilot/{MERIDIAN}/webhooks");
    let edited =
        http.post(format!("{hooks}/{ERP}")).json(&json!({ "name": "Else" })).send().await.expect("an answer");
    assert_eq!(edited.status(), 200);
    assert_eq!(bench.editable(ERP).await["name"], "Else");
    let added: Value =
        http.post(&hooks).json(&draft("Added")).send().await.expect("an answer").json().await.expect("JSON");
    let id = added["id"].as_str().expect("an id");
    assert_eq!(bench.editable(id).await["name"], "Added");
    let deleted = http.delete(format!("{hooks}/{id}")).send().await.expect("an answer");
    assert_eq!((deleted.status().as_u16(), bench.meridian().webhook(id)), (200, None));
    let missing = http.delete(format!("{hooks}/{id}")).send().await.expect("an answer");
    assert_eq!(missing.status(), 404);
    let url = format!("{control}/epilot/{MERIDIAN}/revoke-tokens");
    http.post(url).send().await.expect("an answer");
    assert_eq!(bench.get(CONFIGS).await.0, 401);
    assert_eq!(bench.violations(), []);
    bench.sandbox.reset();
    assert_eq!(bench.meridian().webhooks(), bench.meridian().config().webhooks);
    let token = bench.meridian().access_token();
    let answer =
        http.get(format!("{}{CONFIGS}/{ERP}", bench.sandbox.epilot_url())).bearer_auth(token).send().await;
    assert_eq!(answer.expect("an answer").status(), 200);
}

#[tokio::test]
async fn answers_are_recorded_only_when_asked_for_and_up_to_a_size() {
    let bench = bench().await;
    assert_eq!(bench.get(CONFIGS).await.0, 200);
    let logged = bench.sandbox.log().requests().pop().expect("logged");
    assert!(logged.answer.is_some_and(|answer| answer.contains(ERP)));
    assert_eq!(logged.answer_content_type.as_deref(), Some("application/json"));
    let long = json!({ "id": ERP, "name": "x".repeat(300 * 1024), "eventName": "e" });
    bench.meridian().put_webhook(long);
    assert_eq!(bench.get(CONFIGS).await.0, 200);
    assert_eq!(bench.sandbox.log().requests().pop().expect("logged").answer, None);
    bench.sandbox.log().clear();

    let silent = Sandbox::start(SandboxConfig::default()).await.expect("the sandbox starts");
    reqwest::get(format!("{}{CONFIGS}", silent.epilot_url())).await.expect("an answer");
    assert_eq!(silent.log().requests().pop().expect("logged").answer, None);
}
