//! Writes whose answer does not come: nothing is sent twice, and reading again settles what happened.

use super::common::{RENTALS, TRIAL, go, minimal, text, world};
use serde_json::json;
use tacklebox_model::Fault;
use tacklebox_sandbox::{BooqableEndpoint, Fault as Sandboxed, FaultAction, RetryAfter};

#[tokio::test]
async fn a_create_that_was_lost_on_the_way_is_uncertain_and_not_repeated() {
    let world = world(RENTALS).await;
    let failed = world.create_with(Sandboxed::new("*", FaultAction::Drop)).await;
    assert!(failed.uncertain);
    assert_eq!(failed.error.fault, Fault::NoAnswer { maybe_done: true });
    assert_eq!(world.sent("POST").len(), 1);
    let prepared = world.prepare(minimal(), None).await;
    assert!(world.list().await.iter().all(|remote| !world.session.achieved(&prepared.write, remote)));
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_again_among_near_misses() {
    for slug in [RENTALS, TRIAL] {
        let world = world(slug).await;
        let prepared = world.prepare(minimal(), None).await;
        let failed = world.create_with(Sandboxed::new("*", FaultAction::Drop).after_effect()).await;
        assert!(failed.uncertain);
        assert_eq!(world.sent("POST").len(), 1);
        let made = world.org.endpoints().pop().unwrap();
        for patch in [
            json!({ "url": "https://new.example/hook?x=1" }),
            json!({ "version": 1 }),
            json!({ "events": ["customer.created"] }),
        ] {
            let near = world.org.add_endpoint(BooqableEndpoint { id: String::new(), ..made.clone() });
            world.org.edit_endpoint(&near, patch).unwrap();
        }
        let remotes = world.list().await;
        let found: Vec<_> = remotes.iter().filter(|r| world.session.achieved(&prepared.write, r)).collect();
        assert_eq!(found.len(), 1, "{slug}");
        assert_eq!(found[0].webhook.id.as_str(), made.id);
    }
}

#[tokio::test]
async fn what_an_answer_leaves_open_is_uncertain_and_what_it_settles_is_not() {
    let nothing = r#"{"data":{"type":"webhook_endpoints"}}"#;
    for (action, uncertain) in [
        (FaultAction::Truncate, true),
        (FaultAction::Html { status: 200 }, true),
        (FaultAction::respond(201, ""), true),
        (FaultAction::respond(201, nothing), true),
        (FaultAction::respond(201, r#"{"data":[]}"#), true),
        (FaultAction::respond(500, "{}"), true),
        (FaultAction::respond(503, "busy"), true),
        (FaultAction::respond(408, ""), true),
        (FaultAction::Html { status: 502 }, true),
        (FaultAction::Oversize { bytes: 20 * 1024 * 1024 }, true),
        (FaultAction::respond(503, r#"{"errors":[{"title":"Booqable is read-only"}]}"#), false),
        (FaultAction::respond(503, r#"{"message":"read-only"}"#), false),
        (FaultAction::respond(400, "{}"), false),
        (FaultAction::respond(401, "{}"), false),
        (FaultAction::respond(402, "{}"), false),
        (FaultAction::Html { status: 403 }, false),
        (FaultAction::respond(422, "{}"), false),
        (FaultAction::retry_later(429, RetryAfter::Seconds(1)), false),
    ] {
        let world = world(TRIAL).await;
        let failed = world.create_with(Sandboxed::new("*", action.clone())).await;
        assert_eq!(failed.uncertain, uncertain, "{action:?}");
        assert_eq!((world.sent("POST").len(), world.calls.count()), (1, 1), "{action:?}");
    }
}

#[tokio::test]
async fn a_lost_update_is_settled_by_reading_and_never_repeated() {
    for (fault, done) in [
        (Sandboxed::new("*", FaultAction::Drop), false),
        (Sandboxed::new("*", FaultAction::respond(503, "")), false),
        (Sandboxed::new("*", FaultAction::Drop).after_effect(), true),
        (Sandboxed::new("*", FaultAction::respond(502, "")).after_effect(), true),
    ] {
        let world = world(RENTALS).await;
        let base = world.remote("stock.").await;
        let prepared = world.prepare(vec![("version", text("1"))], Some(&base)).await;
        world.sandbox.faults().push(fault);
        assert!(world.session.write(&prepared.write, &go()).await.unwrap_err().uncertain);
        assert_eq!(world.sent("PUT").len(), 1);
        let again = world.remote("stock.").await;
        assert_eq!(world.session.achieved(&prepared.write, &again), done);
        assert_eq!(again.raw == base.raw, !done);
    }
}

#[tokio::test]
async fn a_lost_delete_is_settled_by_reading_and_never_repeated() {
    for (fault, done) in [
        (Sandboxed::new("*", FaultAction::Drop), false),
        (Sandboxed::new("*", FaultAction::Drop).after_effect(), true),
        (Sandboxed::new("*", FaultAction::respond(504, "")).after_effect(), true),
    ] {
        let world = world(TRIAL).await;
        let id = world.list().await.remove(1).webhook.id;
        world.sandbox.faults().push(fault);
        assert!(world.session.delete(std::slice::from_ref(&id), &go()).await.unwrap_err().uncertain);
        assert_eq!(world.sent("DELETE").len(), 1);
        assert_eq!(world.session.read(&id, &go()).await.unwrap().is_none(), done);
    }
}
