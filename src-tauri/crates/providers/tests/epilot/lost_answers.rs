//! Writes whose answer does not come: nothing is sent twice, and reading again settles what happened.

use super::common::*;
use serde_json::json;
use tacklebox_model::{Fault, FieldInput, WebhookId};
use tacklebox_providers::{Prepared, WriteError};
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction};

async fn write_with(world: &World, prepared: &Prepared, fault: Sandboxed) -> WriteError {
    world.fault(fault);
    world.session.write(&prepared.write, &go()).await.unwrap_err()
}

#[tokio::test]
async fn a_create_that_was_lost_on_the_way_is_uncertain_and_not_repeated() {
    let world = world(MERIDIAN).await;
    let prepared = world.prepare(minimal(), None).await;
    let failed = write_with(&world, &prepared, Sandboxed::new(CREATE, FaultAction::Drop)).await;
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::NoAnswer { maybe_done: true });
    assert_eq!(world.requests("POST", "/configs").len(), 1);
    assert!(world.list().await.iter().all(|remote| !world.session.achieved(&prepared.write, remote)));
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_again_among_near_misses() {
    let world = world(MERIDIAN).await;
    let fields = minimal_and(vec![
        ("auth.type", text("API_KEY")),
        ("auth.api_key.name", text("X-Key")),
        ("auth.api_key.value", replace("{{ env.k }}")),
        ("payload.custom_headers", pairs(vec![new_pair(None, "x-a", "1")])),
        ("delivery.retry_attempts", FieldInput::Integer(Some(2))),
    ]);
    let prepared = world.prepare(fields, None).await;
    let failed =
        write_with(&world, &prepared, Sandboxed::new(CREATE, FaultAction::Drop).after_effect()).await;
    assert!(failed.uncertain);
    let made = world.org.webhooks().pop().unwrap();
    for patch in [
        json!({ "name": "New too" }),
        json!({ "auth": { "apiKeyConfig": { "keyName": "X-Other" } } }),
        json!({ "payloadConfiguration": { "custom_headers": { "x-a": "2" } } }),
        json!({ "payloadConfiguration": { "custom_headers": { "x-b": "1" } } }),
        json!({ "retryPolicy": { "maxAttempts": 3 } }),
        json!({ "filter": { "keyToFilter": "a", "supportedValues": ["b"] } }),
    ] {
        let mut near = made.clone();
        near.as_object_mut().unwrap().shift_remove("id");
        let id = world.org.put_webhook(near);
        world.org.edit_webhook(&id, patch).unwrap();
    }
    let remotes = world.list().await;
    let found: Vec<_> = remotes.iter().filter(|r| world.session.achieved(&prepared.write, r)).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(json!(found[0].webhook.id.as_str()), made["id"]);
    assert_eq!(world.requests("POST", "/configs").len(), 1);
}

#[tokio::test]
async fn answers_that_make_no_sense_leave_a_write_uncertain() {
    for (action, uncertain) in [
        (FaultAction::Truncate, true),
        (FaultAction::Html { status: 200 }, true),
        (FaultAction::Oversize { bytes: 17 * 1024 * 1024 }, true),
        (FaultAction::respond(500, "{}"), true),
        (FaultAction::respond(408, "{}"), true),
        (FaultAction::Html { status: 502 }, true),
        (FaultAction::respond(201, "{}"), true),
        (FaultAction::respond(201, ""), true),
        (FaultAction::respond(400, "{}"), false),
        (FaultAction::respond(401, "{}"), false),
        (FaultAction::Html { status: 403 }, false),
        (FaultAction::respond(404, ""), false),
    ] {
        let world = world(MERIDIAN).await;
        let create = world.prepare(minimal(), None).await;
        let failed = write_with(&world, &create, Sandboxed::new(CREATE, action.clone())).await;
        assert_eq!(failed.uncertain, uncertain, "{action:?}");
        let base = world.remote(ERP).await;
        let update = world.prepare(vec![("name", text("N"))], Some(&base)).await;
        let failed = write_with(&world, &update, Sandboxed::new(UPDATE, action.clone())).await;
        assert_eq!(failed.uncertain, uncertain, "{action:?}");
        assert_eq!((world.requests("POST", "/configs").len(), world.requests("PUT", ERP).len()), (1, 1));
    }
}

#[tokio::test]
async fn an_answer_about_another_webhook_is_not_taken_for_this_one() {
    let world = world(MERIDIAN).await;
    let base = world.remote(ERP).await;
    let prepared = world.prepare(vec![("name", text("N"))], Some(&base)).await;
    let other = FaultAction::respond(200, r#"{"id":"another","name":"N","eventName":"e"}"#);
    let failed = write_with(&world, &prepared, Sandboxed::new(UPDATE, other)).await;
    assert!(failed.uncertain && failed.error.fault == Fault::Malformed);
}

#[tokio::test]
async fn a_lost_update_is_settled_by_reading() {
    let edits: [Vec<(&str, FieldInput)>; 5] = [
        vec![("name", text("N"))],
        // Nobody can read whether a password was changed: only the time tells.
        vec![("auth.basic.password", replace("next"))],
        vec![("auth.basic.password", clear())],
        vec![("payload.custom_headers", pairs(vec![kept_pair(None, "X-Meridian-Tenant", 1)]))],
        vec![("auth.type", text("NONE"))],
    ];
    for edit in edits {
        for (fault, done) in [
            (Sandboxed::new(UPDATE, FaultAction::Drop), false),
            (Sandboxed::new(UPDATE, FaultAction::Drop).after_effect(), true),
        ] {
            let world = world(MERIDIAN).await;
            let base = world.remote(ERP).await;
            let prepared = world.prepare(edit.clone(), Some(&base)).await;
            let failed = write_with(&world, &prepared, fault).await;
            assert!(failed.uncertain);
            assert_eq!(world.requests("PUT", ERP).len(), 1);
            let found = world.remote(ERP).await;
            assert_eq!(world.session.achieved(&prepared.write, &found), done, "{edit:?}");
            assert_eq!(found.raw == base.raw, !done, "{edit:?}");
        }
    }
}

#[tokio::test]
async fn a_lost_removal_is_settled_by_reading() {
    for after in [false, true] {
        let world = world(MERIDIAN).await;
        let base = world.remote(ORDERS).await;
        let emptied = vec![("filter.conditions", FieldInput::Json(serde_json::Value::Null))];
        let prepared = world.prepare(emptied, Some(&base)).await;
        let fault = Sandboxed::new(UPDATE, FaultAction::Drop);
        write_with(&world, &prepared, if after { fault.after_effect() } else { fault }).await;
        assert_eq!(world.session.achieved(&prepared.write, &world.remote(ORDERS).await), after);
    }
}

#[tokio::test]
async fn a_lost_delete_is_uncertain_and_not_repeated() {
    for (fault, left) in [
        (Sandboxed::new(DELETE, FaultAction::Drop), true),
        (Sandboxed::new(DELETE, FaultAction::Drop).after_effect(), false),
    ] {
        let world = world(MERIDIAN).await;
        world.fault(fault);
        let ids = [IVY, TICKETS].map(WebhookId::from);
        let failed = world.session.delete(&ids, &go()).await.unwrap_err();
        assert!(failed.uncertain);
        assert_eq!(world.org.webhook(IVY).is_some(), left);
        // Who cannot be reached is not asked for the rest.
        assert!(world.org.webhook(TICKETS).is_some());
        assert_eq!(world.requests("DELETE", IVY).len(), 1);
    }
}

#[tokio::test]
async fn a_write_cancelled_in_flight_is_uncertain_and_before_it_is_not() {
    let world = world(MERIDIAN).await;
    let prepared = world.prepare(minimal(), None).await;
    let count = world.org.webhooks().len();
    world.fault(Sandboxed::new(CREATE, FaultAction::Hang).after_effect());
    let cancel = go();
    let stop = async {
        while world.org.webhooks().len() == count {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (written, ()) = tokio::join!(world.session.write(&prepared.write, &cancel), stop);
    let failed = written.unwrap_err();
    assert!(failed.uncertain && failed.error.fault == Fault::Cancelled);
    let failed = world.session.write(&prepared.write, &cancel).await.unwrap_err();
    assert!(!failed.uncertain);
    assert_eq!(world.requests("POST", "/configs").len(), 1);
}

#[tokio::test]
async fn of_several_deletes_a_lost_answer_outweighs_one_that_was_gone_already() {
    let world = world(MERIDIAN).await;
    let ids = [ERP, FILES, METER].map(WebhookId::from);
    world.org.delete_webhook(ERP).unwrap();
    world.fault(
        Sandboxed::new(&format!("DELETE /v1/webhooks/configs/{FILES}"), FaultAction::Drop).after_effect(),
    );
    let failed = world.session.delete(&ids, &go()).await.unwrap_err();
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::NoAnswer { maybe_done: true });
    assert!(world.requests("DELETE", METER).is_empty(), "the rest is left alone");
}

#[tokio::test]
async fn a_webhook_that_was_not_asked_for_is_not_taken_for_the_one_that_was() {
    let world = world(MERIDIAN).await;
    let other = FaultAction::respond(200, r#"{"id":"another","name":"N","eventName":"e"}"#);
    world.fault(Sandboxed::new("GET /v1/webhooks/configs/{id}", other));
    let error = world.session.read(&WebhookId::from(ERP), &go()).await.unwrap_err();
    assert_eq!(error.fault, Fault::Malformed);
}
