//! What came back: the status first, then JSON:API errors in any of the forms that official clients expect.

use super::NAME;
use super::wire::{EVENTS, URL, VERSION};
use crate::failure;
use crate::scrub::Scrubber;
use serde_json::Value;
use tacklebox_http::ApiResponse;
use tacklebox_model::{AppError, Fault, FieldError, FieldPath, VendorMessage};

/// Why there is no answer with data.
pub struct AskError {
    pub error: AppError,
    /// Whether Booqable may have acted all the same.
    pub maybe_done: bool,
    /// What the vendor said, where it answered with an error.
    pub refusal: Option<Box<Refusal>>,
}

/// An answer with an error status.
pub struct Refusal {
    pub status: u16,
    /// The vendor's words, our secrets hidden.
    pub words: String,
}

/// What a request is about: a missing one means something else for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The list, or a new endpoint.
    All,
    /// One endpoint.
    One,
}

/// One entry of `errors`, with our secrets hidden.
#[derive(Debug, Default, PartialEq)]
struct ApiError {
    code: Option<String>,
    words: String,
    /// The field it speaks of.
    path: Option<FieldPath>,
}

impl AskError {
    pub fn nothing_sent(error: AppError) -> Self {
        Self { error, maybe_done: false, refusal: None }
    }
}

/// Reads an answer; nothing where it has no body. Secrets that were sent do not survive in error texts.
pub fn read(response: &ApiResponse, about: About, scrubber: &Scrubber) -> Result<Value, AskError> {
    if response.status.is_success() {
        if response.body.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        let malformed =
            |problem| AskError { error: failure::malformed(NAME, &problem), maybe_done: true, refusal: None };
        return response.json().map_err(malformed);
    }
    let status = response.status.as_u16();
    let errors = errors(&response.json().unwrap_or_default(), scrubber);
    let words = match errors.as_slice() {
        [] => failure::body_words(response, scrubber),
        several => {
            let text: Vec<&str> = several.iter().map(|e| e.words.as_str()).collect();
            VendorMessage::new(several.iter().find_map(|e| e.code.clone()), &text.join(" "))
        }
    };
    let turned_away = status < 500 && status != 408 || is_read_only(status, &words);
    let refusal = Some(Box::new(Refusal { status, words: words.text.clone() }));
    let error = match of_fields(status, &errors) {
        Some(fields) => AppError::validation(fields),
        None => in_words(response, about, words),
    };
    Err(AskError { error, maybe_done: !turned_away, refusal })
}

/// An answer that is JSON and nothing that the documents have.
pub fn odd() -> AppError {
    AppError::new(
        Fault::Malformed,
        format!("{NAME} sent an answer of another shape than its documents have."),
    )
    .advise("Try again. If it stays so, Booqable may have changed its API. Please report it.")
}

/// The errors of a refusal where each speaks of a field of the form.
fn of_fields(status: u16, errors: &[ApiError]) -> Option<Vec<FieldError>> {
    if !matches!(status, 400 | 409 | 422) || errors.is_empty() {
        return None;
    }
    let field = |error: &ApiError| {
        let words: String = error.words.chars().take(300).collect();
        Some(FieldError { path: error.path.clone()?, message: format!("{NAME} says: {words}") })
    };
    errors.iter().map(field).collect()
}

fn in_words(response: &ApiResponse, about: About, words: VendorMessage) -> AppError {
    let status = response.status.as_u16();
    let says = |part: &str| {
        words.code.as_deref() == Some(part) || words.text.to_lowercase().contains(&part.replace('_', " "))
    };
    let vendor = |words: VendorMessage, message: &str| {
        let request_id = response.request_id.clone();
        AppError::new(Fault::Vendor { status: Some(status), vendor: words, request_id }, message)
    };
    let no_right = |words: VendorMessage, message: &str| {
        AppError::new(Fault::Forbidden { vendor: quoted(words) }, message)
    };
    match status {
        401 => AppError::new(
            Fault::Unauthorised { vendor: quoted(words) },
            "Booqable does not accept the access token of this organisation.",
        )
        .advise(
            "It may have been revoked. Create a new one in Booqable on your employee page (employees/current), \
             under Create new authentication method, and enter it in the organisation's settings.",
        ),
        402 if says("trial_expired") => no_right(words, "The company's trial of Booqable is over.")
            .advise("Choose a plan in Booqable, or ask the owner of the account to."),
        402 if says("feature_not_enabled") => {
            no_right(words, "The company's Booqable plan does not include the API.")
                .advise("Change to a plan with API access in Booqable, or ask the owner of the account to.")
        }
        402 => no_right(words, "Booqable asks for a payment before it goes on (402).")
            .advise("Look at the account's plan in Booqable."),
        404 if says("company not found") => vendor(words, "Booqable knows no company with this slug.")
            .advise("Check the company slug in the organisation's settings: it is the first part of your Booqable address."),
        404 | 410 if about == About::One => {
            AppError::new(Fault::NotFound, "Booqable does not have this webhook any more.")
                .advise("Refresh the list: somebody may have deleted it.")
        }
        404 => vendor(words, "Booqable has no webhooks at this address (404).").advise(
            "Check the API path, and the base URL under Advanced. Some accounts have no webhooks: ask Booqable.",
        ),
        503 if is_read_only(status, &words) => vendor(words, "Booqable is read-only at the moment.")
            .advise("Nothing was changed. Webhooks can be read meanwhile; try to write again in a few minutes."),
        _ => failure::from_status(NAME, response, words),
    }
}

fn is_read_only(status: u16, words: &VendorMessage) -> bool {
    let text = words.text.to_lowercase();
    status == 503
        && (text.contains("read-only")
            || text.contains("read only")
            || words.code.as_deref().is_some_and(|code| code.replace('-', "_").contains("read_only")))
}

fn quoted(words: VendorMessage) -> Option<VendorMessage> {
    (!words.text.is_empty()).then_some(words)
}

/// Reads errors whatever their form: official clients tolerate all of these.
fn errors(body: &Value, scrubber: &Scrubber) -> Vec<ApiError> {
    let found = match body.get("errors").unwrap_or(&Value::Null) {
        Value::Array(entries) => entries.iter().map(|entry| entry_of(entry, scrubber)).collect(),
        Value::String(text) => vec![plain(text, scrubber)],
        Value::Object(by_field) => {
            by_field.iter().flat_map(|(name, what)| of_name(name, what, scrubber)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => vec![],
    };
    let found: Vec<ApiError> = found.into_iter().filter(|error| !error.words.is_empty()).collect();
    if !found.is_empty() {
        return found;
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let described = text("error_description").map(|words| (text("error"), words));
    match described.or_else(|| text("message").or_else(|| text("error")).map(|words| (None, words))) {
        Some((code, words)) => {
            vec![ApiError { code: code.map(|code| scrubber.clean(code)), ..plain(words, scrubber) }]
        }
        None => vec![],
    }
}

/// An entry of a JSON:API list of errors, or a mere text in its place.
fn entry_of(entry: &Value, scrubber: &Scrubber) -> ApiError {
    let text =
        |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(|text| scrubber.clean(text));
    if let Some(words) = entry.as_str() {
        return plain(words, scrubber);
    }
    let meta = &entry["meta"];
    let words = [&entry["detail"], &meta["message"], &entry["title"], &entry["message"], &entry["code"]];
    let words = words.into_iter().find_map(text).unwrap_or_default();
    let places = [&entry["source"]["pointer"], &meta["attribute"]];
    let path = places.into_iter().filter_map(Value::as_str).find_map(place);
    ApiError {
        code: text(&meta["code"]).or_else(|| text(&entry["code"])),
        path: path.or_else(|| speaks_of(&words)),
        words,
    }
}

/// `{"url": ["can't be blank"]}` and its like.
fn of_name(name: &str, what: &Value, scrubber: &Scrubber) -> Vec<ApiError> {
    let texts = match what {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        Value::String(text) => vec![text.as_str()],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![],
    };
    let error = |text: &str| ApiError {
        code: None,
        words: scrubber.clean(&format!("{name} {text}")),
        path: place(name),
    };
    texts.into_iter().map(error).collect()
}

fn plain(words: &str, scrubber: &Scrubber) -> ApiError {
    let words = scrubber.clean(words);
    ApiError { code: None, path: speaks_of(&words), words }
}

/// The field a pointer names: `/data/attributes/url`, `data/attributes/events/0`, `data.attributes.version`.
fn place(pointer: &str) -> Option<FieldPath> {
    let words = pointer.split(['/', '.', '[', ']']);
    words.rev().find_map(known)
}

/// The field a sentence begins with, as Rails writes them: “Url can't be blank”.
fn speaks_of(words: &str) -> Option<FieldPath> {
    known(&words.split_whitespace().next()?.to_lowercase())
}

fn known(name: &str) -> Option<FieldPath> {
    [URL, EVENTS, VERSION].contains(&name).then(|| FieldPath::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tacklebox_model::Secret;

    fn found(body: &Value) -> Vec<(String, Option<String>)> {
        let scrubber = Scrubber::new([Secret::from("canary")]);
        let path = |error: &ApiError| error.path.as_ref().map(|path| path.as_str().to_owned());
        errors(body, &scrubber).iter().map(|error| (error.words.clone(), path(error))).collect()
    }

    #[test]
    fn errors_are_read_in_every_form() {
        let at = |words: &str, path: &str| (words.to_owned(), Some(path.to_owned()));
        let none = |words: &str| (words.to_owned(), None);
        let pointer =
            |pointer: &str| json!({ "errors": [{ "detail": "no", "source": { "pointer": pointer } }] });
        for (body, expected) in [
            (pointer("/data/attributes/url"), vec![at("no", "url")]),
            (pointer("data/attributes/events/0"), vec![at("no", "events")]),
            (pointer("data/attributes/invalid_field"), vec![none("no")]),
            (
                json!({ "errors": [{ "title": "T", "meta": { "attribute": "data.attributes.version" } }] }),
                vec![at("T", "version")],
            ),
            (
                json!({ "errors": [{ "code": "resources_not_found", "title": "Resource(s) not found" }] }),
                vec![none("Resource(s) not found")],
            ),
            (
                json!({ "errors": ["Url is canary", { "detail": "Too many" }] }),
                vec![at("Url is •••", "url"), none("Too many")],
            ),
            (
                json!({ "errors": { "url": ["can't be blank", "is odd"], "base": "no" } }),
                vec![at("url can't be blank", "url"), at("url is odd", "url"), none("base no")],
            ),
            (json!({ "errors": "all wrong" }), vec![none("all wrong")]),
            (json!({ "message": "read-only" }), vec![none("read-only")]),
            (json!({ "error": "invalid_grant", "error_description": "gone" }), vec![none("gone")]),
            (json!({ "error": "oops" }), vec![none("oops")]),
            (json!({ "errors": [], "message": "m" }), vec![none("m")]),
            (json!([1]), vec![]),
            (Value::Null, vec![]),
        ] {
            assert_eq!(found(&body), expected, "{body}");
        }
    }

    #[test]
    fn one_error_without_a_field_makes_all_of_them_words() {
        let of = |body: Value| of_fields(422, &errors(&body, &Scrubber::new([]))).map(|fields| fields.len());
        assert_eq!(of(json!({ "errors": { "url": "no", "events": "no" } })), Some(2));
        assert_eq!(of(json!({ "errors": { "url": "no", "base": "no" } })), None);
        assert_eq!(of(json!({})), None);
    }
}
