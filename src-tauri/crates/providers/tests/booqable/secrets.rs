//! Previews, reveals, and a search for what must not be seen.

use super::common::{
    RENTALS, TRIAL, go, json, list, minimal_but, own, replace, replace_param, text, url_with, world,
};
use secrecy::ExposeSecret;
use tacklebox_model::FieldPath;
use tacklebox_sandbox::BooqableEndpoint;

#[tokio::test]
async fn the_request_shown_is_the_one_that_is_sent_secrets_apart() {
    let world = world(RENTALS).await;
    let address = "https://me:pw-canary@a.example/x?secret=q-canary";
    let create = world.prepare(minimal_but("url", replace(address)), None).await.write;
    let base = world.remote("crm.").await;
    let moved = url_with("https://b.example/", vec![replace_param("s", None, "r-canary")]);
    let update = world.prepare(vec![("url", moved), ("version", text("1"))], Some(&base)).await.write;
    let delete = world.session.prepare_delete(&world.remote("poc.").await.webhook.id);
    let previews = world.session.preview(&[&create, &update, &delete], &go()).await.unwrap();
    assert!(!format!("{previews:?} {create:?} {update:?}").contains("canary"));
    for write in [&create, &update, &delete] {
        world.session.write(write, &go()).await.unwrap();
    }
    for preview in &previews {
        let sent = world.sent(&preview.method).remove(0);
        assert_eq!(preview.url, format!("{}{}", world.sandbox.url(), sent.path));
        for (name, value) in &preview.headers {
            match name.as_str() {
                "Authorization" => assert_eq!(value, "Bearer <access token>"),
                name => assert_eq!(sent.headers.get(&name.to_lowercase()), Some(value), "{name}"),
            }
        }
        assert_eq!(preview.headers.len(), if sent.body.is_empty() { 2 } else { 3 });
        if sent.body.is_empty() {
            assert!(preview.body.is_empty());
            continue;
        }
        // With the placeholders put back, it is the same to the letter.
        let filled = preview
            .body
            .replace("https://•••@a.example/x?secret=•••", address)
            .replace("https://b.example/?s=•••", "https://b.example/?s=r-canary");
        assert_eq!(json(&filled).to_string(), sent.body);
    }
    let titles: Vec<_> = previews.iter().map(|preview| preview.title.as_str()).collect();
    assert_eq!(titles, ["Create the webhook", "Change the webhook", "Delete the webhook"]);
}

#[tokio::test]
async fn an_address_with_something_hidden_can_be_revealed_and_reverted_to() {
    let world = world(TRIAL).await;
    let url = FieldPath::from("url");
    let hidden = world.remote("try.kestrel-trial.example/customers").await;
    let revealed = world.session.reveal(&hidden, &url).unwrap();
    let stored = world.stored(&hidden).url;
    assert_eq!(revealed.expose_secret(), stored);
    let kept = world.session.revert_secrets(&hidden);
    assert_eq!((kept.len(), kept[0].0.as_str(), kept[0].1.expose_secret()), (1, "url", stored.as_str()));
    assert!(world.session.reveal(&hidden, &FieldPath::from("version")).is_none());
    let open = world.remote("try.kestrel-trial.example/orders").await;
    assert!(world.session.reveal(&open, &url).is_none() && world.session.revert_secrets(&open).is_empty());
}

#[tokio::test]
async fn no_secret_is_in_anything_that_is_shown_or_printed() {
    let odd = "canary-odd is no address";
    let world = own(vec![
        BooqableEndpoint::new(
            "https://u-canary:p-canary@a.example/x?k=q-canary&canary_name",
            4,
            &["order.updated"],
        ),
        BooqableEndpoint::new(odd, 1, &["order.updated"]),
    ])
    .await;
    let mut shown = String::new();
    for remote in world.list().await {
        let edit = vec![("events", list(&["order.started"]))];
        let prepared = world.prepare(edit, Some(&remote)).await;
        let previews = world.session.preview(&[&prepared.write], &go()).await.unwrap();
        let written = world.session.write(&prepared.write, &go()).await.unwrap();
        let json = serde_json::to_string(&(&remote.webhook, &prepared.fields, &previews)).unwrap();
        shown.push_str(&format!("{remote:?} {prepared:?} {previews:?} {written:?} {json}"));
    }
    let report = world.session.inspect(&|_| {}, &go()).await;
    shown.push_str(&format!("{report:?}"));
    for secret in ["u-canary", "p-canary", "q-canary", "canary-odd", world.org.access_token()] {
        assert!(!shown.contains(secret), "{secret}");
    }
    // The name of a parameter is none.
    assert!(shown.contains("canary_name"));
}
