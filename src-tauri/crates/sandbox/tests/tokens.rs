//! The authorisation server: tokens for client credentials.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::Value;
use tacklebox_sandbox::{Sandbox, SandboxConfig};

const GOOD: &str =
    "grant_type=client_credentials&client_id=meridian-epilot&client_secret=sandbox-epilot-oauth-8d2e61";

async fn ask(sandbox: &Sandbox, body: &str, authorization: Option<&str>) -> (u16, Value) {
    let request = reqwest::Client::new()
        .post(sandbox.token_url())
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .body(body.to_owned());
    let request = authorization.into_iter().fold(request, |r, value| r.header("authorization", value));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(
        answer.headers().contains_key("www-authenticate"),
        answer.status() == 401 && authorization.is_some()
    );
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).await.unwrap()
}

#[tokio::test]
async fn a_known_client_gets_a_token_by_form_and_by_basic() {
    let sandbox = sandbox().await;
    let (status, answer) = ask(&sandbox, &format!("{GOOD}&scope=crm.write"), None).await;
    assert_eq!(
        (status, &answer["token_type"], &answer["scope"]),
        (200, &"Bearer".into(), &"crm.write".into())
    );
    assert_eq!(answer["expires_in"], 3600);
    // meridian%2Depilot:sandbox-epilot-oauth-8d2e61
    let basic = "Basic bWVyaWRpYW4lMkRlcGlsb3Q6c2FuZGJveC1lcGlsb3Qtb2F1dGgtOGQyZTYx";
    let (status, other) = ask(&sandbox, "grant_type=client_credentials", Some(basic)).await;
    assert_eq!((status, &other["scope"]), (200, &"crm.read crm.write".into()));
    assert_ne!(answer["access_token"], other["access_token"]);
}

#[tokio::test]
async fn what_the_rfc_does_not_allow_is_refused_with_its_code() {
    let sandbox = sandbox().await;
    let basic = "Basic bWVyaWRpYW4tZXBpbG90OndpZGU=";
    for (body, authorization, status, error) in [
        ("grant_type=client_credentials".to_owned(), None, 401, "invalid_client"),
        (GOOD.replace("8d2e61", "8d2e62"), None, 401, "invalid_client"),
        (GOOD.replace("meridian-", "other-"), None, 401, "invalid_client"),
        ("grant_type=client_credentials".to_owned(), Some(basic), 401, "invalid_client"),
        (GOOD.to_owned(), Some(basic), 400, "invalid_request"),
        (GOOD.replace("grant_type=client_credentials", ""), None, 400, "invalid_request"),
        (format!("{GOOD}&client_id=again"), None, 400, "invalid_request"),
        (GOOD.replace("=client_credentials", "=password"), None, 400, "unsupported_grant_type"),
        (format!("{GOOD}&scope=crm.write+admin"), None, 400, "invalid_scope"),
    ] {
        let (told, answer) = ask(&sandbox, &body, authorization).await;
        assert_eq!((told, &answer["error"]), (status, &error.into()), "{body}");
    }
}

#[tokio::test]
async fn only_a_form_by_post_is_looked_at() {
    let sandbox = sandbox().await;
    let client = reqwest::Client::new();
    let get = client.get(format!("{}?{GOOD}", sandbox.token_url())).send().await.unwrap();
    assert_eq!(get.status(), 405);
    let json = client.post(sandbox.token_url()).json(&"{}").send().await.unwrap();
    assert_eq!(json.json::<Value>().await.unwrap()["error"], "invalid_request");
}
