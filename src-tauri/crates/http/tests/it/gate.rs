use std::time::Duration;

use tacklebox_http::{
    ApiRequest, ClientOptions, Effect, GateOptions, HeaderName, HttpError, RateHeaders, WindowHeader,
};
use tokio_util::sync::CancellationToken;

use crate::server::{Server, quick, status};

fn options() -> ClientOptions {
    let headers = RateHeaders {
        limit: HeaderName::from_static("x-ratelimit-limit"),
        remaining: HeaderName::from_static("x-ratelimit-remaining"),
        window: WindowHeader::Period(HeaderName::from_static("x-ratelimit-period")),
    };
    ClientOptions { gate: GateOptions { headers: Some(headers), ..GateOptions::default() }, ..quick() }
}

fn left(code: u16, remaining: u32) -> crate::server::Reply {
    let headers =
        format!("X-Ratelimit-Limit: 50\r\nX-Ratelimit-Period: 60\r\nX-Ratelimit-Remaining: {remaining}\r\n");
    status(code, &headers, "")
}

#[tokio::test]
async fn nothing_is_sent_once_the_allowance_is_used_up() {
    let server = Server::start([left(200, 1), left(200, 0)]).await;
    let client = server.client_with(options());
    let cancel = CancellationToken::new();
    for _ in 0..2 {
        client.send(ApiRequest::get("test", "a"), &cancel).await.unwrap();
    }
    let error = client.clone().send(ApiRequest::get("test", "a"), &cancel).await.unwrap_err();
    let HttpError::RateLimited { retry_after: Some(wait), effect: Effect::NotSent, .. } = error else {
        panic!("{error:?}");
    };
    assert!(wait > Duration::from_secs(50) && wait <= Duration::from_secs(60), "{wait:?}");
    assert!(client.gate().current_wait() > Duration::from_secs(50));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_429_without_retry_after_is_explained_by_the_gate() {
    let server = Server::start([left(429, 0)]).await;
    let client = server.client_with(options());
    let error = client.send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.unwrap_err();
    assert!(
        matches!(error, HttpError::RateLimited { retry_after: Some(wait), .. } if wait > Duration::from_secs(50)),
        "{error:?}"
    );
    assert_eq!(server.requests().len(), 1);
}
