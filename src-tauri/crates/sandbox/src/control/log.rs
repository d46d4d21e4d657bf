use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Mutex;

use super::lock;

/// Older requests are forgotten, so that a long benchmark does not fill the memory.
const KEPT: usize = 20_000;

/// A GraphQL operation, as far as it could be read from the request.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Operation {
    /// `query` or `mutation`.
    pub kind: String,
    /// The operation's own name, such as `CreateWebhooks`.
    pub name: Option<String>,
    /// The fields selected at the root, without aliases, such as `createWebhooks`.
    pub root_fields: Vec<String>,
}

/// One request as the server saw it.
///
/// The body may hold credentials (fake ones, but a test may plant a marked one): `Debug` leaves it out.
#[derive(Clone, serde::Serialize)]
pub struct LoggedRequest {
    /// Counts up from 1 over the server's life.
    pub number: u64,
    /// Arrival by the sandbox's clock, in milliseconds since the Unix epoch.
    pub at_ms: u64,
    /// The HTTP method.
    pub method: String,
    /// The path, such as `/butlr/api/v3/graphql`, with the query if there is one.
    pub path: String,
    /// Headers with lower-case names, `authorization` excepted.
    pub headers: BTreeMap<String, String>,
    /// The body as text.
    pub body: String,
    /// The key of the organisation whose token or client id was sent.
    pub organisation: Option<String>,
    /// The GraphQL operation, if it was one.
    pub operation: Option<Operation>,
    /// The status answered; `None` while it runs, or when the connection was dropped.
    pub status: Option<u16>,
    /// The answer's body as text, if the sandbox records answers and this one is no larger than 256 kB.
    pub answer: Option<String>,
    /// The answer's content type, under the same condition.
    pub answer_content_type: Option<String>,
}

/// What is recorded of an answer.
#[derive(Default)]
pub(crate) struct LoggedAnswer {
    pub(crate) body: Option<String>,
    pub(crate) content_type: Option<String>,
}

impl fmt::Debug for LoggedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggedRequest")
            .field("number", &self.number)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl LoggedRequest {
    /// Whether the request selects this GraphQL root field, such as `createWebhooks`.
    pub fn selects(&self, root_field: &str) -> bool {
        self.operation.as_ref().is_some_and(|operation| operation.root_fields.iter().any(|f| f == root_field))
    }
}

/// The requests that reached the simulators, oldest first.
#[derive(Debug, Default)]
pub struct RequestLog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    last_number: u64,
    requests: VecDeque<LoggedRequest>,
}

impl RequestLog {
    /// A copy of all requests, oldest first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        lock(&self.inner).requests.iter().cloned().collect()
    }

    /// How many requests selected this GraphQL root field.
    pub fn count(&self, root_field: &str) -> usize {
        lock(&self.inner).requests.iter().filter(|request| request.selects(root_field)).count()
    }

    /// Forgets all requests; the numbering goes on.
    pub fn clear(&self) {
        lock(&self.inner).requests.clear();
    }

    /// Records a request on arrival and returns its number.
    pub(crate) fn begin(&self, mut request: LoggedRequest) -> u64 {
        let mut inner = lock(&self.inner);
        inner.last_number += 1;
        request.number = inner.last_number;
        if inner.requests.len() == KEPT {
            inner.requests.pop_front();
        }
        inner.requests.push_back(request);
        inner.last_number
    }

    /// Completes a request's record with what was answered.
    pub(crate) fn finish(&self, number: u64, status: u16, answer: LoggedAnswer) {
        if let Some(request) = lock(&self.inner).requests.iter_mut().rev().find(|r| r.number == number) {
            request.status = Some(status);
            request.answer = answer.body;
            request.answer_content_type = answer.content_type;
        }
    }
}
