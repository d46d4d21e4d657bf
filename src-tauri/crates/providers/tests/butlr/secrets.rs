//! Secrets are handed out on request alone, and the vendor's words do not repeat them.

use super::common::{LAB, OFFICES, everything, go, minimal_and, on, own, replace, text, world};
use secrecy::ExposeSecret;
use serde_json::json;
use tacklebox_model::FieldPath;
use tacklebox_sandbox::{Dialect, Fault, FaultAction};

#[tokio::test]
async fn each_secret_is_revealed_by_its_path() {
    for (key, name) in [(OFFICES, "Desk zones"), (LAB, "Detections sink")] {
        let world = world(key).await;
        let remote = world.remote(name).await;
        let stored = world.stored(&remote).endpoint_config;
        let reveal = |path: &str| {
            world.session.reveal(&remote, &FieldPath::from(path)).map(|s| s.expose_secret().to_owned())
        };
        assert_eq!(reveal("auth.api_key.value"), stored.api_key.map(|a| a.value));
        assert_eq!(reveal("auth.basic.password"), stored.basic_auth.map(|b| b.password));
        for path in ["url", "name", "auth.api_key.header", "auth.basic.username", "auth.api_key", "timeout"] {
            assert_eq!(reveal(path), None, "{path}");
        }
    }
}

#[tokio::test]
async fn an_address_is_a_secret_when_it_hides_something() {
    let world = world(OFFICES).await;
    let remote = world.remote("Detections to heatmap").await;
    let stored = world.stored(&remote).endpoint_config.url;
    let secrets = world.session.revert_secrets(&remote);
    let seen: Vec<_> = secrets.iter().map(|(path, secret)| (path.as_str(), secret.expose_secret())).collect();
    assert_eq!(seen, [("url", stored.as_str())]);
    for odd in ["not an address", "https://a:b@c.example/"] {
        let patch = json!({ "endpoint_config": { "url": odd } });
        world.org.edit_webhook(remote.webhook.id.as_str(), patch).unwrap();
        let remote = world.remote("Detections to heatmap").await;
        let revealed = world.session.reveal(&remote, &FieldPath::from("url")).unwrap();
        assert_eq!(revealed.expose_secret(), odd);
    }
}

#[tokio::test]
async fn a_revert_gets_exactly_the_secrets_there_are() {
    let world = world(OFFICES).await;
    for remote in world.list().await {
        let stored = world.stored(&remote).endpoint_config;
        let count = usize::from(stored.api_key.is_some())
            + usize::from(stored.basic_auth.is_some())
            + usize::from(stored.url.contains('?'));
        assert_eq!(world.session.revert_secrets(&remote).len(), count, "{}", remote.webhook.title);
    }
}

#[tokio::test]
async fn the_vendors_words_do_not_repeat_what_was_sent() {
    let said = "key K3Y-canary pass P4SS-canary user U5ER-canary query Q%20canary and Q canary url \
                https://bob:U5ER-canary@a.example/?t=Q%20canary extra X7RA-canary";
    let graphql = |field: &str| {
        json!({ "data": null, "errors": [{ "message": said, "path": ["createWebhooks"],
            "extensions": { "code": "K3Y-canary", "field": field } }] })
        .to_string()
    };
    for (status, body) in [
        (200, graphql("input.0.name")),
        (200, graphql("")),
        (400, graphql("input.0.endpoint_config.url")),
        (500, graphql("")),
        (409, said.to_owned()),
        (403, said.to_owned()),
    ] {
        let world =
            own(Dialect { extra_endpoint_fields: vec!["headers".into()], ..Dialect::default() }).await;
        let more = vec![
            ("url", replace("https://bob:U5ER-canary@a.example/?t=Q%20canary")),
            ("auth.api_key", on(true)),
            ("auth.api_key.header", text("x-api-key")),
            ("auth.api_key.value", replace("K3Y-canary")),
            ("auth.basic", on(true)),
            ("auth.basic.username", text("bob")),
            ("auth.basic.password", replace("P4SS-canary")),
        ];
        let prepared = world.prepare(minimal_and(more), None).await;
        let created = world.session.write(&prepared.write, &go()).await.unwrap().remote.unwrap();
        let patch = json!({ "endpoint_config": { "extra": { "headers": { "a": ["X7RA-canary"] } } } });
        world.org.edit_webhook(created.webhook.id.as_str(), patch).unwrap();
        let base = world.remote("New").await;
        let edit = world
            .prepare(vec![("timeout", tacklebox_model::FieldInput::Integer(Some(2)))], Some(&base))
            .await;
        world.sandbox.faults().push(Fault::new("updateWebhooks", FaultAction::respond(status, &body)));
        let failed = world.session.write(&edit.write, &go()).await.unwrap_err();
        let everything = everything(&failed.error);
        assert!(!everything.contains("canary"), "{status}: {everything}");
        assert!(everything.contains("•••"), "the words are still quoted: {everything}");
    }
}

#[tokio::test]
async fn the_token_is_not_repeated_either() {
    let world = world(OFFICES).await;
    let login = r#"{"access_token":"t0ken-canary","expires_in":1000}"#;
    world.sandbox.faults().push(Fault::new("/api/v2/clients/login", FaultAction::respond(200, login)));
    let body = r#"{"errors":[{"message":"Bearer t0ken-canary has no right"}]}"#;
    world.sandbox.faults().push(Fault::new("*", FaultAction::respond(403, body)));
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(everything(&error).contains("Bearer •••"), "{error:?}");
    assert!(!everything(&error).contains("canary"));
}
