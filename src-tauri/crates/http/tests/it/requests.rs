use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use tacklebox_http::{ApiRequest, Effect, HttpError, JsonBody, Method, RequestProblem};
use tokio_util::sync::CancellationToken;

use crate::server::{Reply, Server, status};

#[tokio::test]
async fn sends_what_was_asked_for() {
    let server =
        Server::start([status(201, "X-Request-Id: req-7\r\nCF-Ray: ray-1\r\n", "{\"id\":\"w1\"}")]).await;
    let body = JsonBody::of(&serde_json::json!({"url": "https://example.com"})).unwrap();
    let request = ApiRequest::post("create webhook", "webhooks", body)
        .query("page[size]", "a&b")
        .header("X-Tenant", "t1")
        .bearer("token-1".into());
    let response = server.client().send(request, &CancellationToken::new()).await.unwrap();

    assert_eq!(response.status.as_u16(), 201);
    assert_eq!(response.request_id.as_deref(), Some("req-7"));
    assert_eq!(response.json::<serde_json::Value>().unwrap()["id"], "w1");
    assert_eq!(response.attempts, 1);
    let sent = server.requests().remove(0);
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /base/webhooks?page%5Bsize%5D=a%26b HTTP/1.1\r\n"), "{head}");
    let head = head.to_ascii_lowercase();
    for line in [
        format!("user-agent: tacklebox/{}", env!("CARGO_PKG_VERSION")),
        "authorization: bearer token-1".to_owned(),
        "content-type: application/json".to_owned(),
        "accept: application/json".to_owned(),
        "x-tenant: t1".to_owned(),
    ] {
        assert!(head.lines().any(|sent| sent == line), "{line} in {head}");
    }
    assert_eq!(body, r#"{"url":"https://example.com"}"#);
}

#[tokio::test]
async fn any_status_is_an_answer() {
    for code in [204, 304, 400, 401, 404, 409, 418, 500] {
        let server = Server::start([status(code, "", "")]).await;
        let request = ApiRequest::get("test", "a").header("Accept", "application/vnd.api+json");
        let response = server.client().send(request, &CancellationToken::new()).await.unwrap();
        assert_eq!(response.status.as_u16(), code);
        assert!(server.requests()[0].contains("accept: application/vnd.api+json\r\n"));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn decompresses_the_body() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"[1,2,3]").unwrap();
    let body = encoder.finish().unwrap();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
    let server = Server::start([Reply::Bytes([head.as_bytes(), &body].concat())]).await;
    let response =
        server.client().send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.unwrap();
    assert_eq!(response.json::<Vec<u8>>().unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn a_request_that_is_not_valid_is_not_sent() {
    let server = Server::start([]).await;
    let (client, cancel) = (server.client(), CancellationToken::new());
    for (request, problem) in [
        (ApiRequest::get("test", "../a"), RequestProblem::PathEscapes),
        (ApiRequest::get("test", "a").bearer("a\nb".into()), RequestProblem::Bearer),
        (
            ApiRequest::new(Method::PATCH, "test", "a").header("host", "b"),
            RequestProblem::ReservedHeader { name: "host".to_owned() },
        ),
    ] {
        let error = client.send(request, &cancel).await.unwrap_err();
        assert_eq!(error.effect(), Effect::NotSent);
        assert_eq!(error, HttpError::InvalidRequest { problem });
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn one_client_serves_many_tasks() {
    let server = Server::start((0..8).map(|_| status(200, "", ""))).await;
    let client = server.client();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                client.send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.is_ok()
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(server.requests().len(), 8);
}
