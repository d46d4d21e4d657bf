//! What is not right, by field: found here before anything is sent, or said by the vendor.

use super::common::{
    LAB, OFFICES, World, go, list, minimal, minimal_and, on, own, replace, text, url, world,
};
use serde_json::json;
use tacklebox_model::{Fault, FieldInput};
use tacklebox_providers::WriteError;
use tacklebox_sandbox::{Dialect, Fault as Sandboxed, FaultAction};

fn paths(wrong: &[(String, String)]) -> Vec<&str> {
    wrong.iter().map(|(path, _)| path.as_str()).collect()
}

#[tokio::test]
async fn an_empty_draft_names_everything_that_is_needed() {
    let world = world(OFFICES).await;
    assert_eq!(paths(&world.wrong(vec![], None).await), ["name", "events", "url", "timeout"]);
    assert_eq!(world.sandbox.log().count("createWebhooks"), 0);
}

#[tokio::test]
async fn each_wrong_value_is_named_at_its_field() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    for (path, input, words) in [
        ("name", text("  "), "Enter a name"),
        ("url", url("http://plain.example/"), "HTTPS"),
        ("url", url(""), "Enter the address"),
        ("url", url("example.com"), "not a complete address"),
        ("url", url("https://a:b@example.com/"), "Take the user name and password out"),
        ("url", text("https://a.example/"), "not an address"),
        ("timeout", FieldInput::Integer(Some(0)), "from 1 to 15"),
        ("timeout", FieldInput::Integer(Some(16)), "from 1 to 15"),
        ("timeout", FieldInput::Integer(None), "from 1 to 15"),
        ("events", list(&[]), "at least one event"),
        ("auth.api_key.header", text(" "), "name of the header"),
        ("auth.api_key.value", replace(""), "Enter the key"),
        ("auth.basic.username", text(""), "user name"),
        (
            "auth.basic.password",
            FieldInput::Secret(tacklebox_model::SecretChange::Clear),
            "Enter the password",
        ),
    ] {
        for base in [Some(&base), None] {
            let mut fields = if base.is_some() { vec![] } else { minimal() };
            if base.is_none() && path.starts_with("auth.") {
                continue;
            }
            fields.push((path, input.clone()));
            let wrong = world.wrong(fields, base).await;
            assert_eq!(paths(&wrong), [path]);
            assert!(wrong[0].1.contains(words), "{}", wrong[0].1);
        }
    }
}

#[tokio::test]
async fn a_new_authentication_needs_its_parts() {
    let world = world(OFFICES).await;
    let wrong =
        world.wrong(minimal_and(vec![("auth.api_key", on(true)), ("auth.basic", on(true))]), None).await;
    let all = ["auth.api_key.header", "auth.api_key.value", "auth.basic.username", "auth.basic.password"];
    assert_eq!(paths(&wrong), all);
}

#[tokio::test]
async fn a_stored_value_that_breaks_a_rule_does_not_stop_an_edit_elsewhere() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let odd = json!({ "event_types": [], "endpoint_config": {
        "url": "ftp://odd.example", "http_timeout": 99, "api_key": { "key": "" }, "basic_auth": { "password": "" } } });
    world.org.edit_webhook(base.webhook.id.as_str(), odd).unwrap();
    let base = world.remote("Desk zones").await;
    let after = world.edit(&base, vec![("name", text("Renamed"))]).await;
    assert_eq!((after.name.as_str(), after.endpoint_config.http_timeout), ("Renamed", 99));
}

async fn create(world: &World, fields: Vec<(&'static str, FieldInput)>) -> WriteError {
    let prepared = world.prepare(fields, None).await;
    world.session.write(&prepared.write, &go()).await.unwrap_err()
}

#[tokio::test]
async fn an_event_the_vendor_does_not_know_is_named_at_the_events() {
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let failed = create(&world, minimal_and(vec![("events", list(&["TELEPATHY"]))])).await;
        assert!(!failed.uncertain);
        let Fault::Validation { fields } = &failed.error.fault else { panic!("{:?}", failed.error) };
        assert_eq!(fields[0].path.as_str(), "events");
        assert!(fields[0].message.starts_with("Butlr says: ") && fields[0].message.contains("TELEPATHY"));
    }
}

#[tokio::test]
async fn the_vendors_refusals_are_named_at_their_fields() {
    let world = own(Dialect::default()).await;
    let error = |field: &str, message: &str| json!({ "message": message, "path": ["createWebhooks"], "extensions": { "code": "BAD_USER_INPUT", "field": field } });
    let body = json!({ "data": { "createWebhooks": null }, "errors": [
        error("input.0.endpoint_config.url", "url is on the name of a blocklist"),
        error("input.0.endpoint_config.api_key.value", "too short"),
        error("input.0.filters.floor_ids", "unknown floor"),
    ] });
    let fault = FaultAction::respond(200, &body.to_string());
    world.sandbox.faults().push(Sandboxed::new("createWebhooks", fault));
    let failed = create(&world, minimal()).await;
    assert!(!failed.uncertain);
    let Fault::Validation { fields } = &failed.error.fault else { panic!("{:?}", failed.error) };
    let paths: Vec<_> = fields.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(paths, ["url", "auth.api_key.value", "filters.floor_ids"]);
}

#[tokio::test]
async fn a_refusal_that_names_no_field_is_quoted() {
    let world = own(Dialect::default()).await;
    let body =
        r#"{"errors":[{"message":"Users can subscribe only once","extensions":{"code":"BAD_USER_INPUT"}}]}"#;
    world.sandbox.faults().push(Sandboxed::new("createWebhooks", FaultAction::respond(400, body)));
    let failed = create(&world, minimal()).await;
    let Fault::Vendor { vendor, .. } = &failed.error.fault else { panic!("{:?}", failed.error) };
    assert_eq!(
        (vendor.code.as_deref(), vendor.text.as_str()),
        (Some("BAD_USER_INPUT"), "Users can subscribe only once")
    );
}
