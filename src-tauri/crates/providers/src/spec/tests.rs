//! What capabilities say beside the form must fit the form, at every provider.

use crate::registry;
use tacklebox_model::{
    Capabilities, FieldKind, FieldPath, FieldSpec, FieldValue, OnOff, ShownWhen, Signing, TokenRequestSpec,
    UrlCredentials,
};

fn every() -> Vec<(String, Capabilities)> {
    registry().iter().map(|provider| (provider.info().name, provider.documented())).collect()
}

fn spec<'a>(capabilities: &'a Capabilities, path: &FieldPath) -> &'a FieldSpec {
    capabilities
        .fields()
        .find(|spec| &spec.path == path)
        .unwrap_or_else(|| panic!("{path} is not in the form"))
}

/// Whether the other field can have the value at all.
fn can_hold(capabilities: &Capabilities, when: &ShownWhen) -> bool {
    match (&spec(capabilities, &when.path).kind, &when.equals) {
        (FieldKind::Switch, FieldValue::Flag(_)) => true,
        (FieldKind::Choice { options }, FieldValue::Text(text)) => options.iter().any(|o| &o.value == text),
        _ => false,
    }
}

/// Whether the field is drawn while this holds.
fn is_shown(capabilities: &Capabilities, path: &FieldPath, when: &ShownWhen) -> bool {
    let condition = spec(capabilities, path).shown_when.as_ref();
    condition.is_none_or(|shown| shown.path == when.path && shown.equals == when.equals)
}

#[test]
fn each_field_has_a_path_of_its_own_and_is_shown_by_a_value_that_can_be() {
    for (name, capabilities) in every() {
        let mut paths: Vec<_> = capabilities.fields().map(|spec| &spec.path).collect();
        let count = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), count, "{name}");
        for spec in capabilities.fields() {
            assert!(
                spec.shown_when.as_ref().is_none_or(|when| can_hold(&capabilities, when)),
                "{name}: {}",
                spec.path
            );
        }
    }
}

#[test]
fn switch_and_local_trial_name_fields_of_the_right_kind() {
    for (name, capabilities) in every() {
        let kind = |path: &FieldPath| &spec(&capabilities, path).kind;
        if let OnOff::Field { path } = &capabilities.on_off {
            assert!(matches!(kind(path), FieldKind::Switch), "{name}: {path}");
        }
        if let Signing::SecretShownOnce { path, .. } = &capabilities.signing {
            // It is told, not entered.
            assert!(capabilities.fields().all(|spec| &spec.path != path), "{name}: {path}");
        }
        let Some(trial) = &capabilities.local_trial else { continue };
        let conditions = trial.conditions.as_ref().map(&kind);
        assert!(conditions.is_none_or(|kind| matches!(kind, FieldKind::Conditions { .. })), "{name}");
        let transformation = trial.transformation.as_ref().map(&kind);
        assert!(transformation.is_none_or(|kind| matches!(kind, FieldKind::Code { .. })), "{name}");
    }
}

#[test]
fn a_token_request_names_fields_of_the_right_kind_that_are_shown_when_it_is_made() {
    let mut found = vec![];
    for (name, capabilities) in every() {
        let Some(request) = &capabilities.token_request else { continue };
        let TokenRequestSpec {
            when,
            endpoint,
            method,
            client_id,
            client_secret,
            secret_is_env,
            parameters,
            ..
        } = request;
        assert!(can_hold(&capabilities, when), "{name}");
        let kind = |path: &FieldPath| {
            assert!(is_shown(&capabilities, path, when), "{name}: {path}");
            &spec(&capabilities, path).kind
        };
        assert!(matches!(kind(endpoint), FieldKind::Url { .. } | FieldKind::Text { .. }));
        assert!(matches!(kind(method), FieldKind::Choice { .. }));
        assert!(matches!(kind(client_id), FieldKind::Text { .. }));
        assert!(matches!(kind(client_secret), FieldKind::Secret));
        assert!(secret_is_env.as_ref().map(kind).is_none_or(|kind| matches!(kind, FieldKind::Switch)));
        let FieldKind::Pairs { groups, .. } = kind(parameters) else { panic!("{name}: {parameters}") };
        let groups: Vec<_> = groups.iter().map(|group| group.value.as_str()).collect();
        assert_eq!(groups, ["body", "query", "header"], "{name}");
        found.push(name);
    }
    assert_eq!(found, ["epilot"]);
}

#[test]
fn credentials_of_a_pasted_address_have_a_place_that_is_shown_then() {
    let mut found = vec![];
    for (name, capabilities) in every() {
        let Some(UrlCredentials { when, username, password }) = &capabilities.url_credentials else {
            continue;
        };
        assert!(can_hold(&capabilities, when), "{name}");
        for path in [username, password] {
            assert!(is_shown(&capabilities, path, when), "{name}: {path}");
        }
        assert!(matches!(spec(&capabilities, username).kind, FieldKind::Text { .. }), "{name}");
        assert!(matches!(spec(&capabilities, password).kind, FieldKind::Secret), "{name}");
        found.push(name);
    }
    assert_eq!(found, ["Butlr", "epilot"]);
}
