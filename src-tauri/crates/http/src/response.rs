//! The answer to a request, whatever its status.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Headers in which servers and their gateways name a request, the server's own first.
const REQUEST_ID_HEADERS: [&str; 6] =
    ["x-request-id", "x-amzn-requestid", "x-amz-request-id", "x-correlation-id", "request-id", "cf-ray"];

/// A complete answer. Vendors return secrets, so `Debug` shows neither header values nor the body.
#[derive(Clone)]
pub struct ApiResponse {
    /// Any HTTP status.
    pub status: StatusCode,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
    /// From the start of the last attempt to the last byte of the body.
    pub elapsed: Duration,
    /// The server's name for the request, for its support; at most 128 visible ASCII characters.
    pub request_id: Option<String>,
    /// How many attempts it took, from 1.
    pub attempts: u32,
}

/// The body is not the JSON that was expected. Holds no piece of the body: values in it may be secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the answer is not the expected JSON: {fault}, line {line}, column {column}")]
pub struct BodyError {
    /// What kind of fault.
    pub fault: BodyFault,
    /// Line, from 1; 0 when unknown.
    pub line: usize,
    /// Column, from 1; 0 when unknown.
    pub column: usize,
}

/// In what way a body is not the expected JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BodyFault {
    /// Not JSON at all.
    #[error("not JSON")]
    Syntax,
    /// JSON of another shape.
    #[error("unexpected shape")]
    Shape,
    /// The JSON ends too early.
    #[error("ends too early")]
    Incomplete,
}

impl ApiResponse {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// Where and in what way the body is not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, BodyError> {
        serde_json::from_slice(&self.body).map_err(|error| BodyError {
            fault: match error.classify() {
                serde_json::error::Category::Data => BodyFault::Shape,
                serde_json::error::Category::Eof => BodyFault::Incomplete,
                serde_json::error::Category::Io | serde_json::error::Category::Syntax => BodyFault::Syntax,
            },
            line: error.line(),
            column: error.column(),
        })
    }
}

impl fmt::Debug for ApiResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .field("elapsed", &self.elapsed)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// The server's name for the request, if it gave one.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name))?.to_str().ok()?.trim();
    let id: String = id.chars().take(128).collect();
    (!id.is_empty()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(body: &'static str) -> ApiResponse {
        ApiResponse {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            elapsed: Duration::ZERO,
            request_id: None,
            attempts: 1,
        }
    }

    #[test]
    fn a_json_error_names_the_place_but_not_the_value() {
        let error = response("{\n \"n\": \"canary-4711\"}").json::<std::collections::HashMap<String, u32>>();
        let error = error.unwrap_err();
        assert_eq!((error.fault, error.line), (BodyFault::Shape, 2));
        assert!(!format!("{error} {error:?}").contains("canary"));
        assert_eq!(response("<html>").json::<u32>().unwrap_err().fault, BodyFault::Syntax);
        assert_eq!(response("[1").json::<Vec<u32>>().unwrap_err().fault, BodyFault::Incomplete);
    }

    #[test]
    fn the_servers_own_request_id_comes_before_the_gateways() {
        let mut headers = HeaderMap::new();
        assert_eq!(request_id(&headers), None);
        headers.insert("cf-ray", "ray-1".parse().unwrap());
        assert_eq!(request_id(&headers).as_deref(), Some("ray-1"));
        headers.insert("x-request-id", "a".repeat(500).parse().unwrap());
        assert_eq!(request_id(&headers).map(|id| id.len()), Some(128));
    }
}
