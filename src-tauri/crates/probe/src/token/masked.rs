//! Shows an answer without its tokens and without what was sent in secret.

use secrecy::SecretString;
use serde_json::Value;
use tacklebox_http::{REDACTED, Scrubber};

/// Members whose values are secret, in small letters and without `_` and `-`.
const SECRET_MEMBERS: [&str; 7] =
    ["accesstoken", "refreshtoken", "idtoken", "token", "clientsecret", "clientassertion", "password"];
/// Names before secret values in what is no JSON, in small letters.
const SECRET_NAMES: [&str; 7] =
    ["access_token", "refresh_token", "id_token", "client_secret", "accesstoken", "refreshtoken", "idtoken"];

/// Takes secrets out of a server's answer.
pub struct Mask {
    sent: Scrubber,
    got: Scrubber,
}

impl Mask {
    /// Knows what was sent and, from the whole answer, what came.
    pub fn new(sent: Scrubber, answer: Option<&Value>) -> Self {
        let mut tokens = Vec::new();
        if let Some(answer) = answer {
            collect(answer, &mut tokens);
        }
        Self { sent, got: Scrubber::new(tokens) }
    }

    /// A JSON value, laid out over lines.
    pub fn json(&self, value: &Value) -> String {
        format!("{:#}", self.hidden(value))
    }

    /// Any text.
    pub fn text(&self, text: &str) -> String {
        hide_web_tokens(&hide_named(&self.got.clean(&self.sent.clean(text))))
    }

    fn hidden(&self, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let hidden = members.iter().map(|(name, value)| {
                    let value =
                        if is_secret(name, value) { Value::from(REDACTED) } else { self.hidden(value) };
                    (self.text(name), value)
                });
                Value::Object(hidden.collect())
            }
            Value::Array(items) => items.iter().map(|item| self.hidden(item)).collect(),
            Value::String(text) => Value::from(self.text(text)),
            // A secret may be a number, such as a PIN in a parameter.
            Value::Number(number) => {
                let shown = number.to_string();
                let clean = self.got.clean(&self.sent.clean(&shown));
                if clean == shown { value.clone() } else { Value::from(clean) }
            }
            Value::Null | Value::Bool(_) => value.clone(),
        }
    }
}

fn is_secret(name: &str, value: &Value) -> bool {
    let plain = name.to_lowercase().replace(['_', '-'], "");
    !matches!(value, Value::Null | Value::Bool(_)) && SECRET_MEMBERS.contains(&plain.as_str())
}

/// The tokens of an answer, so that they are hidden wherever else they stand.
fn collect(value: &Value, tokens: &mut Vec<SecretString>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(token) if is_secret(name, value) => tokens.push(SecretString::from(token)),
                    Some(_) | None => collect(value, tokens),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, tokens)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Hides what follows a telling name, as in `access_token=…`, `"access_token":"…"` that breaks off, `<access_token>…`.
fn hide_named(text: &str) -> String {
    let small = text.to_ascii_lowercase();
    let (mut shown, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(name_end) = next_name(&small, from) {
        let after = &text[name_end..];
        let value_start = name_end + (after.len() - after.trim_start_matches(is_between).len());
        shown.push_str(&text[from..value_start]);
        from = value_start;
        let value_end = text[from..].find(ends_value).map_or(text.len(), |length| from + length);
        if text[name_end..value_start].contains([':', '=', '>']) && value_end > value_start {
            shown.push_str(REDACTED);
            from = value_end;
        }
    }
    shown + &text[from..]
}

fn next_name(small: &str, from: usize) -> Option<usize> {
    let ends = SECRET_NAMES.iter().filter_map(|name| Some((small[from..].find(name)?, name.len())));
    ends.min().map(|(at, length)| from + at + length)
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | ':' | '=' | '>')
}

fn ends_value(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | '<' | '&' | ',' | ';' | '}')
}

/// Hides JSON web tokens, which tell themselves by how they begin: a Base64 of `{"`.
fn hide_web_tokens(text: &str) -> String {
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("eyJ") {
        let length = rest[at..].find(|c: char| !is_token(c)).unwrap_or(rest.len() - at);
        shown.push_str(&rest[..at]);
        shown.push_str(if length >= 20 { REDACTED } else { &rest[at..at + length] });
        rest = &rest[at + length..];
    }
    shown + rest
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '+' | '/' | '=')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mask(sent: &[&str], answer: Option<&Value>) -> Mask {
        Mask::new(Scrubber::new(sent.iter().map(|s| SecretString::from(*s))), answer)
    }

    #[test]
    fn tokens_are_hidden_wherever_they_stand_in_json() {
        let answer = json!({
            "access_token": "canary-1", "data": [{ "refreshToken": "canary-2", "id_token": 12345 }],
            "echo": "you sent s3cret and got canary-1", "canary-2": 1, "pin": 4711, "token_type": "Bearer",
            "token": null,
        });
        let shown: Value =
            serde_json::from_str(&mask(&["s3cret", "4711"], Some(&answer)).json(&answer)).unwrap();
        let wanted = json!({
            "access_token": "•••", "data": [{ "refreshToken": "•••", "id_token": "•••" }],
            "echo": "you sent ••• and got •••", "•••": 1, "pin": "•••", "token_type": "Bearer", "token": null,
        });
        assert_eq!(shown, wanted);
    }

    #[test]
    fn tokens_are_hidden_in_what_is_no_json() {
        for (text, wanted) in [
            ("access_token=abc&token_type=bearer", "access_token=•••&token_type=bearer"),
            ("{\"access_token\": \"abc-de", "{\"access_token\": \"•••"),
            ("{\\\"id_token\\\":\\\"abc\\\"}", "{\\\"id_token\\\":\\\"•••\\\"}"),
            ("<Access_Token>abc</Access_Token>", "<Access_Token>•••</Access_Token>"),
            ("The access_token is missing.", "The access_token is missing."),
            ("access_token=", "access_token="),
            ("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x-y_z, thanks", "got •••, thanks"),
            ("eyJ is how they begin: ö", "eyJ is how they begin: ö"),
        ] {
            assert_eq!(mask(&[], None).text(text), wanted);
        }
    }
}
