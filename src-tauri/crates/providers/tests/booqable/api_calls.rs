//! The commands a review offers, run for real: they do what the plan does.

use super::common::{RENTALS, World, go, json, list, minimal_but, replace, text, world};
use super::shell::{run, to_set};
use tacklebox_model::RequestPreview;
use tacklebox_providers::Write;

async fn preview(world: &World, write: &Write) -> RequestPreview {
    let preview = world.session.preview(&[write], &go()).await.unwrap().remove(0);
    assert_eq!(preview.graphql, None);
    assert!(!format!("{preview:?}").contains("canary"), "{preview:?}");
    preview
}

#[tokio::test]
async fn a_create_works_when_copied() {
    let world = world(RENTALS).await;
    let address = "https://me:pw-canary@a.example/it's/$HOME/`id`/\"x\"?secret=q'canary$(id)&flag#\\n";
    let write = world.prepare(minimal_but("url", replace(address)), None).await.write;
    let shown = preview(&world, &write).await;
    assert_eq!(to_set(&shown), ["ACCESS_TOKEN", "URL_CREDENTIALS", "QUERY_SECRET"]);
    let variables = [
        ("ACCESS_TOKEN", world.org.access_token()),
        ("URL_CREDENTIALS", "me:pw-canary"),
        ("QUERY_SECRET", "q'canary$(id)"),
    ];
    let answer = json(&run(&shown, &variables).await);
    let made = world.org.endpoint(answer["data"]["id"].as_str().unwrap()).unwrap();
    assert_eq!(made.url, address);
    world.session.write(&write, &go()).await.unwrap();
    let [copied, own] = world.sent("POST").try_into().unwrap();
    assert_eq!(json(&copied.body), json(&own.body));
    for header in ["accept", "content-type"] {
        assert_eq!(copied.headers[header], own.headers[header]);
    }
}

#[tokio::test]
async fn an_update_works_when_copied() {
    let world = world(RENTALS).await;
    let base = world.remote("crm.").await;
    let before = world.stored(&base);
    let edits = vec![("version", text("1")), ("events", list(&["order.updated"]))];
    let write = world.prepare(edits, Some(&base)).await.write;
    let shown = preview(&world, &write).await;
    // The address stays and is not sent.
    assert_eq!(to_set(&shown), ["ACCESS_TOKEN"]);
    run(&shown, &[("ACCESS_TOKEN", world.org.access_token())]).await;
    let after = world.stored(&base);
    assert_eq!((after.url, after.version, after.events), (before.url, 1, vec!["order.updated".to_owned()]));
}

#[tokio::test]
async fn a_delete_works_when_copied() {
    let world = world(RENTALS).await;
    let (gone, count) = (world.remote("poc.").await, world.list().await.len());
    let shown = preview(&world, &world.session.prepare_delete(&gone.webhook.id)).await;
    run(&shown, &[("ACCESS_TOKEN", world.org.access_token())]).await;
    assert!(world.org.endpoint(gone.webhook.id.as_str()).is_none());
    assert_eq!(world.list().await.len(), count - 1);
}
