//! What may be the base URL of a connection.

use thiserror::Error;
use url::{Host, Url};

/// Why a text cannot be the base URL of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BaseUrlError {
    /// The text is not an absolute URL. The text itself is not repeated: it may hold a credential.
    #[error("not a complete URL: {reason}")]
    NotAUrl {
        /// The parser's reason.
        reason: String,
    },
    /// The scheme is neither `https` nor `http`.
    #[error("the URL must begin with https://, not {scheme}:")]
    Scheme {
        /// The scheme found.
        scheme: String,
    },
    /// Plain `http` to a host that is not this computer.
    #[error("{host} must be reached over https; plain http is only allowed to this computer")]
    Insecure {
        /// The host named.
        host: String,
    },
    /// There is a user name or a password in the URL.
    #[error("the URL must not contain a user name or password")]
    UserInfo,
    /// There is a query (`?…`).
    #[error("the URL must not contain a query")]
    Query,
    /// There is a fragment (`#…`).
    #[error("the URL must not contain a fragment")]
    Fragment,
}

/// Parses and checks the base URL of a connection: `https` anywhere, `http` only to a loopback host, no user
/// name, password, query or fragment. The path of the answer ends with a slash.
///
/// # Errors
/// The first rule the text breaks.
pub fn parse_base_url(text: &str) -> Result<Url, BaseUrlError> {
    let mut url =
        Url::parse(text.trim()).map_err(|error| BaseUrlError::NotAUrl { reason: error.to_string() })?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(BaseUrlError::Scheme { scheme: url.scheme().to_owned() });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::UserInfo);
    }
    if url.query().is_some() {
        return Err(BaseUrlError::Query);
    }
    if url.fragment().is_some() {
        return Err(BaseUrlError::Fragment);
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(BaseUrlError::Insecure { host: url.host_str().unwrap_or_default().to_owned() });
    }
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(url)
}

/// Whether the URL's host is this computer.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The host with its port where that is not the scheme's own: what errors and log lines name.
#[must_use]
pub fn host_words(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        parse_base_url(text).unwrap().to_string()
    }

    #[test]
    fn ends_with_exactly_one_slash() {
        assert_eq!(parsed("https://api.example.com"), "https://api.example.com/");
        assert_eq!(parsed(" https://api.example.com/v1 "), "https://api.example.com/v1/");
        assert_eq!(parsed("https://api.example.com/v1//"), "https://api.example.com/v1/");
    }

    #[test]
    fn allows_plain_http_to_this_computer_only() {
        for host in ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "api.localhost"] {
            assert!(parse_base_url(&format!("http://{host}:8080/")).is_ok(), "{host}");
        }
        for host in ["example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0", "mylocalhost"] {
            let refused = parse_base_url(&format!("http://{host}/"));
            assert_eq!(refused, Err(BaseUrlError::Insecure { host: host.to_owned() }));
        }
    }

    #[test]
    fn says_which_rule_is_broken() {
        assert!(matches!(parse_base_url("api.example.com"), Err(BaseUrlError::NotAUrl { .. })));
        assert_eq!(
            parse_base_url("ftp://example.com"),
            Err(BaseUrlError::Scheme { scheme: "ftp".to_owned() })
        );
        assert_eq!(parse_base_url("https://me@example.com"), Err(BaseUrlError::UserInfo));
        assert_eq!(parse_base_url("https://:pw@example.com"), Err(BaseUrlError::UserInfo));
        assert_eq!(parse_base_url("https://example.com/?a=b"), Err(BaseUrlError::Query));
        assert_eq!(parse_base_url("https://example.com/#a"), Err(BaseUrlError::Fragment));
    }
}
