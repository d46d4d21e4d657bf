//! The requests shown before a write are those that are sent, secrets apart.

use super::common::{
    LAB, OFFICES, World, go, list, minimal_and, on, own, replace, seeded_secrets, text, world,
};
use serde_json::{Value, json};
use tacklebox_model::{FieldInput, RequestPreview};
use tacklebox_providers::Write;
use tacklebox_sandbox::Dialect;

async fn preview(world: &World, writes: &[&Write]) -> Vec<RequestPreview> {
    let previews = world.session.preview(writes, &go()).await.unwrap();
    for preview in &previews {
        assert_eq!(preview.method, "POST");
        assert_eq!(preview.url, format!("{}/api/v3/graphql", world.sandbox.butlr_url()));
        let bearer = ("Authorization".to_owned(), "Bearer <access token>".to_owned());
        assert!(preview.headers.contains(&bearer));
    }
    previews
}

/// The query and the variables of a preview.
fn parts(preview: &RequestPreview) -> (&str, Value) {
    let (query, variables) = preview.body.split_once("\n\n# variables\n").unwrap();
    (query, serde_json::from_str(variables).unwrap())
}

/// What the vendor really got.
fn sent(world: &World) -> Vec<(String, Value)> {
    let log = world.sandbox.log().requests();
    let mutations = log.iter().filter(|r| r.operation.as_ref().is_some_and(|o| o.kind == "mutation"));
    let read = |body: Value| (body["query"].as_str().unwrap().trim().to_owned(), body["variables"].clone());
    mutations.map(|r| read(serde_json::from_str(&r.body).unwrap())).collect()
}

#[tokio::test]
async fn a_create_is_shown_as_it_is_sent() {
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let more = vec![
            ("url", replace("https://bob:pw-canary@a.example/x?t=q-canary")),
            ("auth.api_key", on(true)),
            ("auth.api_key.header", text("x-api-key")),
            ("auth.api_key.value", replace("k-canary")),
            ("auth.basic", on(true)),
            ("auth.basic.username", text("bob")),
            ("auth.basic.password", replace("p-canary")),
            ("filters.floor_ids", list(&["space_1"])),
        ];
        let write = world.prepare(minimal_and(more), None).await.write;
        let previews = preview(&world, &[&write]).await;
        assert!(!format!("{previews:?} {write:?}").contains("canary"));
        let created = world.session.write(&write, &go()).await.unwrap().remote.unwrap().webhook.id;
        let sent = sent(&world);
        assert_eq!(previews.len(), sent.len());
        for (preview, (query, variables)) in previews.iter().zip(sent) {
            let (shown_query, shown) = parts(preview);
            assert_eq!(shown_query, query);
            // With the placeholders put back, it is the same to the letter.
            let filled = shown
                .to_string()
                .replace("<API key>", "k-canary")
                .replace("<password>", "p-canary")
                .replace("https://•••@a.example/x?t=•••", "https://bob:pw-canary@a.example/x?t=q-canary")
                .replace("<id of the new webhook>", created.as_str());
            assert_eq!(filled, variables.to_string());
        }
    }
}

#[tokio::test]
async fn an_update_shows_no_kept_secret() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let write = world.prepare(vec![("timeout", FieldInput::Integer(Some(2)))], Some(&base)).await.write;
    let previews = preview(&world, &[&write]).await;
    for secret in seeded_secrets(&world.org.webhooks()) {
        assert!(!previews[0].body.contains(&secret));
    }
    assert!(previews[0].body.contains("<API key>") && previews[0].body.contains("<password>"));
    world.session.write(&write, &go()).await.unwrap();
    assert_eq!(parts(&previews[0]).0, sent(&world)[0].0);
}

#[tokio::test]
async fn what_is_not_understood_is_not_shown() {
    let world = own(Dialect { extra_endpoint_fields: vec!["headers".into()], ..Dialect::default() }).await;
    let write = world.prepare(minimal_and(vec![("filters.room_ids", list(&["room_1"]))]), None).await.write;
    let created = world.session.write(&write, &go()).await.unwrap().remote.unwrap().webhook.id;
    let patch = json!({ "filters": { "unknown": "u-canary" }, "endpoint_config": { "url": "odd canary",
        "extra": { "headers": ["x-canary"] } } });
    world.org.edit_webhook(created.as_str(), patch).unwrap();
    let base = world.list().await.remove(0);
    let edits = vec![("timeout", FieldInput::Integer(Some(2))), ("filters.room_ids", list(&[]))];
    let write = world.prepare(edits, Some(&base)).await.write;
    let previews = preview(&world, &[&write]).await;
    assert!(!previews[0].body.contains("canary"), "{}", previews[0].body);
    let input = &parts(&previews[0]).1["input"][0];
    assert_eq!(input["filters"]["unknown"], "<kept as it is>");
    assert_eq!(input["endpoint_config"]["headers"], "<kept as it is>");
}

#[tokio::test]
async fn deletes_share_one_request() {
    let world = world(OFFICES).await;
    let ids: Vec<_> = world.list().await.into_iter().take(2).map(|r| r.webhook.id).collect();
    let writes: Vec<_> = ids.iter().map(|id| world.session.prepare_delete(id)).collect();
    let previews = preview(&world, &writes.iter().collect::<Vec<_>>()).await;
    assert_eq!(previews.len(), 1);
    world.session.delete(&ids, &go()).await.unwrap();
    let (query, variables) = parts(&previews[0]);
    assert_eq!(sent(&world), [(query.to_owned(), variables)]);
}
