//! What is sent, and a token that comes.

use secrecy::ExposeSecret;
use tacklebox_probe::token::{TokenMethod, TokenPlace, TokenRequest};

use crate::server::{
    Authority, Received, SECRET, Server, fetch, json, owned, parameter, prober, request, token,
};

/// Sends the request to a server that answers with a token, and returns what that received.
async fn received(change: impl FnOnce(&mut TokenRequest), path: &str) -> Received {
    let server = Server::plain(token()).await;
    let mut request = request(&server.url(path));
    change(&mut request);
    let outcome = fetch(&prober(), &request).await;
    assert!(outcome.result.is_ok(), "{outcome:?}");
    server.only()
}

#[tokio::test]
async fn a_form_with_id_and_secret_brings_a_token_over_tls() {
    let authority = Authority::new();
    let server = Server::tls(&authority.certify("localhost", |_| {}), token()).await;
    let request = request(&server.url("/oauth/token"));
    let outcome = fetch(&authority.trusted(), &request).await;
    let got = outcome.result.unwrap();
    assert_eq!(got.access_token.expose_secret(), "canary-token");
    assert_eq!((got.token_type.as_deref(), got.expires_in_s), (Some("Bearer"), Some(3600)));
    let answer = outcome.answer.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.shown.contains(r#""access_token": "•••""#) && answer.shown.contains(r#""scope": "a b""#));
    assert!(!outcome.elapsed.is_zero());

    let sent = server.only();
    assert_eq!((sent.method.as_str(), sent.path.as_str(), sent.query.len()), ("POST", "/oauth/token", 0));
    let form = [("grant_type", "client_credentials"), ("client_id", "client-7"), ("client_secret", SECRET)];
    assert_eq!(sent.form(), owned(form));
    assert_eq!(sent.header("accept"), ["application/json"]);
    assert_eq!(sent.header_names(), ["accept", "content-type"]);
}

#[tokio::test]
async fn parameters_go_where_they_belong() {
    let sent = received(
        |request| {
            request.parameters = vec![
                parameter(TokenPlace::Body, "scope", "canary read"),
                parameter(TokenPlace::Query, "tenant", "canary&1"),
                parameter(TokenPlace::Header, "X-Assertion", "canary-assertion"),
                parameter(TokenPlace::Body, "scope", "canary write"),
            ];
        },
        "/token?old=canary%202",
    )
    .await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "client-7"),
        ("client_secret", SECRET),
        ("scope", "canary read"),
        ("scope", "canary write"),
    ];
    assert_eq!(sent.form(), owned(form));
    assert_eq!(sent.query, owned([("old", "canary 2"), ("tenant", "canary&1")]));
    assert_eq!(sent.header("x-assertion"), ["canary-assertion"]);
    assert_eq!(sent.header_names(), ["accept", "content-type", "x-assertion"]);
}

#[tokio::test]
async fn a_get_has_everything_in_its_query_and_no_body() {
    let change = |request: &mut TokenRequest| {
        request.method = TokenMethod::Get;
        request.parameters = vec![
            parameter(TokenPlace::Body, "scope", "canary-scope"),
            parameter(TokenPlace::Query, "client_id", "canary-id"),
        ];
    };
    let sent = received(change, "/token?grant_type=own").await;
    assert_eq!((sent.method.as_str(), sent.body.as_str()), ("GET", ""));
    let query = [
        ("grant_type", "own"),
        ("client_secret", SECRET),
        ("scope", "canary-scope"),
        ("client_id", "canary-id"),
    ];
    assert_eq!(sent.query, owned(query));
    assert_eq!(sent.header_names(), ["accept"]);
}

#[tokio::test]
async fn a_parameter_in_the_body_is_sent_in_place_of_what_has_its_name() {
    for method in [TokenMethod::Post, TokenMethod::Put, TokenMethod::Patch] {
        let change = |request: &mut TokenRequest| {
            request.method = method;
            request.parameters = vec![
                parameter(TokenPlace::Body, "grant_type", "canary:grant"),
                parameter(TokenPlace::Body, "client_id", "canary-id"),
                // Another place: beside the form, not instead of it.
                parameter(TokenPlace::Query, "client_secret", "canary-query"),
                parameter(TokenPlace::Header, "grant_type", "canary-header"),
            ];
        };
        let sent = received(change, "/token").await;
        assert_eq!(sent.method, method.http().as_str());
        let form = [("client_secret", SECRET), ("grant_type", "canary:grant"), ("client_id", "canary-id")];
        assert_eq!(sent.form(), owned(form));
        assert_eq!(sent.query, owned([("client_secret", "canary-query")]));
    }
}

#[tokio::test]
async fn an_authorization_header_is_sent_in_place_of_id_and_secret() {
    let change = |request: &mut TokenRequest| {
        request.parameters = vec![
            parameter(TokenPlace::Header, "authorization", "Basic Y2FuYXJ5OnMzY3JldA=="),
            parameter(TokenPlace::Header, "Accept", "text/plain"),
        ];
    };
    let sent = received(change, "/token").await;
    assert_eq!(sent.header("authorization"), ["Basic Y2FuYXJ5OnMzY3JldA=="]);
    assert_eq!(sent.header("accept"), ["text/plain"]);
    assert_eq!(sent.form(), owned([("grant_type", "client_credentials")]));
}

#[tokio::test]
async fn a_client_without_a_secret_sends_none() {
    let sent = received(|request| request.client_secret = None, "/token").await;
    assert_eq!(sent.form(), owned([("grant_type", "client_credentials"), ("client_id", "client-7")]));
}

#[tokio::test]
async fn a_token_is_one_without_type_and_lifetime_too() {
    let server = Server::plain(json(201, r#"{"access_token":"canary-token","token_type":null}"#)).await;
    let outcome = fetch(&prober(), &request(&server.url("/"))).await;
    let got = outcome.result.unwrap();
    assert_eq!((got.token_type, got.expires_in_s), (None, None));
}
