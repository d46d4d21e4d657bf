//! Booqable: companies, tokens, plans, maintenance, the rate limit, and the control API.

mod booqable_common;

use std::time::Duration;

use booqable_common::{
    Answer, Client, ENDPOINTS, NOT_FOUND, RENTALS, TRIAL, answer, client, create, refusal, sandbox, seeded,
};
use reqwest::Method;
use serde_json::{Value, json};
use tacklebox_sandbox::{
    BooqableConfig, Fault, FaultAction, PaymentProblem, RateLimit, Sandbox, SandboxConfig,
};

fn new_endpoint() -> Value {
    create(&json!({ "url": "https://a.example/", "events": ["order.started"] }))
}

fn assert_refused(answer: &Answer, status: u16, error: &Value) {
    assert_eq!((answer.status, &answer.body), (status, &refusal(error)));
    assert_eq!(answer.content_type, "application/json; charset=utf-8");
    assert!(!answer.has_retry_after);
}

#[tokio::test]
async fn an_unknown_company_is_not_found() {
    let sandbox = sandbox().await;
    let nobody = Client { base_url: sandbox.booqable_url("nobody"), ..client(&sandbox, RENTALS) };
    let answered = nobody.get(ENDPOINTS).await;
    let expected =
        refusal(&json!({ "code": "company_not_found", "status": "404", "title": "Company not found" }));
    assert_eq!((answered.status, &answered.body, answered.rate), (404, &expected, None));
    assert!(sandbox.booqable("nobody").is_err());
}

#[tokio::test]
async fn each_bad_token_is_refused_with_its_own_words() {
    let (_sandbox, mut good, handle) = seeded(RENTALS).await;
    let url = format!("{}{ENDPOINTS}", good.base_url);
    let none = answer(good.http.get(&url)).await;
    let plain = json!({ "code": "unauthorized", "status": "401", "title": "Unauthorized" });
    assert_refused(&none, 401, &plain);
    let basic = answer(good.http.get(&url).basic_auth(&good.token, None::<&str>)).await;
    assert_refused(&basic, 401, &plain);
    let with = |detail: &str| json!({ "code": "unauthorized", "status": "401", "title": "Unauthorized", "detail": detail });
    handle.revoke_token();
    assert_refused(&good.get(ENDPOINTS).await, 401, &with("token is invalid (revoked)"));
    good.token = "0".repeat(64);
    assert_refused(&good.get(ENDPOINTS).await, 401, &with("token is invalid"));
    assert_eq!(handle.metered_calls(), 0);
}

#[tokio::test]
async fn a_token_opens_its_own_company_only() {
    let sandbox = sandbox().await;
    let mixed = Client { base_url: sandbox.booqable_url(TRIAL), ..client(&sandbox, RENTALS) };
    assert_eq!(mixed.get(ENDPOINTS).await.status, 401);
}

#[tokio::test]
async fn paths_that_are_not_documented_have_the_recorded_404() {
    let (_sandbox, client, _) = seeded(RENTALS).await;
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/api/3/webhook_endpoints"),
        (Method::GET, "/api/4/orders"),
        (Method::DELETE, "/api/4/webhook_endpoints"),
        (Method::POST, "/api/4/webhooks"),
        (Method::GET, "/api/4/webhook_endpoints/x/y"),
    ] {
        let found = answer(client.request(method, path)).await;
        assert_eq!((found.status, found.body.to_string().as_str()), (404, NOT_FOUND), "{path}");
        assert_eq!(found.content_type, "application/vnd.api+json; charset=utf-8");
        assert!(found.rate.is_some());
    }
}

#[tokio::test]
async fn a_plan_that_does_not_suffice_refuses_everything_with_402() {
    let (_sandbox, client, handle) = seeded(RENTALS).await;
    for (problem, code, detail) in [
        (PaymentProblem::FeatureNotEnabled, "feature_not_enabled", "the feature api is not enabled"),
        (PaymentProblem::TrialExpired, "trial_expired", "the trial has expired"),
    ] {
        handle.change_settings(|settings| settings.payment = Some(problem));
        let error = json!({ "code": code, "status": "402", "title": "Payment Required", "detail": detail });
        assert_refused(&client.get(ENDPOINTS).await, 402, &error);
        assert_refused(&client.post(&new_endpoint()).await, 402, &error);
    }
    assert_eq!(handle.endpoints().len(), 30);
}

#[tokio::test]
async fn maintenance_refuses_writes_and_answers_reads() {
    let (_sandbox, client, handle) = seeded(RENTALS).await;
    handle.change_settings(|settings| settings.read_only = true);
    assert_eq!(client.get(ENDPOINTS).await.status, 200);
    let error = json!({ "code": "service_unavailable", "status": "503", "title": "Service Unavailable",
        "detail": "the API is in read-only mode" });
    assert_refused(&client.post(&new_endpoint()).await, 503, &error);
    let id = handle.endpoints()[0].id.clone();
    assert_refused(&client.delete(&id).await, 503, &error);
    assert_eq!(handle.endpoints().len(), 30);
}

#[tokio::test]
async fn the_allowance_is_used_up_and_comes_back_with_the_next_window() {
    let (sandbox, client, handle) = seeded(TRIAL).await;
    assert_eq!(handle.rate().remaining, 20);
    for left in (0..20).rev() {
        let answered = client.get(ENDPOINTS).await;
        assert_eq!((answered.status, answered.rate), (200, Some([20, 60, left])));
    }
    let error = json!({ "code": "too_many_requests", "status": "429", "title": "Too Many Requests" });
    let refused = client.post(&new_endpoint()).await;
    assert_refused(&refused, 429, &error);
    assert_eq!(refused.rate, Some([20, 60, 0]));
    assert_eq!((handle.endpoints().len(), handle.metered_calls()), (4, 20));
    let left_ms = handle.rate().resets_in_ms;
    assert!((1..=60_000).contains(&left_ms));
    sandbox.clock().advance(Duration::from_millis(left_ms));
    assert_eq!((handle.rate().remaining, handle.rate().resets_in_ms), (20, 0));
    let again = client.post(&new_endpoint()).await;
    assert_eq!((again.status, again.rate), (201, Some([20, 60, 19])));
}

#[tokio::test]
async fn a_window_does_not_slide() {
    let (sandbox, client, handle) = seeded(TRIAL).await;
    handle.set_rate_limit(RateLimit::new(2, 3600));
    assert_eq!(client.get(ENDPOINTS).await.rate, Some([2, 3600, 1]));
    sandbox.clock().advance(Duration::from_secs(3000));
    assert_eq!(client.get(ENDPOINTS).await.rate, Some([2, 3600, 0]));
    sandbox.clock().advance(Duration::from_secs(500));
    assert_eq!(client.get(ENDPOINTS).await.status, 429);
    sandbox.clock().advance(Duration::from_secs(100));
    assert_eq!(client.get(ENDPOINTS).await.rate, Some([2, 3600, 1]), "an hour after the first");
}

#[tokio::test]
async fn refusals_count_too_and_each_organisation_has_its_own_allowance() {
    let (sandbox, client, handle) = seeded(TRIAL).await;
    assert_eq!(client.get("/api/4/orders").await.rate, Some([20, 60, 19]));
    assert_eq!(client.post(&json!({})).await.rate, Some([20, 60, 18]));
    handle.revoke_token();
    assert_eq!(client.get(ENDPOINTS).await.rate, Some([20, 60, 17]));
    let other = booqable_common::client(&sandbox, RENTALS).get(ENDPOINTS).await;
    assert_eq!(other.rate, Some([50, 60, 49]));
}

#[tokio::test]
async fn without_a_limit_the_headers_never_run_low() {
    let booqable = BooqableConfig::default().unlimited();
    let config = SandboxConfig { booqable, ..SandboxConfig::default() };
    let sandbox = Sandbox::start(config).await.expect("starts");
    let client = client(&sandbox, TRIAL);
    for _ in 0..25 {
        let answered = client.get(ENDPOINTS).await;
        assert_eq!((answered.status, answered.rate), (200, Some([20, 60, 20])));
    }
    assert_eq!(sandbox.booqable(TRIAL).expect("seeded").metered_calls(), 25);
}

#[tokio::test]
async fn requests_are_logged_under_their_organisation_and_meet_its_faults() {
    let (sandbox, client, _) = seeded(TRIAL).await;
    let fault = Fault::new(ENDPOINTS, FaultAction::respond(500, "{}")).for_organisation(TRIAL);
    sandbox.faults().push(fault);
    let rentals = booqable_common::client(&sandbox, RENTALS);
    assert_eq!(rentals.get(ENDPOINTS).await.status, 200);
    assert_eq!(client.get(&format!("{ENDPOINTS}?page[size]=1")).await.status, 500);
    let organisations: Vec<_> = sandbox.log().requests().into_iter().map(|r| r.organisation).collect();
    assert_eq!(organisations, [Some(RENTALS.to_owned()), Some(TRIAL.to_owned())]);
}

#[tokio::test]
async fn a_created_endpoint_can_lose_its_answer() {
    let (sandbox, client, handle) = seeded(TRIAL).await;
    sandbox.faults().push(Fault::new("POST /webhook_endpoints", FaultAction::Drop).after_effect());
    assert_eq!(client.get(ENDPOINTS).await.status, 200);
    let request = client.request(Method::POST, ENDPOINTS).json(&new_endpoint());
    assert!(request.send().await.is_err());
    assert_eq!(handle.endpoints().len(), 5);
}

#[tokio::test]
async fn the_control_api_changes_an_organisation_behind_the_clients_back() {
    let (sandbox, client, handle) = seeded(TRIAL).await;
    let control = |path: &str| format!("{}/__sandbox/booqable/{TRIAL}/{path}", sandbox.url());
    let post = |path: &str, body: Value| answer(client.http.post(control(path)).json(&body));
    let added = post("webhook-endpoints", json!({ "url": "https://x.example/", "events": ["a.b"] })).await;
    let id = added.body["id"].as_str().expect("an id").to_owned();
    let one = format!("webhook-endpoints/{id}");
    let edited = post(&one, json!({ "url": "https://y.example/", "extra": { "enabled": true } })).await;
    assert_eq!(edited.body["url"], "https://y.example/");
    let row = client.get(&format!("{ENDPOINTS}?filter[id]={id}")).await;
    assert_eq!(
        (&row.body["data"][0]["enabled"], &row.body["data"][0]["events"]),
        (&json!(true), &json!(["a.b"]))
    );
    assert_eq!(answer(client.http.delete(control(&one))).await.status, 200);
    assert_eq!(answer(client.http.delete(control(&one))).await.status, 404);
    assert_eq!(post("settings", json!({ "nonsense": 1 })).await.status, 400);
    let settings = post("settings", json!({ "payment": "trial_expired", "list_shape": "json_api" })).await;
    assert_eq!((settings.status, &settings.body["read_only"]), (200, &json!(false)));
    assert_eq!(client.get(ENDPOINTS).await.status, 402);
    let settings = post("settings", json!({ "rate_limit": { "period_seconds": 90 } })).await;
    let limit = json!({ "requests": 20, "period_seconds": 90, "enforced": true });
    assert_eq!(settings.body["rate_limit"], limit);
    assert_eq!(post("settings", json!({ "payment": null })).await.status, 200);
    let rate = answer(client.http.get(control("rate"))).await;
    assert_eq!((&rate.body["window"]["remaining"], &rate.body["metered_calls"]), (&json!(18), &json!(2)));
    assert_eq!(post("revoke-token", json!(null)).await.status, 200);
    assert_eq!(client.get(ENDPOINTS).await.status, 401);
    sandbox.reset();
    assert_eq!(client.get(ENDPOINTS).await.rate, Some([20, 60, 19]));
    assert_eq!((handle.endpoints().len(), handle.metered_calls()), (4, 1));
}
