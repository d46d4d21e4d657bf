//! From epilot's words about a body it refuses to the field they speak of.

use super::NAME;
use super::answer::Refusal;
use super::paths::*;
use crate::WriteError;
use tacklebox_model::{AppError, FieldError, FieldPath};

/// epilot's names beside our paths. Those that are also plain words count only where they cannot be meant as such.
const NAMES: [(&str, &str); 47] = [
    ("name", FieldPath::NAME),
    ("eventName", FieldPath::EVENTS),
    ("eventVersion", EVENT_VERSION),
    ("url", FieldPath::URL),
    ("httpMethod", METHOD),
    ("enabled", ENABLED),
    ("auth", AUTH_TYPE),
    ("auth.authType", AUTH_TYPE),
    ("authType", AUTH_TYPE),
    ("basicAuthConfig", BASIC_USERNAME),
    ("basicAuthConfig.username", BASIC_USERNAME),
    ("basicAuthConfig.password", BASIC_PASSWORD),
    ("apiKeyConfig", API_KEY_NAME),
    ("keyName", API_KEY_NAME),
    ("keyValue", API_KEY_VALUE),
    ("oauthConfig", OAUTH_CLIENT_ID),
    ("clientId", OAUTH_CLIENT_ID),
    ("clientSecret", OAUTH_SECRET),
    ("oauthConfig.endpoint", OAUTH_ENDPOINT),
    ("oauthConfig.httpMethod", OAUTH_METHOD),
    ("customParameterList", OAUTH_PARAMETERS),
    ("filterConditions", CONDITIONS),
    ("conditions", CONDITIONS),
    ("logical_operator", CONDITIONS),
    ("jsonata_expression", CONDITIONS),
    ("filter", FILTER_KEY),
    ("keyToFilter", FILTER_KEY),
    ("supportedValues", FILTER_VALUES),
    ("hydrate_entity", HYDRATE),
    ("include_relations", RELATIONS),
    ("include_activity", ACTIVITY),
    ("include_changed_attributes", CHANGED),
    ("apply_changesets", CHANGESETS),
    ("custom_headers", HEADERS),
    ("jsonataExpression", JSONATA),
    ("deliveryMode", DELIVERY_MODE),
    ("fileFieldName", FILE_FIELD),
    ("fileFieldStrategy", FILE_STRATEGY),
    ("fileSource", FILE_SOURCE),
    ("extraFields", EXTRA_FIELDS),
    ("retryPolicy", RETRY),
    ("maxAttempts", RETRY_ATTEMPTS),
    ("enableStaticIP", STATIC_IP),
    ("secureProxy", PROXY_INTEGRATION),
    ("integration_id", PROXY_INTEGRATION),
    ("use_case_slug", PROXY_USE_CASE),
    ("status", STATUS),
];

/// The error of a write: at its field where epilot plainly names one, in its own words otherwise.
pub fn write_error(refusal: Refusal) -> WriteError {
    let error = match (refusal.status, place(&refusal.words)) {
        (Some(400), Some(path)) => {
            let words: String = refusal.words.chars().take(300).collect();
            AppError::validation(vec![FieldError { path, message: format!("{NAME} says: {words}") }])
        }
        _ => refusal.error,
    };
    WriteError { error, uncertain: refusal.uncertain }
}

/// The one field a text names; nothing when it names none, or several.
fn place(words: &str) -> Option<FieldPath> {
    let mut found: Vec<String> =
        pointers(words).filter_map(|(pointer, is_plain)| path_of(pointer, is_plain)).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [path] => Some(FieldPath::from(path.as_str())),
        _ => None,
    }
}

/// The path of `body.auth.basicAuthConfig.username`, `/auth/oauthConfig/endpoint` or `maxAttempts`: the last of its
/// steps that is known, and the one before it where that says more. Of the conditions it says which one.
fn path_of(pointer: &str, is_plain: bool) -> Option<String> {
    let steps: Vec<&str> = pointer.split(['.', '/', '[', ']']).filter(|step| !step.is_empty()).collect();
    // A word of a sentence is a name only if it could be nothing else.
    if is_plain && steps.len() == 1 && !steps[0].contains(|c: char| c.is_ascii_uppercase() || c == '_') {
        return None;
    }
    let known = |name: &str| NAMES.iter().find(|(known, _)| *known == name).map(|(_, path)| *path);
    let path = (0..steps.len()).rev().find_map(|at| {
        let with_parent =
            at.checked_sub(1).and_then(|before| known(&format!("{}.{}", steps[before], steps[at])));
        // `name` below anything is not the webhook's.
        let is_top = at == 0 || matches!(steps[at - 1], "body" | "requestBody");
        with_parent.or_else(|| known(steps[at]).filter(|_| is_top || steps[at] != "name"))
    })?;
    let row = steps.iter().position(|step| *step == "conditions").and_then(|at| steps.get(at + 1));
    let row = row.and_then(|row| row.parse::<usize>().ok()).filter(|_| path == CONDITIONS);
    Some(row.map_or_else(|| path.to_owned(), |row| format!("{path}[{row}]")))
}

/// Words that could point to a field, and whether they stand in the text like any word.
fn pointers(words: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_./[]".contains(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + words[at..].find(is_part)?;
        let end = words[start..].find(|c| !is_part(c)).map_or(words.len(), |length| start + length);
        at = end;
        let word = words[start..end].trim_end_matches(['.', '[']);
        let quoted = words[..start].ends_with(['\'', '"', '`', '“']);
        Some((word, start != 0 && !quoted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Option<String> {
        place(words).map(|path| path.as_str().to_owned())
    }

    #[test]
    fn a_field_that_is_plainly_named_is_found() {
        for (words, path) in [
            ("name is required", "name"),
            ("request/body must have required property 'name'", "name"),
            ("request/body/auth/basicAuthConfig/username must be string", "auth.basic.username"),
            ("body.auth.oauthConfig.endpoint: must be https.", "auth.oauth.endpoint"),
            ("\"url\" must be a valid uri", "url"),
            ("Invalid JSONata in multipartConfig.fileSource: unexpected token", "delivery.file_source"),
            ("retryPolicy.maxAttempts should be <= 5", "delivery.retry_attempts"),
            ("filterConditions.conditions[0].operation is not allowed", "filter.conditions[0]"),
            ("body/filterConditions/conditions/2/values must be array", "filter.conditions[2]"),
            ("filterConditions must be object", "filter.conditions"),
            ("Unknown eventName foo.", "events"),
        ] {
            assert_eq!(found(words).as_deref(), Some(path), "{words}");
        }
    }

    #[test]
    fn words_that_name_none_or_several_are_left_alone() {
        for words in [
            "",
            "Validation failed",
            "The name of the url is wrong",
            "Check eventName and httpMethod",
            "The status is bad",
        ] {
            assert_eq!(found(words), None, "{words}");
        }
    }
}
