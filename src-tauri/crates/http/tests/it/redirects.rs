use tacklebox_http::{ApiRequest, HttpError, JsonBody};
use tokio_util::sync::CancellationToken;

use crate::server::{Reply, Server, status};

fn to(code: u16, location: &str) -> Reply {
    status(code, &format!("Location: {location}\r\n"), "")
}

fn get() -> ApiRequest {
    ApiRequest::get("test", "a").bearer("token-1".into())
}

#[tokio::test]
async fn a_get_follows_redirects_on_the_same_host() {
    for code in [301, 302, 303, 307, 308] {
        let server = Server::start([to(code, "/elsewhere?x=1"), status(200, "", "there")]).await;
        let response = server.client().send(get(), &CancellationToken::new()).await.unwrap();
        assert_eq!(response.body, "there");
        let requests = server.requests();
        assert!(requests[1].starts_with("GET /elsewhere?x=1 "), "{}", requests[1]);
        assert!(requests[1].contains("authorization: Bearer token-1\r\n"));
    }
}

#[tokio::test]
async fn three_redirects_are_followed_and_no_more() {
    let server = Server::start([to(302, "b"), to(302, "c"), to(302, "d"), status(200, "", "")]).await;
    let response = server.client().send(get(), &CancellationToken::new()).await.unwrap();
    assert_eq!(response.status.as_u16(), 200);
    let server = Server::start((0..5).map(|_| to(302, "a"))).await;
    let error = server.client().send(get(), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, HttpError::Other { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_redirect_to_another_host_is_refused_and_names_the_host_only() {
    let other = Server::start([]).await;
    for location in [
        format!("http://user:canary@127.0.0.1:{}/canary?canary=canary", other.port),
        format!("//127.0.0.1:{}/canary", other.port),
    ] {
        for request in [get(), ApiRequest::post("test", "a", JsonBody::from_bytes("{}"))] {
            let server = Server::start([to(302, &location)]).await;
            let error = server.client().send(request, &CancellationToken::new()).await.unwrap_err();
            assert_eq!(error, HttpError::RedirectRefused { to_host: format!("127.0.0.1:{}", other.port) });
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn another_scheme_is_another_host() {
    let server = Server::start([]).await;
    let location = format!("https://127.0.0.1:{}/a", server.port);
    let redirecting = Server::start([to(301, &location)]).await;
    let outcome = redirecting.client().send(get(), &CancellationToken::new()).await;
    assert!(matches!(outcome, Err(HttpError::RedirectRefused { .. })), "{outcome:?}");
}

#[tokio::test]
async fn writes_are_not_redirected() {
    for code in [301, 307] {
        let server = Server::start([to(code, "/elsewhere")]).await;
        let request = ApiRequest::post("test", "a", JsonBody::from_bytes("{}"));
        let response = server.client().send(request, &CancellationToken::new()).await.unwrap();
        assert_eq!(response.status.as_u16(), code);
        assert_eq!(server.requests().len(), 1);
    }
}
