use crate::{FieldPath, VaultProblem};
use serde::Serialize;
use std::fmt;
use ts_rs::TS;

/// What went wrong, where, and what to do next: the only error that crosses to the window.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// The kind, with its data; the window branches on this and never on words.
    #[serde(flatten)]
    pub fault: Fault,
    /// What happened, in a sentence.
    pub message: String,
    /// Where: the organisation and what was being done.
    pub place: Option<String>,
    /// What to do next, in a sentence.
    pub advice: Option<String>,
}

/// The kinds of failure the window tells apart.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Fault {
    /// Something entered is not right.
    Validation {
        /// Which fields, and why.
        fields: Vec<FieldError>,
    },
    /// The vendor does not accept the credential.
    Unauthorised {
        /// The vendor's words.
        vendor: Option<VendorMessage>,
    },
    /// The credential is good and may not do this.
    Forbidden {
        /// The vendor's words.
        vendor: Option<VendorMessage>,
    },
    /// It does not exist, or not any more.
    NotFound,
    /// The vendor's copy changed since it was read.
    Stale,
    /// The connection is read-only.
    ReadOnly,
    /// The vendor asks for patience.
    RateLimited {
        /// Milliseconds until a new try makes sense, where the vendor says.
        retry_after_ms: Option<u64>,
    },
    /// No connection was made; nothing was sent.
    Unreachable {
        /// The host.
        host: String,
        /// Why.
        cause: UnreachableCause,
    },
    /// No answer came in time, or the connection broke before it.
    NoAnswer {
        /// Whether the vendor may have acted on the request.
        maybe_done: bool,
    },
    /// The vendor answered with an error.
    Vendor {
        /// The HTTP status, where it tells anything.
        status: Option<u16>,
        /// The vendor's words.
        vendor: VendorMessage,
        /// The vendor's number for the request, for their support.
        request_id: Option<String>,
    },
    /// The vendor's answer makes no sense.
    Malformed,
    /// The keyring cannot be used.
    Vault {
        /// Why.
        problem: VaultProblem,
    },
    /// Tacklebox's own database cannot be used.
    Store,
    /// The plan was applied, discarded or replaced.
    PlanGone,
    /// Another Tacklebox window works with the same profile.
    AlreadyOpen,
    /// The user stopped it.
    Cancelled,
    /// A mistake in Tacklebox.
    Internal,
}

/// Why no connection was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum UnreachableCause {
    /// The name is not known.
    Name,
    /// Nothing listens there.
    Refused,
    /// The certificate or the TLS version is not acceptable.
    Tls,
    /// No connection in time.
    Timeout,
    /// Anything else.
    Other,
}

/// A field that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// Which field.
    pub path: FieldPath,
    /// Why, and how to put it right.
    pub message: String,
}

impl FieldError {
    /// An error at a path.
    pub fn at(path: impl Into<FieldPath>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

/// The vendor's own words, quoted and never interpreted as markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorMessage {
    /// Its code, where it gives one.
    pub code: Option<String>,
    /// Its text, cut at 2,000 characters.
    pub text: String,
}

impl VendorMessage {
    /// The vendor's text, cut to a length that fits a window.
    pub fn new(code: Option<String>, text: &str) -> Self {
        Self { code, text: text.chars().take(2_000).collect() }
    }
}

impl AppError {
    /// An error of a kind, said in a sentence.
    pub fn new(fault: Fault, message: impl Into<String>) -> Self {
        Self { fault, message: message.into(), place: None, advice: None }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Adds where it happened, unless a place nearer to the cause is known.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place.get_or_insert_with(|| place.into());
        self
    }

    /// Several fields are not right.
    pub fn validation(fields: Vec<FieldError>) -> Self {
        let message = match fields.as_slice() {
            [one] => one.message.clone(),
            many => format!("{} fields need attention.", many.len()),
        };
        Self::new(Fault::Validation { fields }, message)
    }

    /// A mistake in Tacklebox, with no detail that could hold a secret.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Fault::Internal, message)
            .advise("This is a mistake in Tacklebox. The log file has more; please report it.")
    }

    /// The connection is read-only.
    pub fn read_only(label: &str) -> Self {
        Self::new(Fault::ReadOnly, format!("{label} is set to read-only."))
            .advise("Nothing was sent. To write, switch read-only off in the organisation's settings.")
    }

    /// The connection's credential may only read.
    pub fn read_only_credential(label: &str) -> Self {
        Self::new(Fault::ReadOnly, format!("{label} is connected with a token that may only read.")).advise(
            "Nothing was sent. To write, enter a token with the right to in the organisation's settings.",
        )
    }

    /// The vendor has no such thing.
    pub fn unsupported(vendor: &str, what: &str) -> Self {
        Self::new(Fault::NotFound, format!("{vendor} has no {what}."))
    }

    /// The user stopped it.
    pub fn cancelled() -> Self {
        Self::new(Fault::Cancelled, "Stopped before it was finished.")
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for AppError {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_json_is_tagged_and_flat() {
        let error =
            AppError::new(Fault::RateLimited { retry_after_ms: Some(1200) }, "Wait.").at("Halden Lab");
        let expected = json!({"kind": "rateLimited", "retryAfterMs": 1200, "message": "Wait.", "place": "Halden Lab", "advice": null});
        assert_eq!(serde_json::to_value(error).unwrap(), expected);
    }

    #[test]
    fn one_field_error_speaks_for_the_whole() {
        let error = AppError::validation(vec![FieldError::at("url", "Only HTTPS.")]);
        let expected = json!({"kind": "validation", "fields": [{"path": "url", "message": "Only HTTPS."}], "message": "Only HTTPS.", "place": null, "advice": null});
        assert_eq!(serde_json::to_value(error).unwrap(), expected);
    }
}
