//! Names with values: custom headers, parameters of the token request, fields of a multipart form.
//!
//! epilot returns all of them in clear, so that a value can be kept by its place in the stored list.

use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::collections::HashMap;
use tacklebox_model::{FieldPath, PairInput, PairView, Secret, SecretChange};

/// The kinds of parameter a token request can have.
pub const GROUPS: [(&str, &str); 3] = [("body", "Body"), ("query", "Query"), ("header", "Header")];

/// A stored list and what is special about it.
#[derive(Clone, Copy)]
pub enum Shape {
    /// An object by name, with values that count as secrets: header names are compared without regard to case.
    Headers,
    /// An object by name, with values that are shown.
    Expressions,
    /// A list of `{type, key, value}`; a name may occur more than once.
    Parameters,
}

/// A stored pair, as far as it can be understood.
struct Stored<'a> {
    group: Option<&'a str>,
    name: &'a str,
    value: &'a Value,
    /// The whole of it, where it may have more fields than these.
    whole: &'a Value,
}

/// The stored pairs as they are shown.
pub fn views(shape: Shape, stored: Option<&Value>) -> Vec<PairView> {
    let shown = |value: &Value| match shape {
        Shape::Expressions => Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        Shape::Headers | Shape::Parameters => None,
    };
    read(shape, stored)
        .into_iter()
        .map(|pair| PairView {
            group: pair.group.map(str::to_owned),
            name: pair.name.to_owned(),
            value: shown(pair.value),
            has_value: has_value(pair.value),
            replaced: false,
        })
        .collect()
}

/// The values that count as secrets, by path: `<path>.<name>`, or `<path>.<group>.<name>` where there are groups.
/// The second and later pairs of one name get `#2` and so on.
pub fn secrets(shape: Shape, path: &str, stored: Option<&Value>) -> Vec<(FieldPath, Secret)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for pair in read(shape, stored) {
        let group = pair.group.map(|group| format!("{group}.")).unwrap_or_default();
        let name = format!("{path}.{group}{}", pair.name);
        let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(1);
        let name = if *times > 1 { format!("{name}#{times}") } else { name };
        if let Some(text) = pair.value.as_str().filter(|text| !text.is_empty()) {
            found.push((FieldPath::new(name), Secret::from(text)));
        }
    }
    found
}

/// The list as entered: what to store, and which values are new. Nothing when it is as stored.
///
/// # Errors
/// What is wrong, in sentences.
pub fn edit(
    shape: Shape,
    stored: Option<&Value>,
    inputs: &[PairInput],
) -> Result<Option<(Value, Vec<bool>)>, String> {
    let old = read(shape, stored);
    let mut new = Vec::new();
    let mut replaced = Vec::new();
    for input in inputs {
        let origin = input.origin.and_then(|at| old.get(at as usize));
        let name = if origin.is_some_and(|o| o.name == input.name) { &input.name } else { input.name.trim() };
        check_name(shape, name, input, origin, &new)?;
        let value = value(shape, name, input, origin)?;
        replaced.push(
            matches!(input.value, SecretChange::Replace { .. }) && origin.is_none_or(|o| *o.value != value),
        );
        let group = input.group.as_deref();
        let whole = match (shape, origin) {
            (Shape::Parameters, Some(origin)) => changed(origin.whole, group, name, &value),
            (Shape::Parameters, None) => json!({ "type": group, "key": name, "value": value }),
            (Shape::Headers | Shape::Expressions, _) => value,
        };
        new.push((name.to_owned(), whole));
    }
    let list = match shape {
        Shape::Parameters => Value::Array(new.into_iter().map(|(_, whole)| whole).collect()),
        Shape::Headers | Shape::Expressions => Value::Object(new.into_iter().collect()),
    };
    let as_stored = match stored {
        // The order of headers says nothing, but whoever changes it wants it so.
        Some(stored) => *stored == list && names(stored) == names(&list),
        None => inputs.is_empty(),
    };
    Ok((!as_stored).then_some((list, replaced)))
}

fn read(shape: Shape, stored: Option<&Value>) -> Vec<Stored<'_>> {
    const NOTHING: &Value = &Value::Null;
    match (shape, stored) {
        (Shape::Parameters, Some(Value::Array(items))) => items
            .iter()
            .map(|item| Stored {
                group: item.get("type").and_then(Value::as_str),
                name: item.get("key").and_then(Value::as_str).unwrap_or_default(),
                value: item.get("value").unwrap_or(NOTHING),
                whole: item,
            })
            .collect(),
        (Shape::Headers | Shape::Expressions, Some(Value::Object(pairs))) => {
            pairs.iter().map(|(name, value)| Stored { group: None, name, value, whole: value }).collect()
        }
        _ => vec![],
    }
}

/// The names of an object in order.
fn names(list: &Value) -> Vec<&String> {
    list.as_object().into_iter().flat_map(serde_json::Map::keys).collect()
}

fn has_value(value: &Value) -> bool {
    !value.is_null() && *value != ""
}

fn check_name(
    shape: Shape,
    name: &str,
    input: &PairInput,
    origin: Option<&Stored<'_>>,
    before: &[(String, Value)],
) -> Result<(), String> {
    if origin.is_some_and(|o| o.name == name && o.group == input.group.as_deref())
        && !is_twice(shape, name, before)
    {
        return Ok(());
    }
    match shape {
        _ if name.is_empty() => Err("Every row needs a name.".to_owned()),
        Shape::Headers if !is_header_name(name) => {
            Err(format!("“{name}” cannot be the name of a header: only letters, digits and hyphens."))
        }
        Shape::Headers | Shape::Expressions if is_twice(shape, name, before) => {
            Err(format!("“{name}” occurs twice."))
        }
        Shape::Parameters if !GROUPS.iter().any(|(group, _)| input.group.as_deref() == Some(group)) => {
            Err(format!("Choose where “{name}” goes: body, query or header."))
        }
        Shape::Headers | Shape::Expressions | Shape::Parameters => Ok(()),
    }
}

fn is_twice(shape: Shape, name: &str, before: &[(String, Value)]) -> bool {
    match shape {
        Shape::Headers => before.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)),
        Shape::Expressions => before.iter().any(|(other, _)| other == name),
        Shape::Parameters => false,
    }
}

/// A token by RFC 9110, as far as anybody uses them.
fn is_header_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

fn value(shape: Shape, name: &str, input: &PairInput, origin: Option<&Stored<'_>>) -> Result<Value, String> {
    let value = match (&input.value, origin) {
        (SecretChange::Keep, Some(origin)) => return Ok(origin.value.clone()),
        (SecretChange::Keep, None) => {
            return Err(format!("“{name}” has no stored value to keep. Enter one."));
        }
        (SecretChange::Clear, _) => "",
        (SecretChange::Replace { value }, _) => value.expose_secret(),
    };
    match shape {
        Shape::Expressions if value.trim().is_empty() => Err(format!("Enter an expression for “{name}”.")),
        Shape::Headers if value.contains(['\r', '\n', '\0']) => {
            Err(format!("The value of “{name}” has a line break in it, which no header can carry."))
        }
        Shape::Headers | Shape::Expressions | Shape::Parameters => Ok(json!(value)),
    }
}

/// The stored parameter with these values; what else it has goes back as it came.
fn changed(whole: &Value, group: Option<&str>, name: &str, value: &Value) -> Value {
    let mut parameter = whole.as_object().cloned().unwrap_or_default();
    let mut set = |key: &str, value: Value| {
        if parameter.get(key).unwrap_or(&Value::Null) != &value {
            parameter.insert(key.to_owned(), value);
        }
    };
    set("type", json!(group));
    set("key", json!(name));
    set("value", value.clone());
    Value::Object(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(group: Option<&str>, name: &str, origin: Option<u32>, value: SecretChange) -> PairInput {
        PairInput { group: group.map(str::to_owned), name: name.into(), origin, value }
    }

    fn new(text: &str) -> SecretChange {
        SecretChange::Replace { value: Secret::from(text) }
    }

    #[test]
    fn headers_are_kept_renamed_added_and_removed() {
        let stored = json!({ "x-a": "1", "x-b": "2", "x-c": 3 });
        let inputs = [
            pair(None, "x-renamed", Some(1), SecretChange::Keep),
            pair(None, "x-c", Some(2), SecretChange::Keep),
            pair(None, "x-new", None, new("n")),
        ];
        let (list, replaced) = edit(Shape::Headers, Some(&stored), &inputs).unwrap().unwrap();
        assert_eq!(list.to_string(), r#"{"x-renamed":"2","x-c":3,"x-new":"n"}"#);
        assert_eq!(replaced, [false, false, true]);
    }

    #[test]
    fn a_list_as_stored_is_no_change() {
        let stored = json!({ "x-a": "1" });
        assert_eq!(edit(Shape::Headers, Some(&stored), &[pair(None, "x-a", Some(0), new("1"))]), Ok(None));
        assert_eq!(edit(Shape::Headers, None, &[]), Ok(None));
        assert_eq!(edit(Shape::Headers, Some(&stored), &[]), Ok(Some((json!({}), vec![]))));
    }

    #[test]
    fn a_parameter_keeps_what_is_not_understood() {
        let stored = json!([{ "type": "cookie", "key": "a", "value": "1", "hint": 7 }, { "type": "body", "key": "b", "value": "2" }]);
        let inputs = [
            pair(Some("cookie"), "a", Some(0), new("9")),
            pair(Some("query"), "b", Some(1), SecretChange::Clear),
        ];
        let (list, replaced) = edit(Shape::Parameters, Some(&stored), &inputs).unwrap().unwrap();
        let wanted = json!([{ "type": "cookie", "key": "a", "value": "9", "hint": 7 }, { "type": "query", "key": "b", "value": "" }]);
        assert_eq!((list, replaced), (wanted, vec![true, false]));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let headers = |inputs: &[PairInput]| edit(Shape::Headers, None, inputs).unwrap_err();
        assert_eq!(headers(&[pair(None, " ", None, new("1"))]), "Every row needs a name.");
        assert!(headers(&[pair(None, "a b", None, new("1"))]).contains("cannot be the name"));
        assert!(headers(&[pair(None, "a", None, SecretChange::Keep)]).contains("no stored value"));
        assert!(headers(&[pair(None, "a", None, new("1\n2"))]).contains("line break"));
        let twice = [pair(None, "a", None, new("1")), pair(None, "A", None, new("2"))];
        assert_eq!(headers(&twice), "“A” occurs twice.");
        let stored = json!({ "a": "1", "b": "2" });
        let twice =
            [pair(None, "b", Some(0), SecretChange::Keep), pair(None, "b", Some(1), SecretChange::Keep)];
        assert!(edit(Shape::Headers, Some(&stored), &twice).is_err());
        assert!(
            edit(Shape::Parameters, None, &[pair(None, "a", None, new("1"))]).unwrap_err().contains("Choose")
        );
        assert!(edit(Shape::Expressions, None, &[pair(None, "a", None, new(" "))]).is_err());
    }

    #[test]
    fn secrets_have_paths_that_differ() {
        let stored = json!([{ "type": "body", "key": "a", "value": "1" }, { "type": "body", "key": "a", "value": "2" }, { "type": "query", "key": "a", "value": "" }]);
        let found = secrets(Shape::Parameters, "p", Some(&stored));
        let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["p.body.a", "p.body.a#2"]);
    }
}
