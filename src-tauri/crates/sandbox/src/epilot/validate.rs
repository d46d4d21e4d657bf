//! Strict validation of request bodies against the shapes in `fields.rs`.

use serde_json::Value;

/// What a value may be.
#[derive(Debug)]
pub(super) enum Shape {
    Text,
    /// At most so many characters.
    ShortText(usize),
    TextOrNull,
    /// `MAJOR.MINOR` or null.
    VersionOrNull,
    Timestamp,
    Uuid,
    Boolean,
    /// A whole number from the first to the second.
    Whole(u64, u64),
    OneOf(&'static [&'static str]),
    /// So many at least and at most.
    List(&'static Shape, usize, usize),
    /// Any names, texts as values.
    TextMap,
    /// These fields and no others.
    Object(&'static [Field]),
    /// These fields and any others.
    OpenObject(&'static [Field]),
    /// Never accepted from a client.
    ReadOnly,
    /// Set by the server, and accepted when it is what the server has.
    Unchanged(&'static Shape),
}

/// A property of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) shape: Shape,
}

impl Field {
    pub(super) const fn required(name: &'static str, shape: Shape) -> Self {
        Self { name, required: true, shape }
    }

    pub(super) const fn optional(name: &'static str, shape: Shape) -> Self {
        Self { name, required: false, shape }
    }
}

/// The first thing wrong with a value. `stored` is what the server has in its place, if anything.
pub(super) fn check(shape: &Shape, value: &Value, stored: Option<&Value>, path: &str) -> Result<(), String> {
    let must = |right: bool, what: &str| if right { Ok(()) } else { Err(format!("{path} must be {what}")) };
    match shape {
        Shape::Text => must(value.is_string(), "a string"),
        Shape::ShortText(most) => {
            let fits = value.as_str().is_some_and(|text| text.chars().count() <= *most);
            must(fits, &format!("a string of at most {most} characters"))
        }
        Shape::TextOrNull => must(value.is_string() || value.is_null(), "a string or null"),
        Shape::VersionOrNull => {
            let version = value.as_str().is_none_or(is_version) && (value.is_string() || value.is_null());
            must(version, "MAJOR.MINOR or null")
        }
        Shape::Timestamp => must(
            value.as_str().is_some_and(|text| super::time::parse(text).is_some()),
            "an RFC 3339 timestamp",
        ),
        Shape::Uuid => must(value.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()), "a UUID"),
        Shape::Boolean => must(value.is_boolean(), "a boolean"),
        Shape::Whole(least, most) => {
            let fits = value.as_u64().is_some_and(|number| (*least..=*most).contains(&number));
            must(fits, &format!("a whole number from {least} to {most}"))
        }
        Shape::OneOf(names) => {
            must(value.as_str().is_some_and(|text| names.contains(&text)), &format!("one of {names:?}"))
        }
        Shape::List(item, least, most) => {
            let items = value.as_array().filter(|items| (*least..=*most).contains(&items.len()));
            must(items.is_some(), &format!("a list of {least} to {most} items"))?;
            items.into_iter().flatten().enumerate().try_for_each(|(index, value)| {
                check(item, value, stored.and_then(|stored| stored.get(index)), &format!("{path}[{index}]"))
            })
        }
        Shape::TextMap => {
            let map = value.as_object().is_some_and(|map| map.values().all(Value::is_string));
            must(map, "an object of strings")
        }
        Shape::Object(fields) => object(fields, false, value, stored, path),
        Shape::OpenObject(fields) => object(fields, true, value, stored, path),
        Shape::ReadOnly => Err(format!("{path} is read-only")),
        Shape::Unchanged(shape) => {
            check(shape, value, None, path)?;
            match stored == Some(value) {
                true => Ok(()),
                false => Err(format!("{path} is set by the server")),
            }
        }
    }
}

fn object(
    fields: &[Field],
    open: bool,
    value: &Value,
    stored: Option<&Value>,
    path: &str,
) -> Result<(), String> {
    let object = value.as_object().ok_or_else(|| format!("{path} must be an object"))?;
    for field in fields.iter().filter(|field| field.required) {
        if !object.contains_key(field.name) {
            return Err(format!("{path}.{} is required", field.name));
        }
    }
    for (name, value) in object {
        let stored = stored.and_then(|stored| stored.get(name));
        let path = format!("{path}.{name}");
        match fields.iter().find(|field| field.name == name) {
            Some(field) => check(&field.shape, value, stored, &path)?,
            // Assumption: a server that returns a field its document does not have yet also takes it.
            None if open || stored.is_some() => {}
            None => return Err(format!("{path} is not known")),
        }
    }
    Ok(())
}

fn is_version(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| digits(major) && digits(minor))
}
