//! What the vendor stored otherwise than asked.

use crate::plan::PlannedItem;
use tacklebox_model::{Capabilities, FieldChange, FieldPath, FieldValue, Fields, diff_fields};
use tacklebox_providers::Remote;

/// The fields in which the vendor's answer differs from the plan.
pub fn differences(
    capabilities: &Capabilities,
    planned: &PlannedItem,
    remote: Option<&Remote>,
) -> Vec<FieldChange> {
    let (Some(after), Some(remote)) = (&planned.after, remote) else { return vec![] };
    let mut changes = diff_fields(capabilities, &settled_values(after), &remote.webhook.fields);
    // Where nothing was asked for, the vendor's own "off" or "none" is no other answer.
    let unasked =
        |path: &FieldPath| !after.contains_key(path) && remote.webhook.fields.get(path).is_some_and(is_unset);
    // What nobody can set, such as the moment of the change, is the vendor's own.
    let given = |path: &FieldPath| {
        capabilities.fields().any(|field| &field.path == path && field.unavailable.is_some())
    };
    changes.retain(|change| change.changed && !unasked(&change.path) && !given(&change.path));
    changes
}

fn is_unset(value: &FieldValue) -> bool {
    match value {
        FieldValue::Flag(on) => !on,
        FieldValue::Text(text) => text.is_empty(),
        FieldValue::List(items) => items.is_empty(),
        FieldValue::Pairs(pairs) => pairs.is_empty(),
        FieldValue::Conditions(set) => set.rows.is_empty(),
        FieldValue::Json(value) => value.is_null(),
        FieldValue::Integer(_) | FieldValue::Url(_) | FieldValue::Secret(_) => false,
    }
}

/// The planned values as the vendor should answer them: nothing is marked as new any more.
fn settled_values(planned: &Fields) -> Fields {
    let mut fields = planned.clone();
    for value in fields.values_mut() {
        match value {
            FieldValue::Secret(state) => state.replaced = false,
            FieldValue::Url(url) => url.query.iter_mut().for_each(|param| param.replaced = false),
            FieldValue::Pairs(pairs) => pairs.iter_mut().for_each(|pair| pair.replaced = false),
            FieldValue::Text(_)
            | FieldValue::Integer(_)
            | FieldValue::Flag(_)
            | FieldValue::List(_)
            | FieldValue::Conditions(_)
            | FieldValue::Json(_) => {}
        }
    }
    fields
}
