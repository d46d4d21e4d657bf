//! What came back: HTTP status first, then `errors` even in a 200, then `data`, which may be partial.

use super::NAME;
use crate::failure;
use crate::scrub::Scrubber;
use serde::Deserialize;
use serde_json::Value;
use tacklebox_http::ApiResponse;
use tacklebox_model::{AppError, Fault, VendorMessage};

const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// Codes that say the request was turned away before anything was done.
const TURNED_AWAY: [&str; 6] = [
    UNAUTHENTICATED,
    "FORBIDDEN",
    "BAD_REQUEST",
    "BAD_USER_INPUT",
    "GRAPHQL_VALIDATION_FAILED",
    "GRAPHQL_PARSE_FAILED",
];

/// One entry of `errors`, with our secrets hidden.
#[derive(Clone, Debug, Default)]
pub struct GraphqlError {
    pub message: String,
    pub code: Option<String>,
    /// Which field of the input is wrong, where the vendor says so.
    pub field: Option<String>,
    /// Which field of the answer failed; empty when the whole request was refused.
    pub path: Vec<String>,
}

/// Why there is no answer with data.
pub enum AskError {
    /// The vendor's GraphQL engine said no.
    Refused { errors: Vec<GraphqlError>, maybe_done: bool },
    /// Anything else.
    Failed { error: AppError, maybe_done: bool },
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    data: Value,
    errors: Option<Vec<Value>>,
}

impl AskError {
    pub fn nothing_sent(error: AppError) -> Self {
        Self::Failed { error, maybe_done: false }
    }

    /// Whether the vendor turned the token away, so that a new one may help.
    pub fn is_unauthorised(&self) -> bool {
        matches!(self, Self::Failed { error, .. } if matches!(error.fault, Fault::Unauthorised { .. }))
    }

    /// The error as the window shows it.
    pub fn into_app_error(self) -> AppError {
        match self {
            Self::Failed { error, .. } => error,
            Self::Refused { errors, .. } => refused(&errors),
        }
    }
}

impl GraphqlError {
    /// Reads an error whatever its shape: a vendor in trouble is the last to keep to its documents.
    fn read(error: &Value, scrubber: &Scrubber) -> Self {
        let text = |value: Option<&Value>| Some(scrubber.clean(value?.as_str()?));
        let extensions = error.get("extensions");
        let extension = |name: &str| text(extensions.and_then(|e| e.get(name)));
        let path = error.get("path").and_then(Value::as_array).into_iter().flatten();
        Self {
            message: text(error.get("message")).unwrap_or_default(),
            code: extension("code"),
            field: extension("field"),
            path: path.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect(),
        }
    }

    /// Whether nothing was done: a request error has no path, and some errors of a field say it by their code.
    fn is_refusal(&self) -> bool {
        match self.code.as_deref() {
            Some("INTERNAL_SERVER_ERROR") => false,
            Some(code) if TURNED_AWAY.contains(&code) => true,
            Some(_) | None => self.path.is_empty(),
        }
    }
}

/// Reads the data of an answer, an object. Errors beside data are those of parts that are null, for which
/// every reader looks anyway. Secrets that were sent do not survive in error texts.
pub fn read(response: &ApiResponse, scrubber: &Scrubber) -> Result<Value, AskError> {
    let body = response.json::<Body>();
    let (data, errors) = match body {
        Ok(body) => (body.data, body.errors.unwrap_or_default()),
        Err(problem) if response.status.is_success() => {
            return Err(AskError::Failed { error: failure::malformed(NAME, &problem), maybe_done: true });
        }
        Err(_) => (Value::Null, vec![]),
    };
    let errors: Vec<_> = errors.iter().map(|error| GraphqlError::read(error, scrubber)).collect();
    let has_data = data.as_object().is_some_and(|fields| fields.values().any(|value| !value.is_null()));
    if !has_data && let Some(error) = errors.iter().find(|e| e.code.as_deref() == Some(UNAUTHENTICATED)) {
        return Err(AskError::nothing_sent(token_refused(error)));
    }
    let status = response.status;
    if !status.is_success() {
        if matches!(status.as_u16(), 400 | 422) && !errors.is_empty() {
            return Err(AskError::Refused { errors, maybe_done: false });
        }
        let words = match errors.first() {
            Some(first) => VendorMessage::new(first.code.clone(), &first.message),
            None => failure::body_words(response, scrubber),
        };
        let error = failure::from_status(NAME, response, words);
        return Err(AskError::Failed { error, maybe_done: status.is_server_error() });
    }
    if has_data || (data.is_object() && errors.is_empty()) {
        return Ok(data);
    }
    if errors.is_empty() {
        return Err(AskError::Failed { error: odd(), maybe_done: true });
    }
    let maybe_done = !errors.iter().all(GraphqlError::is_refusal);
    Err(AskError::Refused { errors, maybe_done })
}

/// The vendor's GraphQL errors in one sentence, quoted.
pub fn refused(errors: &[GraphqlError]) -> AppError {
    let text = errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" ");
    let code = errors.iter().find_map(|e| e.code.clone());
    AppError::new(
        Fault::Vendor { status: None, vendor: VendorMessage::new(code, &text), request_id: None },
        format!("{NAME} refused the request."),
    )
    .advise("Read the vendor's words and change the request.")
}

/// An answer that is JSON and nothing that the documents have.
pub fn odd() -> AppError {
    AppError::new(
        Fault::Malformed,
        format!("{NAME} sent an answer of another shape than its documents have."),
    )
    .advise("Try again. If it stays so, Butlr may have changed its schema. Please report it.")
}

fn token_refused(error: &GraphqlError) -> AppError {
    let words = VendorMessage::new(error.code.clone(), &error.message);
    AppError::new(
        Fault::Unauthorised { vendor: Some(words) },
        format!("{NAME} does not accept the token of this organisation."),
    )
    .advise("Enter new credentials in the organisation's settings.")
}
