//! Where a token is asked for.

use std::fmt;

use secrecy::SecretString;
use tacklebox_http::{host_words, is_loopback, redact_url};
use thiserror::Error;
use url::Url;

/// The address of a token endpoint. Its query values count as secret.
#[derive(Clone)]
pub struct TokenEndpoint {
    url: Url,
    host: String,
}

/// Why a text cannot be the address of a token endpoint, in a sentence that says how to put it right. The text
/// itself is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TokenEndpointProblem {
    /// Nothing was entered.
    #[error("Enter the address that hands out tokens.")]
    Empty,
    /// It has no scheme or host.
    #[error("This is not a complete address. It needs https:// and a host name.")]
    Incomplete,
    /// Neither `https` nor `http`.
    #[error("The address must begin with https://, not {scheme}:.")]
    Scheme {
        /// What it begins with.
        scheme: String,
    },
    /// Plain `http` to another computer.
    #[error(
        "{host} must be reached over https: with plain http the client secret would go over the network in clear. \
         Only this computer itself can be asked without."
    )]
    Insecure {
        /// The host.
        host: String,
    },
    /// A user name or password stands in it. Programs differ in what they make of that.
    #[error(
        "Take the user name and password out of the address. If the server wants them, send them as an \
         Authorization header."
    )]
    Userinfo,
    /// It has a fragment, which RFC 6749, section 3.2, forbids.
    #[error("Take the part from # on out of the address: it is never sent.")]
    Fragment,
}

impl TokenEndpoint {
    /// Reads an address: `https` anywhere, private hosts included, `http` to this computer alone.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn parse(text: &str) -> Result<Self, TokenEndpointProblem> {
        if text.trim().is_empty() {
            return Err(TokenEndpointProblem::Empty);
        }
        let url = Url::parse(text.trim()).map_err(|_| TokenEndpointProblem::Incomplete)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(TokenEndpointProblem::Scheme { scheme: url.scheme().to_owned() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TokenEndpointProblem::Userinfo);
        }
        if url.fragment().is_some() {
            return Err(TokenEndpointProblem::Fragment);
        }
        let host = host_words(&url);
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(TokenEndpointProblem::Insecure { host });
        }
        Ok(Self { url, host })
    }

    /// Its host, with the port where that is not the usual one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The values in its query, as they are written and as they are meant.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        let written = self.url.query().unwrap_or_default().split('&');
        let written = written.map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value).to_owned());
        let meant = self.url.query_pairs().map(|(_, value)| value.into_owned());
        written.chain(meant).map(SecretString::from).collect()
    }
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_url(self.url.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenEndpointProblem as Problem;

    #[test]
    fn https_anywhere_and_http_to_this_computer_alone() {
        for text in [
            "https://login.example/token?a=b",
            " https://10.0.0.7:8443/t",
            "http://localhost:9/",
            "http://[::1]/t",
        ] {
            assert!(TokenEndpoint::parse(text).is_ok(), "{text}");
        }
        let refused = TokenEndpoint::parse("http://10.0.0.7:8080/token").unwrap_err();
        assert_eq!(refused, Problem::Insecure { host: "10.0.0.7:8080".into() });
        assert!(refused.to_string().contains("client secret would go over the network in clear"));
    }

    #[test]
    fn what_is_no_token_address_is_refused_without_being_repeated() {
        for (text, problem) in [
            ("  ", Problem::Empty),
            ("login.example/canary", Problem::Incomplete),
            ("https://", Problem::Incomplete),
            ("ftp://canary.example/", Problem::Scheme { scheme: "ftp".into() }),
            ("https://me:canary@login.example/", Problem::Userinfo),
            ("https://login.example/#canary", Problem::Fragment),
        ] {
            let refused = TokenEndpoint::parse(text).unwrap_err();
            assert_eq!(refused, problem);
            assert!(!format!("{refused} {refused:?}").contains("canary"));
        }
    }

    #[test]
    fn debug_output_hides_the_query() {
        let endpoint = TokenEndpoint::parse("https://login.example/t?key=canary").unwrap();
        assert_eq!(format!("{endpoint:?}"), "https://login.example/t?key=•••");
    }
}
