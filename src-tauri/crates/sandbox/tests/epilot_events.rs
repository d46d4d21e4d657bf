//! Deliveries, replays, triggering, the test of OAuth, examples and the public key.
#![allow(clippy::expect_used, reason = "a helper that fails is a test that fails")]

mod epilot_support;

use std::time::Duration;

use epilot_support::{Bench, CONFIGS, bench};
use reqwest::Method;
use serde_json::{Value, json};
use tacklebox_sandbox::{EpilotDelivery, EpilotOutcome};

const ERP: &str = "mErpSync1hook000000001";
const OAUTH: &str = "mCrmOauth1hook00000002";
const METER: &str = "mMeterKey1hook00000004";
const AUTOMATION: &str = "mAutoFlow1hook00000005";

fn below(id: &str, path: &str) -> String {
    format!("{CONFIGS}/{id}/{path}")
}

async fn search(bench: &Bench, id: &str, options: Value) -> Value {
    let (status, answer) = bench.post(&format!("/v2/webhooks/configs/{id}/events"), &options).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

fn ids(answer: &Value) -> Vec<String> {
    let text = |event: &Value| event["event_id"].as_str().expect("an id").to_owned();
    answer["data"].as_array().expect("a list").iter().map(text).collect()
}

fn payload() -> Value {
    json!({ "metadata": { "organization_id": "731204" }, "entity": { "a": 1 } })
}

#[tokio::test]
async fn deliveries_come_newest_first_page_by_page() {
    let bench = bench().await;
    let first = search(&bench, ERP, json!({})).await;
    assert_eq!((ids(&first).len(), &first["has_more"]), (25, &json!(true)));
    let times: Vec<_> =
        first["data"].as_array().expect("a list").iter().map(|e| e["created_at"].to_string()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    let second = search(&bench, ERP, json!({ "cursor": first["next_cursor"] })).await;
    assert_eq!(
        (ids(&second).len(), &second["has_more"], &second["next_cursor"]),
        (7, &json!(false), &Value::Null)
    );
    let mut all = [ids(&first), ids(&second)].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 32);
    let mut page = search(&bench, ERP, json!({ "limit": 10 })).await;
    let mut found = ids(&page);
    while page["has_more"] == true {
        page = search(&bench, ERP, json!({ "limit": 10, "cursor": page["next_cursor"] })).await;
        found.extend(ids(&page));
    }
    assert_eq!(found, [ids(&first), ids(&second)].concat());
}

#[tokio::test]
async fn deliveries_are_filtered_by_status_time_and_id() {
    let bench = bench().await;
    let statuses = |answer: &Value| -> Vec<_> {
        answer["data"].as_array().expect("a list").iter().map(|event| event["status"].clone()).collect()
    };
    let failed = search(&bench, ERP, json!({ "status": "failed" })).await;
    assert!(statuses(&failed).len() == 9 && statuses(&failed).iter().all(|status| status == "failed"));
    let internal = failed["data"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|e| e["http_response"]["code"] == "INTERNAL_ERROR");
    assert!(internal.is_some_and(|event| event["http_response"].get("status_code").is_none()));
    assert_eq!(statuses(&search(&bench, AUTOMATION, json!({})).await)[0], "in_progress");
    assert!(!ids(&search(&bench, "mFilesKey1hook00000003", json!({ "status": "skipped" })).await).is_empty());
    let all = search(&bench, ERP, json!({ "limit": 5 })).await;
    let (to, from) = (&all["data"][1]["created_at"], &all["data"][3]["created_at"]);
    let between = search(&bench, ERP, json!({ "timestamp": { "from": from, "to": to } })).await;
    assert_eq!(ids(&between), ids(&all)[1..4]);
    let one = search(&bench, ERP, json!({ "event_id": ids(&all)[2] })).await;
    assert_eq!(ids(&one), ids(&all)[2..3]);
    let unknown = search(&bench, "nobody", json!({})).await;
    assert_eq!(unknown, json!({ "data": [], "next_cursor": null, "has_more": false }));
    for options in [
        json!({ "limit": 26 }),
        json!({ "limit": 0 }),
        json!({ "status": "in_progress" }),
        json!({ "timestamp": { "from": "yesterday" } }),
        json!({ "page": 2 }),
    ] {
        assert_eq!(
            bench.post(&format!("/v2/webhooks/configs/{ERP}/events"), &options).await.0,
            400,
            "{options}"
        );
    }
}

#[tokio::test]
async fn the_deprecated_list_has_a_text_for_a_cursor() {
    let bench = bench().await;
    let (_, first) = bench.get(&below(ERP, "events")).await;
    let cursor = first["cursor"].as_str().expect("a cursor").replace('=', "%3D").replace('+', "%2B");
    let (_, second) = bench.get(&below(ERP, &format!("events?cursor={cursor}"))).await;
    assert_eq!((ids(&first).len(), ids(&second).len(), second.get("cursor")), (25, 7, None));
    let (_, failed) = bench.get(&below(ERP, "events?status=failed")).await;
    assert_eq!(ids(&failed).len(), 9);
    assert_eq!(bench.get(&below(ERP, "events?status=skipped")).await.0, 400);
    assert_eq!(bench.get(&below(ERP, "events?cursor=x")).await.0, 400);
    assert_eq!(bench.get(&below("nobody", "events")).await.0, 404);
}

#[tokio::test]
async fn a_single_delivery_has_its_payloads() {
    let bench = bench().await;
    let list = search(&bench, AUTOMATION, json!({})).await;
    assert!(list["data"][0].get("payload").is_none() && list["data"][0].get("original_payload").is_none());
    let (status, event) = bench.get(&below(AUTOMATION, &format!("events/{}", ids(&list)[0]))).await;
    assert_eq!((status, &event["can_reapply_transform_reason"]), (200, &json!("available")));
    let parse = |field: &str| -> Value {
        serde_json::from_str(event[field].as_str().expect("a text")).expect("JSON")
    };
    assert_eq!(parse("payload")["source"], "epilot");
    assert_eq!(parse("original_payload")["metadata"]["webhook_id"], AUTOMATION);
    let (_, without) = bench.get(&below(AUTOMATION, &format!("events/{}", ids(&list)[1]))).await;
    assert_eq!(without["can_reapply_transform_reason"], "no_original_source");
    let erp = search(&bench, ERP, json!({ "limit": 1 })).await;
    assert_eq!(erp["data"][0]["can_reapply_transform_reason"], "no_transform_configured");
    assert_eq!(bench.get(&below(AUTOMATION, &format!("events/{}", ids(&erp)[0]))).await.0, 404);
}

#[tokio::test]
async fn a_replay_is_a_delivery_of_its_own() {
    let bench = bench().await;
    let list = search(&bench, AUTOMATION, json!({})).await;
    let path = |nth: usize| below(AUTOMATION, &format!("events/{}/replay", ids(&list)[nth]));
    assert_eq!(bench.call(Method::POST, &path(0), None).await, (204, Value::Null));
    let reapply = json!({ "reapply_transform": true });
    assert_eq!(bench.post(&path(0), &reapply).await.0, 204);
    assert_eq!(bench.post(&path(1), &reapply).await.0, 422);
    assert_eq!(bench.post(&below(AUTOMATION, "events/none/replay"), &reapply).await.0, 404);
    assert_eq!(bench.post(&path(0), &json!({ "reapply": true })).await.0, 400);
    assert_eq!(bench.meridian().deliveries(AUTOMATION).len(), 9);
    // The catalogue keeps its events for a while only; the flag does not know.
    let meter = search(&bench, METER, json!({})).await;
    assert_eq!(meter["data"][8]["can_reapply_transform"], true);
    for (nth, status) in [(0, 204), (8, 422)] {
        let path = below(METER, &format!("events/{}/replay", ids(&meter)[nth]));
        assert_eq!(bench.post(&path, &reapply).await.0, status);
    }
}

#[tokio::test]
async fn a_batch_replays_up_to_a_hundred() {
    let bench = bench().await;
    let known = ids(&search(&bench, ERP, json!({ "limit": 3 })).await);
    let path = below(ERP, "events/replay-batch");
    let body = json!({ "eventIds": [known[0], "unknown", known[2]] });
    let (status, answer) = bench.post(&path, &body).await;
    assert_eq!((status, &answer["replayed_event_ids"]), (202, &json!([known[0], known[2]])));
    assert_eq!(bench.meridian().deliveries(ERP).len(), 34);
    for ids in [json!([]), json!(vec!["x"; 101]), json!([1])] {
        assert_eq!(bench.post(&path, &json!({ "eventIds": ids })).await.0, 400);
    }
    assert_eq!(bench.post(&path, &json!({})).await.0, 400);
    assert_eq!(bench.post(&below("nobody", "events/replay-batch"), &body).await.0, 404);
}

#[tokio::test]
async fn a_trigger_answers_200_also_when_the_delivery_failed() {
    let bench = bench().await;
    let path = below(ERP, "trigger?sync=true");
    let (status, answer) = bench.post(&path, &payload()).await;
    assert_eq!(
        (status, &answer["status"], &answer["status_code"]),
        (200, &json!("succeeded"), &json!("200"))
    );
    let meridian = bench.meridian();
    meridian.set_outcome(Some(EpilotOutcome::answered(503)));
    let (status, answer) = bench.post(&path, &payload()).await;
    assert_eq!((status, &answer["status"], &answer["status_code"]), (200, &json!("failed"), &json!("503")));
    let code = "INTERNAL_ERROR".to_owned();
    meridian.set_outcome(Some(EpilotOutcome::Internal { code, message: "broken".to_owned() }));
    let (_, answer) = bench.post(&path, &payload()).await;
    assert_eq!((answer.get("status_code"), &answer["code"]), (None, &json!("INTERNAL_ERROR")));
    let newest = &meridian.deliveries(ERP)[0];
    assert_eq!((&newest["event_id"], &newest["status"]), (&answer["event_id"], &json!("failed")));
    let (_, later) = bench.post(&below(ERP, "trigger"), &payload()).await;
    assert_eq!(later.as_object().map(serde_json::Map::len), Some(1));
}

#[tokio::test]
async fn a_trigger_really_reaches_an_endpoint_on_this_computer() {
    let bench = bench().await;
    // The sandbox itself is the endpoint: it logs what it is sent.
    let url = format!("{}/epilot/v1/webhooks/configured-events?by=trigger", bench.sandbox.url());
    let patch = json!({ "url": url, "httpMethod": "PUT" });
    bench.meridian().edit_webhook(METER, patch).expect("seeded");
    let (status, answer) = bench.post(&below(METER, "trigger?sync=true"), &payload()).await;
    assert_eq!((status, &answer["status"], &answer["status_code"]), (200, &json!("failed"), &json!("404")));
    assert_eq!(answer["body"], json!({ "message": "Not Found" }));
    let received = bench.sandbox.log().requests().pop().expect("logged");
    assert_eq!((received.method.as_str(), received.body), ("PUT", payload().to_string()));
    assert_eq!(received.headers["x-mdm-key"], "sandbox-epilot-apikey-c7710e");
    assert_eq!(
        received.headers["webhook-id"],
        format!("msg_{}", answer["event_id"].as_str().expect("an id"))
    );
    // That one is no request of the vendor's API.
    bench.sandbox.log().clear();
    bench.meridian().edit_webhook(METER, json!({ "url": "http://127.0.0.1:9/" })).expect("seeded");
    let (_, answer) = bench.post(&below(METER, "trigger?sync=true"), &payload()).await;
    assert_eq!((&answer["status"], &answer["status_code"]), (&json!("failed"), &json!("502")));
}

#[tokio::test]
async fn a_trigger_needs_a_payload_of_its_organisation_and_a_url() {
    let bench = bench().await;
    let path = below(ERP, "trigger?sync=true");
    for body in [
        json!({}),
        json!({ "metadata": {} }),
        json!({ "metadata": { "organization_id": "1" } }),
        json!({ "metadata": { "organization_id": "731204", "organization_name": "x" } }),
    ] {
        assert_eq!(bench.post(&path, &body).await.0, 400, "{body}");
    }
    assert_eq!(bench.post(&below(ERP, "trigger?sync=1"), &payload()).await.0, 400);
    assert_eq!(bench.post(&below("mBlueprnt1hook00000009", "trigger"), &payload()).await.0, 400);
    assert_eq!(bench.post(&below("nobody", "trigger"), &payload()).await.0, 404);
    assert_eq!(bench.meridian().deliveries(ERP).len(), 32);
}

#[tokio::test]
async fn oauth_is_tested_on_the_saved_webhook() {
    let bench = bench().await;
    let test = |id: &str| below(id, "test-oauth");
    let (status, answer) = bench.call(Method::POST, &test(OAUTH), None).await;
    assert_eq!((status, &answer["success"], &answer["token_type"]), (200, &json!(true), &json!("Bearer")));
    assert_eq!(bench.call(Method::POST, &test(ERP), None).await.0, 400);
    assert_eq!(bench.call(Method::POST, &test("nobody"), None).await.0, 404);
    bench.meridian().set_oauth_error(Some("invalid_client"));
    let (status, answer) = bench.call(Method::POST, &test(OAUTH), None).await;
    assert_eq!((status, &answer["message"]), (500, &json!("OAuth token exchange failed: invalid_client")));
    bench.meridian().set_oauth_error(None);
    let cleared = json!({ "auth": { "oauthConfig": { "clientSecret": null } } });
    bench.meridian().edit_webhook(OAUTH, cleared).expect("seeded");
    assert_eq!(bench.call(Method::POST, &test(OAUTH), None).await.0, 500);
}

#[tokio::test]
async fn examples_have_the_shape_of_their_trigger() {
    let bench = bench().await;
    let (status, automation) =
        bench.post(&below(AUTOMATION, "example"), &json!({ "automation_id": "a1" })).await;
    assert_eq!((status, &automation["metadata"]["webhook_id"]), (200, &json!(AUTOMATION)));
    assert_eq!(automation["metadata"]["automation_name"], "a1");
    let (_, catalogue) = bench.post(&below(METER, "example"), &json!({})).await;
    assert_eq!((&catalogue["_event_name"], catalogue.get("metadata")), (&json!("MeterReadingAdded"), None));
    assert_eq!(bench.call(Method::POST, &below(METER, "example"), None).await.0, 400);
    assert_eq!(bench.post(&below("nobody", "example"), &json!({})).await.0, 404);
}

#[tokio::test]
async fn the_public_key_is_told_without_a_token() {
    let mut bench = bench().await;
    bench.token = String::new();
    let (status, answer) = bench.get("/v1/webhooks/.well-known/public-key?orgId=731204").await;
    assert_eq!((status, &answer["algorithm"]), (200, &json!("ed25519")));
    assert!(answer["public_key"].as_str().expect("a key").contains("\nMCowBQYDK2VwAyEA"));
    assert_eq!(bench.get("/v1/webhooks/.well-known/public-key").await.0, 400);
}

#[tokio::test]
async fn deliveries_can_be_added_behind_the_clients_back() {
    let bench = bench().await;
    let event = json!({ "event_id": "late", "webhook_config_id": ERP, "status": "succeeded" });
    bench.meridian().add_delivery(&EpilotDelivery { age: Duration::ZERO, event });
    assert_eq!(ids(&search(&bench, ERP, json!({ "limit": 1 })).await), ["late"]);
}
