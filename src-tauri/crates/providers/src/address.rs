//! What addresses of endpoints have in common at all vendors: their secrets, and the query values a draft brings.

use secrecy::ExposeSecret;
use serde_json::Value;
use tacklebox_model::{EndpointUrl, FieldPath, FieldValue, Fields, Secret, UrlProblem, UrlView};

/// Host, path and masked query of the fields' URL.
pub(crate) fn endpoint(fields: &Fields) -> String {
    match fields.get(&FieldPath::from(FieldPath::URL)) {
        Some(FieldValue::Url(url)) => url.short().to_owned(),
        _ => String::new(),
    }
}

/// The query parameters of an address as they stand in it.
pub fn query_params(text: &str) -> Vec<&str> {
    let text = text.split('#').next().unwrap_or_default();
    text.split_once('?').map(|(_, query)| query.split('&').collect()).unwrap_or_default()
}

/// Credentials and query values of an address as they stand in it and decoded.
pub(crate) fn secrets_in(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    let address = text.split(['#', '?']).next().unwrap_or_default();
    let authority = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    if let Some((userinfo, _)) = authority.rsplit_once('@') {
        found.push(Secret::from(userinfo));
        found.extend(userinfo.split_once(':').map(|(_, password)| Secret::from(password)));
    }
    for param in query_params(text) {
        found.extend(param.split_once('=').map(|(_, value)| Secret::from(value)));
        let decoded = url::form_urlencoded::parse(param.as_bytes());
        found.extend(decoded.map(|(_, value)| Secret::from(value.into_owned())));
    }
    found.retain(|secret| !secret.expose_secret().is_empty());
    found
}

/// The secrets of a text that should be an address; all of it when it is none.
pub(crate) fn secrets_of(text: &str) -> Vec<Secret> {
    if EndpointUrl::parse(text).is_err() { vec![Secret::from(text)] } else { secrets_in(text) }
}

/// Every text in a JSON value, whatever its place.
pub(crate) fn texts_in(value: Option<&Value>, found: &mut Vec<Secret>) {
    match value {
        Some(Value::String(text)) => found.push(Secret::from(text.as_str())),
        Some(Value::Array(items)) => items.iter().for_each(|item| texts_in(Some(item), found)),
        Some(Value::Object(object)) => object.values().for_each(|item| texts_in(Some(item), found)),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => {}
    }
}

/// Whether the window does not see the whole of an address.
pub(crate) fn hides_something(text: &str) -> bool {
    EndpointUrl::parse(text).map_or(true, |url| url.masked() != text)
}

/// A whole address, as a revert has it, every query value of it typed anew.
pub(crate) fn whole(text: &str) -> Result<(EndpointUrl, Vec<bool>), UrlProblem> {
    let url = EndpointUrl::parse(text)?;
    let typed = all_typed(&url.view());
    Ok((url, typed))
}

/// The marks of an address all of whose query values were typed.
pub(crate) fn all_typed(view: &UrlView) -> Vec<bool> {
    view.query.iter().map(|param| param.has_value).collect()
}

/// Which of the query values that were typed are not those that stand in the stored address.
pub(crate) fn new_values(mut typed: Vec<bool>, after: &str, stored: &str) -> Vec<bool> {
    let before = query_params(stored);
    for (typed, param) in typed.iter_mut().zip(query_params(after)) {
        *typed &= !before.contains(&param);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found: Vec<_> =
            secrets_of(text).iter().map(|secret| secret.expose_secret().to_owned()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn secrets_are_found_as_they_stand_and_decoded() {
        let wanted = ["b c", "b%20c", "d=e", "me:p@w", "p@w"];
        assert_eq!(found("https://me:p@w@h.example/x@y?a=b%20c&flag&k=d=e#f=g"), wanted);
        assert_eq!(found("no address"), ["no address"]);
        assert!(found("https://h.example/x?flag&empty=").is_empty());
    }

    #[test]
    fn a_value_typed_as_it_is_stored_is_no_new_one() {
        let stored = "https://h.example/?a=1&b=2#c";
        let after = "https://h.example/?b=2&a=9&c=3";
        assert_eq!(new_values(vec![true, true, false], after, stored), [false, true, false]);
    }
}
