//! A client as plain as possible: it knows the paths, and nothing else of the vendor.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use serde_json::{Value, json};
use tacklebox_sandbox::{ButlrConfig, ButlrOrganisation, Dialect, Sandbox, SandboxConfig};

pub const OFFICES: &str = "halden-offices";
pub const LAB: &str = "halden-lab";

pub const LIST: &str = "{ webhooks { id name event_types endpoint_config { url http_timeout \
    api_key { key value } basic_auth { username password } } filters send_on_value_change } }";
pub const CREATE: &str = "mutation CreateWebhooks($input: [WebhookCreateInput!]!) { \
    createWebhooks(input: $input) { id name } }";
pub const UPDATE: &str = "mutation UpdateWebhooks($input: [WebhookUpdateInput!]!) { \
    updateWebhooks(input: $input) { id endpoint_config { url api_key { key } basic_auth { username } } } }";
pub const DELETE: &str = "mutation DeleteWebhooks($input: [ID!]!) { deleteWebhooks(ids: $input) }";

pub struct Client {
    pub http: reqwest::Client,
    pub base_url: String,
    pub token: String,
}

pub async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).await.expect("the sandbox starts")
}

pub async fn sandbox_with(dialect: Dialect) -> Sandbox {
    let organisation = ButlrOrganisation::empty("own", "Own", dialect);
    let butlr = ButlrConfig { organisations: vec![organisation], ..ButlrConfig::default() };
    Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.expect("the sandbox starts")
}

pub fn credential(sandbox: &Sandbox, key: &str) -> Value {
    let organisation = sandbox.organisations().into_iter().find(|o| o.key == key).expect("it is seeded");
    let mut body = json!({ "audience": "https://butlrauth/", "grant_type": "client_credentials" });
    for (name, value) in organisation.credential {
        body[name] = Value::String(value);
    }
    body
}

pub async fn login(sandbox: &Sandbox, body: &Value) -> reqwest::Response {
    let url = format!("{}/api/v2/clients/login", sandbox.butlr_url());
    reqwest::Client::new().post(url).json(body).send().await.expect("the sandbox answers")
}

pub async fn client(sandbox: &Sandbox, key: &str) -> Client {
    let answer: Value = login(sandbox, &credential(sandbox, key)).await.json().await.expect("JSON");
    let token = answer["access_token"].as_str().expect("a token").to_owned();
    Client { http: reqwest::Client::new(), base_url: sandbox.butlr_url(), token }
}

impl Client {
    pub async fn send(&self, query: &str, variables: Value) -> Result<reqwest::Response, reqwest::Error> {
        let url = format!("{}/api/v3/graphql", self.base_url);
        let body = json!({ "query": query, "variables": variables });
        self.http.post(url).bearer_auth(&self.token).json(&body).send().await
    }

    pub async fn run(&self, query: &str, variables: Value) -> (u16, Value) {
        let response = self.send(query, variables).await.expect("the sandbox answers");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    /// The data of an answer that has to be free of errors.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let (status, mut answer) = self.run(query, variables).await;
        assert_eq!((status, answer.get("errors")), (200, None));
        answer["data"].take()
    }
}

pub fn draft(name: &str, url: &str) -> Value {
    json!({
        "name": name, "event_types": ["ROOM_OCCUPANCY"],
        "endpoint_config": { "url": url, "http_timeout": 10 },
    })
}
