//! The requests a review shows are the requests that are sent, secrets apart.

use super::common::*;
use serde_json::{Value, json};
use tacklebox_model::{RequestPreview, WebhookId};
use tacklebox_providers::Write;

async fn shown(world: &World, write: &Write) -> RequestPreview {
    world.session.preview(&[write], &go()).await.unwrap().remove(0)
}

fn body(preview: &RequestPreview) -> Value {
    serde_json::from_str(&preview.body).unwrap()
}

#[tokio::test]
async fn a_create_is_shown_as_it_is_sent() {
    let world = world(MERIDIAN).await;
    let prepared = world.prepare(minimal_and(vec![("delivery.retry", on(false))]), None).await;
    let preview = shown(&world, &prepared.write).await;
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(body(&preview), world.sent("POST", "/configs"));
    assert_eq!(preview.method, "POST");
    assert_eq!(preview.url, format!("{}/v1/webhooks/configs", world.sandbox.epilot_url()));
    assert!(preview.headers.contains(&("Authorization".into(), "Bearer <access token>".into())));
}

#[tokio::test]
async fn an_update_shows_the_whole_webhook_with_placeholders() {
    let world = world(MERIDIAN).await;
    let base = world.remote(CRM).await;
    let prepared = world.prepare(vec![("auth.oauth.client_secret", replace("new"))], Some(&base)).await;
    let preview = shown(&world, &prepared.write).await;
    assert_eq!((preview.method.as_str(), preview.url.ends_with(&format!("/configs/{CRM}"))), ("PUT", true));
    let oauth = json!({ "clientId": "meridian-epilot", "endpoint": "https://login.meridian-energie.example/oauth2/token",
        "httpMethod": "POST", "customParameterList": [
            { "type": "body", "key": "scope", "value": "<secret>" },
            { "type": "query", "key": "resource", "value": "<secret>" },
            { "type": "header", "key": "X-Client-Assertion", "value": "<secret>" }],
        "clientSecret": "<secret>" });
    assert_eq!(body(&preview)["auth"]["oauthConfig"], oauth);
    let base = world.remote(ERP).await;
    let prepared = world.prepare(vec![("auth.basic.password", clear())], Some(&base)).await;
    let body = body(&shown(&world, &prepared.write).await);
    assert_eq!(body["auth"]["basicAuthConfig"]["password"], Value::Null);
    assert_eq!(body["payloadConfiguration"]["custom_headers"]["X-Meridian-Tenant"], "<secret>");
    assert_eq!(body["url"], "https://erp.meridian-energie.example/epilot/orders?tenant=•••");
    let tickets = world.remote(TICKETS).await;
    let prepared = world.prepare(vec![("name", text("T"))], Some(&tickets)).await;
    let preview = shown(&world, &prepared.write).await;
    assert!(preview.body.contains(r#""deliveryWindow": "<kept as it is>""#), "{}", preview.body);
}

#[tokio::test]
async fn each_delete_is_a_request_of_its_own() {
    let world = world(MERIDIAN).await;
    let writes = [IVY, PORTAL].map(|id| world.session.prepare_delete(&WebhookId::from(id)));
    let previews = world.session.preview(&writes.each_ref(), &go()).await.unwrap();
    assert_eq!(previews.len(), 2);
    assert!(previews.iter().all(|preview| preview.method == "DELETE" && preview.body.is_empty()));
    assert!(previews[1].url.ends_with(&format!("/configs/{PORTAL}")));
}
