//! The shape of filter conditions, by epilot's OpenAPI document and its prose.

use serde_json::{Map, Value};

/// Most conditions of one webhook.
const MOST: usize = 10;
/// Most characters of a JSONata expression.
const LONGEST: usize = 15_000;
const OPERATIONS: [&str; 20] = [
    "equals",
    "not_equals",
    "any_of",
    "none_of",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "greater_than",
    "less_than",
    "greater_than_or_equals",
    "less_than_or_equals",
    "is_empty",
    "is_not_empty",
    "length_equals",
    "length_not_equals",
    "length_greater_than",
    "length_less_than",
    "length_greater_than_or_equals",
    "length_less_than_or_equals",
];
const FIELD_TYPES: [&str; 5] = ["string", "number", "boolean", "date", "datetime"];

/// Says what is not right with conditions, in a sentence. Fields the document does not have are let through:
/// epilot may know them.
pub fn check(value: &Value) -> Result<(), String> {
    let group =
        value.as_object().ok_or("The conditions are an object with “conditions” and “logical_operator”.")?;
    match group.get("logical_operator") {
        None => {}
        Some(Value::String(operator)) if operator == "AND" || operator == "OR" => {}
        Some(_) => return Err("“logical_operator” is AND or OR.".to_owned()),
    }
    let conditions = group.get("conditions").and_then(Value::as_array).ok_or("“conditions” is a list.")?;
    if conditions.is_empty() {
        return Err("There is no condition in the list. Empty the field to send every event.".to_owned());
    }
    if conditions.len() > MOST {
        return Err(format!("epilot takes at most {MOST} conditions; these are {}.", conditions.len()));
    }
    for (at, one) in conditions.iter().enumerate() {
        condition(one).map_err(|problem| format!("Condition {}: {problem}", at + 1))?;
    }
    Ok(())
}

fn condition(value: &Value) -> Result<(), String> {
    let one = value.as_object().ok_or("it is no object.")?;
    let compares = ["field", "operation"].iter().any(|key| one.contains_key(*key));
    match (one.get("jsonata_expression"), compares) {
        (Some(_), true) => {
            Err("“jsonata_expression” and a comparison with “field” and “operation” exclude each other."
                .into())
        }
        (None, false) => Err("it needs “field” and “operation”, or “jsonata_expression”.".into()),
        (Some(expression), false) => jsonata(expression),
        (None, true) => comparison(one),
    }
}

fn jsonata(expression: &Value) -> Result<(), String> {
    match expression.as_str().map(|text| (text.trim().is_empty(), text.chars().count())) {
        None | Some((true, _)) => Err("“jsonata_expression” is a text with an expression.".into()),
        Some((false, length)) if length > LONGEST => {
            Err(format!("“jsonata_expression” has at most {LONGEST} characters; this has {length}."))
        }
        Some(_) => Ok(()),
    }
}

fn comparison(one: &Map<String, Value>) -> Result<(), String> {
    if one.get("field").and_then(Value::as_str).is_none_or(|field| field.trim().is_empty()) {
        return Err("“field” is the path of a value in the event, such as entity.status.".into());
    }
    let operation = one.get("operation").and_then(Value::as_str).unwrap_or_default();
    if !OPERATIONS.contains(&operation) {
        return Err(format!("“operation” is one of {}.", OPERATIONS.join(", ")));
    }
    values(operation, one.get("values"))?;
    if one.get("field_type").is_some_and(|kind| !kind.as_str().is_some_and(|k| FIELD_TYPES.contains(&k))) {
        return Err(format!("“field_type” is one of {}.", FIELD_TYPES.join(", ")));
    }
    for flag in ["is_array_field", "repeatable_item_op"] {
        if one.get(flag).is_some_and(|value| !value.is_boolean()) {
            return Err(format!("“{flag}” is true or false."));
        }
    }
    Ok(())
}

fn values(operation: &str, values: Option<&Value>) -> Result<(), String> {
    let texts: Option<Vec<&str>> = match values {
        None => Some(vec![]),
        Some(Value::Array(items)) => items.iter().map(Value::as_str).collect(),
        Some(_) => None,
    };
    let texts = texts.ok_or("“values” is a list of texts, each in quotation marks.")?;
    if operation == "is_empty" || operation == "is_not_empty" {
        return Ok(());
    }
    let first = texts.first().ok_or_else(|| format!("“{operation}” needs “values”."))?;
    if operation.starts_with("length_") && (first.is_empty() || !first.chars().all(|c| c.is_ascii_digit())) {
        return Err(format!("“{operation}” compares with a count: the first of “values” is a whole number."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn group(condition: Value) -> Value {
        json!({ "conditions": [condition], "logical_operator": "OR" })
    }

    #[test]
    fn every_documented_form_is_taken() {
        for operation in OPERATIONS {
            let one = json!({ "field": "entity.a[1].b", "operation": operation, "values": ["3"],
                "field_type": "number", "is_array_field": true, "repeatable_item_op": false });
            assert_eq!(check(&group(one)), Ok(()), "{operation}");
        }
        assert_eq!(check(&group(json!({ "field": "a", "operation": "is_empty" }))), Ok(()));
        assert_eq!(check(&group(json!({ "jsonata_expression": "é".repeat(LONGEST) }))), Ok(()));
        assert_eq!(check(&json!({ "conditions": [{ "jsonata_expression": "a", "new": 1 }] })), Ok(()));
    }

    #[test]
    fn every_other_form_is_refused_in_words() {
        let comparison = |key: &str, value: Value| {
            let mut one = json!({ "field": "a", "operation": "equals", "values": ["b"] });
            one[key] = value;
            group(one)
        };
        let many: Vec<Value> = (0..11).map(|_| json!({ "jsonata_expression": "a" })).collect();
        for (value, words) in [
            (json!([]), "are an object"),
            (json!({ "conditions": {} }), "is a list"),
            (json!({ "conditions": [] }), "no condition"),
            (json!({ "conditions": many }), "at most 10"),
            (
                json!({ "conditions": [{ "jsonata_expression": "a" }], "logical_operator": "and" }),
                "AND or OR",
            ),
            (group(json!(7)), "Condition 1: it is no object"),
            (group(json!({})), "it needs"),
            (group(json!({ "jsonata_expression": "a", "operation": "equals" })), "exclude each other"),
            (group(json!({ "jsonata_expression": " " })), "is a text"),
            (group(json!({ "jsonata_expression": "a".repeat(LONGEST + 1) })), "15000"),
            (comparison("field", json!("")), "“field”"),
            (comparison("operation", json!("matches")), "one of equals"),
            (comparison("values", json!("b")), "list of texts"),
            (comparison("values", json!([1])), "list of texts"),
            (comparison("values", json!([])), "needs “values”"),
            (comparison("field_type", json!("text")), "one of string"),
            (comparison("is_array_field", json!("yes")), "true or false"),
            (group(json!({ "field": "a", "operation": "length_equals", "values": ["-1"] })), "whole number"),
            (group(json!({ "field": "a" })), "one of equals"),
        ] {
            let problem = check(&value).unwrap_err();
            assert!(problem.contains(words), "{value}: {problem}");
        }
    }
}
