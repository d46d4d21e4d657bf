//! The commands a review offers, run for real: they do what the plan does.

use super::common::*;
use super::shell::{HOSTILE, in_json, run, to_set};
use serde_json::{Value, json};
use tacklebox_model::{RequestPreview, WebhookId};
use tacklebox_providers::Write;

async fn preview(world: &World, write: &Write) -> RequestPreview {
    let preview = world.session.preview(&[write], &go()).await.unwrap().remove(0);
    assert_eq!(preview.graphql, None);
    assert!(!format!("{preview:?}").contains("canary"), "{preview:?}");
    preview
}

/// What stays the same from one webhook made of a body to the next.
fn lasting(mut webhook: Value) -> Value {
    for field in ["id", "creationTime", "updatedTime", "signingSecret"] {
        webhook.as_object_mut().unwrap().shift_remove(field);
    }
    webhook
}

#[tokio::test]
async fn a_create_works_when_copied() {
    let world = world(MERIDIAN).await;
    let secret = "s\"canary\\'$HOME`id`";
    let fields = minimal_and(vec![
        ("name", text(HOSTILE)),
        (
            "url",
            replace("https://bob:pw-canary@{{ env.host }}/it's/$HOME/`id`?key={{env.canary}}&b&c=q'canary"),
        ),
        ("auth.type", text("OAUTH_CLIENT_CREDENTIALS")),
        ("auth.oauth.client_id", text("$(id)'")),
        ("auth.oauth.client_secret", replace(secret)),
        ("auth.oauth.endpoint", replace("https://login.example/token?t=t-canary")),
        (
            "auth.oauth.parameters",
            pairs(vec![
                new_pair(Some("body"), "scope", "b-canary"),
                new_pair(Some("query"), "scope", "c-canary"),
            ]),
        ),
        ("payload.custom_headers", pairs(vec![new_pair(None, "X-Api-Key", "h\"canary")])),
        ("payload.jsonata", text("{ 'a': $x & `b c` & \"é\\n\" }")),
    ]);
    let write = world.prepare(fields, None).await.write;
    let preview = preview(&world, &write).await;
    let (secret, header) = (in_json(secret), in_json("h\"canary"));
    let token = world.org.access_token();
    let variables = [
        ("ACCESS_TOKEN", token.as_str()),
        ("CLIENT_SECRET", &secret),
        ("HEADER_X_API_KEY", &header),
        ("PARAMETER_SCOPE", "b-canary"),
        ("PARAMETER_SCOPE_2", "c-canary"),
        ("QUERY_C", "q'canary"),
        ("QUERY_KEY", "{{env.canary}}"),
        ("TOKEN_QUERY_T", "t-canary"),
        ("URL_CREDENTIALS", "bob:pw-canary"),
    ];
    let mut names = to_set(&preview);
    names.sort_unstable();
    assert_eq!(names, variables.map(|(name, _)| name));
    let answer: Value = serde_json::from_str(&run(&preview, &variables).await).unwrap();
    let sent = world.sent("POST", "/configs");
    let made = world.stored(answer["id"].as_str().unwrap());
    let own = world.session.write(&write, &go()).await.unwrap().remote.unwrap();
    assert_eq!(sent, world.sent("POST", "/configs"));
    assert_eq!(lasting(made.clone()), lasting(world.stored(own.webhook.id.as_str())));
    assert_eq!(made["name"], HOSTILE);
}

#[tokio::test]
async fn an_update_works_when_copied_and_leaves_out_the_secrets_it_keeps() {
    let world = world(MERIDIAN).await;
    let token = world.org.access_token();
    // A password and a header that stay.
    let base = world.remote(ERP).await;
    let write = world.prepare(vec![("name", text(HOSTILE))], Some(&base)).await.write;
    let shown = preview(&world, &write).await;
    let mut wanted = world.stored(ERP);
    let headers = wanted["payloadConfiguration"]["custom_headers"].as_object().unwrap().clone();
    let url = wanted["url"].as_str().unwrap().to_owned();
    assert!(!shown.curl.contains("PASSWORD"), "{}", shown.curl);
    let header = |name: &str| headers[name].as_str().unwrap();
    let variables = [
        ("ACCESS_TOKEN", token.as_str()),
        ("QUERY_TENANT", url.split_once("tenant=").unwrap().1),
        ("HEADER_OCP_APIM_SUBSCRIPTION_KEY", header("Ocp-Apim-Subscription-Key")),
        ("HEADER_X_MERIDIAN_TENANT", header("X-Meridian-Tenant")),
    ];
    assert_eq!(to_set(&shown), variables.map(|(name, _)| name));
    run(&shown, &variables).await;
    wanted["name"] = json!(HOSTILE);
    assert_eq!(lasting(world.stored(ERP)), lasting(wanted));
}

#[tokio::test]
async fn what_is_not_understood_is_given_as_json() {
    let world = world(MERIDIAN).await;
    let token = world.org.access_token();
    let base = world.remote(TICKETS).await;
    let mut wanted = world.stored(TICKETS);
    let write = world.prepare(vec![("name", text("T"))], Some(&base)).await.write;
    let shown = preview(&world, &write).await;
    assert!(shown.curl.contains("\"deliveryWindow\": '\"$KEPT_DELIVERY_WINDOW\"'"), "{}", shown.curl);
    let window = wanted["deliveryWindow"].to_string();
    let all = [("ACCESS_TOKEN", token.as_str()), ("KEPT_DELIVERY_WINDOW", &window)];
    assert_eq!(to_set(&shown), all.map(|(name, _)| name));
    run(&shown, &all).await;
    wanted["name"] = json!("T");
    assert_eq!(lasting(world.stored(TICKETS)), lasting(wanted));
}

#[tokio::test]
async fn a_delete_works_when_copied() {
    let world = world(MERIDIAN).await;
    let write = world.session.prepare_delete(&WebhookId::from(IVY));
    let shown = preview(&world, &write).await;
    run(&shown, &[("ACCESS_TOKEN", &world.org.access_token())]).await;
    assert!(world.org.webhook(IVY).is_none());
    assert!(world.org.webhook(PORTAL).is_some());
}
