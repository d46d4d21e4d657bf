//! Comparing versions of a webhook field by field, for reviews.

use crate::{
    Capabilities, ConditionSpec, FieldChange, FieldKind, FieldPath, FieldValue, Fields, MASK, PairView,
    Shown, ThreeWay, ThreeWayVerdict, UrlView,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// The difference between two versions, in the order of the form. Secrets that stay are listed as
/// kept; other fields only where they differ.
pub fn diff_fields(capabilities: &Capabilities, before: &Fields, after: &Fields) -> Vec<FieldChange> {
    ordered_paths(capabilities, [before, after])
        .into_iter()
        .filter_map(|path| {
            let (old, new) = (before.get(&path), after.get(&path));
            let changed = old != new;
            let kept_secret = matches!(new, Some(FieldValue::Secret(s)) if s.stored);
            (changed || kept_secret).then(|| FieldChange {
                label: capabilities.label(&path).to_owned(),
                before: show(capabilities, &path, old, None),
                after: show(capabilities, &path, new, Some(old)),
                changed,
                path,
            })
        })
        .collect()
}

/// Compares what was read, what is there now and what is wanted; fields nobody changed are left out.
pub fn three_way(capabilities: &Capabilities, read: &Fields, now: &Fields, yours: &Fields) -> Vec<ThreeWay> {
    ordered_paths(capabilities, [read, now, yours])
        .into_iter()
        .filter_map(|path| {
            let (a, b, c) = (read.get(&path), now.get(&path), yours.get(&path));
            let verdict = match (a != b, a != c) {
                (false, false) => return None,
                (true, false) => ThreeWayVerdict::Theirs,
                (false, true) => ThreeWayVerdict::Yours,
                (true, true) if b == c => ThreeWayVerdict::Same,
                (true, true) => ThreeWayVerdict::Conflict,
            };
            let label = capabilities.label(&path).to_owned();
            let show = |value, earlier| show(capabilities, &path, value, earlier);
            let (read, now, yours) = (show(a, None), show(b, None), show(c, Some(a)));
            Some(ThreeWay { path, label, read, now, yours, verdict })
        })
        .collect()
}

fn ordered_paths<const N: usize>(capabilities: &Capabilities, versions: [&Fields; N]) -> Vec<FieldPath> {
    let mut rest: BTreeSet<FieldPath> = versions.iter().flat_map(|v| v.keys().cloned()).collect();
    let mut ordered: Vec<_> = capabilities.fields().filter_map(|f| rest.take(&f.path)).collect();
    ordered.extend(rest);
    ordered
}

/// Shows a value; `earlier` is the value it replaces, when it is the new side of a difference.
fn show(
    capabilities: &Capabilities,
    path: &FieldPath,
    value: Option<&FieldValue>,
    earlier: Option<Option<&FieldValue>>,
) -> Shown {
    let had_secret = matches!(earlier, Some(Some(FieldValue::Secret(s))) if s.stored);
    match value {
        None if had_secret => Shown::Secret { words: "removed".into() },
        None => Shown::Nothing,
        Some(FieldValue::Text(text)) => Shown::Text { text: choice_label(capabilities, path, text) },
        Some(FieldValue::Integer(number)) => Shown::Text { text: number.to_string() },
        Some(FieldValue::Flag(on)) => Shown::Text { text: if *on { "on" } else { "off" }.into() },
        Some(FieldValue::List(items)) if items.is_empty() => Shown::Nothing,
        Some(FieldValue::List(items)) => Shown::List { items: items.clone() },
        Some(FieldValue::Url(url)) => Shown::Text { text: show_url(url) },
        Some(FieldValue::Pairs(pairs)) if pairs.is_empty() => Shown::Nothing,
        Some(FieldValue::Pairs(pairs)) => Shown::List { items: pairs.iter().map(show_pair).collect() },
        Some(FieldValue::Conditions(set)) if set.rows.is_empty() => Shown::Nothing,
        Some(FieldValue::Conditions(set)) => {
            Shown::List { items: set.lines(condition_spec(capabilities, path)) }
        }
        Some(FieldValue::Json(Value::Null)) => Shown::Nothing,
        Some(FieldValue::Json(value)) => {
            Shown::Text { text: serde_json::to_string_pretty(value).unwrap_or_default() }
        }
        Some(FieldValue::Secret(state)) => Shown::Secret {
            words: match (earlier, state.stored, state.replaced) {
                (_, false, _) => "removed",
                (Some(_), true, true) => "new value",
                (Some(_), true, false) => "kept",
                (None, true, true) => "another value",
                (None, true, false) => "stored",
            }
            .into(),
        },
    }
}

fn kind<'a>(capabilities: &'a Capabilities, path: &FieldPath) -> Option<&'a FieldKind> {
    capabilities.fields().find(|field| &field.path == path).map(|field| &field.kind)
}

fn condition_spec<'a>(capabilities: &'a Capabilities, path: &FieldPath) -> Option<&'a ConditionSpec> {
    if let Some(FieldKind::Conditions { spec }) = kind(capabilities, path) { Some(spec) } else { None }
}

/// What a choice is called in the form; any other text as it is.
fn choice_label(capabilities: &Capabilities, path: &FieldPath, text: &str) -> String {
    match kind(capabilities, path) {
        Some(FieldKind::Choice { options }) => {
            options.iter().find(|option| option.value == text).map_or(text, |option| &option.label).to_owned()
        }
        _ => text.to_owned(),
    }
}

fn show_pair(pair: &PairView) -> String {
    let group = pair.group.as_ref().map(|group| format!("{group} ")).unwrap_or_default();
    let value = match (&pair.value, pair.has_value, pair.replaced) {
        (Some(value), ..) => value.as_str(),
        (None, false, _) => "nothing",
        (None, true, true) => "new value",
        (None, true, false) => MASK,
    };
    format!("{group}{}: {value}", pair.name)
}

fn show_url(url: &UrlView) -> String {
    let replaced: Vec<_> = url.query.iter().filter(|q| q.replaced).map(|q| q.name.as_str()).collect();
    match replaced.as_slice() {
        [] => url.masked.clone(),
        names => format!("{} (new value for {})", url.masked, names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ComparedAs, Condition, ConditionFieldType, ConditionItemMode, ConditionOperation, ConditionSet,
        ConditionTest, ConditionValues, EventsPerWebhook, FieldSpec, ItemsTakenAs, OnOff, SecretState,
        Section, Signing, StoredSecrets,
    };

    fn capabilities() -> Capabilities {
        Capabilities {
            sections: vec![],
            on_off: OnOff::AlwaysOn,
            events_per_webhook: EventsPerWebhook::Many,
            stored_secrets: StoredSecrets::Returned,
            signing: Signing::None,
            deliveries: None,
            server_tests: vec![],
            local_trial: None,
            token_request: None,
            url_credentials: None,
            repeated_event: None,
            metered: false,
            notices: vec![],
        }
    }

    fn fields(pairs: &[(&str, FieldValue)]) -> Fields {
        pairs.iter().map(|(path, value)| (FieldPath::from(*path), value.clone())).collect()
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.into())
    }

    #[test]
    fn a_difference_lists_changed_fields_and_kept_secrets_only() {
        let secret = FieldValue::Secret(SecretState::STORED);
        let before = fields(&[("name", text("a")), ("url", text("u")), ("key", secret.clone())]);
        let after = fields(&[("name", text("b")), ("url", text("u")), ("key", secret)]);
        let changes = diff_fields(&capabilities(), &before, &after);
        let seen: Vec<_> = changes.iter().map(|c| (c.path.as_str(), c.changed)).collect();
        assert_eq!(seen, [("key", false), ("name", true)]);
        assert_eq!(changes[0].after, Shown::Secret { words: "kept".into() });
    }

    #[test]
    fn a_secret_that_goes_is_shown_as_removed_and_a_new_one_as_new() {
        let before = fields(&[("a", FieldValue::Secret(SecretState::STORED))]);
        let after = fields(&[("b", FieldValue::Secret(SecretState::REPLACED))]);
        let changes = diff_fields(&capabilities(), &before, &after);
        assert_eq!(changes[0].after, Shown::Secret { words: "removed".into() });
        assert_eq!(changes[1].after, Shown::Secret { words: "new value".into() });
    }

    #[test]
    fn a_conflict_names_who_changed_what() {
        let read = fields(&[
            ("a", text("1")),
            ("b", text("1")),
            ("c", text("1")),
            ("d", text("1")),
            ("e", text("1")),
        ]);
        let now = fields(&[
            ("a", text("2")),
            ("b", text("1")),
            ("c", text("2")),
            ("d", text("2")),
            ("e", text("1")),
        ]);
        let yours = fields(&[
            ("a", text("1")),
            ("b", text("3")),
            ("c", text("2")),
            ("d", text("3")),
            ("e", text("1")),
        ]);
        let verdicts: Vec<_> =
            three_way(&capabilities(), &read, &now, &yours).into_iter().map(|t| t.verdict).collect();
        use ThreeWayVerdict::{Conflict, Same, Theirs, Yours};
        assert_eq!(verdicts, [Theirs, Yours, Same, Conflict]);
    }

    fn with_conditions() -> Capabilities {
        let operation = ConditionOperation {
            id: "gt".into(),
            label: "is more than".into(),
            values: ConditionValues::One,
            test: ConditionTest::GreaterThan,
        };
        let kind = |value: &str, label: &str, compared_as| ConditionFieldType {
            value: value.into(),
            label: label.into(),
            compared_as,
        };
        let each = ConditionItemMode {
            value: "each".into(),
            label: "Item by item".into(),
            taken_as: ItemsTakenAs::Any,
        };
        let spec = ConditionSpec {
            max: 2,
            operations: vec![operation],
            field_types: vec![
                kind("string", "Text", ComparedAs::String),
                kind("number", "Number", ComparedAs::Number),
            ],
            item_modes: vec![each],
            expression_max_length: None,
        };
        let field = FieldSpec {
            path: FieldPath::from("conditions"),
            label: "Conditions".into(),
            help: None,
            placeholder: None,
            kind: FieldKind::Conditions { spec },
            required: false,
            default: None,
            shown_when: None,
            unavailable: None,
        };
        let section =
            Section { id: "s".into(), title: "S".into(), hint: None, fields: vec![field], tree: None };
        Capabilities { sections: vec![section], ..capabilities() }
    }

    #[test]
    fn conditions_are_shown_in_the_words_of_their_form_and_every_part_of_them_counts() {
        let row = |operation: &str, field_type: &str, is_array: bool| Condition::Field {
            field: "a.b".into(),
            operation: operation.into(),
            values: vec!["1".into(), "2, 3".into()],
            field_type: field_type.into(),
            is_array,
            item: is_array.then(|| "each".to_owned()),
            origin: None,
        };
        let expression = Condition::Expression { expression: "a = 1".into(), origin: None };
        let shown = |all: bool, rows: Vec<Condition>| {
            let after = fields(&[("conditions", FieldValue::Conditions(ConditionSet { all, rows }))]);
            diff_fields(&with_conditions(), &Fields::new(), &after).remove(0).after
        };
        let list = |items: &[&str]| Shown::List { items: items.iter().map(ToString::to_string).collect() };
        assert_eq!(shown(true, vec![row("gt", "string", false)]), list(&["a.b is more than “1”, “2, 3”"]));
        assert_eq!(
            shown(false, vec![row("new", "number", true), expression.clone()]),
            list(&["any of:", "a.b new “1”, “2, 3” (as number, a list, item by item)", "a = 1"])
        );
        assert_eq!(shown(false, vec![expression]), list(&["any of:", "a = 1"]));
        assert_eq!(shown(false, vec![]), Shown::Nothing);
    }
}
