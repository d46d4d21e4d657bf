//! A client as plain as possible. When a bench goes, every exchange is held against the vendor's own document.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]

use std::sync::LazyLock;

use reqwest::Method;
use serde_json::{Value, json};
use tacklebox_openapi::{Document, Exchange, Tolerated, Violation, epilot_document};
use tacklebox_sandbox::{EpilotHandle, LoggedRequest, Sandbox, SandboxConfig};

pub const MERIDIAN: &str = "meridian";
pub const CONFIGS: &str = "/v1/webhooks/configs";
/// A seeded webhook with a field the document does not have.
pub const NEXT_MONTH: &str = "mNextMonth1hook0000011";

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| match Document::load(&epilot_document()) {
    Ok(document) => document,
    Err(error) => panic!("{error}"),
});

/// What the document does not declare and the simulator answers: 401 to reads, 403, 404 to PUT and trigger, 429,
/// 5xx, and 400 where it declares no errors at all.
fn tolerated() -> Tolerated {
    Tolerated::statuses([400, 401, 403, 404, 429, 500, 502, 503, 504])
}

pub struct Bench {
    pub sandbox: Sandbox,
    pub token: String,
    http: reqwest::Client,
}

/// Meridian, without the webhook that contradicts the document.
pub async fn bench() -> Bench {
    let bench = bench_with(SandboxConfig::default()).await;
    bench.meridian().delete_webhook(NEXT_MONTH).expect("seeded");
    bench
}

pub async fn bench_with(config: SandboxConfig) -> Bench {
    let config = SandboxConfig { record_answers: true, ..config };
    let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
    let token = sandbox.epilot(MERIDIAN).expect("seeded").access_token();
    Bench { sandbox, token, http: reqwest::Client::new() }
}

impl Bench {
    pub fn meridian(&self) -> EpilotHandle {
        self.sandbox.epilot(MERIDIAN).expect("seeded")
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> reqwest::Response {
        let url = format!("{}{path}", self.sandbox.epilot_url());
        let mut request = self.http.request(method, url).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.expect("the sandbox answers")
    }

    /// Status and body; null when it is empty.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.send(method, path, body).await;
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("text");
        (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") })
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, id: &str, body: &Value) -> (u16, Value) {
        self.call(Method::PUT, &format!("{CONFIGS}/{id}"), Some(body)).await
    }

    pub async fn delete(&self, id: &str) -> (u16, Value) {
        self.call(Method::DELETE, &format!("{CONFIGS}/{id}"), None).await
    }

    /// A webhook that has to be created.
    pub async fn created(&self, body: &Value) -> Value {
        let (status, webhook) = self.post(CONFIGS, body).await;
        assert_eq!(status, 201, "{webhook}");
        webhook
    }

    /// A webhook as it is read, ready to be sent back.
    pub async fn editable(&self, id: &str) -> Value {
        let (status, mut webhook) = self.get(&format!("{CONFIGS}/{id}")).await;
        assert_eq!(status, 200);
        webhook.as_object_mut().expect("an object").shift_remove("id");
        webhook
    }

    /// What the document has against the exchanges so far, which are then forgotten.
    pub fn violations(&self) -> Vec<(String, Violation)> {
        let requests = self.sandbox.log().requests();
        self.sandbox.log().clear();
        requests.iter().flat_map(violations_of).collect()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let violations = self.violations();
            assert!(violations.is_empty(), "against the vendor's document: {violations:#?}");
        }
    }
}

fn violations_of(request: &LoggedRequest) -> Vec<(String, Violation)> {
    let Some(status) = request.status else { return Vec::new() };
    let exchange = Exchange {
        method: &request.method,
        path: request.path.strip_prefix("/epilot").expect("a path of this vendor"),
        request_content_type: request.headers.get("content-type").map(String::as_str),
        request_body: &request.body,
        status,
        answer_content_type: request.answer_content_type.as_deref(),
        answer_body: request.answer.as_deref().expect("answers are recorded"),
    };
    let found = DOCUMENT.check(&exchange, &tolerated());
    found.into_iter().map(|violation| (format!("{} {}", request.method, request.path), violation)).collect()
}

pub fn draft(name: &str) -> Value {
    json!({ "name": name, "eventName": "event_OrderPlaced" })
}

/// The message of a refusal with 400.
pub fn message(answer: &(u16, Value)) -> &str {
    assert_eq!(answer.0, 400, "{}", answer.1);
    answer.1["message"].as_str().expect("a message")
}
