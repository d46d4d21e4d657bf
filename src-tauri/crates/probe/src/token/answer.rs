//! Reads what a token endpoint answered.

use secrecy::SecretString;
use serde_json::{Map, Value};
use tacklebox_http::{REDACTED, Scrubber, SingleAnswer, header, redact_url};

use super::failure::{OAuthError, TokenFailure};
use super::{Token, TokenRequest, masked};

/// Most characters of an answer that are shown.
const MAX_SHOWN: usize = 4_000;
/// Most characters of what a server says in an error.
const MAX_SAID: usize = 300;
/// A word of fewer characters is no token.
const SHORTEST_TOKEN: usize = 8;
/// Most characters of a token's type.
const MAX_TYPE: usize = 40;

/// What an answer says.
pub struct Read {
    /// As it may be shown.
    pub shown: String,
    /// The token, or why there is none.
    pub result: Result<Token, TokenFailure>,
}

/// Reads an answer. Every text of the result is clean of what the scrubber knows and of every token in the answer.
pub fn read(answer: &SingleAnswer, request: &TokenRequest, scrubber: Scrubber) -> Read {
    let text = String::from_utf8_lossy(&answer.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let json: Option<Value> = serde_json::from_str(text).ok();
    let mask = masked::Mask::new(scrubber, json.as_ref());
    let shown = match &json {
        Some(value) if value.is_object() || value.is_array() => mask.json(value),
        // One word alone may be the token itself.
        Some(_) | None if answer.status.is_success() && is_one_word(text) => REDACTED.to_owned(),
        Some(_) | None => mask.text(text),
    };
    let result = judge(answer, request, json.as_ref().and_then(Value::as_object), json.is_some(), &mask);
    Read { shown: cut(&shown, MAX_SHOWN), result }
}

fn judge(
    answer: &SingleAnswer,
    request: &TokenRequest,
    object: Option<&Map<String, Value>>,
    is_json: bool,
    mask: &masked::Mask,
) -> Result<Token, TokenFailure> {
    let (status, host) = (answer.status.as_u16(), request.endpoint.host().to_owned());
    if answer.status.is_redirection() {
        let to = answer.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        let to = to.map(|to| cut(&mask.text(&redact_url(to)), MAX_SAID));
        return Err(TokenFailure::Redirect { host, status, to });
    }
    // Some servers say what went wrong in an answer that is a success by its status.
    if let Some(code) = object.and_then(|object| object.get("error")).and_then(Value::as_str) {
        let said = object.and_then(|object| object.get("error_description")).and_then(Value::as_str);
        let said = said.map(|said| one_line(&mask.text(said))).filter(|said| !said.is_empty());
        let error = OAuthError::of(code, |code| cut(&one_line(&mask.text(code)), MAX_TYPE));
        return Err(TokenFailure::Denied { status, error, by_header: request.has_authorization(), said });
    }
    if !answer.status.is_success() {
        return Err(TokenFailure::Status { host, status });
    }
    let object = match object {
        Some(object) => object,
        None if is_json => return Err(TokenFailure::NoToken),
        None => return Err(TokenFailure::NotJson),
    };
    let token = object.get("access_token").and_then(Value::as_str).filter(|token| !token.is_empty());
    Ok(Token {
        access_token: token.map(SecretString::from).ok_or(TokenFailure::NoToken)?,
        token_type: object
            .get("token_type")
            .and_then(Value::as_str)
            .map(|kind| cut(&one_line(&mask.text(kind)), MAX_TYPE)),
        expires_in_s: object.get("expires_in").and_then(seconds),
    })
}

/// A number of seconds; some servers write it as a text.
fn seconds(value: &Value) -> Option<u64> {
    let whole = |seconds: f64| (0.0..=9e15).contains(&seconds).then_some(seconds.trunc() as u64);
    match value {
        Value::Number(number) => number.as_u64().or_else(|| number.as_f64().and_then(whole)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_one_word(text: &str) -> bool {
    let long = text.chars().count() >= SHORTEST_TOKEN;
    long && !text.starts_with(['<', '{', '['])
        && !text.contains(char::is_whitespace)
        && !text.contains("token=")
}

fn one_line(text: &str) -> String {
    let words: Vec<_> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    cut(&words.join(" "), MAX_SAID)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_lifetime_is_read_however_it_is_written() {
        for (value, wanted) in [
            (json!(3600), Some(3600)),
            (json!(3599.7), Some(3599)),
            (json!("3600"), Some(3600)),
            (json!(-1), None),
            (json!("soon"), None),
            (json!(null), None),
        ] {
            assert_eq!(seconds(&value), wanted, "{value}");
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!((cut("åäö", 3).as_str(), cut("åäöx", 3).as_str()), ("åäö", "åäö…"));
        assert_eq!(one_line(" a\r\n\tb\u{7} c "), "a b c");
    }
}
