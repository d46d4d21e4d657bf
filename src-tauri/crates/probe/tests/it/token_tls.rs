//! Certificates that are not right, and servers that have none. The secret is never sent to them.

use rcgen::date_time_ymd;
use tacklebox_probe::TlsFault;
use tacklebox_probe::token::TokenFailure;

use crate::server::{Authority, Certified, Server, fetch, prober, request, token};
use tacklebox_probe::Prober;

async fn fault(prober: &Prober, certificate: &Certified) -> (TlsFault, String) {
    let server = Server::tls(certificate, token()).await;
    let outcome = fetch(prober, &request(&server.url("/token"))).await;
    assert!(outcome.answer.is_none() && server.received().is_empty());
    let failure = outcome.result.unwrap_err();
    let TokenFailure::Tls { host, fault, .. } = &failure else { panic!("{failure:?}") };
    assert_eq!(host, &format!("localhost:{}", server.port));
    assert!(failure.advice().is_some());
    (*fault, failure.to_string())
}

#[tokio::test]
async fn a_certificate_that_has_expired() {
    let authority = Authority::new();
    let expired = authority.certify("localhost", |params| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    });
    let (fault, words) = fault(&authority.trusted(), &expired).await;
    assert_eq!(fault, TlsFault::Expired);
    assert!(words.contains("has expired"), "{words}");
}

#[tokio::test]
async fn a_certificate_whose_time_has_not_come() {
    let authority = Authority::new();
    let early = authority.certify("localhost", |params| params.not_before = date_time_ymd(3000, 1, 1));
    assert_eq!(fault(&authority.trusted(), &early).await.0, TlsFault::NotYetValid);
}

#[tokio::test]
async fn a_certificate_for_another_name() {
    let authority = Authority::new();
    let other = authority.certify("login.example", |_| {});
    let (fault, words) = fault(&authority.trusted(), &other).await;
    assert_eq!(fault, TlsFault::WrongName);
    assert!(words.contains("another name"), "{words}");
}

#[tokio::test]
async fn a_certificate_of_an_issuer_nobody_trusts() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    for (prober, certificate) in [
        (prober(), Certified::self_signed()),
        (prober(), authority.certify("localhost", |_| {})),
        (stranger.trusted(), authority.certify("localhost", |_| {})),
    ] {
        let (fault, words) = fault(&prober, &certificate).await;
        assert_eq!(fault, TlsFault::UnknownIssuer);
        assert!(words.contains("does not trust"), "{words}");
    }
}

#[tokio::test]
async fn a_port_that_does_not_speak_tls() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        // Read on, so that the close is not a reset.
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.ok();
    });
    let failure = fetch(&prober(), &request(&format!("https://localhost:{port}/"))).await.result.unwrap_err();
    assert!(matches!(&failure, TokenFailure::Tls { fault: TlsFault::NotTls, .. }), "{failure:?}");
    assert!(failure.to_string().contains("does not speak HTTPS"), "{failure}");
}

#[tokio::test]
async fn a_certificate_that_is_its_own_authority() {
    let authority = Authority::new();
    let (fault, words) = fault(&prober(), &authority.itself()).await;
    assert_eq!(fault, TlsFault::Authority);
    assert!(words.contains("cannot stand for a server"), "{words}");
}
