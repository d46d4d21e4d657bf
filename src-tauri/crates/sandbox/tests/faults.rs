//! Scripted faults, the request log and the control API.

mod common;

use std::time::{Duration, Instant, SystemTime};

use common::{CREATE, LAB, LIST, OFFICES, client, credential, draft, login, sandbox};
use serde_json::{Value, json};
use tacklebox_sandbox::{Fault, FaultAction, RetryAfter};

fn new_webhook() -> Value {
    json!({ "input": [draft("Faulty", "https://faulty.example/")] })
}

#[tokio::test]
async fn a_connection_dropped_before_the_effect_leaves_the_state_alone() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.faults().push(Fault::new("createWebhooks", FaultAction::Drop));
    let error = client.send(CREATE, new_webhook()).await.expect_err("no answer");
    assert!(error.is_request() && error.status().is_none());
    assert_eq!(sandbox.butlr(OFFICES).expect("seeded").webhooks().len(), 9);
    assert_eq!(client.run(CREATE, new_webhook()).await.0, 200);
    assert_eq!(sandbox.log().count("createWebhooks"), 2);
}

#[tokio::test]
async fn a_connection_dropped_after_the_effect_hides_a_change_that_was_made() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.faults().push(Fault::new("createWebhooks", FaultAction::Drop).after_effect());
    client.send(CREATE, new_webhook()).await.expect_err("no answer");
    assert_eq!(sandbox.butlr(OFFICES).expect("seeded").webhooks().len(), 10);
    let logged = sandbox.log().requests().pop().expect("logged");
    assert_eq!((logged.status, logged.organisation.as_deref()), (None, Some(OFFICES)));
}

#[tokio::test]
async fn retry_after_comes_in_both_forms() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    let faults = sandbox.faults();
    faults.push(Fault::new("webhooks", FaultAction::retry_later(429, RetryAfter::Seconds(7))));
    faults.push(Fault::new("webhooks", FaultAction::retry_later(503, RetryAfter::HttpDate(60))));
    let seconds = client.send(LIST, json!({})).await.expect("an answer");
    assert_eq!(
        (seconds.status().as_u16(), &seconds.headers()["retry-after"]),
        (429, &"7".parse().expect("valid"))
    );
    let date = client.send(LIST, json!({})).await.expect("an answer");
    assert_eq!(date.status(), 503);
    let at =
        httpdate::parse_http_date(date.headers()["retry-after"].to_str().expect("text")).expect("a date");
    assert!(at > SystemTime::now() + Duration::from_secs(30));
    assert_eq!(client.run(LIST, json!({})).await.0, 200);
}

#[tokio::test]
async fn broken_oversized_and_html_bodies_are_sent() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    let faults = sandbox.faults();
    faults.push(Fault::new("webhooks", FaultAction::Truncate));
    faults.push(Fault::new("webhooks", FaultAction::Truncate).after_effect());
    faults.push(Fault::new("webhooks", FaultAction::Oversize { bytes: 3_000_000 }));
    faults.push(Fault::new("webhooks", FaultAction::Html { status: 502 }));
    for _ in 0..2 {
        let text = client.send(LIST, json!({})).await.expect("an answer").text().await.expect("text");
        assert!(text.starts_with("{\"data\"") && serde_json::from_str::<Value>(&text).is_err());
    }
    let big = client.send(LIST, json!({})).await.expect("an answer");
    assert_eq!(big.content_length(), None);
    let big = big.bytes().await.expect("a body");
    assert!(big.len() >= 3_000_000 && serde_json::from_slice::<Value>(&big).is_ok());
    let html = client.send(LIST, json!({})).await.expect("an answer");
    assert_eq!(html.status(), 502);
    assert!(html.text().await.expect("text").starts_with("<!DOCTYPE html>"));
    assert!(faults.pending().is_empty());
}

#[tokio::test]
async fn a_hanging_request_ends_only_when_the_client_gives_up() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.faults().push(Fault::new("webhooks", FaultAction::Hang));
    let arrived = async {
        while !sandbox.faults().pending().is_empty() {
            tokio::task::yield_now().await;
        }
        // A request behind it is answered; it still is not.
        client.run("{ sites { data { id } } }", json!({})).await.0
    };
    tokio::select! {
        _ = client.send(LIST, json!({})) => panic!("the hanging request was answered"),
        status = arrived => assert_eq!(status, 200),
    }
    assert_eq!(client.run(LIST, json!({})).await.0, 200);
}

#[tokio::test]
async fn a_delay_keeps_the_real_answer() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.faults().push(Fault::new("webhooks", FaultAction::Delay { millis: 80 }));
    let started = Instant::now();
    assert_eq!(client.run(LIST, json!({})).await.0, 200);
    assert!(started.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn a_fault_meets_only_its_path_its_organisation_and_its_number_of_requests() {
    let sandbox = sandbox().await;
    let fault = Fault::new("/api/v2/clients/login", FaultAction::respond(500, "{}"));
    sandbox.faults().push(fault.for_organisation(LAB).times(2));
    let status = async |key| login(&sandbox, &credential(&sandbox, key)).await.status().as_u16();
    assert_eq!(status(OFFICES).await, 200);
    assert_eq!((status(LAB).await, status(LAB).await, status(LAB).await), (500, 500, 200));
}

#[tokio::test]
async fn the_log_tells_operations_and_hides_tokens() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    client.data(CREATE, new_webhook()).await;
    client.run("{ nonsense }", json!({})).await;
    let log = sandbox.log().requests();
    let seen: Vec<_> = log.iter().map(|r| (r.method.as_str(), r.path.as_str(), r.status)).collect();
    assert_eq!(
        seen,
        [
            ("POST", "/butlr/api/v2/clients/login", Some(200)),
            ("POST", "/butlr/api/v3/graphql", Some(200)),
            ("POST", "/butlr/api/v3/graphql", Some(400)),
        ]
    );
    let operation = log[1].operation.as_ref().expect("GraphQL");
    assert_eq!((operation.kind.as_str(), operation.name.as_deref()), ("mutation", Some("CreateWebhooks")));
    assert_eq!(operation.root_fields, ["createWebhooks"]);
    assert!(log[1].body.contains("https://faulty.example/"));
    assert!(!log[1].headers.contains_key("authorization"));
    assert!(!format!("{log:?}").contains("faulty.example"));
    sandbox.log().clear();
    assert!(sandbox.log().requests().is_empty());
}

#[tokio::test]
async fn the_control_api_scripts_faults_and_time() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    let control = |path: &str| format!("{}/__sandbox/{path}", sandbox.url());
    let fault = json!({ "target": "webhooks", "action": { "kind": "respond", "status": 429, "body": "{}",
        "retry_after": { "seconds": 3 } } });
    let pushed = client.http.post(control("faults")).json(&fault).send().await.expect("an answer");
    assert_eq!(pushed.status(), 204);
    assert_eq!(client.run(LIST, json!({})).await.0, 429);
    let advance = json!({ "advance_seconds": 1000 });
    client.http.post(control("clock")).json(&advance).send().await.expect("an answer");
    assert_eq!(client.run(LIST, json!({})).await.0, 401);
    let log: Value =
        client.http.get(control("log")).send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(log.as_array().map(Vec::len), Some(3));
    client.http.post(control("reset")).send().await.expect("an answer");
    assert_eq!(client.run(LIST, json!({})).await.0, 401);
    assert_eq!(sandbox.log().requests().len(), 1);
}
