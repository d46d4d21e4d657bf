//! What is read: every field, the marks, and what is not understood.

use super::common::*;
use serde_json::json;
use tacklebox_model::{
    AuthKind, Condition, EventsPerWebhook, FieldKind, FieldPath, FieldValue, MarkAsks, MarkKind, OnOff,
    PairView, ProviderId, SecretState, Signing, StoredSecrets, WebhookId,
};
use tacklebox_providers::{Remote, find};

fn marks(remote: &Remote) -> Vec<(MarkKind, MarkAsks)> {
    remote.webhook.marks.iter().map(|mark| (mark.kind, mark.asks)).collect()
}

#[tokio::test]
async fn all_webhooks_are_listed_with_their_rows() {
    let world = world(MERIDIAN).await;
    let remotes = world.list().await;
    assert_eq!(remotes.len(), world.org.webhooks().len());
    let erp = &remotes.iter().find(|r| r.webhook.id.as_str() == ERP).unwrap().webhook;
    assert_eq!(erp.title, "ERP synchronisation");
    assert_eq!(erp.endpoint, "erp.meridian-energie.example/epilot/orders?tenant=•••");
    assert_eq!(
        (erp.events.as_slice(), erp.auth.as_slice()),
        (&["erp_synchronization".to_owned()][..], &[AuthKind::Basic][..])
    );
    assert_eq!(erp.on, Some(true));
    let by_id = |id: &str| remotes.iter().find(|r| r.webhook.id.as_str() == id).unwrap();
    assert_eq!(by_id(PORTAL).webhook.on, Some(false));
    assert_eq!(by_id(CRM).webhook.auth, [AuthKind::OAuth]);
    assert_eq!(by_id(FILES).webhook.auth, [AuthKind::ApiKey]);
    assert_eq!(by_id(IVY).webhook.auth, []);
}

#[tokio::test]
async fn one_webhook_is_read_as_in_the_list_and_a_missing_one_is_none() {
    let world = world(MERIDIAN).await;
    for listed in world.list().await {
        let alone = world.remote(listed.webhook.id.as_str()).await;
        assert_eq!(alone.webhook, listed.webhook);
    }
    assert!(world.session.read(&WebhookId::from("nothing/../x"), &go()).await.unwrap().is_none());
}

#[tokio::test]
async fn enabled_and_status_are_two_things_and_marks_say_what_is_special() {
    let world = world(MERIDIAN).await;
    let blueprint = world.remote(BLUEPRINT).await;
    assert_eq!(blueprint.webhook.on, Some(true));
    assert_eq!(text_of(&blueprint, "status").as_deref(), Some("incomplete"));
    assert_eq!(
        marks(&blueprint),
        [(MarkKind::Incomplete, MarkAsks::Never), (MarkKind::Managed, MarkAsks::Never)]
    );
    assert!(blueprint.webhook.field("url").is_none());
    assert_eq!(text_of(&blueprint, "auth.type").as_deref(), Some("NONE"));
    assert_eq!(marks(&world.remote(BILLING).await), [(MarkKind::Protected, MarkAsks::BeforeAnyWrite)]);
    assert_eq!(marks(&world.remote(ERP).await), []);
    world.org.edit_webhook(ERP, json!({ "_manifest": [], "protected": false })).unwrap();
    assert_eq!(marks(&world.remote(ERP).await), []);
}

#[tokio::test]
async fn every_field_has_a_path_and_every_path_a_place_in_the_form() {
    let world = world(MERIDIAN).await;
    let capabilities = world.session.offer(&go()).await.unwrap().capabilities.clone();
    let known: Vec<&FieldPath> = capabilities.fields().map(|field| &field.path).collect();
    let mut seen: Vec<FieldPath> = Vec::new();
    for remote in world.list().await {
        seen.extend(remote.webhook.fields.into_keys());
    }
    seen.sort();
    seen.dedup();
    for path in &seen {
        assert!(known.contains(&path), "{path} is not in the form");
    }
    // The seeds have every field the API has.
    for path in known {
        assert!(seen.contains(path), "{path} was never read");
    }
}

#[tokio::test]
async fn values_are_read_by_kind() {
    let world = world(MERIDIAN).await;
    let crm = world.remote(CRM).await;
    let pair = |group: &str, name: &str| PairView {
        group: Some(group.into()),
        name: name.into(),
        value: None,
        has_value: true,
        replaced: false,
    };
    let parameters =
        vec![pair("body", "scope"), pair("query", "resource"), pair("header", "X-Client-Assertion")];
    assert_eq!(crm.webhook.field("auth.oauth.parameters"), Some(&FieldValue::Pairs(parameters)));
    assert_eq!(crm.webhook.field("auth.oauth.client_secret"), Some(&FieldValue::Secret(SecretState::STORED)));
    assert_eq!(text_of(&crm, "event_version").as_deref(), Some("2.1"));
    let files = world.remote(FILES).await;
    let Some(FieldValue::Pairs(extra)) = files.webhook.field("delivery.extra_fields") else { panic!() };
    assert_eq!(extra[0].value.as_deref(), Some("'contract'"));
    assert_eq!(files.webhook.field("auth.api_key.value_is_env"), Some(&FieldValue::Flag(true)));
    let orders = world.remote(ORDERS).await;
    let Some(FieldValue::Conditions(conditions)) = orders.webhook.field("filter.conditions") else {
        panic!()
    };
    let each = |field: &str, operation: &str, values: &[&str], field_type: &str, origin| Condition::Field {
        field: field.into(),
        operation: operation.into(),
        values: values.iter().map(ToString::to_string).collect(),
        field_type: field_type.into(),
        is_array: false,
        item: None,
        origin: Some(origin),
    };
    assert!(conditions.all);
    assert_eq!(conditions.rows[0], each("order.status", "any_of", &["placed", "confirmed"], "string", 0));
    assert_eq!(conditions.rows[1], each("order.amount_total", "greater_than", &["50000"], "number", 1));
    assert!(
        matches!(&conditions.rows[2], Condition::Field { is_array: true, item: Some(item), .. } if item == "each")
    );
    assert_eq!(conditions.rows[3], each("order.cancelled_at", "is_empty", &[], "string", 3));
    let expression = "$count(order.line_items[product.type = 'wallbox']) > 0".to_owned();
    assert_eq!(conditions.rows[4..], [Condition::Expression { expression, origin: Some(4) }]);
    let automation = world.remote(AUTOMATION).await;
    assert_eq!(automation.webhook.field("filter.values"), Some(&FieldValue::List(vec![AUTOMATION.into()])));
    let sap = world.remote(SAP).await;
    let Some(FieldValue::Url(address)) = sap.webhook.field("url") else { panic!() };
    assert_eq!(address.base, "https://{{ env.sap_host }}/epilot/instalments");
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let world = world(MERIDIAN).await;
    assert_eq!(world.remote(TICKETS).await.webhook.preserved, ["deliveryWindow"]);
    assert_eq!(world.remote(ERP).await.webhook.preserved, Vec::<String>::new());
    let patch = json!({ "auth": { "apiKeyConfig": { "keyName": "old" } }, "newField": 1 });
    world.org.edit_webhook(ERP, patch).unwrap();
    assert_eq!(world.remote(ERP).await.webhook.preserved, ["newField", "auth.apiKeyConfig"]);
}

#[tokio::test]
async fn a_revision_tells_every_change_and_no_reading() {
    let world = world(MERIDIAN).await;
    let first = world.remote(ERP).await.webhook.revision;
    assert_eq!(world.remote(ERP).await.webhook.revision, first);
    let headers = json!({ "payloadConfiguration": { "custom_headers": { "X-Meridian-Tenant": "other" } } });
    world.org.edit_webhook(ERP, headers).unwrap();
    assert_ne!(world.remote(ERP).await.webhook.revision, first);
}

#[tokio::test]
async fn the_offer_has_the_organisations_events_in_groups_and_is_kept() {
    let world = world(MERIDIAN).await;
    let offer = world.session.offer(&go()).await.unwrap();
    assert_eq!(offer.catalogue.events.len(), world.org.config().events.len());
    let event = |id: &str| offer.catalogue.events.iter().find(|event| event.id.as_str() == id).unwrap();
    assert_eq!(event("event_FileCreated").group, "Event catalogue");
    assert_eq!(event("event_HeatPumpSurveyDone").label, "Heat pump survey done");
    assert_eq!(event("customer_request_created").group, "Other events");
    world.session.offer(&go()).await.unwrap();
    assert_eq!(world.requests("GET", "/configured-events").len(), 1);
}

#[test]
fn the_capabilities_are_epilots() {
    let capabilities = find(&ProviderId::from("epilot")).unwrap().documented();
    assert!(matches!(&capabilities.on_off, OnOff::Field { path } if path.as_str() == "enabled"));
    assert_eq!(capabilities.events_per_webhook, EventsPerWebhook::One);
    assert_eq!(capabilities.stored_secrets, StoredSecrets::WriteOnly);
    assert!(
        matches!(&capabilities.signing, Signing::SecretShownOnce { path, .. } if path.as_str() == "signing_secret")
    );
    let log = capabilities.deliveries.as_ref().unwrap();
    assert_eq!((log.replay_at_once, log.reapply, log.statuses.len()), (Some(100), true, 3));
    assert_eq!(capabilities.server_tests.len(), 3);
    let kind = |path: &str| &capabilities.fields().find(|field| field.path.as_str() == path).unwrap().kind;
    assert!(matches!(kind("payload.custom_headers"), FieldKind::Pairs { secret: true, .. }));
    assert!(
        matches!(kind("auth.oauth.parameters"), FieldKind::Pairs { secret: true, groups, .. } if groups.len() == 3)
    );
    assert!(matches!(kind("url"), FieldKind::Url { https_only: false }));
    // A field hangs on one that is there, and no path is there twice.
    let paths: Vec<&FieldPath> = capabilities.fields().map(|field| &field.path).collect();
    for field in capabilities.fields() {
        assert_eq!(paths.iter().filter(|path| **path == &field.path).count(), 1, "{}", field.path);
        assert!(field.shown_when.as_ref().is_none_or(|when| paths.contains(&&when.path)), "{}", field.path);
    }
}
