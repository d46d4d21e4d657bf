//! From reqwest's errors to ours, by the types found among an error's sources.

use std::error::Error as StdError;
use std::io::{self, ErrorKind};

use rustls::CertificateError;

use crate::error::{Effect, HttpError, UnreachableCause};
use crate::once::TlsFault;

/// Longer details are cut.
const MAX_DETAIL: usize = 300;

/// Says what a failed exchange with `host` means. `proxy` is the proxy through which `host` is reached, if any.
/// A deadline of ours that passed is the caller's to name; reqwest only knows that of connecting.
pub(crate) fn classify(error: reqwest::Error, host: &str, proxy: Option<&str>) -> HttpError {
    let error = error.without_url();
    if error.is_connect() {
        let cause = connect_cause(&error, proxy);
        return HttpError::Unreachable { host: host.to_owned(), cause, effect: Effect::NotSent };
    }
    let mut dropped = false;
    let mut not_http = false;
    walk(&error, &mut |source| {
        if let Some(hyper) = source.downcast_ref::<hyper::Error>() {
            dropped |= hyper.is_incomplete_message() || hyper.is_closed() || hyper.is_canceled();
            not_http |= hyper.is_parse();
        } else if let Some(h2) = source.downcast_ref::<h2::Error>() {
            dropped |= h2.is_io() || h2.is_go_away() || h2.is_reset();
        } else if let Some(io) = source.downcast_ref::<io::Error>() {
            dropped |= is_closed(io.kind());
        }
    });
    if dropped {
        HttpError::Dropped
    } else if not_http {
        HttpError::Other { detail: format!("{host} did not answer in valid HTTP") }
    } else {
        HttpError::Other { detail: detail(&error) }
    }
}

/// The proxy's own failures are told apart from the target's only in that a TLS error is the target's.
fn connect_cause(error: &reqwest::Error, proxy: Option<&str>) -> UnreachableCause {
    let mut tls = None;
    let mut kind = None;
    walk(error, &mut |source| {
        if let Some(error) = source.downcast_ref::<rustls::Error>() {
            tls = Some(error.to_string());
        } else if let Some(io) = source.downcast_ref::<io::Error>() {
            kind = Some(io.kind());
        }
    });
    if let Some(detail) = tls {
        return UnreachableCause::Tls { detail };
    }
    if let Some(proxy) = proxy {
        return UnreachableCause::Proxy { proxy: proxy.to_owned(), detail: detail(error) };
    }
    if error.is_dns() {
        return UnreachableCause::Dns;
    }
    if error.is_timeout() {
        return UnreachableCause::Timeout;
    }
    match kind {
        Some(ErrorKind::ConnectionRefused) => UnreachableCause::Refused,
        // TCP is up once data can end; only the TLS handshake comes after it within connecting.
        Some(ErrorKind::UnexpectedEof) => {
            UnreachableCause::Tls { detail: "the connection was closed during the handshake".to_owned() }
        }
        Some(_) | None => UnreachableCause::Other { detail: detail(error) },
    }
}

/// What is wrong with a secure connection, where an error of connecting is about that.
pub(crate) fn tls_fault(error: &reqwest::Error) -> Option<TlsFault> {
    let mut fault = None;
    walk(error, &mut |source| {
        fault = fault.or(source.downcast_ref::<rustls::Error>().map(|error| {
            if let rustls::Error::InvalidCertificate(certificate) = error {
                certificate_fault(certificate)
            } else if matches!(error, rustls::Error::InvalidMessage(_)) {
                TlsFault::NotTls
            } else {
                TlsFault::Other
            }
        }));
    });
    fault
}

#[expect(clippy::wildcard_enum_match_arm, reason = "there are dozens, and more to come")]
fn certificate_fault(error: &CertificateError) -> TlsFault {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsFault::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsFault::WrongName
        }
        CertificateError::UnknownIssuer => TlsFault::UnknownIssuer,
        CertificateError::Revoked => TlsFault::Revoked,
        // The verifier has no name for it but its own.
        CertificateError::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => {
            TlsFault::Authority
        }
        _ => TlsFault::Other,
    }
}

fn is_closed(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::NotConnected
            | ErrorKind::UnexpectedEof
            // The network went away under an open connection.
            | ErrorKind::TimedOut
            | ErrorKind::NetworkDown
            | ErrorKind::NetworkUnreachable
            | ErrorKind::HostUnreachable
    )
}

/// Visits an error and all its sources. What an `io::Error` wraps is not among its sources, only what that has
/// for a source, so it is visited too.
fn walk<'e>(error: &'e (dyn StdError + 'static), visit: &mut dyn FnMut(&'e (dyn StdError + 'static))) {
    let mut next = Some(error);
    while let Some(error) = next {
        visit(error);
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
}

/// The sources in words, outermost first, without repetition.
fn detail(error: &reqwest::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    walk(error, &mut |source| {
        let text = match source.downcast_ref::<reqwest::Error>() {
            // Only the outermost has been stripped of its URL.
            Some(nested) if nested.url().is_some() => return,
            Some(_) | None => source.to_string(),
        };
        if !words.iter().any(|word| word.contains(&text)) {
            words.push(text);
        }
    });
    words.join(": ").chars().take(MAX_DETAIL).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address at which nothing listens.
    async fn closed_address() -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().to_string()
    }

    #[tokio::test]
    async fn a_proxy_that_refuses_is_named_as_the_cause() {
        let address = closed_address().await;
        let proxy = reqwest::Proxy::all(format!("http://me:canary-pw@{address}")).unwrap();
        let client = reqwest::Client::builder().proxy(proxy).build().unwrap();
        let error = client.get("https://api.example.invalid/a?key=canary-query").send().await.unwrap_err();
        let error = classify(error, "api.example.invalid", Some(&address));
        let HttpError::Unreachable { cause: UnreachableCause::Proxy { proxy, .. }, .. } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(proxy, &address);
        assert!(!format!("{error} {error:?}").contains("canary"));
    }

    #[tokio::test]
    async fn details_hold_no_url() {
        let address = closed_address().await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let error = client.get(format!("http://{address}/a?key=canary-query")).send().await.unwrap_err();
        assert!(format!("{error:?}").contains("canary"), "the test must be able to fail");
        let error = error.without_url();
        assert!(!detail(&error).contains("canary"), "{}", detail(&error));
        assert!(!detail(&error).is_empty());
    }
}
