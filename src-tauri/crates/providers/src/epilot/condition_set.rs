//! Conditions as epilot stores them, and as a set that a form can show.

use super::conditions::{self, DEFAULT_TYPE, EACH, WHOLE};
use serde_json::{Map, Value, json};
use tacklebox_model::{Condition, ConditionSet, FieldValue};

/// The documented keys of the whole, of a comparison, and of an expression.
const GROUP: [&str; 2] = [ROWS, OPERATOR];
const COMPARISON: [&str; 6] = ["field", "operation", VALUES, TYPE, IS_ARRAY, EACH_ITEM];
const EXPRESSION: &str = "jsonata_expression";
const ROWS: &str = "conditions";
const OPERATOR: &str = "logical_operator";
const VALUES: &str = "values";
const TYPE: &str = "field_type";
const IS_ARRAY: &str = "is_array_field";
const EACH_ITEM: &str = "repeatable_item_op";

/// What becomes of the stored conditions.
#[derive(Debug, PartialEq)]
pub enum Change {
    /// They stay as they are stored.
    None,
    /// They go.
    Remove,
    /// These take their place.
    Set(Value),
}

/// Reads stored conditions; nothing when a part of them is of a form that is not known.
pub fn read(stored: &Value) -> Option<ConditionSet> {
    let group = stored.as_object()?;
    let all = match optional(group, OPERATOR, Value::as_str)? {
        None | Some("AND") => true,
        Some("OR") => false,
        Some(_) => return None,
    };
    let rows = optional(group, ROWS, Value::as_array)?.map(Vec::as_slice).unwrap_or_default();
    let rows = rows.iter().zip(0..).map(|(row, at)| Some(condition(row.as_object()?)?.at(Some(at))));
    Some(ConditionSet { all, rows: rows.collect::<Option<_>>()? })
}

/// The field of stored conditions: nothing where there are none, JSON where they cannot be read.
pub fn value(stored: &Value) -> Option<FieldValue> {
    match read(stored) {
        None => Some(FieldValue::Json(stored.clone())),
        Some(set) => (!set.rows.is_empty()).then_some(FieldValue::Conditions(set)),
    }
}

/// Where there is something in them that is not understood.
pub fn strange(stored: &Value) -> Vec<String> {
    let whole = "filterConditions";
    if read(stored).is_none() {
        return vec![whole.to_owned()];
    }
    let unknown = |value: &Value, known: &[&str]| -> Vec<String> {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        keys.filter(|key| !known.contains(&key.as_str())).cloned().collect()
    };
    let of_row = |(at, row): (usize, &Value)| {
        let known: Vec<&str> = COMPARISON.into_iter().chain([EXPRESSION]).collect();
        let names = unknown(row, &known).into_iter();
        names.map(|key| format!("{whole}.{ROWS}[{at}].{key}")).collect::<Vec<_>>()
    };
    let of_group = unknown(stored, &GROUP).into_iter().map(|key| format!("{whole}.{key}"));
    of_group.chain(rows(Some(stored)).iter().enumerate().flat_map(of_row)).collect()
}

/// What storing this set in place of the stored conditions comes to. A condition that was not touched goes back as it
/// is stored and is not checked: what epilot stores, it takes.
pub fn change(stored: Option<&Value>, wanted: &ConditionSet) -> Result<Change, String> {
    let nothing = json!({});
    let Some(before) = read(stored.unwrap_or(&nothing)) else {
        return Err("The stored conditions have a form Tacklebox does not know. Change them as JSON.".into());
    };
    if same(&before, wanted) {
        return Ok(Change::None);
    }
    if wanted.rows.is_empty() {
        return Ok(Change::Remove);
    }
    conditions::count(wanted.rows.len())?;
    let bases = bases(&before, wanted);
    let mut list = Vec::new();
    for (at, (row, base)) in wanted.rows.iter().zip(bases).enumerate() {
        let base = base.and_then(|base| rows(stored).get(base)).and_then(Value::as_object);
        match base {
            Some(base) if condition(base).as_ref() == Some(&row.clone().at(None)) => {
                list.push(Value::Object(base.clone()));
            }
            _ => {
                let made = Value::Object(written(at, base, row)?);
                conditions::condition(at, &made, stored)?;
                list.push(made);
            }
        }
    }
    let mut group = stored.and_then(Value::as_object).cloned().unwrap_or_default();
    group.insert(ROWS.to_owned(), Value::Array(list));
    if wanted.all != before.all {
        group.insert(OPERATOR.to_owned(), json!(if wanted.all { "AND" } else { "OR" }));
    } else if group.get(OPERATOR).is_some_and(Value::is_null) {
        group.shift_remove(OPERATOR);
    }
    Ok(Change::Set(Value::Object(group)))
}

fn rows(stored: Option<&Value>) -> &[Value] {
    stored.and_then(|group| group.get(ROWS)).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Whether they say the same; where the conditions came from says nothing.
fn same(before: &ConditionSet, wanted: &ConditionSet) -> bool {
    let plain = |set: &ConditionSet| set.rows.iter().cloned().map(|row| row.at(None)).collect::<Vec<_>>();
    plain(before) == plain(wanted) && (before.all == wanted.all || wanted.rows.is_empty())
}

/// From which stored condition each is made: the one it names, or one like it that no other names.
fn bases(before: &ConditionSet, wanted: &ConditionSet) -> Vec<Option<usize>> {
    let named = |row: &Condition| row.origin().map(|at| at as usize).filter(|at| *at < before.rows.len());
    let mut taken: Vec<usize> = wanted.rows.iter().filter_map(named).collect();
    let mut base = |row: &Condition| {
        named(row).or_else(|| {
            let like = |at: &usize| before.rows[*at].clone().at(None) == row.clone().at(None);
            let found = (0..before.rows.len()).filter(|at| !taken.contains(at)).find(like)?;
            taken.push(found);
            Some(found)
        })
    };
    wanted.rows.iter().map(&mut base).collect()
}

/// Reads one condition. What is absent has the document's default.
fn condition(one: &Map<String, Value>) -> Option<Condition> {
    let operation = optional(one, "operation", Value::as_str)?;
    match (optional(one, EXPRESSION, Value::as_str)?, optional(one, "field", Value::as_str)?) {
        (Some(expression), None) if operation.is_none() => {
            Some(Condition::Expression { expression: expression.to_owned(), origin: None })
        }
        (None, Some(field)) => {
            let is_array = optional(one, IS_ARRAY, Value::as_bool)?.unwrap_or(false);
            let item = match (optional(one, EACH_ITEM, Value::as_bool)?.unwrap_or(false), is_array) {
                (true, _) => Some(EACH),
                (false, true) => Some(WHOLE),
                (false, false) => None,
            };
            Some(Condition::Field {
                field: field.to_owned(),
                operation: operation.unwrap_or_default().to_owned(),
                values: optional(one, VALUES, texts)?.unwrap_or_default(),
                field_type: optional(one, TYPE, Value::as_str)?.unwrap_or(DEFAULT_TYPE).to_owned(),
                is_array,
                item: item.map(str::to_owned),
                origin: None,
            })
        }
        _ => None,
    }
}

/// A value that may be absent or null; nothing at all when it is of another kind.
fn optional<'a, T>(
    object: &'a Map<String, Value>,
    key: &str,
    kind: impl Fn(&'a Value) -> Option<T>,
) -> Option<Option<T>> {
    match object.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => kind(value).map(Some),
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

/// A condition as it is sent: what its base has, with what differs from it. Comparison and expression exclude each
/// other, so the keys of the other form go.
fn written(
    at: usize,
    base: Option<&Map<String, Value>>,
    row: &Condition,
) -> Result<Map<String, Value>, String> {
    let mut one = base.cloned().unwrap_or_default();
    // The document knows no null here.
    let is_null = |(key, value): &(&String, &Value)| value.is_null() && is_known(key);
    let nulls: Vec<String> = one.iter().filter(is_null).map(|(key, _)| key.clone()).collect();
    nulls.iter().for_each(|key| drop(one.shift_remove(key)));
    match row {
        Condition::Expression { expression, .. } => {
            COMPARISON.iter().for_each(|key| drop(one.shift_remove(*key)));
            one.insert(EXPRESSION.to_owned(), json!(expression));
        }
        Condition::Field { field, operation, values, field_type, is_array, item, .. } => {
            let each = match item.as_deref() {
                None | Some(WHOLE) => false,
                Some(EACH) => true,
                Some(other) => {
                    return Err(format!("Condition {}: items cannot be taken as “{other}”.", at + 1));
                }
            };
            one.shift_remove(EXPRESSION);
            one.insert("field".to_owned(), json!(field));
            one.insert("operation".to_owned(), json!(operation));
            set(&mut one, VALUES, json!(values), &json!([]));
            let field_type = if field_type.is_empty() { DEFAULT_TYPE } else { field_type };
            set(&mut one, TYPE, json!(field_type), &json!(DEFAULT_TYPE));
            set(&mut one, IS_ARRAY, json!(is_array), &json!(false));
            set(&mut one, EACH_ITEM, json!(each), &json!(false));
        }
    }
    Ok(one)
}

fn is_known(key: &str) -> bool {
    key == EXPRESSION || COMPARISON.contains(&key)
}

/// Sets a value; one that is absent and has its default is not added.
fn set(one: &mut Map<String, Value>, key: &str, value: Value, default: &Value) {
    if one.contains_key(key) || value != *default {
        one.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests;
