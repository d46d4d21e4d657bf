//! The shape of filter conditions, by epilot's OpenAPI document and its prose.

use serde_json::{Map, Value};
use tacklebox_model::{
    ComparedAs, ConditionFieldType, ConditionItemMode, ConditionOperation, ConditionSpec,
    ConditionTest as Test, ConditionValues as Values, ItemsTakenAs,
};

/// Most conditions of one webhook.
const MOST: u32 = 10;
/// Most characters of a JSONata expression.
const LONGEST: u32 = 15_000;
/// The document's operations in its order, with the words and the meaning it gives them.
const OPERATIONS: [(&str, &str, Values, Test); 20] = [
    ("equals", "is", Values::One, Test::Equals),
    ("not_equals", "is not", Values::One, Test::NotEquals),
    ("any_of", "is one of", Values::Many, Test::AnyOf),
    ("none_of", "is none of", Values::Many, Test::NoneOf),
    ("contains", "contains", Values::One, Test::Contains),
    ("not_contains", "does not contain", Values::One, Test::NotContains),
    ("starts_with", "starts with", Values::One, Test::StartsWith),
    ("ends_with", "ends with", Values::One, Test::EndsWith),
    ("greater_than", "is more than", Values::One, Test::GreaterThan),
    ("less_than", "is less than", Values::One, Test::LessThan),
    ("greater_than_or_equals", "is at least", Values::One, Test::GreaterOrEqual),
    ("less_than_or_equals", "is at most", Values::One, Test::LessOrEqual),
    ("is_empty", "is empty", Values::None, Test::IsEmpty),
    ("is_not_empty", "is not empty", Values::None, Test::IsNotEmpty),
    ("length_equals", "has an item count of", Values::Number, Test::LengthEquals),
    ("length_not_equals", "has an item count other than", Values::Number, Test::LengthNotEquals),
    ("length_greater_than", "has an item count above", Values::Number, Test::LengthGreater),
    ("length_less_than", "has an item count below", Values::Number, Test::LengthLess),
    (
        "length_greater_than_or_equals",
        "has an item count of at least",
        Values::Number,
        Test::LengthGreaterOrEqual,
    ),
    ("length_less_than_or_equals", "has an item count of at most", Values::Number, Test::LengthLessOrEqual),
];
/// The kind of value epilot takes a field for where it is not told.
pub const DEFAULT_TYPE: &str = "string";
const FIELD_TYPES: [(&str, &str, ComparedAs); 5] = [
    (DEFAULT_TYPE, "Text", ComparedAs::String),
    ("number", "Number", ComparedAs::Number),
    ("boolean", "True or false", ComparedAs::Boolean),
    ("date", "Date", ComparedAs::Date),
    ("datetime", "Date and time", ComparedAs::Datetime),
];
/// The names of `repeatable_item_op` being off and on. The document says that items are then evaluated each by
/// itself, and not whether one that fits is enough; it is assumed here that it is.
pub const WHOLE: &str = "whole";
pub const EACH: &str = "each";

/// What conditions of epilot can be.
pub fn spec() -> ConditionSpec {
    let operations = OPERATIONS.iter().map(|(id, label, values, test)| ConditionOperation {
        id: (*id).into(),
        label: (*label).into(),
        values: *values,
        test: *test,
    });
    let field_types = FIELD_TYPES.iter().map(|(value, label, compared_as)| ConditionFieldType {
        value: (*value).into(),
        label: (*label).into(),
        compared_as: *compared_as,
    });
    let mode = |value: &str, label: &str, taken_as| ConditionItemMode {
        value: value.into(),
        label: label.into(),
        taken_as,
    };
    ConditionSpec {
        max: MOST,
        operations: operations.collect(),
        field_types: field_types.collect(),
        item_modes: vec![
            mode(WHOLE, "As a whole", ItemsTakenAs::Whole),
            mode(EACH, "Item by item", ItemsTakenAs::Any),
        ],
        expression_max_length: Some(LONGEST),
    }
}

/// Says what is not right with conditions, in a sentence. Fields the document does not have are let through:
/// epilot may know them. So are operations and kinds of value that the stored conditions have already.
pub fn check(value: &Value, stored: Option<&Value>) -> Result<(), String> {
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
    count(conditions.len())?;
    for (at, one) in conditions.iter().enumerate() {
        condition(at, one, stored)?;
    }
    Ok(())
}

/// Says that these are too many.
pub fn count(conditions: usize) -> Result<(), String> {
    if conditions <= MOST as usize {
        return Ok(());
    }
    Err(format!("epilot takes at most {MOST} conditions; these are {conditions}."))
}

/// Says what is not right with the condition at this position, counted from 0, naming it.
pub fn condition(at: usize, value: &Value, stored: Option<&Value>) -> Result<(), String> {
    either(value, stored).map_err(|problem| format!("Condition {}: {problem}", at + 1))
}

fn either(value: &Value, stored: Option<&Value>) -> Result<(), String> {
    let one = value.as_object().ok_or("it is no object.")?;
    let compares = ["field", "operation"].iter().any(|key| one.contains_key(*key));
    match (one.get("jsonata_expression"), compares) {
        (Some(_), true) => {
            Err("“jsonata_expression” and a comparison with “field” and “operation” exclude each other."
                .into())
        }
        (None, false) => Err("it needs “field” and “operation”, or “jsonata_expression”.".into()),
        (Some(expression), false) => jsonata(expression),
        (None, true) => comparison(one, stored),
    }
}

fn jsonata(expression: &Value) -> Result<(), String> {
    match expression.as_str().map(|text| (text.trim().is_empty(), text.chars().count())) {
        None | Some((true, _)) => Err("“jsonata_expression” is a text with an expression.".into()),
        Some((false, length)) if length > LONGEST as usize => {
            Err(format!("“jsonata_expression” has at most {LONGEST} characters; this has {length}."))
        }
        Some(_) => Ok(()),
    }
}

fn comparison(one: &Map<String, Value>, stored: Option<&Value>) -> Result<(), String> {
    if one.get("field").and_then(Value::as_str).is_none_or(|field| field.trim().is_empty()) {
        return Err("“field” is the path of a value in the event, such as entity.status.".into());
    }
    let operation = one.get("operation").and_then(Value::as_str).unwrap_or_default();
    match OPERATIONS.iter().find(|known| known.0 == operation) {
        Some((.., takes, _)) => values(operation, *takes, one.get("values"))?,
        None if is_stored(stored, "operation", operation) => {
            values(operation, Values::None, one.get("values"))?
        }
        None => return Err(format!("“operation” is one of {}.", OPERATIONS.map(|known| known.0).join(", "))),
    }
    let is_type =
        |name: &str| FIELD_TYPES.iter().any(|known| known.0 == name) || is_stored(stored, "field_type", name);
    if one.get("field_type").is_some_and(|kind| !kind.as_str().is_some_and(is_type)) {
        return Err(format!("“field_type” is one of {}.", FIELD_TYPES.map(|known| known.0).join(", ")));
    }
    for flag in ["is_array_field", "repeatable_item_op"] {
        if one.get(flag).is_some_and(|value| !value.is_boolean()) {
            return Err(format!("“{flag}” is true or false."));
        }
    }
    Ok(())
}

/// Whether a stored condition has this text there: epilot then knows it.
fn is_stored(stored: Option<&Value>, key: &str, text: &str) -> bool {
    let rows = stored.and_then(|group| group.get("conditions")).and_then(Value::as_array);
    !text.is_empty()
        && rows.into_iter().flatten().any(|row| row.get(key).and_then(Value::as_str) == Some(text))
}

fn values(operation: &str, takes: Values, values: Option<&Value>) -> Result<(), String> {
    let texts: Option<Vec<&str>> = match values {
        None => Some(vec![]),
        Some(Value::Array(items)) => items.iter().map(Value::as_str).collect(),
        Some(_) => None,
    };
    let texts = texts.ok_or("“values” is a list of texts, each in quotation marks.")?;
    if takes == Values::None {
        return Ok(());
    }
    let first = texts.first().ok_or_else(|| format!("“{operation}” needs “values”."))?;
    if takes == Values::Number && (first.is_empty() || !first.chars().all(|c| c.is_ascii_digit())) {
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
        for (operation, ..) in OPERATIONS {
            let one = json!({ "field": "entity.a[1].b", "operation": operation, "values": ["3"],
                "field_type": "number", "is_array_field": true, "repeatable_item_op": false });
            assert_eq!(check(&group(one), None), Ok(()), "{operation}");
        }
        assert_eq!(check(&group(json!({ "field": "a", "operation": "is_empty" })), None), Ok(()));
        assert_eq!(
            check(&group(json!({ "jsonata_expression": "é".repeat(LONGEST as usize) })), None),
            Ok(())
        );
        assert_eq!(check(&json!({ "conditions": [{ "jsonata_expression": "a", "new": 1 }] }), None), Ok(()));
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
            (group(json!({ "jsonata_expression": "a".repeat(LONGEST as usize + 1) })), "15000"),
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
            let problem = check(&value, None).unwrap_err();
            assert!(problem.contains(words), "{value}: {problem}");
        }
    }

    #[test]
    fn what_is_stored_already_is_known_to_epilot() {
        let row = json!({ "field": "a", "operation": "sounds_like", "values": ["b"], "field_type": "name" });
        let stored = group(row.clone());
        assert!(
            check(&stored, None).is_err() && check(&stored, Some(&group(json!({ "field": "a" })))).is_err()
        );
        assert_eq!(check(&stored, Some(&stored)), Ok(()));
        let mut odd = row;
        odd["values"] = json!([1]);
        assert!(check(&group(odd), Some(&stored)).unwrap_err().contains("list of texts"));
    }
}
