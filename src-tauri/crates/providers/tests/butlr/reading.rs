//! What is offered, listed and found by name, in every variant of the schema.

use super::common::{LAB, OFFICES, World, go, list, minimal, minimal_and, own, seeded_secrets, text, world};
use serde_json::json;
use tacklebox_model::{
    AuthKind, Fault, FieldKind, FieldPath, FieldValue, NoticeLevel, SecretState, StoredSecrets, TreeNode,
    WebhookId,
};
use tacklebox_sandbox::{Dialect, Spelling};

fn sections(offer: &tacklebox_model::Offer) -> Vec<&str> {
    offer.capabilities.sections.iter().map(|section| section.id.as_str()).collect()
}

#[tokio::test]
async fn both_spellings_offer_the_same_form_and_their_own_events() {
    for (key, events) in [(OFFICES, 5), (LAB, 10)] {
        let world = world(key).await;
        let offer = world.session.offer(&go()).await.unwrap();
        assert_eq!(sections(&offer), ["endpoint", "events", "authentication", "filter"], "{key}");
        assert_eq!(offer.catalogue.events.len(), events, "{key}");
        assert_eq!(offer.capabilities.stored_secrets, StoredSecrets::Returned);
        world.session.offer(&go()).await.unwrap();
        assert_eq!(world.sandbox.log().count("__type"), 1, "{key}");
    }
}

#[tokio::test]
async fn an_older_schema_has_no_filters_and_says_so() {
    let world = own(Dialect { has_filters: false, ..Dialect::default() }).await;
    let offer = world.session.offer(&go()).await.unwrap();
    assert_eq!(sections(&offer), ["endpoint", "events", "authentication"]);
    assert!(offer.capabilities.notices.iter().any(|notice| notice.words.contains("no filters")));
    let wrong = world.wrong(minimal_and(vec![("filters.room_ids", list(&["room_1"]))]), None).await;
    assert_eq!(wrong[0].0, "filters.room_ids");
}

#[tokio::test]
async fn both_spellings_are_listed_alike() {
    let world = world(OFFICES).await;
    let remote = world.remote("Desk zones").await;
    let webhook = &remote.webhook;
    assert_eq!(webhook.endpoint, "seats.halden.example/api/zones");
    assert_eq!(webhook.events, ["ZONE_OCCUPANCY"]);
    assert_eq!(webhook.auth, [AuthKind::ApiKey, AuthKind::Basic]);
    assert_eq!(webhook.field("timeout"), Some(&FieldValue::Integer(8)));
    assert_eq!(webhook.field("auth.api_key.header"), Some(&FieldValue::Text("X-Seat-Key".into())));
    assert_eq!(webhook.field("auth.api_key.value"), Some(&FieldValue::Secret(SecretState::STORED)));
    assert_eq!(webhook.field("send_on_value_change"), Some(&FieldValue::Flag(true)));
    let Some(FieldValue::List(zones)) = webhook.field("filters.zone_ids") else { panic!("no zones") };
    assert_eq!(zones.len(), 2);

    let world = self::world(LAB).await;
    let lab = world.remote("Detections sink").await.webhook;
    assert_eq!(lab.auth, [AuthKind::ApiKey, AuthKind::Basic]);
    assert_eq!(lab.field("timeout"), Some(&FieldValue::Integer(15)));
    assert_eq!(lab.field("auth.basic.username"), Some(&FieldValue::Text("sink".into())));
    assert_eq!(world.list().await.len(), 6);
}

#[tokio::test]
async fn a_listed_webhook_holds_no_secret() {
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let remotes = world.list().await;
        let secrets = seeded_secrets(&world.org.webhooks());
        for remote in &remotes {
            let json = serde_json::to_string(&remote.webhook).unwrap();
            let debug = format!("{remote:?}");
            for secret in &secrets {
                assert!(!json.contains(secret) && !debug.contains(secret), "{}", remote.webhook.title);
            }
        }
    }
}

#[tokio::test]
async fn unknown_filter_keys_and_extra_fields_are_named_as_kept() {
    let world = world(OFFICES).await;
    assert_eq!(world.remote("Cleaning rota").await.webhook.preserved, ["filters.schedule"]);
    let world = own(Dialect {
        extra_endpoint_fields: vec!["retries".into()],
        extra_webhook_fields: vec!["owner".into()],
        ..Dialect::default()
    })
    .await;
    let prepared = world.prepare(minimal(), None).await;
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.list().await[0].webhook.preserved, ["endpoint_config.retries", "owner"]);
}

#[tokio::test]
async fn an_address_that_is_none_is_shown_as_such_and_breaks_nothing() {
    let world = world(OFFICES).await;
    let id = world.list().await[0].webhook.id.clone();
    let secret = "p4ss word@nowhere";
    world
        .org
        .edit_webhook(id.as_str(), json!({ "name": " ", "endpoint_config": { "url": secret } }))
        .unwrap();
    let remotes = world.list().await;
    assert_eq!(remotes.len(), 9);
    assert!(remotes[0].webhook.title.starts_with("not a URL"));
    assert!(!serde_json::to_string(&remotes[0].webhook).unwrap().contains("p4ss"));
}

#[tokio::test]
async fn one_webhook_is_read_and_a_missing_one_is_nothing() {
    let world = world(OFFICES).await;
    let id = world.list().await[3].webhook.id.clone();
    assert_eq!(world.session.read(&id, &go()).await.unwrap().unwrap().webhook.id, id);
    assert!(world.session.read(&WebhookId::from("webhook_gone"), &go()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_revision_follows_a_change_of_a_secret_alone() {
    let world = world(OFFICES).await;
    let before = world.remote("Room occupancy").await;
    assert_eq!(world.remote("Room occupancy").await.webhook.revision, before.webhook.revision);
    let patch = json!({ "endpoint_config": { "api_key": { "value": "changed" } } });
    world.org.edit_webhook(before.webhook.id.as_str(), patch).unwrap();
    let after = world.remote("Room occupancy").await;
    assert_eq!(after.webhook.fields, before.webhook.fields);
    assert_ne!(after.webhook.revision, before.webhook.revision);
}

#[tokio::test]
async fn without_introspection_the_documented_fields_are_used_in_either_spelling() {
    for (key, count) in [(OFFICES, 9), (LAB, 6)] {
        let world = world(key).await;
        world.org.set_introspection(false);
        let offer = world.session.offer(&go()).await.unwrap();
        assert_eq!(sections(&offer), ["endpoint", "events", "authentication"], "{key}");
        assert_eq!(offer.catalogue.events.len(), 5);
        assert_eq!(world.list().await.len(), count);
        let filtered = world.org.webhooks().into_iter().find(|w| w.filters.is_some()).unwrap();
        let remote = world.remote(&filtered.name).await;
        let after = world.edit(&remote, vec![("name", text("Renamed"))]).await;
        assert_eq!(after.filters, filtered.filters);
        assert!(after.endpoint_config == filtered.endpoint_config);
    }
}

#[tokio::test]
async fn every_operation_is_valid_in_every_variant_of_the_schema() {
    for spelling in [Spelling::SnakeCase, Spelling::CamelCase] {
        for (has_filters, create_accepts_filters) in [(true, true), (true, false), (false, false)] {
            for extra in [vec![], vec!["retries".to_owned(), "region".to_owned()]] {
                let dialect = Dialect {
                    spelling,
                    has_filters,
                    create_accepts_filters,
                    extra_endpoint_fields: extra,
                    ..Dialect::default()
                };
                round_trip(&own(dialect.clone()).await, has_filters).await;
                let world = own(dialect).await;
                world.org.set_introspection(false);
                round_trip(&world, false).await;
            }
        }
    }
}

async fn round_trip(world: &World, filters: bool) {
    let mut fields = minimal();
    if filters {
        fields.push(("filters.floor_ids", list(&["space_1"])));
    }
    let prepared = world.prepare(fields, None).await;
    let created = world.session.write(&prepared.write, &go()).await.unwrap();
    assert!(created.incomplete.is_none());
    let remote = created.remote.unwrap();
    assert_eq!(world.list().await[0].raw, remote.raw);
    let after = world.edit(&remote, vec![("name", text("Renamed"))]).await;
    assert_eq!(after.name, "Renamed");
    assert_eq!(after.filters, filters.then(|| json!({ "floor_ids": ["space_1"] })));
    world.session.delete(&[remote.webhook.id], &go()).await.unwrap();
    assert!(world.org.webhooks().is_empty());
    let refused = world.sandbox.log().requests().iter().filter(|r| r.status == Some(400)).count();
    // Only the attempts to find the spelling without introspection may be refused.
    assert!(refused <= 2, "{refused}");
}

#[tokio::test]
async fn each_filter_finds_its_ids_by_name() {
    let world = world(OFFICES).await;
    for (key, prefix, label, detail) in [
        ("site_ids", "site_", "Oslo", ""),
        ("building_ids", "building_", "Havnegata 12", "Oslo"),
        ("floor_ids", "space_", "1st floor", "Oslo / Havnegata 12"),
        ("room_ids", "room_", "Fjordsalen (60 seats)", "Oslo / Havnegata 12 / 1st floor"),
        ("zone_ids", "zone_", "Visitor lounge", "Oslo / Havnegata 12 / 1st floor"),
        ("mac_addresses", "00-17-0d-", "Kantine ceiling", "Oslo / Havnegata 12 / 1st floor"),
        ("org_ids", "org_", "This organisation", ""),
    ] {
        let path = FieldPath::new(format!("filters.{key}"));
        let options = world.session.options(&path, &go()).await.unwrap();
        assert!(options.iter().all(|option| option.value.starts_with(prefix)), "{key}");
        let found = options.iter().find(|option| option.label == label && option.detail == detail);
        assert!(found.is_some(), "{key}: {options:?}");
    }
    assert!(world.session.options(&FieldPath::from("name"), &go()).await.unwrap().is_empty());
    assert_eq!((world.sandbox.log().count("sites"), world.sandbox.log().count("sensors")), (1, 1));
}

#[tokio::test]
async fn places_are_found_without_sensors_and_sensors_again_later() {
    let world = world(OFFICES).await;
    world.org.set_failing_fields(["sensors"]);
    let (rooms, sensors) = (FieldPath::from("filters.room_ids"), FieldPath::from("filters.mac_addresses"));
    assert!(!world.session.options(&rooms, &go()).await.unwrap().is_empty());
    let error = world.session.options(&sensors, &go()).await.unwrap_err();
    let Fault::Vendor { vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!(vendor.text, "sensors could not be resolved");
    world.org.set_failing_fields([""; 0]);
    assert!(!world.session.options(&sensors, &go()).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_tree_has_every_id_of_its_lists_once_and_inside_each_other() {
    let world = world(OFFICES).await;
    let offer = world.session.offer(&go()).await.unwrap();
    let section = offer.capabilities.sections.iter().find(|section| section.tree.is_some()).unwrap();
    let spec = section.tree.as_ref().unwrap();
    let nouns: Vec<_> = spec.lists.iter().map(|list| list.one.as_str()).collect();
    assert_eq!(nouns, ["site", "building", "floor", "room", "zone", "sensor"]);
    let tree = world.session.tree(&section.id, &go()).await.unwrap();
    for list in &spec.lists {
        let field = section.fields.iter().find(|field| field.path == list.path).unwrap();
        assert!(
            matches!(&field.kind, FieldKind::IdList { noun, prefix } if *noun == list.one && *prefix == list.prefix)
        );
        let mut ids: Vec<String> = ids(&tree, &list.path);
        let options = world.session.options(&list.path, &go()).await.unwrap();
        let mut wanted: Vec<String> = options.into_iter().map(|option| option.value).collect();
        ids.sort();
        wanted.sort();
        assert!(!ids.is_empty() && ids == wanted, "{}", list.path);
    }
    let names = ["Oslo", "Havnegata 12", "2nd floor"];
    let floor = names.iter().fold(None::<&TreeNode>, |above, name| {
        above.map_or(&tree, |node| &node.children).iter().find(|node| node.label == *name)
    });
    let inside: Vec<_> = floor.unwrap().children.iter().map(|node| node.label.as_str()).collect();
    assert!(inside.contains(&"Glittertind (8 seats)") && inside.contains(&"Desk 2.01"), "{inside:?}");
    assert!(world.session.tree("endpoint", &go()).await.unwrap().is_empty());
    assert_eq!((world.sandbox.log().count("sites"), world.sandbox.log().count("sensors")), (1, 1));
}

fn ids(nodes: &[TreeNode], list: &FieldPath) -> Vec<String> {
    let own = nodes.iter().filter(|node| node.list == *list).map(|node| node.id.clone());
    own.chain(nodes.iter().flat_map(|node| ids(&node.children, list))).collect()
}

#[tokio::test]
async fn a_tree_without_sensors_is_still_one_and_their_list_says_why() {
    let world = world(OFFICES).await;
    world.org.set_failing_fields(["sensors"]);
    let (rooms, sensors) = (FieldPath::from("filters.room_ids"), FieldPath::from("filters.mac_addresses"));
    let tree = world.session.tree("filter", &go()).await.unwrap();
    assert!(!ids(&tree, &rooms).is_empty() && ids(&tree, &sensors).is_empty());
    assert!(world.session.options(&sensors, &go()).await.is_err());
    world.org.set_failing_fields(["sites"]);
    assert!(world.session.tree("filter", &go()).await.is_err());
    world.org.set_failing_fields([""; 0]);
    assert!(!ids(&world.session.tree("filter", &go()).await.unwrap(), &sensors).is_empty());
}

#[tokio::test]
async fn an_event_that_another_webhook_has_is_warned_of_by_its_name() {
    let world = world(OFFICES).await;
    let remotes = world.list().await;
    let (mine, others) = remotes.split_first().unwrap();
    let others: Vec<_> = others.iter().map(|r| r.webhook.clone()).collect();
    let after = world.prepare(vec![("events", list(&["TRAFFIC", "PIR_MOTION"]))], Some(mine)).await.fields;
    let notices = world.session.advise(&after, &others);
    assert_eq!(notices.len(), 1);
    assert_eq!(
        (notices[0].level, notices[0].path.as_ref().map(FieldPath::as_str)),
        (NoticeLevel::Warning, Some("events"))
    );
    assert!(notices[0].words.contains("TRAFFIC") && notices[0].words.contains("Entrance traffic"));
    assert!(world.session.advise(&after, &[]).is_empty());
}
