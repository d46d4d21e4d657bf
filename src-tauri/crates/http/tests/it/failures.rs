use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tacklebox_http::{ApiClient, ApiRequest, ClientOptions, Effect, HttpError, UnreachableCause};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_util::sync::CancellationToken;

use crate::server::{Reply, Server, partial, quick};

fn get() -> ApiRequest {
    ApiRequest::get("list webhooks", "webhooks").query("key", "canary")
}

async fn failure(base: &str) -> HttpError {
    let client = ApiClient::new(base, quick()).unwrap();
    client.send(get(), &CancellationToken::new()).await.unwrap_err()
}

fn cause(error: &HttpError) -> &UnreachableCause {
    assert_eq!(error.effect(), Effect::NotSent);
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    let HttpError::Unreachable { cause, .. } = error else { panic!("{error:?}") };
    cause
}

#[tokio::test]
async fn a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = failure(&format!("http://{address}")).await;
    assert_eq!(cause(&error), &UnreachableCause::Refused);
    assert!(matches!(&error, HttpError::Unreachable { host, .. } if *host == address.to_string()));
}

#[tokio::test]
async fn a_name_that_does_not_exist() {
    let error = failure("https://nonexistent.invalid").await;
    assert_eq!(cause(&error), &UnreachableCause::Dns);
}

#[tokio::test]
async fn a_certificate_of_an_unknown_issuer() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(
        tokio_rustls::rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![certified.cert.der().clone()], key)
    .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let handshakes = tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (stream, _) = listener.accept().await.unwrap();
        acceptor.accept(stream).await.map(drop)
    });
    let error = failure(&format!("https://localhost:{port}")).await;
    let UnreachableCause::Tls { detail } = cause(&error) else { panic!("{error:?}") };
    assert!(detail.contains("UnknownIssuer"), "{detail}");
    assert!(handshakes.await.unwrap().is_err(), "the client broke the handshake off");
}

#[tokio::test]
async fn a_port_that_does_not_speak_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"SSH-2.0-test\r\n").await.unwrap();
            // Read on, so that the close is not a reset.
            tokio::spawn(async move {
                tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
            });
        }
    });
    let error = failure(&format!("https://localhost:{port}")).await;
    assert!(matches!(cause(&error), UnreachableCause::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_is_not_http() {
    let server = Server::start([Reply::Bytes(b"SSH-2.0-canary\r\n\r\n".to_vec())]).await;
    let error = server.client().send(get(), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(&error, HttpError::Other { detail } if detail.contains("HTTP")), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(error.effect(), Effect::Unknown);
}

#[tokio::test]
async fn a_silent_server() {
    for before in [&b""[..], partial()] {
        let server = Server::start([Reply::Stall(before.to_vec())]).await;
        let after = Duration::from_millis(50);
        let request = get().timeout(after);
        let error = server.client().send(request, &CancellationToken::new()).await.unwrap_err();
        assert_eq!(error, HttpError::TimedOut { after, effect: Effect::Unknown });
    }
}

#[tokio::test]
async fn the_deadline_of_the_whole_call() {
    let server = Server::start([Reply::Stall(Vec::new())]).await;
    let after = Duration::from_millis(50);
    let error = server.client().send(get().deadline(after), &CancellationToken::new()).await.unwrap_err();
    assert_eq!(error, HttpError::TimedOut { after, effect: Effect::Unknown });
}

#[tokio::test]
async fn cancelling_while_the_body_arrives() {
    let server = Server::start([Reply::Stall(partial().to_vec())]).await;
    let cancel = CancellationToken::new();
    let client = server.client();
    let sending = client.send(get(), &cancel);
    let cancelling = async {
        server.replied.notified().await;
        cancel.cancel();
    };
    let (outcome, ()) = tokio::join!(sending, cancelling);
    assert_eq!(outcome.unwrap_err(), HttpError::Cancelled { effect: Effect::Unknown });
}

#[tokio::test]
async fn cancelled_before_it_began() {
    let server = Server::start([]).await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let error = server.client().send(get(), &cancel).await.unwrap_err();
    assert_eq!(error, HttpError::Cancelled { effect: Effect::NotSent });
    assert!(server.requests().is_empty());
}

async fn with_limit(max_body: u64, reply: Vec<u8>) -> Result<usize, HttpError> {
    let server = Server::start([Reply::Bytes(reply)]).await;
    let client = server.client_with(ClientOptions { max_body, ..quick() });
    client.send(get(), &CancellationToken::new()).await.map(|response| response.body.len())
}

#[tokio::test]
async fn a_body_over_the_limit() {
    let head = |headers: &str| format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    let body = vec![b'x'; 1000];
    let announced = [head("Content-Length: 1000\r\n"), body.clone()].concat();
    let unannounced = [head(""), body].concat();
    for reply in [announced, unannounced] {
        assert_eq!(with_limit(1000, reply.clone()).await, Ok(1000));
        assert_eq!(with_limit(999, reply).await, Err(HttpError::TooLarge { limit: 999 }));
    }
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_large_one() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let body = encoder.finish().unwrap();
    let limit = 1 << 20;
    assert!((body.len() as u64) < limit / 10, "packed it would pass: {} bytes", body.len());
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
    let reply = [head.into_bytes(), body].concat();
    assert_eq!(with_limit(limit, reply).await, Err(HttpError::TooLarge { limit }));
}
