use std::sync::Mutex;

use super::{LoggedRequest, lock};

/// A scripted misbehaviour. Faults wait in a queue; a request meets the first that matches it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// What it waits for: a GraphQL root field (`createWebhooks`), the end of a path with its leading slash
    /// (`/api/v2/clients/login`), the same after a method (`PUT /v1/webhooks/configs/{id}`), or `*` for any
    /// request. A segment in braces stands for any one segment.
    pub target: String,
    /// Only requests of this organisation (its key); any when absent.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Whether the request is executed first.
    #[serde(default)]
    pub phase: Phase,
    /// What happens.
    pub action: FaultAction,
    /// How many requests it meets before it is used up.
    #[serde(default = "once")]
    pub times: u32,
}

/// Whether the request that meets a fault takes effect on the simulator's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The request never reaches the state.
    #[default]
    BeforeEffect,
    /// The request is executed; only its answer is spoilt.
    AfterEffect,
}

/// What a request that meets a fault gets.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultAction {
    /// This answer instead of the real one.
    Respond {
        /// The HTTP status.
        status: u16,
        /// The body, verbatim.
        #[serde(default)]
        body: String,
        /// The content type.
        #[serde(default = "json")]
        content_type: String,
        /// A `Retry-After` header.
        #[serde(default)]
        retry_after: Option<RetryAfter>,
    },
    /// The real answer, later: waited before or after the effect, by the phase.
    Delay {
        /// Milliseconds of real time.
        millis: u64,
    },
    /// The TCP connection is closed without a byte of answer.
    Drop,
    /// No answer until the client gives up.
    Hang,
    /// JSON that ends in the middle, with the real status: half of the real answer after the effect.
    Truncate,
    /// A well-formed JSON answer of at least this size, sent in chunks without a length.
    Oversize {
        /// The size in bytes.
        bytes: usize,
    },
    /// An HTML page, as a proxy or firewall would send it.
    Html {
        /// The HTTP status.
        status: u16,
    },
}

/// A `Retry-After` header in either of its two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// A number of seconds.
    Seconds(u64),
    /// An HTTP date so many seconds of real time ahead.
    HttpDate(u64),
}

impl Fault {
    /// A fault met once, before the effect, by any organisation.
    pub fn new(target: &str, action: FaultAction) -> Self {
        Self { target: target.to_owned(), organisation: None, phase: Phase::BeforeEffect, action, times: 1 }
    }

    /// Lets the request take effect first.
    #[must_use]
    pub fn after_effect(mut self) -> Self {
        self.phase = Phase::AfterEffect;
        self
    }

    /// Meets this many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Meets only requests of the organisation with this key.
    #[must_use]
    pub fn for_organisation(mut self, key: &str) -> Self {
        self.organisation = Some(key.to_owned());
        self
    }

    fn matches(&self, request: &LoggedRequest) -> bool {
        let target = match self.target.split_once(' ') {
            Some((method, path)) => request.method == method && ends_with(&request.path, path),
            None => {
                self.target == "*" || ends_with(&request.path, &self.target) || request.selects(&self.target)
            }
        };
        target && self.organisation.as_ref().is_none_or(|key| request.organisation.as_ref() == Some(key))
    }
}

impl FaultAction {
    /// An answer with a JSON body.
    pub fn respond(status: u16, body: &str) -> Self {
        Self::Respond { status, body: body.to_owned(), content_type: json(), retry_after: None }
    }

    /// An answer that asks to come back later, such as 429 or 503.
    pub fn retry_later(status: u16, retry_after: RetryAfter) -> Self {
        let body = r#"{"errors":[{"message":"Try again later"}]}"#.to_owned();
        Self::Respond { status, body, content_type: json(), retry_after: Some(retry_after) }
    }
}

/// The faults that wait for their request, in order.
#[derive(Debug, Default)]
pub struct Faults {
    queue: Mutex<Vec<Fault>>,
}

impl Faults {
    /// Adds a fault at the end.
    pub fn push(&self, fault: Fault) {
        lock(&self.queue).push(fault);
    }

    /// The faults not yet used up.
    pub fn pending(&self) -> Vec<Fault> {
        lock(&self.queue).clone()
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        lock(&self.queue).clear();
    }

    /// The first fault that matches, with one of its times used.
    pub(crate) fn take(&self, request: &LoggedRequest) -> Option<Fault> {
        let mut queue = lock(&self.queue);
        queue.retain(|fault| fault.times > 0);
        let index = queue.iter().position(|fault| fault.matches(request))?;
        let fault = queue.get_mut(index)?;
        fault.times -= 1;
        let taken = fault.clone();
        if taken.times == 0 {
            queue.remove(index);
        }
        Some(taken)
    }
}

/// Whether a path, its query aside, ends with the segments of `end`, which begins with a slash.
fn ends_with(path: &str, end: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let Some(end) = end.strip_prefix('/') else { return false };
    let mut segments = path.split('/').rev();
    end.rsplit('/').all(|wanted| {
        let any = wanted.starts_with('{') && wanted.ends_with('}');
        segments.next().is_some_and(|segment| segment == wanted || (any && !segment.is_empty()))
    })
}

fn once() -> u32 {
    1
}

fn json() -> String {
    "application/json".to_owned()
}
