use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tacklebox_http::{
    ApiRequest, ClientOptions, Effect, GateOptions, HeaderName, HttpError, RateHeaders, RateSnapshot,
    SentHook, WindowHeader,
};
use tokio_util::sync::CancellationToken;

use crate::server::{Reply, Server, drop_unanswered, quick, status};

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

#[tokio::test]
async fn a_429_without_any_header_waits_for_the_known_window_to_end() {
    let server = Server::start([left(200, 40), status(429, "", "")]).await;
    let client = server.client_with(options());
    let cancel = CancellationToken::new();
    client.send(ApiRequest::get("test", "a"), &cancel).await.unwrap();
    let error = client.send(ApiRequest::get("test", "a"), &cancel).await.unwrap_err();
    assert!(
        matches!(error, HttpError::RateLimited { retry_after: Some(wait), .. } if wait > Duration::from_secs(50)),
        "{error:?}"
    );
    assert_eq!(server.requests().len(), 2, "it is not tried again within the window");
}

#[tokio::test]
async fn the_gate_tells_what_the_server_told() {
    let server = Server::start([left(200, 43)]).await;
    let client = server.client_with(options());
    assert_eq!(client.gate().snapshot(), RateSnapshot::default());
    client.send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.unwrap();
    let told = RateSnapshot {
        limit: Some(50),
        remaining: Some(43),
        period: Some(Duration::from_secs(60)),
        wait: Duration::ZERO,
    };
    assert_eq!(client.gate().snapshot(), told);
}

/// A client whose requests are counted.
fn counting(server: &Server) -> (tacklebox_http::ApiClient, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let hook = SentHook::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    (server.client_with(ClientOptions { on_sent: Some(hook), ..options() }), count)
}

#[tokio::test]
async fn every_request_that_went_out_is_counted() {
    let redirect = || status(302, "Location: /base/b\r\n", "");
    let replies =
        [left(200, 9), status(503, "", ""), drop_unanswered(), left(200, 8), redirect(), left(200, 7)];
    let server = Server::start(replies).await;
    let (client, count) = counting(&server);
    for _ in 0..3 {
        client.send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.unwrap();
    }
    assert_eq!((count.load(Ordering::SeqCst), server.requests().len()), (6, 6));
}

#[tokio::test]
async fn a_request_given_up_half_way_counts_and_one_that_never_left_does_not() {
    let server = Server::start([Reply::Stall(vec![]), left(200, 0)]).await;
    let (client, count) = counting(&server);
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let told = Arc::clone(&server.replied);
    let (outcome, ()) = tokio::join!(client.send(ApiRequest::get("test", "a"), &cancel), async move {
        told.notified().await;
        stop.cancel();
    });
    assert_eq!(outcome.unwrap_err(), HttpError::Cancelled { effect: Effect::Unknown });
    assert_eq!(count.load(Ordering::SeqCst), 1);

    let go = CancellationToken::new();
    client.send(ApiRequest::get("test", "a"), &go).await.unwrap();
    client.send(ApiRequest::get("test", "a"), &go).await.unwrap_err();
    assert_eq!(count.load(Ordering::SeqCst), 2, "the gate held the last one back");
}

#[tokio::test]
async fn a_request_to_nobody_is_not_counted() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let hook = SentHook::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let options = ClientOptions { on_sent: Some(hook), ..options() };
    assert!(format!("{options:?}").contains("SentHook"));
    let client = tacklebox_http::ApiClient::new(&format!("http://{nobody}"), options).unwrap();
    let error = client.send(ApiRequest::get("test", "a"), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, HttpError::Unreachable { .. }), "{error:?}");
    assert_eq!(count.load(Ordering::SeqCst), 0);
}
