//! Every kind of authentication, and the three moves of its secret.

use super::common::*;
use serde_json::{Value, json};
use tacklebox_model::{FieldInput, FieldPath, FieldValue, SecretState};

const BASIC: &str = "auth.basic.password";

fn basic(secret: FieldInput) -> Vec<(&'static str, FieldInput)> {
    minimal_and(vec![("auth.type", text("BASIC")), ("auth.basic.username", text("me")), (BASIC, secret)])
}

#[tokio::test]
async fn every_kind_is_created_with_its_own_fields_only() {
    let world = world(MERIDIAN).await;
    world.create(basic(replace("pw"))).await;
    let wanted = json!({ "authType": "BASIC", "basicAuthConfig": { "username": "me", "password": "pw" } });
    assert_eq!(world.sent("POST", "/configs")["auth"], wanted);
    let key = vec![
        ("auth.type", text("API_KEY")),
        ("auth.api_key.name", text("X-Key")),
        ("auth.api_key.value", replace("k")),
        // Left over from another choice in the form.
        (BASIC, replace("pw")),
    ];
    world.create(minimal_and(key)).await;
    let wanted = json!({ "authType": "API_KEY", "apiKeyConfig": { "keyName": "X-Key", "keyValue": "k" } });
    assert_eq!(world.sent("POST", "/configs")["auth"], wanted);
    let oauth = vec![
        ("auth.type", text("OAUTH_CLIENT_CREDENTIALS")),
        ("auth.oauth.client_id", text("c")),
        ("auth.oauth.client_secret", replace("s")),
        ("auth.oauth.endpoint", url("https://{{ env.login }}/token")),
    ];
    world.create(minimal_and(oauth)).await;
    let wanted = json!({ "authType": "OAUTH_CLIENT_CREDENTIALS", "oauthConfig":
        { "clientId": "c", "endpoint": "https://{{ env.login }}/token", "httpMethod": "POST", "clientSecret": "s" } });
    assert_eq!(world.sent("POST", "/configs")["auth"], wanted);
    world.create(minimal_and(vec![("auth.type", text("NONE"))])).await;
    assert!(world.sent("POST", "/configs").get("auth").is_none());
}

#[tokio::test]
async fn a_kept_secret_is_not_sent_and_stays() {
    let world = world(MERIDIAN).await;
    for (id, config, key) in [
        (ERP, "basicAuthConfig", "password"),
        (METER, "apiKeyConfig", "keyValue"),
        (CRM, "oauthConfig", "clientSecret"),
        (FILES, "apiKeyConfig", "keyValue"),
        (ORDERS, "basicAuthConfig", "password"),
    ] {
        let before = world.stored(id)["auth"].clone();
        let after = world.edit(id, vec![("name", text("N"))]).await["auth"].clone();
        assert!(world.sent("PUT", id)["auth"][config].get(key).is_none(), "{id}");
        assert!(before[config][key].is_string());
        assert_eq!(before, after, "{id}");
    }
    let stored = world.edit(ERP, vec![(BASIC, keep()), ("auth.basic.username", text("other"))]).await;
    let wanted = json!({ "username": "other", "password": "sandbox-epilot-basic-5f19c0a4" });
    assert_eq!(stored["auth"]["basicAuthConfig"], wanted);
}

#[tokio::test]
async fn a_secret_is_replaced_and_cleared() {
    let world = world(MERIDIAN).await;
    let base = world.remote(ERP).await;
    let state =
        |prepared: &tacklebox_providers::Prepared| prepared.fields.get(&FieldPath::from(BASIC)).cloned();
    let replaced = world.prepare(vec![(BASIC, replace("next"))], Some(&base)).await;
    assert_eq!(state(&replaced), Some(FieldValue::Secret(SecretState::REPLACED)));
    world.session.write(&replaced.write, &go()).await.unwrap();
    assert_eq!(world.stored(ERP)["auth"]["basicAuthConfig"]["password"], "next");

    let base = world.remote(ERP).await;
    let cleared = world.prepare(vec![(BASIC, clear())], Some(&base)).await;
    let gone = FieldValue::Secret(SecretState { stored: false, replaced: false });
    assert_eq!(state(&cleared), Some(gone.clone()));
    let written = world.session.write(&cleared.write, &go()).await.unwrap();
    assert_eq!(
        world.sent("PUT", ERP)["auth"]["basicAuthConfig"],
        json!({ "username": "epilot", "password": null })
    );
    assert!(world.stored(ERP)["auth"]["basicAuthConfig"].get("password").is_none_or(Value::is_null));
    assert_eq!(written.remote.unwrap().webhook.field(BASIC), Some(&gone));
}

#[tokio::test]
async fn another_kind_drops_the_one_before() {
    let world = world(MERIDIAN).await;
    let key = vec![
        ("auth.type", text("API_KEY")),
        ("auth.api_key.name", text("X-Key")),
        ("auth.api_key.value", replace("k")),
    ];
    let stored = world.edit(ERP, key).await;
    let wanted = json!({ "authType": "API_KEY", "apiKeyConfig": { "keyName": "X-Key", "keyValue": "k" } });
    assert_eq!(stored["auth"], wanted);
    assert_eq!(
        world.edit(ERP, vec![("auth.type", text("NONE"))]).await["auth"],
        json!({ "authType": "NONE" })
    );
    let wrong = world.wrong(vec![("auth.type", text("BASIC"))], Some(&world.remote(ERP).await)).await;
    let paths: Vec<&str> = wrong.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["auth.basic.username", "auth.basic.password"]);
}

#[tokio::test]
async fn a_kind_epilot_may_have_later_survives() {
    let world = world(MERIDIAN).await;
    world.spoil_answers();
    world.org.edit_webhook(IVY, json!({ "auth": { "authType": "MUTUAL_TLS", "newField": 1 } })).unwrap();
    let ivy = world.remote(IVY).await;
    assert_eq!(ivy.webhook.auth, []);
    let prepared = world.prepare(vec![("name", text("I"))], Some(&ivy)).await;
    let shown = world.session.preview(&[&prepared.write], &go()).await.unwrap();
    let body: Value = serde_json::from_str(&shown[0].body).unwrap();
    assert_eq!(body["auth"], json!({ "authType": "MUTUAL_TLS", "newField": "<kept as it is>" }));
}

#[tokio::test]
async fn a_reference_sets_its_switch_and_a_plain_value_unsets_it() {
    let world = world(MERIDIAN).await;
    let config = |stored: &Value| stored["auth"]["basicAuthConfig"].clone();
    let stored = world.edit(ERP, vec![(BASIC, replace("{{ env.erp_password }}"))]).await;
    let wanted =
        json!({ "username": "epilot", "password": "{{ env.erp_password }}", "passwordIsEnvVar": true });
    assert_eq!(config(&stored), wanted);
    let stored = world.edit(ERP, vec![(BASIC, replace("plain"))]).await;
    assert_eq!(
        config(&stored),
        json!({ "username": "epilot", "password": "plain", "passwordIsEnvVar": false })
    );
    let both = vec![(BASIC, replace("{{ env.erp }}")), ("auth.basic.password_is_env", on(true))];
    assert_eq!(config(&world.edit(ERP, both).await)["passwordIsEnvVar"], json!(true));
    // A new form's switch is off before anybody looked at it.
    let mut new = basic(replace("{{ env.erp }}"));
    new.push(("auth.basic.password_is_env", on(false)));
    let (_, stored) = world.create(new).await;
    assert_eq!(config(&stored)["passwordIsEnvVar"], json!(true));
}

#[tokio::test]
async fn a_switch_that_contradicts_the_value_is_refused() {
    let world = world(MERIDIAN).await;
    let base = world.remote(ERP).await;
    let switch = "auth.basic.password_is_env";
    for (secret, flag) in [
        (Some(replace("plain")), true),
        (Some(replace("{{ env.a }}")), false),
        (Some(clear()), true),
        (Some(keep()), true),
        (None, true),
    ] {
        let mut fields = vec![(switch, on(flag))];
        fields.extend(secret.map(|secret| (BASIC, secret)));
        let wrong = world.wrong(fields, Some(&base)).await;
        assert_eq!((wrong.len(), wrong[0].0.as_str()), (1, switch), "{wrong:?}");
    }
    let misspelt = world.prepare(vec![(BASIC, replace("{{ env.ERP }}"))], Some(&base)).await;
    assert!(misspelt.notices.iter().any(|notice| notice.words.contains("small letters")));
}
