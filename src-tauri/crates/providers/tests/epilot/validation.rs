//! Drafts that are not right, said at their field.

use super::common::*;
use serde_json::json;
use tacklebox_model::{Condition, ConditionSet, FieldInput};

async fn refused(world: &World, path: &'static str, input: FieldInput) -> Vec<(String, String)> {
    let mut fields = minimal();
    fields.retain(|(known, _)| *known != path);
    fields.push((path, input));
    world.wrong(fields, None).await
}

fn conditions(rows: Vec<Condition>) -> FieldInput {
    FieldInput::Conditions(ConditionSet { all: true, rows })
}

fn compares(field: &str, operation: &str) -> Condition {
    Condition::Field {
        field: field.into(),
        operation: operation.into(),
        values: vec![],
        field_type: "string".into(),
        is_array: false,
        item: None,
        origin: None,
    }
}

#[tokio::test]
async fn a_new_webhook_needs_name_event_and_address() {
    let world = world(MERIDIAN).await;
    let wrong = world.wrong(vec![], None).await;
    let paths: Vec<&str> = wrong.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["name", "events", "url"]);
    // One that is there already may lack them.
    let base = world.remote(BLUEPRINT).await;
    world.prepare(vec![("enabled", on(false))], Some(&base)).await;
}

#[tokio::test]
async fn each_field_is_checked() {
    let world = world(MERIDIAN).await;
    let many: Vec<_> = (0..11).map(|_| json!({ "jsonata_expression": "a" })).collect();
    for (path, input, words) in [
        ("name", text("  "), "Enter a name"),
        ("events", list(&[]), "Choose an event"),
        ("events", list(&["erp_synchronization", "portal_user_access"]), "takes one event"),
        ("events", list(&["event_SandboxOnlyProbe"]), "does not offer"),
        ("event_version", text("1.0"), "event_"),
        ("event_version", text("1"), "two numbers"),
        ("url", url("ftp://a.example/"), "https://"),
        ("url", url("new.example"), "complete address"),
        ("url", url("https://a:b@new.example/"), "user name and password"),
        ("url", url("https://new.example/{{ env.Key }}"), "space"),
        ("method", text("TRACE"), "none of the choices"),
        ("status", text("error"), "none of the choices"),
        ("delivery.mode", text("xml"), "none of the choices"),
        ("auth.type", text("DIGEST"), "none of the choices"),
        ("payload.custom_headers", pairs(vec![new_pair(None, "a b", "1")]), "cannot be the name"),
        ("delivery.extra_fields", pairs(vec![new_pair(None, "a", "")]), "expression"),
        ("filter.conditions", FieldInput::Json(json!({ "conditions": many })), "at most 10"),
        ("filter.conditions", conditions(vec![compares("a", "matches")]), "Condition 1: “operation”"),
        (
            "filter.conditions",
            conditions(vec![compares("a", "is_empty"), compares(" ", "is_empty")]),
            "Condition 2:",
        ),
        ("filter.key", text("a"), "Enter a value"),
        ("delivery.retry_attempts", FieldInput::Integer(Some(6)), "1 to 5"),
        ("delivery.retry_attempts", FieldInput::Integer(Some(0)), "1 to 5"),
        ("delivery.proxy_integration", text("6b0c1f9e-5d7a-4f1b-9a52-3c8c54f0a911"), "use case"),
    ] {
        let wrong = refused(&world, path, input).await;
        assert_eq!(wrong.len(), 1, "{path}: {wrong:?}");
        assert!(wrong[0].1.contains(words), "{path}: {wrong:?}");
    }
    let proxy =
        vec![("delivery.proxy_integration", text("erp")), ("delivery.proxy_use_case", text("orders"))];
    assert_eq!(world.wrong(minimal_and(proxy), None).await[0].0, "delivery.proxy_integration");
    assert_eq!(refused(&world, "filter.values", list(&["a"])).await[0].0, "filter.key");
}

#[tokio::test]
async fn an_authentication_needs_its_parts() {
    let world = world(MERIDIAN).await;
    for (kind, wanted) in [
        ("BASIC", vec!["auth.basic.username", "auth.basic.password"]),
        ("API_KEY", vec!["auth.api_key.name", "auth.api_key.value"]),
        (
            "OAUTH_CLIENT_CREDENTIALS",
            vec!["auth.oauth.client_id", "auth.oauth.endpoint", "auth.oauth.client_secret"],
        ),
    ] {
        let wrong = refused(&world, "auth.type", text(kind)).await;
        assert_eq!(wrong.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), wanted);
    }
    let base = world.remote(CRM).await;
    let plain = world.wrong(vec![("auth.oauth.endpoint", url("http://login.example/"))], Some(&base)).await;
    assert!(plain[0].1.contains("HTTPS"), "{plain:?}");
    let base = world.remote(ERP).await;
    let emptied = vec![("auth.basic.username", text("")), ("auth.basic.password", replace(""))];
    assert_eq!(world.wrong(emptied, Some(&base)).await.len(), 2);
}

#[tokio::test]
async fn epilots_own_words_about_a_field_stand_at_the_field() {
    let world = world(MERIDIAN).await;
    // The simulator checks what epilot alone can: the syntax of a JSONata expression.
    let broken = vec![
        ("events", list(&["event_FileCreated"])),
        ("delivery.mode", text("binary_multipart")),
        ("delivery.file_source", text("event_attachments[")),
    ];
    let prepared = world.prepare(minimal_and(broken), None).await;
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(!failed.uncertain);
    let tacklebox_model::Fault::Validation { fields } = &failed.error.fault else { panic!("{failed:?}") };
    assert_eq!(fields[0].path.as_str(), "delivery.file_source");
    assert!(fields[0].message.starts_with("epilot says: "));
}
