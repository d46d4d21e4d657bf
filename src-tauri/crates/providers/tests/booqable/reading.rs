//! What is offered, listed and read, in both shapes.

use super::common::{OWN, RENTALS, TRIAL, go, minimal, own, world};
use serde_json::json;
use tacklebox_model::{
    EventsPerWebhook, Fault, FieldKind, FieldValue, MarkAsks, MarkKind, OnOff, ProviderId, Signing,
    StoredSecrets, WebhookId,
};
use tacklebox_providers::find;
use tacklebox_sandbox::{BooqableEndpoint, FaultAction, ListShape};

#[tokio::test]
async fn the_offer_is_made_without_a_call() {
    let world = world(RENTALS).await;
    let offer = world.session.offer(&go()).await.unwrap();
    let capabilities = &offer.capabilities;
    let paths: Vec<_> = capabilities.fields().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, ["url", "version", "events", "created_at", "updated_at"]);
    assert!(matches!(capabilities.on_off, OnOff::AlwaysOn) && capabilities.metered);
    assert_eq!(capabilities.events_per_webhook, EventsPerWebhook::Many);
    assert_eq!(capabilities.stored_secrets, StoredSecrets::Returned);
    assert_eq!(capabilities.signing, Signing::None);
    assert!(capabilities.notices[0].words.contains("from the moment it is created"));
    let field = |path: &str| capabilities.fields().find(|field| field.path.as_str() == path).unwrap();
    let FieldKind::Choice { options } = &field("version").kind else { panic!("no choice") };
    assert_eq!(options.iter().map(|o| o.value.as_str()).collect::<Vec<_>>(), ["4", "1"]);
    let help = field("version").help.clone().unwrap();
    for told in ["JSON", "application/x-www-form-urlencoded", "resource_type", "object", "concept"] {
        assert!(help.contains(told), "{told}");
    }
    assert!(field("created_at").unavailable.is_some());
    assert_eq!(offer.catalogue.events.len(), 45);
    assert!(world.requests().is_empty());
    let documented = find(&ProviderId::from("booqable")).unwrap().documented();
    assert_eq!(format!("{documented:?}"), format!("{capabilities:?}"));
}

#[tokio::test]
async fn an_event_that_only_a_webhook_has_is_offered_again() {
    let world = world(RENTALS).await;
    let listed = world.list().await;
    assert!(listed.iter().any(|remote| remote.webhook.events.contains(&"order.teleported".to_owned())));
    let offer = world.session.offer(&go()).await.unwrap();
    assert_eq!(offer.catalogue.events.len(), 46);
    assert!(offer.catalogue.offers("order.teleported"));
    // The old name of an event is one of the documented.
    assert!(offer.catalogue.offers("order.saved_as_concept"));
    assert!(world.remote("legacy").await.webhook.events.contains(&"order.saved_as_concept".to_owned()));
}

#[tokio::test]
async fn a_webhook_is_read_into_the_form() {
    let world = world(RENTALS).await;
    let webhook = world.remote("crm.kestrel-rentals.example").await.webhook;
    assert_eq!(webhook.title, "crm.kestrel-rentals.example/hooks");
    assert_eq!(webhook.endpoint, "crm.kestrel-rentals.example/hooks?secret=•••&source=•••");
    assert_eq!(webhook.events, ["customer.created", "customer.updated", "customer.archived"]);
    assert_eq!((webhook.on, webhook.auth.len(), webhook.marks.len()), (None, 0, 0));
    assert_eq!(webhook.field("version"), Some(&FieldValue::Text("4".into())));
    let Some(FieldValue::Text(created)) = webhook.field("created_at") else { panic!("no date") };
    assert!(created.ends_with(" UTC") && created.len() == "2021-11-16, 09:32 UTC".len(), "{created}");
}

#[tokio::test]
async fn both_shapes_read_alike_to_the_revision() {
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let mut seen = Vec::new();
        for shape in [ListShape::JsonApi, ListShape::Flat] {
            world.org.change_settings(|settings| settings.list_shape = shape);
            seen.push(world.list().await.into_iter().map(|remote| remote.webhook).collect::<Vec<_>>());
        }
        assert_eq!(seen[0], seen[1], "{slug}");
        assert_eq!(seen[0].len(), world.org.endpoints().len());
    }
}

#[tokio::test]
async fn what_a_write_answers_has_the_revision_of_what_is_then_listed() {
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let prepared = world.prepare(minimal(), None).await;
        let written = world.session.write(&prepared.write, &go()).await.unwrap().remote.unwrap();
        let listed = world.remote("new.example").await;
        assert_eq!(written.webhook, listed.webhook, "{slug}");
        let read = world.session.read(&listed.webhook.id, &go()).await.unwrap().unwrap();
        assert_eq!(read.webhook, listed.webhook, "{slug}");
    }
}

#[tokio::test]
async fn the_revision_follows_a_change_of_a_query_value_alone() {
    let world = own(vec![BooqableEndpoint::new("https://a.example/x?s=1", 4, &["order.updated"])]).await;
    let before = world.list().await.remove(0);
    let times = world.stored(&before).updated_at;
    let patch = json!({ "url": "https://a.example/x?s=2", "updated_at": times });
    world.org.edit_endpoint(before.webhook.id.as_str(), patch).unwrap();
    let after = world.list().await.remove(0);
    assert_eq!(after.webhook.fields, before.webhook.fields);
    assert_ne!(after.webhook.revision, before.webhook.revision);
}

#[tokio::test]
async fn one_webhook_is_read_by_its_id_and_a_missing_one_is_nothing() {
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let id = WebhookId::from(world.org.endpoints()[3].id.as_str());
        assert_eq!(world.session.read(&id, &go()).await.unwrap().unwrap().webhook.id, id);
        let asked = world.requests().pop().unwrap().path;
        assert!(asked.ends_with(&format!("webhook_endpoints?filter%5Bid%5D%5Beq%5D={id}")), "{asked}");
        let gone = WebhookId::from("be43f04f-01e8-44d9-86ae-1fc1376bdea0");
        assert!(world.session.read(&gone, &go()).await.unwrap().is_none());
        let no_id = WebhookId::from("no-id");
        assert!(world.session.read(&no_id, &go()).await.unwrap().is_none());
        assert_eq!(world.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_filter_that_is_not_heeded_does_not_return_another_webhook() {
    let world = world(RENTALS).await;
    let endpoints = world.org.endpoints();
    let page =
        json!({ "data": [{ "id": endpoints[0].id, "url": endpoints[0].url, "events": [] }] }).to_string();
    world.next(FaultAction::respond(200, &page));
    let wanted = WebhookId::from(endpoints[29].id.as_str());
    assert_eq!(world.session.read(&wanted, &go()).await.unwrap().unwrap().webhook.id, wanted);
}

#[tokio::test]
async fn webhooks_of_other_tools_are_marked_and_ask_before_they_are_deleted() {
    for (slug, expected) in [(RENTALS, vec![("Make", 2), ("Zapier", 3)]), (TRIAL, vec![("Zapier", 1)])] {
        let world = world(slug).await;
        let marks: Vec<_> = world.list().await.into_iter().flat_map(|remote| remote.webhook.marks).collect();
        assert!(marks.iter().all(|m| m.kind == MarkKind::OtherTool && m.asks == MarkAsks::BeforeDelete));
        for (tool, count) in &expected {
            assert_eq!(marks.iter().filter(|mark| mark.label == *tool).count(), *count, "{tool}");
        }
        assert_eq!(marks.len(), expected.iter().map(|(_, count)| count).sum::<usize>());
        let zapier = marks.iter().find(|mark| mark.label == "Zapier").unwrap();
        assert!(zapier.words.contains("Zapier") && zapier.words.contains("no more events"));
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_shown_as_such_and_breaks_nothing() {
    let odd = ["p4ss word@nowhere", "", "/only/a/path?p4ss"];
    let world = own(odd.iter().map(|url| BooqableEndpoint::new(url, 1, &["order.updated"])).collect()).await;
    let listed = world.list().await;
    assert_eq!(listed.len(), 3);
    for remote in listed {
        assert!(remote.webhook.title.starts_with("not a URL"), "{}", remote.webhook.title);
        assert!(!serde_json::to_string(&remote.webhook).unwrap().contains("p4ss"));
    }
    assert_eq!(world.org.config().slug, OWN);
}

#[tokio::test]
async fn lists_of_another_shape_are_malformed_and_hide_nothing() {
    let world = world(TRIAL).await;
    for body in ["{}", "[]", "null", "{\"data\":{}}", "{\"data\":[{\"url\":\"x\"}]}", "{\"data\":[7]}", ""] {
        world.next(FaultAction::respond(200, body));
        let error = world.session.list(&go()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Malformed, "{body}");
    }
    assert_eq!(world.list().await.len(), 4);
}
