use std::time::{Duration, SystemTime};

use tacklebox_http::{ApiRequest, Effect, HttpError, JsonBody};
use tokio_util::sync::CancellationToken;

use crate::server::{Reply, Server, drop_unanswered, partial, status};

fn post() -> ApiRequest {
    ApiRequest::post("create webhook", "webhooks", JsonBody::from_bytes("{}"))
}

fn get() -> ApiRequest {
    ApiRequest::get("list webhooks", "webhooks")
}

/// How it ended, and how many requests the server saw.
async fn sent(
    request: ApiRequest,
    replies: impl IntoIterator<Item = Reply>,
) -> (Result<(u16, u32), HttpError>, usize) {
    let server = Server::start(replies).await;
    let outcome = server.client().send(request, &CancellationToken::new()).await;
    (outcome.map(|response| (response.status.as_u16(), response.attempts)), server.requests().len())
}

#[tokio::test]
async fn a_read_is_repeated_after_passing_failures() {
    for code in [502, 503, 504] {
        let outcome = sent(get(), [status(code, "", ""), status(code, "", ""), status(200, "", "")]).await;
        assert_eq!(outcome, (Ok((200, 3)), 3));
    }
    let outcome = sent(get(), [drop_unanswered(), Reply::Bytes(partial().into()), status(200, "", "")]).await;
    assert_eq!(outcome, (Ok((200, 3)), 3));
}

#[tokio::test]
async fn three_attempts_are_all() {
    let replies = || (0..4).map(|_| status(503, "", ""));
    assert_eq!(sent(get(), replies()).await, (Ok((503, 3)), 3));
    let outcome = sent(get(), (0..4).map(|_| drop_unanswered())).await;
    assert_eq!(outcome, (Err(HttpError::Dropped), 3));
}

#[tokio::test]
async fn a_create_is_sent_once_whatever_happens() {
    for (reply, expected) in [
        (status(503, "Retry-After: 0\r\n", ""), Ok((503, 1))),
        (status(502, "", ""), Ok((502, 1))),
        (drop_unanswered(), Err(HttpError::Dropped)),
        (Reply::Bytes(partial().into()), Err(HttpError::Dropped)),
    ] {
        assert_eq!(sent(post(), [reply, status(201, "", "")]).await, (expected, 1));
    }
    assert_eq!(HttpError::Dropped.effect(), Effect::Unknown);
}

#[tokio::test]
async fn a_create_turned_away_for_its_rate_is_known_to_have_done_nothing() {
    let (outcome, requests) = sent(post(), [status(429, "Retry-After: 0\r\n", "")]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, HttpError::RateLimited { retry_after: Some(Duration::ZERO), .. }), "{error:?}");
    assert_eq!((error.effect(), requests), (Effect::NotSent, 1));
}

#[tokio::test]
async fn a_post_that_is_marked_idempotent_is_repeated() {
    let replies = [drop_unanswered(), status(200, "", "")];
    assert_eq!(sent(post().idempotent(true), replies).await, (Ok((200, 2)), 2));
}

#[tokio::test]
async fn retry_after_is_obeyed_in_both_forms() {
    let past = httpdate::fmt_http_date(SystemTime::now() - Duration::from_secs(5));
    for wait in ["0", &past] {
        let reply = status(429, &format!("Retry-After: {wait}\r\n"), "");
        assert_eq!(sent(get(), [reply, status(200, "", "")]).await, (Ok((200, 2)), 2), "{wait}");
    }
    let distant = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(900));
    for wait in ["11", &distant] {
        let reply = status(429, &format!("Retry-After: {wait}\r\n"), "");
        let (outcome, requests) = sent(get(), [reply]).await;
        let error = outcome.unwrap_err();
        let HttpError::RateLimited { retry_after: Some(asked), scope, .. } = &error else {
            panic!("{error:?}");
        };
        assert!(*asked > Duration::from_secs(10), "{asked:?}");
        assert!(scope.starts_with("requests to 127.0.0.1"), "{scope}");
        assert_eq!(requests, 1);
    }
}
