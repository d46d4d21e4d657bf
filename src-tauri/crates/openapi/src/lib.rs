//! Holds HTTP exchanges against a vendor's own OpenAPI 3.0 document. For tests only.
//!
//! Stricter than OpenAPI asks for: an object whose properties are listed may have no others unless the document
//! says so, and a read-only property may not be sent. Not supported, and refused when a document is loaded:
//! `allOf`, `anyOf`, `oneOf`, `not`, parameters and bodies given by `$ref`. Security is not checked.

mod operation;
mod schema;

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use operation::{Operation, find};

/// A loaded OpenAPI document.
#[derive(Debug)]
pub struct Document {
    operations: Vec<Operation>,
}

/// Why a document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("cannot read {path} (run ./dev test once: it installs the document): {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is not JSON.
    #[error("{path} is not JSON: {source}")]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The document uses something this checker does not understand, so its verdicts would be worth nothing.
    #[error("the document at {place}: {problem}")]
    Unsupported {
        /// Where in the document.
        place: String,
        /// What was found.
        problem: String,
    },
}

/// One request and its answer.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// The HTTP method, in any case.
    pub method: &'a str,
    /// The path below the server's URL, with the query.
    pub path: &'a str,
    /// The request's content type, if it had one.
    pub request_content_type: Option<&'a str>,
    /// The request's body, empty if it had none.
    pub request_body: &'a str,
    /// The status answered.
    pub status: u16,
    /// The answer's content type, if it had one.
    pub answer_content_type: Option<&'a str>,
    /// The answer's body, empty if it had none.
    pub answer_body: &'a str,
}

/// The statuses that may be answered although the document does not declare them, with whatever body: those of a
/// gateway in front of the API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tolerated(Vec<u16>);

impl Tolerated {
    /// Exactly these statuses.
    pub fn statuses(statuses: impl IntoIterator<Item = u16>) -> Self {
        Self(statuses.into_iter().collect())
    }

    /// What API gateways answer by themselves: 401, 403, 404, 429 and 500 to 504.
    pub fn gateway() -> Self {
        Self::statuses([401, 403, 404, 429].into_iter().chain(500..=504))
    }
}

/// A way in which an exchange contradicts the document. Texts name properties and rules, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// No path of the document matches.
    UnknownPath(String),
    /// The path exists, but not with this method.
    UnknownMethod(String),
    /// A query parameter the document does not know, or one given twice.
    UnexpectedQuery(String),
    /// A required query parameter is absent.
    MissingQuery(String),
    /// A query parameter's value breaks its schema.
    QueryValue(Problem),
    /// A required body is absent.
    MissingRequestBody,
    /// A body where the document has none.
    UnexpectedRequestBody,
    /// A body of a content type the document does not declare; the type, if there was one.
    RequestContentType(Option<String>),
    /// The body breaks its schema or is not JSON.
    RequestBody(Problem),
    /// A status neither declared nor tolerated.
    UndeclaredStatus(u16),
    /// An answer of a content type the document does not declare; the type, if there was one.
    AnswerContentType(Option<String>),
    /// An answer with a body where none is declared.
    UnexpectedAnswerBody,
    /// The answer breaks its schema or is not JSON.
    AnswerBody(Problem),
}

/// What is wrong with a value, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A JSON pointer into the body, or a parameter's name.
    pub at: String,
    /// The rule that is broken.
    pub rule: String,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        let bytes =
            std::fs::read(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
        let document = serde_json::from_slice(&bytes)
            .map_err(|source| LoadError::Json { path: path.to_owned(), source })?;
        Self::from_json(&document)
    }

    /// Takes a document that was read already.
    ///
    /// # Errors
    /// [`LoadError::Unsupported`].
    pub fn from_json(document: &Value) -> Result<Self, LoadError> {
        Ok(Self { operations: operation::read(document)? })
    }

    /// Every way in which an exchange contradicts the document; empty when there is none. Of a request that was
    /// answered with 400 only path and method are checked: it was refused for the rest.
    pub fn check(&self, exchange: &Exchange<'_>, tolerated: &Tolerated) -> Vec<Violation> {
        let mut violations = self.check_request(exchange);
        if exchange.status == 400 {
            violations.retain(|violation| {
                matches!(violation, Violation::UnknownPath(_) | Violation::UnknownMethod(_))
            });
        }
        if let Ok(operation) = find(&self.operations, exchange) {
            violations.extend(operation.check_answer(exchange, tolerated));
        }
        violations
    }

    /// Every way in which the request alone contradicts the document, whatever was answered.
    pub fn check_request(&self, exchange: &Exchange<'_>) -> Vec<Violation> {
        match find(&self.operations, exchange) {
            Ok(operation) => operation.check_request(exchange),
            Err(violation) => vec![violation],
        }
    }
}

/// Where the npm package `@epilot/sdk`, which `./dev` installs for tests alone, has epilot's document.
pub fn epilot_document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/@epilot/sdk/definitions/webhooks.json")
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |content_type: &Option<String>| content_type.clone().unwrap_or("none".to_owned());
        match self {
            Self::UnknownPath(path) => write!(f, "the document has no path {path}"),
            Self::UnknownMethod(method) => write!(f, "the path has no method {method}"),
            Self::UnexpectedQuery(name) => write!(f, "query parameter {name} is not known or given twice"),
            Self::MissingQuery(name) => write!(f, "query parameter {name} is required"),
            Self::QueryValue(problem) => write!(f, "query parameter {problem}"),
            Self::MissingRequestBody => write!(f, "the request needs a body"),
            Self::UnexpectedRequestBody => write!(f, "the request has a body and should have none"),
            Self::RequestContentType(kind) => write!(f, "request of content type {}", or_none(kind)),
            Self::RequestBody(problem) => write!(f, "request body {problem}"),
            Self::UndeclaredStatus(status) => write!(f, "status {status} is not declared"),
            Self::AnswerContentType(kind) => write!(f, "answer of content type {}", or_none(kind)),
            Self::UnexpectedAnswerBody => write!(f, "the answer has a body and should have none"),
            Self::AnswerBody(problem) => write!(f, "answer body {problem}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {:?}: {}", self.at, self.rule)
    }
}

impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
