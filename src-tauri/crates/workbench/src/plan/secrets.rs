//! Secrets that somebody else changed, found without showing them.

use secrecy::ExposeSecret;
use std::collections::HashMap;
use tacklebox_model::{FieldPath, FieldValue, Fields, PairView, Secret};
use tacklebox_providers::{Remote, Session, query_params};

/// The current fields, with secrets marked that differ from those of the opened version: their values
/// are the same dots, yet somebody changed them.
pub fn mark_changed_secrets(session: &dyn Session, opened: &Remote, current: &Remote) -> Fields {
    let before: HashMap<FieldPath, Secret> = session.revert_secrets(opened).into_iter().collect();
    let now: HashMap<FieldPath, Secret> = session.revert_secrets(current).into_iter().collect();
    let mut fields = current.webhook.fields.clone();
    for (path, value) in &mut fields {
        match value {
            FieldValue::Secret(state) => state.replaced = differs(path, &before, &now),
            FieldValue::Url(url) => {
                let (Some(old), Some(new)) = (before.get(path), now.get(path)) else { continue };
                let (old, new) = (query_params(old.expose_secret()), query_params(new.expose_secret()));
                for (shown, param) in url.query.iter_mut().zip(new) {
                    shown.replaced = shown.has_value && !old.contains(&param);
                }
            }
            FieldValue::Pairs(pairs) => mark_pairs(path, pairs, &before, &now),
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

/// Where the values of a field's pairs stand among the secrets of its webhook, in the order of the pairs.
pub fn pair_paths(field: &FieldPath, pairs: &[PairView]) -> Vec<FieldPath> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let path = |pair: &PairView| {
        let group = pair.group.as_ref().map(|group| format!("{group}.")).unwrap_or_default();
        let path = format!("{field}.{group}{}", pair.name);
        let times = seen.entry(path.clone()).and_modify(|times| *times += 1).or_insert(1);
        FieldPath::new(if *times > 1 { format!("{path}#{times}") } else { path })
    };
    pairs.iter().map(path).collect()
}

fn mark_pairs(
    field: &FieldPath,
    pairs: &mut [PairView],
    before: &HashMap<FieldPath, Secret>,
    now: &HashMap<FieldPath, Secret>,
) {
    let paths = pair_paths(field, pairs);
    for (pair, path) in pairs.iter_mut().zip(paths) {
        pair.replaced = pair.has_value && differs(&path, before, now);
    }
}

/// Whether a secret was there before and is another one now.
fn differs(path: &FieldPath, before: &HashMap<FieldPath, Secret>, now: &HashMap<FieldPath, Secret>) -> bool {
    match (before.get(path), now.get(path)) {
        (Some(old), Some(new)) => old.expose_secret() != new.expose_secret(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(group: &str, name: &str) -> PairView {
        let group = (!group.is_empty()).then(|| group.to_owned());
        PairView { group, name: name.to_owned(), value: None, has_value: true, replaced: false }
    }

    fn secrets(values: &[(&str, &str)]) -> HashMap<FieldPath, Secret> {
        values.iter().map(|(path, value)| (FieldPath::from(*path), Secret::from(*value))).collect()
    }

    #[test]
    fn pairs_of_one_name_are_told_apart_by_their_number() {
        let pairs = [pair("", "a"), pair("", "b"), pair("", "a"), pair("query", "a")];
        let paths: Vec<_> = pair_paths(&"headers".into(), &pairs).iter().map(ToString::to_string).collect();
        assert_eq!(paths, ["headers.a", "headers.b", "headers.a#2", "headers.query.a"]);
    }

    #[test]
    fn only_the_pair_with_another_value_is_marked() {
        let before = secrets(&[("headers.a", "1"), ("headers.b", "2"), ("headers.b#2", "3")]);
        let now =
            secrets(&[("headers.a", "1"), ("headers.b", "2"), ("headers.b#2", "4"), ("headers.c", "5")]);
        let mut pairs = [pair("", "a"), pair("", "b"), pair("", "b"), pair("", "c")];
        mark_pairs(&"headers".into(), &mut pairs, &before, &now);
        assert_eq!(pairs.map(|pair| pair.replaced), [false, false, true, false]);
    }
}
