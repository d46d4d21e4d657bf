//! A client of the simulated Booqable as plain as possible.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tacklebox_sandbox::{BooqableConfig, BooqableHandle, BooqableOrganisation, Sandbox, SandboxConfig};

pub const RENTALS: &str = "kestrel-rentals";
pub const TRIAL: &str = "kestrel-trial";
pub const ENDPOINTS: &str = "/api/4/webhook_endpoints";
pub const NOT_FOUND: &str =
    r#"{"errors":[{"code":"resources_not_found","status":"404","title":"Resource(s) not found"}]}"#;

pub struct Client {
    pub http: reqwest::Client,
    pub base_url: String,
    pub token: String,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    /// Limit, period, remaining.
    pub rate: Option<[u64; 3]>,
    pub has_retry_after: bool,
    pub body: Value,
}

pub async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).await.expect("the sandbox starts")
}

/// One seeded organisation.
pub async fn seeded(slug: &str) -> (Sandbox, Client, BooqableHandle) {
    let sandbox = sandbox().await;
    let (client, handle) = (client(&sandbox, slug), sandbox.booqable(slug).expect("seeded"));
    (sandbox, client, handle)
}

/// One empty organisation, `own`.
pub async fn own() -> (Sandbox, Client, BooqableHandle) {
    let booqable = BooqableConfig { organisations: vec![BooqableOrganisation::empty("own", "Own")] };
    let config = SandboxConfig { booqable: booqable.unlimited(), ..SandboxConfig::default() };
    let sandbox = Sandbox::start(config).await.expect("the sandbox starts");
    let (client, handle) = (client(&sandbox, "own"), sandbox.booqable("own").expect("it is there"));
    (sandbox, client, handle)
}

pub fn client(sandbox: &Sandbox, slug: &str) -> Client {
    let all = sandbox.organisations();
    let found = all.iter().find(|o| o.provider == "booqable" && o.key == slug).expect("it is seeded");
    assert_eq!(found.credential[0], ("slug".to_owned(), slug.to_owned()));
    assert_eq!(found.base_url, sandbox.booqable_url(slug));
    let (name, token) = found.credential[1].clone();
    assert_eq!(name, "access_token");
    Client { http: reqwest::Client::new(), base_url: found.base_url.clone(), token }
}

impl Client {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base_url)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, body: &Value) -> Answer {
        answer(self.request(Method::POST, ENDPOINTS).json(body)).await
    }

    pub async fn put(&self, id: &str, body: &Value) -> Answer {
        answer(self.request(Method::PUT, &format!("{ENDPOINTS}/{id}")).json(body)).await
    }

    pub async fn delete(&self, id: &str) -> Answer {
        answer(self.request(Method::DELETE, &format!("{ENDPOINTS}/{id}"))).await
    }

    /// The URLs a list gives, which has to succeed.
    pub async fn urls(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("{ENDPOINTS}?{query}")).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        let url = |row: &Value| {
            row.get("attributes").unwrap_or(row)["url"].as_str().expect("every row has a url").to_owned()
        };
        answer.body["data"].as_array().expect("a list").iter().map(url).collect()
    }
}

pub async fn answer(request: RequestBuilder) -> Answer {
    read(request.send().await.expect("the sandbox answers")).await
}

async fn read(response: Response) -> Answer {
    let header = |name: &str| response.headers().get(name).map(|v| v.to_str().expect("text").to_owned());
    let number = |name: &str| header(name).map(|value| value.parse().expect("a number"));
    let rate = ["limit", "period", "remaining"].map(|name| number(&format!("x-ratelimit-{name}")));
    let rate = if let [Some(a), Some(b), Some(c)] = rate { Some([a, b, c]) } else { None };
    let (status, content_type) = (response.status().as_u16(), header("content-type").unwrap_or_default());
    let has_retry_after = header("retry-after").is_some();
    let body = response.json().await.expect("every answer is JSON");
    Answer { status, content_type, rate, has_retry_after, body }
}

pub fn create(attributes: &Value) -> Value {
    json!({ "data": { "type": "webhook_endpoints", "attributes": attributes } })
}

pub fn update(id: &str, attributes: &Value) -> Value {
    json!({ "data": { "type": "webhook_endpoints", "id": id, "attributes": attributes } })
}

pub fn refusal(error: &Value) -> Value {
    json!({ "errors": [error] })
}
