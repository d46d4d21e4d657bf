//! The delivery of a draft: retries and the secure proxy.

use super::draft::Editor;
use super::paths::*;
use serde_json::{Value, json};
use tacklebox_model::FieldInput;

/// Applies what the draft says of the delivery.
pub fn edit(editor: &mut Editor<'_>) {
    let stored = at(&editor.after, &["retryPolicy", "enabled"]).and_then(Value::as_bool);
    // A webhook that is new retries unless told otherwise; one from before there were retries does not.
    let unset = editor.creating;
    if let Some(flag) = editor.flag(RETRY).filter(|flag| stored.unwrap_or(unset) != *flag) {
        editor.set(&["retryPolicy", "enabled"], Some(json!(flag)));
    }
    let attempts = at(&editor.after, &["retryPolicy", "maxAttempts"]).and_then(Value::as_i64);
    if let Some(FieldInput::Integer(wanted)) = editor.input(RETRY_ATTEMPTS)
        && *wanted != attempts
    {
        match wanted.filter(|count| (1..=5).contains(count)) {
            Some(count) => {
                let enabled = at(&editor.after, &["retryPolicy", "enabled"]).cloned().unwrap_or(json!(unset));
                editor.set(&["retryPolicy", "enabled"], Some(enabled));
                editor.set(&["retryPolicy", "maxAttempts"], Some(json!(count)));
            }
            None => editor.wrong(RETRY_ATTEMPTS, "Enter a whole number from 1 to 5."),
        }
    }
    proxy(editor);
}

fn proxy(editor: &mut Editor<'_>) {
    let part = |editor: &Editor<'_>, path: &str, key: &str| {
        let stored = editor.stored_text(&["secureProxy", key]).unwrap_or_default();
        (editor.text(path).map_or(stored, str::trim).to_owned(), stored.to_owned())
    };
    let (integration, old_integration) = part(editor, PROXY_INTEGRATION, "integration_id");
    let (use_case, old_use_case) = part(editor, PROXY_USE_CASE, "use_case_slug");
    if integration == old_integration && use_case == old_use_case {
        return;
    }
    match (integration.is_empty(), use_case.is_empty()) {
        (true, true) => editor.set(&["secureProxy"], None),
        (true, false) => editor.wrong(PROXY_INTEGRATION, "Enter the integration too, or empty the use case."),
        (false, true) => editor.wrong(PROXY_USE_CASE, "Enter the use case too, or empty the integration."),
        (false, false) if integration != old_integration && !is_uuid(&integration) => {
            editor.wrong(
                PROXY_INTEGRATION,
                "An integration's id looks like 123e4567-e89b-12d3-a456-426614174000.",
            );
        }
        (false, false) => {
            editor.set(&["secureProxy", "integration_id"], Some(json!(integration)));
            editor.set(&["secureProxy", "use_case_slug"], Some(json!(use_case)));
        }
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_hexdigit()))
}
