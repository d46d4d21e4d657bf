//! Short ways to say what a form has.

use tacklebox_model::{
    ChoiceOption, FieldKind, FieldPath, FieldSpec, FieldValue, Notice, NoticeLevel, Section, ShownWhen,
};

/// A part of the form.
pub(crate) fn section(id: &str, title: &str, hint: Option<&str>, fields: Vec<FieldSpec>) -> Section {
    Section { id: id.into(), title: title.into(), hint: hint.map(str::to_owned), fields, tree: None }
}

/// A field without anything special.
pub(crate) fn field(path: &str, label: &str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        path: FieldPath::from(path),
        label: label.into(),
        help: None,
        placeholder: None,
        kind,
        required: false,
        default: None,
        shown_when: None,
        unavailable: None,
    }
}

/// A field of one line.
pub(crate) fn text(path: &str, label: &str) -> FieldSpec {
    field(path, label, FieldKind::Text { max_length: None, code: false })
}

/// A field of one line in the code font.
pub(crate) fn code_text(path: &str, label: &str) -> FieldSpec {
    field(path, label, FieldKind::Text { max_length: None, code: true })
}

/// A switch that is off for a new webhook.
pub(crate) fn switch(path: &str, label: &str, help: &str) -> FieldSpec {
    FieldSpec {
        default: Some(FieldValue::Flag(false)),
        help: Some(help.into()),
        ..field(path, label, FieldKind::Switch)
    }
}

/// A choice, by value and words.
pub(crate) fn choice(path: &str, label: &str, options: &[(&str, &str)]) -> FieldSpec {
    field(path, label, FieldKind::Choice { options: choices(options) })
}

/// What can be chosen, by value and words.
pub(crate) fn choices(options: &[(&str, &str)]) -> Vec<ChoiceOption> {
    options
        .iter()
        .map(|(value, label)| ChoiceOption { value: (*value).into(), label: (*label).into() })
        .collect()
}

/// The field, drawn only while a switch is on.
pub(crate) fn shown_with(switch: &str, spec: FieldSpec) -> FieldSpec {
    shown_when(switch, FieldValue::Flag(true), spec)
}

/// The field, drawn only while another has this value.
pub(crate) fn shown_when(path: &str, equals: FieldValue, spec: FieldSpec) -> FieldSpec {
    FieldSpec { shown_when: Some(ShownWhen { path: FieldPath::from(path), equals }), ..spec }
}

/// Something to know.
pub(crate) fn info(words: &str) -> Notice {
    Notice { level: NoticeLevel::Info, path: None, words: words.into() }
}

/// Something to look at twice, at a field.
pub(crate) fn warning_at(path: &str, words: impl Into<String>) -> Notice {
    Notice { level: NoticeLevel::Warning, path: Some(FieldPath::from(path)), words: words.into() }
}

#[cfg(test)]
mod tests;
