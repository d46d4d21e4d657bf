//! Creating, changing and deleting: the exact bodies, and what the vendor then has.

use super::common::{
    RENTALS, TRIAL, World, go, json, keep_param, list, minimal, minimal_but, own, replace, replace_param,
    text, url, url_with, world,
};
use serde_json::{Map, json};
use tacklebox_model::{Fault, FieldPath, FieldValue, NoticeLevel};
use tacklebox_providers::{Prepared, WriteAction};
use tacklebox_sandbox::{BooqableEndpoint, FaultAction};

fn words(prepared: &Prepared) -> Vec<&str> {
    prepared.notices.iter().map(|notice| notice.words.as_str()).collect()
}

#[tokio::test]
async fn a_create_sends_this_and_nothing_else() {
    let world = world(TRIAL).await;
    let prepared = world.prepare(minimal(), None).await;
    assert_eq!(
        words(&prepared),
        ["It receives events from the moment it is created: Booqable has no switch."]
    );
    assert_eq!(
        (prepared.title.as_str(), prepared.endpoint.as_str()),
        ("new.example/hook", "new.example/hook")
    );
    let remote = world.session.write(&prepared.write, &go()).await.unwrap().remote.unwrap();
    assert_eq!(
        world.body("POST"),
        r#"{"data":{"type":"webhook_endpoints","attributes":{"url":"https://new.example/hook","version":4,"events":["customer.created","customer.updated"]}}}"#
    );
    let sent = &world.sent("POST")[0];
    assert_eq!(sent.path, "/booqable/kestrel-trial/api/4/webhook_endpoints");
    assert_eq!(sent.headers["content-type"], "application/vnd.api+json");
    assert_eq!(sent.headers["accept"], "application/vnd.api+json");
    let stored = world.stored(&remote);
    assert_eq!((stored.url.as_str(), stored.version), ("https://new.example/hook", 4));
    assert_eq!(remote.webhook.events, ["customer.created", "customer.updated"]);
}

#[tokio::test]
async fn a_new_webhook_without_a_chosen_version_gets_the_suggested_one() {
    let world = world(TRIAL).await;
    let fields = minimal().into_iter().filter(|(path, _)| *path != "version").collect();
    let prepared = world.prepare(fields, None).await;
    assert_eq!(prepared.fields.get(&FieldPath::from("version")), Some(&FieldValue::Text("4".into())));
    let remote = world.session.write(&prepared.write, &go()).await.unwrap().remote.unwrap();
    assert_eq!(world.stored(&remote).version, 4);
}

/// Changes one webhook of the rentals and returns the body that was sent, for the id `ID`.
async fn body_of(world: &World, title: &str, fields: Vec<(&str, tacklebox_model::FieldInput)>) -> String {
    let base = world.remote(title).await;
    world.edit(&base, fields).await;
    let sent = &world.sent("PUT")[0];
    assert_eq!(sent.path, format!("/booqable/kestrel-rentals/api/4/webhook_endpoints/{}", base.webhook.id));
    assert_eq!(sent.headers["content-type"], "application/vnd.api+json");
    sent.body.replace(base.webhook.id.as_str(), "ID")
}

#[tokio::test]
async fn an_update_sends_the_changed_attribute_alone() {
    for (fields, body) in [
        (
            vec![("events", list(&["order.updated", "order.teleported"]))],
            r#"{"data":{"type":"webhook_endpoints","id":"ID","attributes":{"events":["order.updated","order.teleported"]}}}"#,
        ),
        (
            vec![("version", text("1"))],
            r#"{"data":{"type":"webhook_endpoints","id":"ID","attributes":{"version":1}}}"#,
        ),
        (
            vec![("url", url("https://b.example/"))],
            r#"{"data":{"type":"webhook_endpoints","id":"ID","attributes":{"url":"https://b.example/"}}}"#,
        ),
        (
            vec![("url", url("https://b.example/")), ("version", text("1"))],
            r#"{"data":{"type":"webhook_endpoints","id":"ID","attributes":{"url":"https://b.example/","version":1}}}"#,
        ),
    ] {
        let world = world(RENTALS).await;
        let before = world.stored(&world.remote("stock.").await);
        assert_eq!(body_of(&world, "stock.", fields).await, body);
        let after = world.org.endpoint(&before.id).unwrap();
        assert_eq!(after.url == before.url, !body.contains("\"url\""));
        assert_eq!(after.version == before.version, !body.contains("\"version\""));
        assert_eq!(after.events == before.events, !body.contains("\"events\""));
        assert_eq!(after.created_at, before.created_at);
    }
}

#[tokio::test]
async fn attributes_nobody_knows_survive_an_edit_and_are_never_sent_back() {
    let extra = json!({ "owner": { "id": 7, "tags": [null, "é"] }, "paused_until": null, "retries": 3 });
    let extra: Map<_, _> = serde_json::from_value(extra).unwrap();
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let endpoint = BooqableEndpoint::new("https://extra.example/x?s=1", 1, &["order.updated"]);
        world.org.add_endpoint(BooqableEndpoint { extra: extra.clone(), ..endpoint });
        let base = world.remote("extra.example").await;
        assert_eq!(base.webhook.preserved, ["owner", "paused_until", "retries"]);
        let after = world.edit(&base, vec![("version", text("4"))]).await;
        assert_eq!((after.version, &after.extra), (4, &extra));
        assert_eq!(json(&world.body("PUT"))["data"]["attributes"], json!({ "version": 4 }));
    }
}

#[tokio::test]
async fn query_values_are_kept_replaced_and_removed_one_by_one() {
    let world = world(RENTALS).await;
    let base = world.remote("crm.").await;
    let stored = "https://crm.kestrel-rentals.example/hooks";
    let kept = url_with(stored, vec![keep_param("secret", 0), keep_param("source", 1)]);
    assert!(world.prepare(vec![("url", kept)], Some(&base)).await.fields == base.webhook.fields);
    let moved = url_with(
        "https://crm.example/h",
        vec![keep_param("secret", 0), replace_param("source", Some(1), "a b")],
    );
    let prepared = world.prepare(vec![("url", moved)], Some(&base)).await;
    let Some(FieldValue::Url(view)) = prepared.fields.get(&FieldPath::from("url")) else { panic!("no url") };
    assert_eq!(view.query.iter().map(|param| param.replaced).collect::<Vec<_>>(), [false, true]);
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.stored(&base).url, "https://crm.example/h?secret=sandbox-crm-77a2d410&source=a%20b");
    let base = world.remote("crm.example").await;
    let after = world.edit(&base, vec![("url", url("https://crm.example/h"))]).await;
    assert_eq!(after.url, "https://crm.example/h");
}

#[tokio::test]
async fn a_revert_writes_the_whole_address_back() {
    let world = world(RENTALS).await;
    let base = world.remote("erp.").await;
    let secrets = world.session.revert_secrets(&base);
    assert_eq!(secrets.len(), 1);
    world.edit(&base, vec![("url", url("https://elsewhere.example/"))]).await;
    let now = world.remote("elsewhere").await;
    let url = "https://erp.kestrel-rentals.example/booqable?secret=sandbox-erp-5e1f0c93";
    // Dates of the version that is restored are nothing to write.
    let fields = vec![("url", replace(url)), ("created_at", text("x")), ("updated_at", text("y"))];
    assert_eq!(world.edit(&now, fields).await.url, url);
}

#[tokio::test]
async fn a_delete_is_answered_with_what_was_and_counts_as_done() {
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let ids: Vec<_> = world.list().await.into_iter().take(2).map(|r| r.webhook.id).collect();
        let written = world.session.write(&world.session.prepare_delete(&ids[0]), &go()).await.unwrap();
        assert!(written.remote.is_none());
        world.session.delete(&ids[1..], &go()).await.unwrap();
        assert!(ids.iter().all(|id| world.org.endpoint(id.as_str()).is_none()));
        let sent = world.sent("DELETE");
        assert!(sent.iter().all(|request| request.body.is_empty() && request.status == Some(200)));
        assert_eq!(sent.len(), 2);
    }
}

#[tokio::test]
async fn several_deletes_are_turned_down_before_one_is_sent_so_that_each_is_answered_for() {
    let world = world(TRIAL).await;
    let ids: Vec<_> = world.list().await.into_iter().map(|r| r.webhook.id).collect();
    let refused = world.session.delete(&ids, &go()).await.unwrap_err();
    assert!(!refused.uncertain && refused.error.fault == Fault::NotFound);
    assert!(world.sent("DELETE").is_empty() && world.org.endpoints().len() == 4);
    world.session.delete(&[], &go()).await.unwrap();
}

#[tokio::test]
async fn an_answer_without_a_body_confirms_a_delete() {
    let world = world(TRIAL).await;
    let id = world.list().await.remove(0).webhook.id;
    world.next(FaultAction::respond(204, ""));
    world.session.delete(&[id], &go()).await.unwrap();
}

#[tokio::test]
async fn an_event_beyond_the_documents_can_be_written_and_is_warned_about() {
    let world = world(RENTALS).await;
    let prepared = world.prepare(minimal_but("events", list(&["order.teleported"])), None).await;
    assert!(words(&prepared)[1].contains("order.teleported"), "{:?}", words(&prepared));
    world.session.write(&prepared.write, &go()).await.unwrap();

    // An old one that is stored is kept without a word.
    let base = world.remote("legacy").await;
    let events = list(&["order.saved_as_concept", "order.reserved", "order.updated"]);
    let prepared = world.prepare(vec![("events", events)], Some(&base)).await;
    assert!(prepared.notices.is_empty());
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.stored(&base).events[0], "order.saved_as_concept");
    let base = world.remote("stock.").await;
    let events = list(&["order.teleported", "order.updated", " order.updated "]);
    let prepared = world.prepare(vec![("events", events)], Some(&base)).await;
    assert!(prepared.notices.is_empty());
    assert_eq!(
        prepared.fields[&FieldPath::from("events")],
        FieldValue::List(vec!["order.teleported".into(), "order.updated".into()])
    );
}

#[tokio::test]
async fn what_an_http_address_and_another_version_mean_is_said() {
    let world = world(TRIAL).await;
    let prepared = world.prepare(minimal_but("url", url("http://plain.example/x")), None).await;
    let notice = prepared.notices.iter().find(|notice| notice.path == Some(FieldPath::from("url"))).unwrap();
    assert!(notice.level == NoticeLevel::Warning && notice.words.contains("http://"));
    let base = world.remote("try.kestrel-trial.example/orders").await;
    let to = |version: &'static str| world.prepare(vec![("version", text(version))], Some(&base));
    assert!(words(&to("4").await)[0].contains("JSON") && words(&to("1").await).is_empty());
    let plain = world_with_plain_address().await;
    let base = plain.list().await.remove(0);
    assert!(plain.prepare(vec![("version", text("4"))], Some(&base)).await.notices.len() == 1);
}

async fn world_with_plain_address() -> World {
    own(vec![BooqableEndpoint::new("http://plain.example/x", 1, &["order.updated"])]).await
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_before_anything_is_sent() {
    let world = world(TRIAL).await;
    let base = world.list().await.remove(0);
    let wrong = |path: &str, message: &str| vec![(path.to_owned(), message.to_owned())];
    let empty = "Choose at least one event.";
    assert_eq!(world.wrong(vec![("events", list(&[]))], Some(&base)).await, wrong("events", empty));
    assert_eq!(world.wrong(minimal_but("events", list(&[" "])), None).await, wrong("events", empty));
    assert_eq!(
        world.wrong(minimal_but("events", list(&["order created"])), None).await,
        wrong("events", "“order created” is no event: there is a space in it.")
    );
    assert_eq!(
        world.wrong(minimal_but("version", text("2")), None).await,
        wrong("version", "Choose version 4 or 1.")
    );
    assert_eq!(
        world.wrong(minimal_but("url", url("ftp://a.example/")), None).await,
        wrong("url", "Begin the address with https://")
    );
    assert_eq!(world.wrong(vec![("url", url("nowhere"))], Some(&base)).await.len(), 1);
    assert_eq!(world.wrong(vec![], None).await.len(), 2);
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test]
async fn an_edit_of_something_else_leaves_odd_values_alone() {
    let odd = BooqableEndpoint::new("no address at all", 9, &[]);
    let world = own(vec![odd]).await;
    let base = world.list().await.remove(0);
    let after = world.edit(&base, vec![("events", list(&["order.updated"])), ("version", text("9"))]).await;
    assert_eq!((after.url.as_str(), after.version), ("no address at all", 9));
    assert_eq!(after.events, ["order.updated"]);
}

#[tokio::test]
async fn the_same_address_twice_is_warned_about() {
    let world = world(TRIAL).await;
    let others: Vec<_> = world.list().await.into_iter().map(|remote| remote.webhook).collect();
    let address =
        url_with("https://try.kestrel-trial.example/customers", vec![replace_param("secret", None, "x")]);
    let events = list(&["customer.created", "customer.archived"]);
    let prepared = world.prepare(vec![("url", address), ("events", events)], None).await;
    let advice = world.session.advise(&prepared.fields, &others);
    assert_eq!(advice.len(), 1);
    assert!(advice[0].words.ends_with("twice: customer.created."), "{}", advice[0].words);
    let alone = world.prepare(minimal(), None).await;
    assert!(world.session.advise(&alone.fields, &others).is_empty());
}

#[tokio::test]
async fn an_answer_about_another_webhook_does_not_confirm_an_update() {
    let world = world(TRIAL).await;
    let base = world.list().await.remove(0);
    let prepared = world.prepare(vec![("version", text("4"))], Some(&base)).await;
    assert_eq!(prepared.write.action, WriteAction::Update(base.webhook.id.clone()));
    let body = r#"{"data":{"id":"other","type":"webhook_endpoints","attributes":{"version":4}}}"#;
    world.next(FaultAction::respond(200, body));
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::Malformed);
}
