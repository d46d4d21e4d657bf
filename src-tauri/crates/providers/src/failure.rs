//! From what went wrong on the wire to what the window says.

use crate::scrub::Scrubber;
use tacklebox_http::{ApiResponse, BodyError, ClientError, Effect, HttpError, UnreachableCause as Cause};
use tacklebox_model::{AppError, Fault, FieldError, UnreachableCause, VendorMessage};

/// An answer that is not JSON of the expected shape.
pub(crate) fn malformed(vendor: &str, problem: &BodyError) -> AppError {
    AppError::new(Fault::Malformed, format!("{vendor} sent an answer that cannot be understood ({problem})."))
        .advise("Try again. If it stays so, check the base URL under Advanced: a gateway or login page may be in between.")
}

/// There can be no client: most often for a base URL that breaks a rule.
pub(crate) fn no_client(error: ClientError) -> AppError {
    match error {
        ClientError::BaseUrl(problem) => {
            AppError::validation(vec![FieldError::at("base_url", sentence(&problem.to_string()))])
        }
        ClientError::Setup { detail } => {
            AppError::internal(format!("Secure connections cannot be set up: {detail}."))
        }
    }
}

/// No answer at all.
pub(crate) fn from_http(vendor: &str, error: &HttpError) -> AppError {
    match error {
        HttpError::Unreachable { host, cause, .. } => unreachable(vendor, host, cause),
        HttpError::TimedOut { after, effect } => {
            no_answer(*effect, format!("{vendor} did not answer within {} seconds.", after.as_secs()))
        }
        HttpError::Dropped => {
            no_answer(error.effect(), format!("The connection to {vendor} broke before its answer arrived."))
        }
        HttpError::RateLimited { retry_after, .. } => {
            let retry_after_ms = retry_after.map(|d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX));
            let advice = match retry_after {
                Some(wait) => format!("Try again in {} seconds.", wait.as_secs().max(1)),
                None => "Try again in a minute.".to_owned(),
            };
            AppError::new(Fault::RateLimited { retry_after_ms }, format!("{vendor} asks for fewer requests."))
                .advise(advice)
        }
        HttpError::Cancelled { .. } => AppError::cancelled(),
        HttpError::TooLarge { limit } => AppError::new(
            Fault::Malformed,
            format!("{vendor} sent more than {} MB in one answer.", limit / 1_048_576),
        )
        .advise("Check the base URL under Advanced."),
        HttpError::RedirectRefused { to_host } => AppError::new(
            Fault::Malformed,
            format!("{vendor} points to another host, {to_host}, which is not followed."),
        )
        .advise("If that host is right, enter it as the base URL under Advanced."),
        HttpError::InvalidRequest { .. } => {
            AppError::internal(format!("A request to {vendor} could not be made."))
        }
        HttpError::Other { detail } => {
            no_answer(error.effect(), format!("{vendor} could not be asked: {detail}."))
        }
    }
}

/// Whether the vendor may have acted on a request that failed this way.
pub(crate) fn maybe_done(error: &HttpError) -> bool {
    error.effect() == Effect::Unknown
}

/// An answer with an error status: the vendor's words quoted, whatever the body is.
pub(crate) fn from_status(vendor: &str, response: &ApiResponse, words: VendorMessage) -> AppError {
    let status = response.status.as_u16();
    let quoted = (!words.text.is_empty()).then(|| words.clone());
    match status {
        401 => AppError::new(
            Fault::Unauthorised { vendor: quoted },
            format!("{vendor} does not accept the credentials of this organisation."),
        )
        .advise("Enter new credentials in the organisation's settings."),
        403 => {
            AppError::new(Fault::Forbidden { vendor: quoted }, format!("{vendor} refused the request (403)."))
                .advise(
                    "The credentials may lack the right, or a firewall turned the request away. Check both.",
                )
        }
        _ => AppError::new(
            Fault::Vendor { status: Some(status), vendor: words, request_id: response.request_id.clone() },
            format!("{vendor} answered with an error ({status})."),
        )
        .advise(if status >= 500 {
            "Try again in a moment."
        } else {
            "Read the vendor's words and try again."
        }),
    }
}

/// The readable start of an error body, our secrets hidden: nothing of an HTML page.
pub(crate) fn body_words(response: &ApiResponse, scrubber: &Scrubber) -> VendorMessage {
    let text = String::from_utf8_lossy(&response.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let shown = if text.starts_with('<') { String::new() } else { scrubber.clean(text) };
    VendorMessage::new(None, &shown.chars().take(500).collect::<String>())
}

/// The vendor's own words as a sentence of their own, where there are any.
pub(crate) fn vendor_sentence(vendor: &str, error: &AppError) -> String {
    let (Fault::Unauthorised { vendor: Some(words) }
    | Fault::Forbidden { vendor: Some(words) }
    | Fault::Vendor { vendor: words, .. }) = &error.fault
    else {
        return String::new();
    };
    if words.text.is_empty() { String::new() } else { format!(" {vendor} says: “{}”.", words.text) }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn no_answer(effect: Effect, message: String) -> AppError {
    let maybe_done = effect == Effect::Unknown;
    AppError::new(Fault::NoAnswer { maybe_done }, message).advise("Check the connection and try again.")
}

fn unreachable(vendor: &str, host: &str, cause: &Cause) -> AppError {
    let (kind, words, advice) = match cause {
        Cause::Dns => (
            UnreachableCause::Name,
            format!("The host {host} is not known."),
            "Check the network, and the base URL under Advanced.",
        ),
        Cause::Refused => (
            UnreachableCause::Refused,
            format!("{host} refuses connections."),
            "Check that the service is running, and the base URL under Advanced.",
        ),
        Cause::Tls { detail } => (
            UnreachableCause::Tls,
            format!("No secure connection to {host}: {detail}."),
            "A proxy may intercept the connection. Its certificate must be trusted by the system.",
        ),
        Cause::Timeout => (
            UnreachableCause::Timeout,
            format!("{host} cannot be reached in time."),
            "Check the network and any firewall.",
        ),
        Cause::Proxy { .. } | Cause::Other { .. } => {
            (UnreachableCause::Other, format!("{vendor} cannot be reached: {cause}."), "Check the network.")
        }
    };
    AppError::new(Fault::Unreachable { host: host.to_owned(), cause: kind }, words).advise(advice)
}
