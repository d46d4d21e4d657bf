//! From the vendor's refusal of a write to the field it speaks of.

use super::NAME;
use super::answer::{self, AskError, GraphqlError};
use super::schema::{SEND_ON_VALUE_CHANGE, Spelling};
use super::wire::{API_KEY_HEADER, API_KEY_VALUE, BASIC_PASSWORD, BASIC_USERNAME, FILTER_KEYS, VALUE_CHANGE};
use crate::WriteError;
use tacklebox_model::{AppError, FieldError, FieldPath};

/// The error of a write: at its fields where the vendor names them all, in its own words otherwise.
pub fn write_error(spelling: Spelling, error: AskError) -> WriteError {
    match error {
        AskError::Failed { error, maybe_done } => WriteError { error, uncertain: maybe_done },
        AskError::Refused { errors, maybe_done } => {
            let fields: Vec<FieldError> = errors.iter().filter_map(|e| field_error(spelling, e)).collect();
            let error = match fields.len() == errors.len() {
                true => AppError::validation(fields),
                false => answer::refused(&errors),
            };
            WriteError { error, uncertain: maybe_done }
        }
    }
}

/// Finds the field by the schema's own names: in the pointer, in the path, and last in the words.
fn field_error(spelling: Spelling, error: &GraphqlError) -> Option<FieldError> {
    // These speak of the schema, not of a value: no field the user could change.
    let of_schema = ["Cannot query", "Unknown field"].iter().any(|start| error.message.starts_with(start));
    if of_schema {
        return None;
    }
    let pointer = error.field.clone().unwrap_or_default();
    let path = error.path.join(".");
    let path =
        [pointer.as_str(), &path, &error.message].into_iter().find_map(|text| place(spelling, text))?;
    let words: String = error.message.chars().take(300).collect();
    Some(FieldError { path, message: format!("{NAME} says: {words}") })
}

/// The field that the last known name in a text stands for.
fn place(spelling: Spelling, text: &str) -> Option<FieldPath> {
    let keys = spelling.keys();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let within = |name: &str| words.contains(&name);
    words.iter().rev().find_map(|word| {
        let path = match *word {
            "name" => FieldPath::NAME,
            "url" => FieldPath::URL,
            "EventType" => FieldPath::EVENTS,
            "value" if within(keys.api_key) => API_KEY_VALUE,
            "password" if within(keys.basic_auth) => BASIC_PASSWORD,
            SEND_ON_VALUE_CHANGE => VALUE_CHANGE,
            word if word == keys.http_timeout => FieldPath::TIMEOUT,
            word if word == keys.event_types => FieldPath::EVENTS,
            word if word == keys.api_key => API_KEY_HEADER,
            word if word == keys.basic_auth => BASIC_USERNAME,
            word => return FILTER_KEYS.iter().find(|filter| filter.key == word).map(|filter| filter.path()),
        };
        Some(FieldPath::from(path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(field: Option<&str>, message: &str) -> Option<String> {
        let error = GraphqlError {
            message: message.into(),
            field: field.map(str::to_owned),
            ..GraphqlError::default()
        };
        field_error(Spelling::Snake, &error).map(|e| e.path.as_str().to_owned())
    }

    #[test]
    fn the_pointer_comes_before_the_words() {
        let at = |pointer| found(Some(pointer), "the name is wrong").unwrap_or_default();
        assert_eq!(at("input.0.endpoint_config.url"), "url");
        assert_eq!(at("input.0.endpoint_config.api_key.value"), "auth.api_key.value");
        assert_eq!(at("input.0.endpoint_config.api_key.key"), "auth.api_key.header");
        assert_eq!(at("input.0.endpoint_config.basic_auth.password"), "auth.basic.password");
        assert_eq!(at("input.0.filters.floor_ids"), "filters.floor_ids");
        assert_eq!(at("input.0.strange"), "name");
    }

    #[test]
    fn the_words_alone_will_do() {
        assert_eq!(found(None, "http_timeout must be between 1 and 15").as_deref(), Some("timeout"));
        let unknown = "enumeration type \"EventType\" does not contain the value \"X\"";
        assert_eq!(found(None, unknown).as_deref(), Some("events"));
        assert_eq!(found(None, "Too many webhooks"), None);
    }

    #[test]
    fn an_error_of_the_schema_is_no_error_of_a_field() {
        assert_eq!(found(None, "Unknown field \"event_types\" on type \"Webhook\"."), None);
    }
}
