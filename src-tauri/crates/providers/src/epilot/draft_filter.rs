//! The filters of a draft: conditions, and the older filter on one value.

use super::draft::Editor;
use super::paths::*;
use super::{conditions, wire};
use serde_json::{Value, json};
use tacklebox_model::FieldInput;

/// Applies what the draft says of the filters.
pub fn edit(editor: &mut Editor<'_>) {
    if let Some(FieldInput::Json(wanted)) = editor.input(CONDITIONS) {
        let stored = wire::conditions(&editor.after).unwrap_or(&Value::Null);
        if wanted == stored {
            // What is shown as it is stored goes back as it is stored.
        } else if wanted.is_null() || *wanted == json!({}) {
            editor.set(&["filterConditions"], None);
        } else if let Err(problem) = conditions::check(wanted) {
            editor.wrong(CONDITIONS, &problem);
        } else {
            editor.set(&["filterConditions"], Some(wanted.clone()));
        }
    }
    legacy(editor);
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
