//! The filters of a draft: conditions, and the older filter on one value.

use super::condition_set::{self, Change};
use super::draft::Editor;
use super::paths::*;
use super::{conditions, wire};
use serde_json::{Value, json};
use tacklebox_model::FieldInput;

/// Applies what the draft says of the filters.
pub fn edit(editor: &mut Editor<'_>) {
    let stored = wire::conditions(&editor.after);
    let change = match editor.input(CONDITIONS) {
        Some(FieldInput::Conditions(wanted)) => condition_set::change(stored, wanted),
        Some(FieldInput::Json(wanted)) => as_json(stored, wanted),
        _ => Ok(Change::None),
    };
    match change {
        Ok(Change::None) => {}
        Ok(Change::Remove) => editor.set(&["filterConditions"], None),
        Ok(Change::Set(value)) => editor.set(&["filterConditions"], Some(value)),
        Err(problem) => editor.wrong(CONDITIONS, &problem),
    }
    legacy(editor);
}

/// The conditions as JSON, for what the form cannot show and for reverts.
fn as_json(stored: Option<&Value>, wanted: &Value) -> Result<Change, String> {
    if wanted == stored.unwrap_or(&Value::Null) {
        // What is shown as it is stored goes back as it is stored.
        Ok(Change::None)
    } else if wanted.is_null() || *wanted == json!({}) {
        Ok(Change::Remove)
    } else {
        conditions::check(wanted, stored).map(|()| Change::Set(wanted.clone()))
    }
}

fn legacy(editor: &mut Editor<'_>) {
    let stored_values = wire::texts(at(&editor.after, &["filter", "supportedValues"]));
    let stored_key = editor.stored_text(&["filter", "keyToFilter"]).unwrap_or_default().to_owned();
    let key = editor.text(FILTER_KEY).map_or(stored_key.as_str(), str::trim).to_owned();
    let values = match editor.input(FILTER_VALUES) {
        Some(FieldInput::List(values)) => values.clone(),
        _ => stored_values.clone(),
    };
    if key == stored_key && values == stored_values {
        return;
    }
    match (key.is_empty(), values.is_empty()) {
        (true, true) => editor.set(&["filter"], None),
        (true, false) => {
            editor.wrong(FILTER_KEY, "Enter the path whose value is compared, or remove the values.")
        }
        (false, true) => editor.wrong(FILTER_VALUES, "Enter a value to let through, or empty the path."),
        (false, false) => {
            if key != stored_key {
                editor.set(&["filter", "keyToFilter"], Some(json!(key)));
            }
            if values != stored_values {
                editor.set(&["filter", "supportedValues"], Some(json!(values)));
            }
        }
    }
}
