//! A request before it is sent.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use thiserror::Error;
use url::Url;

/// Headers that belong to the transport, or to [`ApiRequest::bearer`].
const RESERVED: [HeaderName; 5] = [
    header::HOST,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::ACCEPT_ENCODING,
];

/// What is wrong with a request. Holds names, never values.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestProblem {
    /// The path has `.` or `..` segments or a backslash, or otherwise leaves the base URL.
    #[error("the path leaves the base URL")]
    PathEscapes,
    /// The path has a `?` or `#`; queries are given apart.
    #[error("the path contains a query or fragment")]
    PathHasQuery,
    /// Not a header name.
    #[error("{name:?} is not a header name")]
    HeaderName {
        /// The name given.
        name: String,
    },
    /// The value has characters no header can carry.
    #[error("the value of header {name} contains characters that cannot be sent")]
    HeaderValue {
        /// The header's name.
        name: String,
    },
    /// A header that the transport sets itself.
    #[error("header {name} cannot be set")]
    ReservedHeader {
        /// The header's name.
        name: String,
    },
    /// The access token has characters no header can carry, such as a line break.
    #[error("the access token contains characters that cannot be sent")]
    Bearer,
}

/// A JSON body, serialised. It has no `Debug`: it may hold secrets.
#[derive(Clone)]
pub struct JsonBody(Bytes);

/// A value has no JSON form. Holds no piece of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the request body cannot be written as JSON")]
pub struct JsonBodyError;

impl JsonBody {
    /// Takes bytes that are JSON already.
    #[must_use]
    pub fn from_bytes(json: impl Into<Bytes>) -> Self {
        Self(json.into())
    }

    /// Serialises a value.
    ///
    /// # Errors
    /// When the value has no JSON form, such as a map with keys that are not strings.
    pub fn of(value: &impl Serialize) -> Result<Self, JsonBodyError> {
        serde_json::to_vec(value).map(|bytes| Self(bytes.into())).map_err(|_| JsonBodyError)
    }
}

/// A request to the API of a connection. Built in one expression:
/// `ApiRequest::get("list webhooks", "v1/webhooks").query("limit", "100").bearer(token)`.
#[derive(Clone)]
pub struct ApiRequest {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<JsonBody>,
    pub(crate) bearer: Option<SecretString>,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    problem: Option<RequestProblem>,
}

impl ApiRequest {
    /// A request; `operation` names it in errors and logs ("list webhooks"), `path` is relative to the base URL.
    /// Ids within the path go through [`path_segment`]. It is idempotent if its method is (RFC 9110 §9.2.2).
    #[must_use]
    pub fn new(method: Method, operation: &'static str, path: impl Into<String>) -> Self {
        Self {
            operation,
            idempotent: method.is_idempotent(),
            method,
            path: path.into(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            bearer: None,
            timeout: None,
            deadline: None,
            problem: None,
        }
    }

    /// A GET request.
    #[must_use]
    pub fn get(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::GET, operation, path)
    }

    /// A POST request with a JSON body. Not idempotent unless [`Self::idempotent`] says so.
    #[must_use]
    pub fn post(operation: &'static str, path: impl Into<String>, body: JsonBody) -> Self {
        Self::new(Method::POST, operation, path).json(body)
    }

    /// A PUT request with a JSON body.
    #[must_use]
    pub fn put(operation: &'static str, path: impl Into<String>, body: JsonBody) -> Self {
        Self::new(Method::PUT, operation, path).json(body)
    }

    /// A DELETE request.
    #[must_use]
    pub fn delete(operation: &'static str, path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, operation, path)
    }

    /// Adds a query parameter; it is percent-encoded here.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a header; its value is treated as a secret. A fault shows when the request is sent. `Accept` and, with
    /// a body, `Content-Type` are `application/json` unless set.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match checked_header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn json(mut self, body: JsonBody) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(mut self, token: SecretString) -> Self {
        self.bearer = Some(token);
        self
    }

    /// Overrides whether sending twice does no more than sending once, as for a GraphQL query sent by POST.
    #[must_use]
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// Overrides the client's time limit for one attempt, from connecting to the last byte.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Limits the whole call: waiting for a turn, all attempts and the pauses between them.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The complete URL.
    pub(crate) fn url(&self, base: &Url) -> Result<Url, RequestProblem> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        if path.contains(['?', '#']) {
            return Err(RequestProblem::PathHasQuery);
        }
        if path.contains('\\') || path.split('/').any(is_dot_segment) {
            return Err(RequestProblem::PathEscapes);
        }
        let base_path = base.path().trim_end_matches('/');
        let mut url = base.clone();
        url.set_path(&if path.is_empty() { base_path.to_owned() } else { format!("{base_path}/{path}") });
        if !url.path().starts_with(base_path) || url.host() != base.host() {
            return Err(RequestProblem::PathEscapes);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }

    /// All headers, the bearer token included; values are marked as sensitive.
    pub(crate) fn all_headers(&self) -> Result<HeaderMap, RequestProblem> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let mut headers = self.headers.clone();
        let json = HeaderValue::from_static("application/json");
        headers.entry(header::ACCEPT).or_insert_with(|| json.clone());
        if self.body.is_some() {
            headers.entry(header::CONTENT_TYPE).or_insert(json);
        }
        if let Some(token) = &self.bearer {
            let value = format!("Bearer {}", token.expose_secret());
            let mut value = HeaderValue::from_str(&value).map_err(|_| RequestProblem::Bearer)?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        Ok(headers)
    }

    pub(crate) fn body_bytes(&self) -> Option<Bytes> {
        self.body.as_ref().map(|body| body.0.clone())
    }
}

impl fmt::Debug for ApiRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ApiRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path.split(['?', '#']).next())
            .field("query", &query)
            .field("idempotent", &self.idempotent)
            .finish_non_exhaustive()
    }
}

/// Percent-encodes text, such as an id from a provider, so that it stays one segment of a path. A text of only
/// dots cannot be one; it is refused when the request is sent.
#[must_use]
pub fn path_segment(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:@".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            segment.push_str(&format!("%{byte:02X}"));
        }
    }
    segment
}

/// `.` and `..`, also in their percent-encoded spellings, which URL parsers resolve all the same.
fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".").replace(['\t', '\n', '\r'], "");
    matches!(plain.as_str(), "." | "..")
}

pub(crate) fn checked_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), RequestProblem> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| RequestProblem::HeaderName { name: name.to_owned() })?;
    if RESERVED.contains(&parsed) {
        return Err(RequestProblem::ReservedHeader { name: name.to_owned() });
    }
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| RequestProblem::HeaderValue { name: parsed.as_str().to_owned() })?;
    value.set_sensitive(true);
    Ok((parsed, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn base(text: &str) -> Url {
        crate::parse_base_url(text).unwrap()
    }

    fn url(base: &Url, path: &str) -> Result<String, RequestProblem> {
        ApiRequest::get("test", path).url(base).map(String::from)
    }

    #[test]
    fn joins_the_path_below_the_base() {
        let (base, root) = (&base("https://api.example.com/api/4/"), &base("https://api.example.com"));
        assert_eq!(url(base, "webhooks").unwrap(), "https://api.example.com/api/4/webhooks");
        assert_eq!(url(base, "/webhooks/a:b").unwrap(), "https://api.example.com/api/4/webhooks/a:b");
        assert_eq!(url(base, "").unwrap(), "https://api.example.com/api/4");
        assert_eq!(url(root, "//evil.com").unwrap(), "https://api.example.com//evil.com");
        assert_eq!(
            url(base, "https://evil.com/").unwrap(),
            "https://api.example.com/api/4/https://evil.com/"
        );
    }

    #[test]
    fn refuses_paths_that_leave_the_base() {
        for path in ["..", "../x", "a/../../x", "a/./b", "a/%2E%2e/x", ".%2e", "a\\..\\x", ".\t./x"] {
            assert_eq!(
                url(&base("https://example.com/v1"), path),
                Err(RequestProblem::PathEscapes),
                "{path}"
            );
        }
        assert_eq!(url(&base("https://example.com"), "a?b=c"), Err(RequestProblem::PathHasQuery));
        assert_eq!(url(&base("https://example.com"), "a#b"), Err(RequestProblem::PathHasQuery));
    }

    #[test]
    fn encodes_the_query() {
        let base = crate::parse_base_url("https://example.com").unwrap();
        let request = ApiRequest::get("test", "a").query("stats[total]", "a&b=c d");
        let url = request.url(&base).unwrap();
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs, [("stats[total]".to_owned(), "a&b=c d".to_owned())]);
    }

    #[test]
    fn refuses_headers_that_cannot_be_sent() {
        let problem = |request: ApiRequest| request.all_headers().unwrap_err();
        let get = || ApiRequest::get("test", "a");
        assert!(matches!(problem(get().header("a b", "c")), RequestProblem::HeaderName { .. }));
        assert!(matches!(problem(get().header("a", "b\r\nc: d")), RequestProblem::HeaderValue { .. }));
        assert!(matches!(problem(get().header("HOST", "b")), RequestProblem::ReservedHeader { .. }));
        assert_eq!(problem(get().bearer("a\nb".into())), RequestProblem::Bearer);
    }

    #[test]
    fn only_methods_that_are_idempotent_are_so_unless_told() {
        let idempotent = |method| ApiRequest::new(method, "test", "a").idempotent;
        assert!(idempotent(Method::GET) && idempotent(Method::PUT) && idempotent(Method::DELETE));
        assert!(!idempotent(Method::POST) && !idempotent(Method::PATCH));
        assert!(ApiRequest::new(Method::POST, "test", "a").idempotent(true).idempotent);
    }

    proptest! {
        #[test]
        fn an_encoded_segment_stays_one_segment(text in any::<String>()) {
            let base = crate::parse_base_url("https://example.com/v1").unwrap();
            let request = ApiRequest::get("test", format!("webhooks/{}", path_segment(&text)));
            match request.url(&base) {
                Ok(url) => {
                    let segments: Vec<_> = url.path_segments().unwrap().collect();
                    prop_assert_eq!(segments.len(), 3);
                    prop_assert_eq!(&segments[..2], ["v1", "webhooks"]);
                    prop_assert!(url.query().is_none() && url.fragment().is_none());
                }
                Err(problem) => {
                    prop_assert_eq!(problem, RequestProblem::PathEscapes);
                    prop_assert!(text == "." || text == "..");
                }
            }
        }
    }
}
