//! The organisation API, which no simulator has: asked at a small server that is real all the same.

use super::*;
use crate::SecretSource;
use base64::Engine;
use serde_json::json;
use std::sync::Mutex as Shared;
use tacklebox_http::ClientOptions;
use tacklebox_model::FindingState;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

struct Kept(String);

#[async_trait]
impl SecretSource for Kept {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        assert_eq!(key, super::super::ACCESS_TOKEN);
        Ok(Secret::from(self.0.as_str()))
    }
}

/// Answers every connection: the organisation's path with this status and body, all others with an empty list.
/// The heads of the requests are kept.
async fn server(status: u16, body: &'static str) -> (String, Arc<Shared<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let heads = Arc::new(Shared::new(Vec::new()));
    let kept = heads.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let head = String::from_utf8(head).unwrap();
            let own = head.contains("/v2/organization/current");
            let (status, body) = if own { (status, body) } else { (200, "[]") };
            kept.lock().unwrap().push(head);
            let length = body.len();
            let answer =
                format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, heads)
}

fn token() -> String {
    let claims = json!({ "org_id": "739224", "token_name": "T" }).to_string();
    format!("e30.{}.signature", base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(claims))
}

fn client(address: &str) -> ApiClient {
    ApiClient::new(address, ClientOptions::default()).unwrap()
}

async fn inspected(address: &str, organisation: Option<ApiClient>) -> ConnectionReport {
    let asking = Client::new(client(address), Arc::new(Kept(token())));
    let session = EpilotSession::new(ConnectionId::from("c"), asking, organisation);
    session.inspect(&|_| {}, &CancellationToken::new()).await
}

fn organisation(report: &ConnectionReport) -> (FindingState, String) {
    let found = report.findings.iter().find(|finding| finding.step == "Find the organisation").unwrap();
    (found.state, found.words.clone())
}

#[tokio::test]
async fn the_organisation_api_tells_name_and_use() {
    let (address, heads) =
        server(200, r#"{"id":"739224","name":"Meridian","organization_use":"Production"}"#).await;
    let report = inspected(&address, Some(client(&address))).await;
    assert_eq!(
        organisation(&report),
        (FindingState::Ok, "Meridian (739224), used as Production.".to_owned())
    );
    assert_eq!((report.organisation.as_deref(), report.webhook_count), (Some("Meridian"), Some(0)));
    let heads = heads.lock().unwrap();
    let asked = heads.iter().find(|head| head.starts_with("GET /v2/organization/current ")).unwrap();
    assert!(asked.contains(&format!("Bearer {}", token())));
    assert!(!asked.to_lowercase().contains("x-epilot-org-id"));
}

#[tokio::test]
async fn where_the_organisation_api_fails_the_token_says_it_and_why() {
    for (status, body, why) in [
        (403, r#"{"message":"Forbidden"}"#, "refused this (403)"),
        (401, "{}", "does not accept"),
        (200, "[]", "another shape"),
        (200, "{", "cannot be understood"),
    ] {
        let (address, _) = server(status, body).await;
        let report = inspected(&address, Some(client(&address))).await;
        let (state, words) = organisation(&report);
        assert_eq!(state, FindingState::Attention, "{words}");
        assert!(
            words.starts_with("Organisation 739224, as the token says.") && words.contains(why),
            "{words}"
        );
        // Nothing else depends on it.
        assert_eq!((report.organisation.as_deref(), report.webhook_count), (Some("739224"), Some(0)));
    }
}

#[tokio::test]
async fn with_another_base_url_the_organisation_api_is_not_asked() {
    let (address, heads) = server(200, "{}").await;
    let (state, words) = organisation(&inspected(&address, None).await);
    assert_eq!(state, FindingState::Ok);
    assert!(words.contains("as the token says") && words.contains("another base URL"), "{words}");
    assert!(heads.lock().unwrap().iter().all(|head| !head.contains("organization")));
    let own = |base: &str| super::super::organisation::client(base).unwrap().is_some();
    assert!(own("https://webhooks.sls.epilot.io/") && !own("https://gateway.example/epilot"));
}
