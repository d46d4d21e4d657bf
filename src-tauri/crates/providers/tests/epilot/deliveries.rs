//! epilot's log of deliveries, page by page, filtered, in detail, and sent again.

use super::common::*;
use serde_json::json;
use std::time::Duration;
use tacklebox_model::{Delivery, DeliveryId, DeliveryQuery, DeliveryStatus, Fault, WebhookId};
use tacklebox_sandbox::{EpilotDelivery, EpilotOutcome, Fault as Sandboxed, FaultAction};

async fn page(world: &World, id: &str, query: DeliveryQuery) -> tacklebox_model::DeliveryPage {
    world.session.deliveries(&WebhookId::from(id), &query, &go()).await.unwrap()
}

async fn all(world: &World, id: &str, query: DeliveryQuery) -> Vec<Delivery> {
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let next = page(world, id, DeliveryQuery { cursor, ..query.clone() }).await;
        found.extend(next.deliveries);
        cursor = next.next;
        if cursor.is_none() {
            return found;
        }
    }
}

fn ids(deliveries: &[Delivery]) -> Vec<String> {
    deliveries.iter().map(|delivery| delivery.id.to_string()).collect()
}

fn stored_ids(world: &World, id: &str) -> Vec<String> {
    world.org.deliveries(id).iter().map(|event| event["event_id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_log_is_read_page_by_page() {
    let world = world(MERIDIAN).await;
    let first = page(&world, ERP, DeliveryQuery::default()).await;
    assert_eq!(first.deliveries.len(), 25);
    assert!(first.next.is_some());
    assert_eq!(world.sent("POST", "/events"), json!({ "limit": 25 }));
    let found = all(&world, ERP, DeliveryQuery::default()).await;
    assert_eq!(ids(&found), stored_ids(&world, ERP));
    assert!(found.len() > 25);
    assert!(page(&world, CRM, DeliveryQuery::default()).await.next.is_none());
    assert_eq!(page(&world, IVY, DeliveryQuery::default()).await.deliveries, []);
}

#[tokio::test]
async fn the_log_is_filtered() {
    let world = world(MERIDIAN).await;
    let everything = all(&world, ERP, DeliveryQuery::default()).await;
    for status in [DeliveryStatus::Succeeded, DeliveryStatus::Failed, DeliveryStatus::Skipped] {
        let found = all(&world, ERP, DeliveryQuery { status: Some(status), ..Default::default() }).await;
        let wanted: Vec<Delivery> = everything.iter().filter(|d| d.status == status).cloned().collect();
        assert_eq!(found, wanted);
    }
    let (newest, oldest) = (everything[3].at_ms, everything[9].at_ms);
    let found =
        all(&world, ERP, DeliveryQuery { from_ms: oldest, to_ms: newest, ..Default::default() }).await;
    assert_eq!(ids(&found), ids(&everything[3..=9]));
    let one = Some(everything[5].id.clone());
    assert_eq!(
        ids(&all(&world, ERP, DeliveryQuery { id: one, ..Default::default() }).await),
        ids(&everything[5..=5])
    );
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_not_sent() {
    let world = world(MERIDIAN).await;
    let id = WebhookId::from(ERP);
    for query in [
        DeliveryQuery { status: Some(DeliveryStatus::InProgress), ..Default::default() },
        DeliveryQuery { status: Some(DeliveryStatus::Unknown), ..Default::default() },
        DeliveryQuery { cursor: Some("x".into()), ..Default::default() },
        DeliveryQuery { from_ms: Some(i64::MAX), ..Default::default() },
    ] {
        assert!(world.session.deliveries(&id, &query, &go()).await.is_err(), "{query:?}");
    }
    assert!(world.sandbox.log().requests().is_empty());
}

#[tokio::test]
async fn every_outcome_is_told() {
    let world = world(MERIDIAN).await;
    let erp = all(&world, ERP, DeliveryQuery::default()).await;
    let ok = &erp[0];
    assert_eq!(
        (ok.status, ok.http_status, ok.method.as_deref()),
        (DeliveryStatus::Succeeded, Some(200), Some("POST"))
    );
    assert_eq!(ok.endpoint.as_deref(), Some("erp.meridian-energie.example/epilot/orders?tenant=•••"));
    assert_eq!(ok.event.as_deref(), Some("erp_synchronization"));
    assert!(ok.at_ms.is_some());
    let failed = erp.iter().find(|d| d.http_status == Some(503)).unwrap();
    assert_eq!((failed.status, failed.retries), (DeliveryStatus::Failed, Some(3)));
    let internal = erp.iter().find(|d| d.code.as_deref() == Some("INTERNAL_ERROR")).unwrap();
    assert_eq!(internal.http_status, None);
    assert!(!ok.reapply.possible);
    assert_eq!(ok.reapply.reason.as_deref(), Some("The webhook has no JSONata expression."));
    assert!(all(&world, METER, DeliveryQuery::default()).await.iter().any(|d| d.reapply.possible));
    let running = all(&world, AUTOMATION, DeliveryQuery::default()).await;
    assert!(running.iter().any(|d| d.status == DeliveryStatus::InProgress));
}

#[tokio::test]
async fn a_delivery_is_read_with_all_that_was_kept() {
    let world = world(MERIDIAN).await;
    let id = WebhookId::from(METER);
    let first = page(&world, METER, DeliveryQuery::default()).await.deliveries.remove(0);
    let detail = world.session.delivery(&id, &first.id, &go()).await.unwrap();
    assert_eq!(detail.delivery.id, first.id);
    assert!(serde_json::from_str::<serde_json::Value>(&detail.payload.unwrap()).unwrap().is_object());
    let missing = world.session.delivery(&id, &DeliveryId::from("none"), &go()).await.unwrap_err();
    assert_eq!(missing.fault, Fault::NotFound);
    assert!(missing.message.contains("no such delivery"), "{missing}");
}

#[tokio::test]
async fn the_least_a_delivery_can_say_is_enough() {
    let world = world(MERIDIAN).await;
    let event = json!({ "event_id": "evt_least", "webhook_config_id": IVY });
    world.org.add_delivery(&EpilotDelivery { age: Duration::from_secs(1), event });
    let least = page(&world, IVY, DeliveryQuery::default()).await.deliveries.remove(0);
    assert_eq!((least.id.as_str(), least.status), ("evt_least", DeliveryStatus::Unknown));
    assert_eq!((least.endpoint, least.http_status, least.retries), (None, None, None));
}

#[tokio::test]
async fn what_went_wrong_is_told_without_the_query_values_of_the_address() {
    let world = world(MERIDIAN).await;
    let event = json!({ "event_id": "evt_told", "webhook_config_id": IVY,
        "url": "https://me:pw-canary@a.example/x?key=k%20canary&page=2",
        "http_response": { "code": "E_k canary", "message":
            "POST https://me:pw-canary@a.example/x?key=k%20canary&page=2 with key 'k canary' failed on page 2 of 22" } });
    world.org.add_delivery(&EpilotDelivery { age: Duration::from_secs(1), event });
    let listed = page(&world, IVY, DeliveryQuery::default()).await.deliveries.remove(0);
    assert_eq!(listed.code.as_deref(), Some("E_•••"));
    let words = "POST https://•••@a.example/x?key=•••&page=••• with key '•••' failed on page ••• of 22";
    assert_eq!(listed.message.as_deref(), Some(words));
    let read = world.session.delivery(&WebhookId::from(IVY), &listed.id, &go()).await.unwrap();
    assert_eq!(read.delivery.message, listed.message);
}

#[tokio::test]
async fn odd_pages_are_malformed() {
    for body in ["[]", "{}", r#"{"data":[{}]}"#, r#"{"data":{}}"#, "x"] {
        let world = world(MERIDIAN).await;
        world.fault(Sandboxed::new("POST /v2/webhooks/configs/{id}/events", FaultAction::respond(200, body)));
        let error =
            world.session.deliveries(&WebhookId::from(ERP), &Default::default(), &go()).await.unwrap_err();
        assert_eq!(error.fault, Fault::Malformed, "{body}");
    }
}

#[tokio::test]
async fn one_delivery_is_sent_again_once() {
    let world = world(MERIDIAN).await;
    world.org.set_outcome(Some(EpilotOutcome::answered(200)));
    let (id, before) = (WebhookId::from(ERP), stored_ids(&world, ERP));
    let wanted = [DeliveryId::from(before[0].as_str())];
    assert_eq!(world.session.replay(&id, &wanted, false, &go()).await.unwrap(), wanted);
    assert_eq!(world.sent("POST", "/replay"), json!({ "reapply_transform": false }));
    assert_eq!(stored_ids(&world, ERP).len(), before.len() + 1);
    assert_eq!(world.session.replay(&id, &[], false, &go()).await.unwrap(), []);
}

#[tokio::test]
async fn several_are_sent_again_in_one_request_and_those_taken_on_are_told() {
    let world = world(MERIDIAN).await;
    world.org.set_outcome(Some(EpilotOutcome::answered(200)));
    let id = WebhookId::from(METER);
    let stored = stored_ids(&world, METER);
    let wanted = [stored[0].as_str(), stored[1].as_str(), "nothing"].map(DeliveryId::from);
    assert_eq!(world.session.replay(&id, &wanted, true, &go()).await.unwrap(), wanted[..2]);
    let body = json!({ "eventIds": [stored[0], stored[1], "nothing"], "reapply_transform": true });
    assert_eq!(world.sent("POST", "/replay-batch"), body);
    assert_eq!(world.requests("POST", "/replay").len(), 0);
    let many = vec![DeliveryId::from("x"); 101];
    assert!(!world.session.replay(&id, &many, false, &go()).await.unwrap_err().uncertain);
    assert_eq!(world.requests("POST", "/replay-batch").len(), 1);
}

#[tokio::test]
async fn an_original_that_is_gone_is_explained() {
    let world = world(MERIDIAN).await;
    // The oldest is beyond what the catalogue keeps.
    let oldest = DeliveryId::from(stored_ids(&world, METER).pop().unwrap().as_str());
    let failed = world.session.replay(&WebhookId::from(METER), &[oldest], true, &go()).await.unwrap_err();
    let Fault::Vendor { status: Some(422), vendor, .. } = &failed.error.fault else { panic!("{failed:?}") };
    assert!(vendor.text.contains("no longer available") && !failed.uncertain);
    assert!(failed.error.advice.unwrap().contains("as it was"));
    let failed = world
        .session
        .replay(&WebhookId::from(METER), &[DeliveryId::from("x")], false, &go())
        .await
        .unwrap_err();
    assert_eq!((failed.error.fault, failed.uncertain), (Fault::NotFound, false));
    let both = ["x", "y"].map(DeliveryId::from);
    let failed = world.session.replay(&WebhookId::from("none"), &both, false, &go()).await.unwrap_err();
    assert!(failed.error.message.contains("no such webhook"), "{}", failed.error);
}

#[tokio::test]
async fn a_lost_replay_is_uncertain_and_not_repeated() {
    let world = world(MERIDIAN).await;
    world.org.set_outcome(Some(EpilotOutcome::answered(200)));
    let stored = stored_ids(&world, ERP);
    let wanted = [stored[0].as_str(), stored[1].as_str()].map(DeliveryId::from);
    let id = WebhookId::from(ERP);
    for action in [FaultAction::Drop, FaultAction::respond(502, ""), FaultAction::respond(202, "{}")] {
        world.fault(Sandboxed::new("POST /v1/webhooks/configs/{id}/events/replay-batch", action.clone()));
        assert!(world.session.replay(&id, &wanted, false, &go()).await.unwrap_err().uncertain, "{action:?}");
    }
    assert_eq!(world.requests("POST", "/replay-batch").len(), 3);
    world.fault(Sandboxed::new("POST /v1/webhooks/configs/{id}/events/{event}/replay", FaultAction::Drop));
    assert!(world.session.replay(&id, &wanted[..1], false, &go()).await.unwrap_err().uncertain);
    assert_eq!(world.requests("POST", "/replay").len(), 1);
}
