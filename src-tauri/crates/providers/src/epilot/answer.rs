//! What epilot says when it refuses: the declared errors, and those of the gateway before it.

use super::{NAME, moments, token};
use crate::scrub::Scrubber;
use crate::{WriteError, failure};
use serde_json::Value;
use tacklebox_http::ApiResponse;
use tacklebox_model::{AppError, CredentialFacts, Fault, VendorMessage};

const NEW_TOKEN: &str = "Create an access token in epilot under Settings, Access Tokens, and enter it in the organisation's settings.";

/// One of epilot's operations, as far as its errors differ.
pub struct Operation {
    /// The permission it needs, where the documents say so.
    pub grant: Option<&'static str>,
    /// What a 404 says does not exist.
    pub missing: &'static str,
    /// Whether it may change something.
    pub writes: bool,
}

pub const LIST: Operation = reading("webhooks at this address");
pub const EVENT_TYPES: Operation = reading("event types at this address");
pub const READ: Operation = reading(WEBHOOK);
pub const CREATE: Operation = writing("webhook:create", "webhooks at this address");
pub const UPDATE: Operation = writing("webhook:edit", WEBHOOK);
pub const DELETE: Operation = writing("webhook:delete", WEBHOOK);
pub const DELIVERIES: Operation = reading("deliveries of this webhook");
pub const DELIVERY: Operation = reading("such delivery any more");
pub const REPLAY: Operation = Operation { grant: None, missing: "such delivery any more", writes: true };
pub const REPLAY_MANY: Operation = Operation { grant: None, missing: WEBHOOK, writes: true };
pub const TEST: Operation = Operation { grant: None, missing: WEBHOOK, writes: true };
pub const ORGANISATION: Operation =
    Operation { grant: None, missing: "organisation for this token", writes: false };

const WEBHOOK: &str = "such webhook any more";

const fn reading(missing: &'static str) -> Operation {
    Operation { grant: Some("webhook:view"), missing, writes: false }
}

const fn writing(grant: &'static str, missing: &'static str) -> Operation {
    Operation { grant: Some(grant), missing, writes: true }
}

/// A request that did not succeed.
pub struct Refusal {
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// epilot's own words, our secrets hidden.
    pub words: String,
    /// The error as the window shows it.
    pub error: AppError,
    /// Whether epilot may have acted all the same.
    pub uncertain: bool,
}

impl Refusal {
    pub fn nothing_sent(error: AppError) -> Self {
        Self { status: None, words: String::new(), error, uncertain: false }
    }
}

impl From<Refusal> for WriteError {
    fn from(refusal: Refusal) -> Self {
        Self { error: refusal.error, uncertain: refusal.uncertain }
    }
}

/// An answer with any other status than success. Secrets that were sent do not survive in its words.
pub fn refusal(
    operation: &Operation,
    response: &ApiResponse,
    facts: &CredentialFacts,
    scrubber: &Scrubber,
) -> Refusal {
    let words = words(response, scrubber);
    let status = response.status.as_u16();
    let error = match status {
        401 => unauthorised(facts, words.clone(), moments::now()),
        403 => forbidden(operation, facts, words.clone()),
        404 => not_found(operation, &words),
        _ => failure::from_status(NAME, response, words.clone()),
    };
    let uncertain = operation.writes && (response.status.is_server_error() || status == 408);
    Refusal { status: Some(status), words: words.text, error, uncertain }
}

/// An answer of success that is nothing that the document has.
pub fn odd() -> AppError {
    AppError::new(Fault::Malformed, format!("{NAME} sent an answer of another shape than its documents have."))
        .advise("Try again. If it stays so, check the base URL under Advanced, or report it: epilot may have changed.")
}

/// `ErrorResp` has a `message`; gateways spell it with a capital. Anything else is quoted as it is.
fn words(response: &ApiResponse, scrubber: &Scrubber) -> VendorMessage {
    let body = response.json::<Value>().unwrap_or_default();
    let message = ["message", "Message"].iter().find_map(|key| body.get(key)?.as_str());
    match message {
        Some(text) => VendorMessage::new(None, &scrubber.clean(text)),
        None => failure::body_words(response, scrubber),
    }
}

fn unauthorised(facts: &CredentialFacts, words: VendorMessage, now_ms: i64) -> AppError {
    let message = match facts.expires_at_ms.filter(|_| token::has_expired(facts, now_ms)) {
        Some(at) => format!("The access token expired on {}.", moments::day(at)),
        None => {
            format!("{NAME} does not accept the access token of this organisation. It may have been revoked.")
        }
    };
    AppError::new(Fault::Unauthorised { vendor: quoted(words) }, message).advise(NEW_TOKEN)
}

fn forbidden(operation: &Operation, facts: &CredentialFacts, words: VendorMessage) -> AppError {
    let message = match (facts.read_only && operation.writes, operation.grant) {
        (true, _) => "The access token may only read.".to_owned(),
        (false, Some(grant)) => format!("{NAME} refused this: the token needs the permission {grant}."),
        (false, None) => format!("{NAME} refused this (403)."),
    };
    let advice = match facts.read_only && operation.writes {
        true => "Enter a token that may write in the organisation's settings.",
        false => {
            "A token has the permissions of the roles it was created with. The organisation's plan may leave webhooks \
             out altogether."
        }
    };
    AppError::new(Fault::Forbidden { vendor: quoted(words) }, message).advise(advice)
}

fn not_found(operation: &Operation, words: &VendorMessage) -> AppError {
    let said = if words.text.is_empty() { String::new() } else { format!(" It says: “{}”.", words.text) };
    AppError::new(Fault::NotFound, format!("{NAME} has no {}.{said}", operation.missing))
        .advise("Refresh the list. If everything is missing, check the base URL under Advanced.")
}

fn quoted(words: VendorMessage) -> Option<VendorMessage> {
    (!words.text.is_empty()).then_some(words)
}
