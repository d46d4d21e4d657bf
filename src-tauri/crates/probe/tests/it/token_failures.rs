//! Why no token comes, in words.

use std::time::Duration;

use tacklebox_probe::token::{OAuthError, TokenFailure, TokenOutcome, TokenPlace};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::server::{
    Reply, SECRET, Server, fetch, json, nothing_secret_in, parameter, prober, request, respond, token, within,
};

async fn answered(reply: Reply) -> (TokenOutcome, TokenFailure) {
    let server = Server::plain(reply).await;
    let outcome = fetch(&prober(), &request(&server.url("/token"))).await;
    let failure = outcome.result.as_ref().unwrap_err().clone();
    server.only();
    (outcome, failure)
}

fn shown(outcome: &TokenOutcome) -> (u16, &str) {
    outcome.answer.as_ref().map(|answer| (answer.status, answer.shown.as_str())).unwrap()
}

#[tokio::test]
async fn an_oauth_error_is_explained_and_quoted_without_the_secret() {
    let body = serde_json::json!({
        "error": "invalid_client",
        "error_description": format!("Client client-7 with \"{SECRET}\"\nis not known"),
    });
    let (outcome, failure) = answered(json(400, &body.to_string())).await;
    let TokenFailure::Denied { status: 400, error: OAuthError::InvalidClient, said, .. } = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(said.as_deref(), Some("Client client-7 with \"•••\" is not known"));
    let words = failure.to_string();
    assert!(
        words.starts_with("The server does not accept the client ID and secret (invalid_client). It says: “")
    );
    assert!(failure.advice().unwrap().contains("Authorization"));
    assert_eq!(shown(&outcome).0, 400);
}

#[tokio::test]
async fn each_oauth_error_has_words_of_its_own() {
    let mut seen = Vec::new();
    for code in [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
        "invalid_target",
        "made_up",
    ] {
        // Some servers answer 200 to a failure.
        for status in [200, 400, 401] {
            let (_, failure) =
                answered(json(status, &format!(r#"{{"error":"{code}","access_token":null}}"#))).await;
            assert!(matches!(&failure, TokenFailure::Denied { said: None, .. }), "{failure:?}");
            assert!(failure.to_string().ends_with(&format!("({code}).")), "{failure}");
            seen.push((failure.to_string(), failure.advice()));
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 8);
}

#[tokio::test]
async fn a_refused_authorization_header_is_named() {
    let server = Server::plain(json(401, r#"{"error":"invalid_client"}"#)).await;
    let mut request = request(&server.url("/"));
    request.parameters = vec![parameter(TokenPlace::Header, "Authorization", "Basic canary")];
    let failure = fetch(&prober(), &request).await.result.unwrap_err();
    assert!(failure.to_string().contains("Authorization header that was sent in place"), "{failure}");
}

#[tokio::test]
async fn a_page_is_an_answer_without_an_oauth_error() {
    let page =
        format!("<html><body>Wrong: {}</body></html>", SECRET.replace('&', "&amp;").replace('"', "&quot;"));
    let (outcome, failure) = answered(respond(401, "Content-Type: text/html\r\n", &page)).await;
    assert!(matches!(failure, TokenFailure::Status { status: 401, .. }), "{failure:?}");
    assert!(failure.advice().unwrap().contains("client ID"));
    assert_eq!(shown(&outcome), (401, "<html><body>Wrong: •••</body></html>"));
    let advice = |status| async move { answered(respond(status, "", "")).await.1.advice().unwrap() };
    assert!(advice(405).await.contains("POST") && advice(503).await.contains("in a moment"));
}

#[tokio::test]
async fn a_success_without_a_token_is_none() {
    for body in
        [r#"{"token_type":"Bearer"}"#, r#"{"access_token":""}"#, r#"{"access_token":7}"#, "[]", "null"]
    {
        let (outcome, failure) = answered(json(200, body)).await;
        assert_eq!(failure, TokenFailure::NoToken, "{body}");
        assert_eq!(shown(&outcome).0, 200);
    }
    for body in ["<html>Sign in</html>", "", "access_token=canary-token&token_type=bearer", "canary-token"] {
        let (_, failure) = answered(respond(200, "", body)).await;
        assert_eq!(failure, TokenFailure::NotJson, "{body}");
    }
}

#[tokio::test]
async fn a_redirect_is_shown_and_the_secret_stays_here() {
    let other = Server::plain(token()).await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("Location: {}?key=canary\r\n", other.url("/elsewhere"));
        let (_, failure) = answered(respond(status, &to, "")).await;
        let TokenFailure::Redirect { to: Some(to), status: told, .. } = &failure else {
            panic!("{failure:?}")
        };
        assert_eq!((to, *told), (&format!("{}?key=•••", other.url("/elsewhere")), status));
        assert!(failure.to_string().contains("was not followed"), "{failure}");
    }
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let outcome = fetch(&prober(), &request(&format!("http://{address}/token"))).await;
    assert!(outcome.answer.is_none());
    assert_eq!(outcome.result.unwrap_err(), TokenFailure::Refused { host: address.to_string() });
}

#[tokio::test]
async fn a_name_that_does_not_exist() {
    let failure =
        fetch(&prober(), &request("https://login.invalid/token?k=canary")).await.result.unwrap_err();
    assert_eq!(failure, TokenFailure::Name { host: "login.invalid".into() });
    assert_eq!(failure.to_string(), "The host login.invalid is not known.");
}

#[tokio::test]
async fn an_answer_that_does_not_come_or_not_to_its_end() {
    let after = Duration::from_millis(50);
    for begun in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"canary"] {
        let server = Server::plain(Reply::Stall(begun.to_vec())).await;
        let (prober, request) = (within(after), request(&server.url("/")));
        let waiting = tokio::time::timeout(Duration::from_secs(20), fetch(&prober, &request));
        let failure = waiting.await.expect("the limit ends it").result.unwrap_err();
        assert_eq!(failure, TokenFailure::TimedOut { host: format!("localhost:{}", server.port), after });
        let (_, failure) = answered(Reply::Bytes(begun.to_vec())).await;
        assert!(matches!(failure, TokenFailure::Dropped { .. }), "{failure:?}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_left() {
    let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{".to_vec();
    let server = Server::plain(Reply::Endless(head)).await;
    let failure = fetch(&prober(), &request(&server.url("/"))).await.result.unwrap_err();
    assert_eq!(failure, TokenFailure::TooLarge { limit: 65_536 });
    assert!(failure.to_string().contains("64 KiB"), "{failure}");
    server.hung_up.notified().await;
}

#[tokio::test]
async fn an_answer_just_within_the_limit_is_read() {
    let padded = |length: usize| {
        let start = r#"{"access_token":"canary-token"}"#;
        json(200, &format!("{start}{}", " ".repeat(length - start.len())))
    };
    let server = Server::plain(padded(65_536)).await;
    assert!(fetch(&prober(), &request(&server.url("/"))).await.result.is_ok());
    assert!(matches!(answered(padded(65_537)).await.1, TokenFailure::TooLarge { .. }));
}

#[tokio::test]
async fn stopping_ends_the_wait() {
    let server = Server::plain(Reply::Stall(vec![])).await;
    let (request, prober, cancel) = (request(&server.url("/")), prober(), CancellationToken::new());
    let stopping = async {
        server.replied.notified().await;
        cancel.cancel();
    };
    let (outcome, ()) = tokio::join!(prober.fetch_token(&request, &cancel), stopping);
    nothing_secret_in(&request, &outcome);
    assert_eq!(outcome.result.unwrap_err(), TokenFailure::Cancelled);
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_named_and_nothing_goes_out() {
    let server = Server::plain(token()).await;
    for (name, value) in [("Host", "canary"), ("a b", "canary"), ("X-A", "canary\r\nX-B: c")] {
        let mut request = request(&server.url("/"));
        request.parameters = vec![parameter(TokenPlace::Header, name, value)];
        let failure = fetch(&prober(), &request).await.result.unwrap_err();
        assert!(matches!(failure, TokenFailure::Request { .. }), "{failure:?}");
        assert!(failure.to_string().to_lowercase().contains(&name.to_lowercase()), "{failure}");
    }
    assert!(server.received().is_empty());
}
