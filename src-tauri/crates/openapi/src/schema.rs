//! OpenAPI 3.0 schemas as closed JSON Schemas.

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

use crate::{LoadError, Problem};

/// Which way a body travels: read-only properties may not be sent, write-only ones not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Answer,
}

/// Compiles a schema of `document`. `place` is for the error.
pub(crate) fn compile(
    document: &Value,
    schema: &Value,
    direction: Direction,
    place: &str,
) -> Result<Validator, LoadError> {
    let unsupported = |problem: String| LoadError::Unsupported { place: place.to_owned(), problem };
    let mut definitions = Map::new();
    if let Some(schemas) = document.pointer("/components/schemas").and_then(Value::as_object) {
        for (name, schema) in schemas {
            definitions.insert(name.clone(), convert(schema, direction).map_err(unsupported)?);
        }
    }
    let root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        "allOf": [convert(schema, direction).map_err(unsupported)?],
    });
    jsonschema::options()
        .should_validate_formats(true)
        .build(&root)
        .map_err(|error| unsupported(error.to_string()))
}

/// What is wrong with a value. Messages are masked: bodies hold credentials.
pub(crate) fn problems(validator: &Validator, value: &Value) -> Vec<Problem> {
    let problem = |error: jsonschema::ValidationError<'_>| Problem {
        at: error.instance_path().to_string(),
        rule: if matches!(error.kind(), ValidationErrorKind::FalseSchema) {
            "not allowed in this direction".to_owned()
        } else {
            error.masked().to_string()
        },
    };
    validator.iter_errors(value).map(problem).collect()
}

fn convert(schema: &Value, direction: Direction) -> Result<Value, String> {
    let Some(schema) = schema.as_object() else { return Ok(schema.clone()) };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.strip_prefix("#/components/schemas/");
        let name = name.ok_or_else(|| format!("reference {reference}"))?;
        return Ok(json!({ "$ref": format!("#/$defs/{name}") }));
    }
    let mut converted = Map::new();
    for (keyword, value) in schema {
        match keyword.as_str() {
            "allOf" | "anyOf" | "oneOf" | "not" => return Err(format!("keyword {keyword}")),
            "description" | "example" | "default" | "deprecated" | "nullable" | "title" => {}
            "properties" => {
                converted.insert(keyword.clone(), properties(value, direction)?);
            }
            "items" | "additionalProperties" => {
                converted.insert(keyword.clone(), convert(value, direction)?);
            }
            _ => {
                converted.insert(keyword.clone(), value.clone());
            }
        }
    }
    if converted.contains_key("properties") && !converted.contains_key("additionalProperties") {
        converted.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        allow_null(&mut converted);
    }
    Ok(Value::Object(converted))
}

fn properties(properties: &Value, direction: Direction) -> Result<Value, String> {
    let properties = properties.as_object().ok_or("properties that are no object")?;
    let forbidden = match direction {
        Direction::Request => "readOnly",
        Direction::Answer => "writeOnly",
    };
    let mut converted = Map::new();
    for (name, schema) in properties {
        let schema = match schema.get(forbidden) {
            Some(Value::Bool(true)) => Value::Bool(false),
            _ => convert(schema, direction)?,
        };
        converted.insert(name.clone(), schema);
    }
    Ok(Value::Object(converted))
}

/// `nullable` adds null to the type, and to the values if they are listed.
fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}
