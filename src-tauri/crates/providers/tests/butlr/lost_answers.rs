//! Writes whose answer does not come: nothing is sent twice, and reading again settles what happened.

use super::common::{LAB, OFFICES, World, go, list, minimal, minimal_and, on, replace, text, world};
use tacklebox_model::Fault;
use tacklebox_providers::{Prepared, WriteAction, WriteError};
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction, RetryAfter};

async fn write_with(world: &World, prepared: &Prepared, fault: Sandboxed) -> WriteError {
    world.sandbox.faults().push(fault);
    world.session.write(&prepared.write, &go()).await.unwrap_err()
}

fn create_fault(action: FaultAction) -> Sandboxed {
    Sandboxed::new("createWebhooks", action)
}

#[tokio::test]
async fn a_create_that_was_lost_on_the_way_is_uncertain_and_not_repeated() {
    let world = world(OFFICES).await;
    let prepared = world.prepare(minimal(), None).await;
    let failed = write_with(&world, &prepared, create_fault(FaultAction::Drop)).await;
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::NoAnswer { maybe_done: true });
    assert_eq!(world.sandbox.log().count("createWebhooks"), 1);
    assert!(world.list().await.iter().all(|remote| !world.session.achieved(&prepared.write, remote)));
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_again_among_near_misses() {
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let auth = vec![
            ("auth.api_key", on(true)),
            ("auth.api_key.header", text("x-api-key")),
            ("auth.api_key.value", replace("k-1")),
            ("filters.room_ids", list(&["room_1"])),
        ];
        let prepared = world.prepare(minimal_and(auth), None).await;
        let failed = write_with(&world, &prepared, create_fault(FaultAction::Drop).after_effect()).await;
        assert!(failed.uncertain);
        assert_eq!(world.sandbox.log().count("createWebhooks"), 1);

        let made = world.org.webhooks().pop().unwrap();
        for patch in [
            serde_json::json!({ "name": "New too" }),
            serde_json::json!({ "endpoint_config": { "api_key": { "value": "k-2" } } }),
            serde_json::json!({ "endpoint_config": { "api_key": null } }),
            serde_json::json!({ "filters": { "room_ids": ["room_2"] } }),
        ] {
            let near =
                world.org.add_webhook(tacklebox_sandbox::Webhook { id: String::new(), ..made.clone() });
            world.org.edit_webhook(&near, patch).unwrap();
        }
        let remotes = world.list().await;
        let found: Vec<_> = remotes.iter().filter(|r| world.session.achieved(&prepared.write, r)).collect();
        assert_eq!(found.len(), 1, "{key}");
        assert_eq!(found[0].webhook.id.as_str(), made.id, "{key}");
    }
}

#[tokio::test]
async fn answers_that_make_no_sense_leave_a_create_uncertain() {
    for (action, uncertain) in [
        (FaultAction::Truncate, true),
        (FaultAction::Html { status: 200 }, true),
        (FaultAction::respond(500, "{}"), true),
        (FaultAction::respond(503, "busy"), true),
        (FaultAction::Html { status: 502 }, true),
        (FaultAction::respond(200, r#"{"data":null}"#), true),
        (FaultAction::respond(200, r#"{"data":{"createWebhooks":[]}}"#), true),
        (
            FaultAction::respond(
                200,
                r#"{"data":{"createWebhooks":null},"errors":[{"message":"oops","path":["createWebhooks"]}]}"#,
            ),
            true,
        ),
        (
            FaultAction::respond(
                200,
                r#"{"data":null,"errors":[{"message":"oops","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#,
            ),
            true,
        ),
        (FaultAction::respond(200, r#"{"data":null,"errors":[{"message":"no such field"}]}"#), false),
        (FaultAction::respond(400, r#"{"errors":[{"message":"no such field"}]}"#), false),
        (FaultAction::Html { status: 403 }, false),
        (FaultAction::retry_later(429, RetryAfter::Seconds(1)), false),
    ] {
        let world = world(OFFICES).await;
        let prepared = world.prepare(minimal(), None).await;
        let failed = write_with(&world, &prepared, create_fault(action.clone())).await;
        assert_eq!(failed.uncertain, uncertain, "{action:?}");
        assert_eq!(world.sandbox.log().count("createWebhooks"), 1, "{action:?}");
    }
}

#[tokio::test]
async fn a_lost_update_is_settled_by_reading() {
    for (fault, done) in [
        (Sandboxed::new("updateWebhooks", FaultAction::Drop), false),
        (Sandboxed::new("updateWebhooks", FaultAction::Drop).after_effect(), true),
    ] {
        let world = world(OFFICES).await;
        let base = world.remote("Desk zones").await;
        let edits =
            vec![("auth.basic.password", replace("new-password")), ("filters.zone_ids", list(&["zone_1"]))];
        let prepared = world.prepare(edits, Some(&base)).await;
        let failed = write_with(&world, &prepared, fault).await;
        assert!(failed.uncertain);
        assert_eq!(world.sandbox.log().count("updateWebhooks"), 1);
        for remote in world.list().await {
            let achieved = world.session.achieved(&prepared.write, &remote);
            assert_eq!(achieved, done && remote.webhook.id == base.webhook.id);
        }
    }
}

#[tokio::test]
async fn a_lost_delete_is_uncertain_and_not_repeated() {
    for (fault, left) in [
        (Sandboxed::new("deleteWebhooks", FaultAction::Drop), 9),
        (Sandboxed::new("deleteWebhooks", FaultAction::Drop).after_effect(), 8),
    ] {
        let world = world(OFFICES).await;
        let remote = world.remote("Old proof").await;
        let write = world.session.prepare_delete(&remote.webhook.id);
        assert_eq!(write.action, WriteAction::Delete(remote.webhook.id.clone()));
        world.sandbox.faults().push(fault);
        let failed = world.session.write(&write, &go()).await.unwrap_err();
        assert!(failed.uncertain);
        assert_eq!((world.sandbox.log().count("deleteWebhooks"), world.org.webhooks().len()), (1, left));
        assert!(!world.session.achieved(&write, &remote));
    }
}

#[tokio::test]
async fn a_delete_that_is_not_confirmed_is_uncertain() {
    let world = world(OFFICES).await;
    let id = world.remote("Old proof").await.webhook.id;
    let body = r#"{"data":{"deleteWebhooks":false}}"#;
    world.sandbox.faults().push(Sandboxed::new("deleteWebhooks", FaultAction::respond(200, body)));
    assert!(world.session.delete(&[id], &go()).await.unwrap_err().uncertain);
}

#[tokio::test]
async fn a_write_that_cannot_sign_in_is_certain_not_to_have_happened() {
    let world = world(OFFICES).await;
    let prepared = world.prepare(minimal(), None).await;
    world.org.revoke_tokens();
    let refused = Sandboxed::new("/api/v2/clients/login", FaultAction::respond(401, "{}"));
    let failed = write_with(&world, &prepared, refused).await;
    assert!(!failed.uncertain && matches!(failed.error.fault, Fault::Unauthorised { .. }));
    assert_eq!(world.org.webhooks().len(), 9);
}

#[tokio::test]
async fn a_create_cancelled_in_flight_is_uncertain() {
    let world = world(OFFICES).await;
    let prepared = world.prepare(minimal(), None).await;
    world.sandbox.faults().push(create_fault(FaultAction::Hang).after_effect());
    let cancel = go();
    let stop = async {
        while world.org.webhooks().len() == 9 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (written, ()) = tokio::join!(world.session.write(&prepared.write, &cancel), stop);
    let failed = written.unwrap_err();
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::Cancelled);
}

#[tokio::test]
async fn a_write_cancelled_before_it_began_sends_nothing() {
    let world = world(OFFICES).await;
    let prepared = world.prepare(minimal(), None).await;
    let cancel = go();
    cancel.cancel();
    let failed = world.session.write(&prepared.write, &cancel).await.unwrap_err();
    assert!(!failed.uncertain);
    assert_eq!((failed.error.fault, world.sandbox.log().count("createWebhooks")), (Fault::Cancelled, 0));
}

#[tokio::test]
async fn a_create_in_two_steps_is_finished_although_it_was_cancelled_between_them() {
    let world = world(LAB).await;
    let prepared = world.prepare(minimal_and(vec![("filters.room_ids", list(&["room_1"]))]), None).await;
    world.sandbox.faults().push(Sandboxed::new("updateWebhooks", FaultAction::Delay { millis: 50 }));
    let cancel = go();
    let stop = async {
        while world.sandbox.log().count("updateWebhooks") == 0 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (written, ()) = tokio::join!(world.session.write(&prepared.write, &cancel), stop);
    assert!(written.unwrap().incomplete.is_none());
    assert!(world.org.webhooks().pop().unwrap().filters.is_some());
}
