//! Planning and applying when nothing goes wrong, and what is refused.

use std::sync::Mutex;

use crate::common::{
    Bench, LAB, OFFICES, ROOMS, ZONES, draft, kinds, new_webhook, only, request, text, update, url,
};
use tacklebox_model::{ApplyEvent, Fault, FieldInput, ItemOutcome, ItemState, JournalOutcome, PlanRequest};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_workbench::view::EditConnectionRequest;

#[tokio::test]
async fn a_create_is_written_once_and_fills_a_row() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    assert_eq!((only(&view).state.clone(), view.writable), (ItemState::Ready, 1));
    assert_eq!(bench.sandbox.log().count("createWebhooks"), 0, "nothing is sent unseen");
    let outcomes = bench.apply(&view).await;
    let [ItemOutcome::Done { row: Some(row), recovered: false, differences, incomplete: None, .. }] =
        &outcomes[..]
    else {
        panic!("{outcomes:?}")
    };
    assert!(differences.is_empty());
    let created = bench.butlr(OFFICES).webhook(row.id.as_str()).unwrap();
    assert_eq!(created.endpoint_config.api_key.unwrap().value, "new-key-value");
    let seen = bench.workbench.last_seen().unwrap();
    assert_eq!(seen[0].rows.last(), Some(row));
}

#[tokio::test]
async fn an_edit_keeps_the_secrets_that_were_not_touched() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    let before = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap();
    // A changed URL makes Butlr replace the whole endpoint.
    let changes = draft([("url", url("https://seats.halden.example/v2")), ("name", text("Zones v2"))]);
    let outcomes = bench.apply(&bench.plan_edit(&pick, changes).await).await;
    assert_eq!(kinds(&outcomes), ["done"]);
    let after = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap();
    assert_eq!(
        (after.name.as_str(), after.endpoint_config.url.as_str()),
        ("Zones v2", "https://seats.halden.example/v2")
    );
    assert!(after.endpoint_config.api_key == before.endpoint_config.api_key);
    assert!(after.endpoint_config.basic_auth == before.endpoint_config.basic_auth);
    assert_eq!(after.filters, before.filters);
}

#[tokio::test]
async fn a_plan_shows_no_secret_neither_the_new_nor_the_old() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    let stored = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap().endpoint_config;
    let changes = draft([
        ("url", url("https://seats.halden.example/v2?token=query-value")),
        ("auth.api_key.value", FieldInput::Secret(crate::common::replace("typed-value"))),
    ]);
    let view = serde_json::to_string(&bench.plan_edit(&pick, changes).await).unwrap();
    assert!(view.contains("new value"));
    for secret in
        ["query-value", "typed-value", &stored.api_key.unwrap().value, &stored.basic_auth.unwrap().password]
    {
        assert!(!view.contains(secret), "{secret} is in {view}");
    }
}

#[tokio::test]
async fn one_plan_deletes_webhooks_of_two_organisations_each_in_one_request() {
    let bench = Bench::start().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let picks = vec![
        bench.pick(&offices, OFFICES, ROOMS),
        bench.pick(&lab, LAB, "Traffic replay"),
        bench.pick(&offices, OFFICES, ZONES),
    ];
    let view = bench.plan_delete(picks).await;
    assert_eq!(view.writable, 3);
    assert_eq!(view.groups.iter().map(|g| g.items.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done", "done"]);
    assert_eq!((bench.butlr(OFFICES).webhooks().len(), bench.butlr(LAB).webhooks().len()), (7, 5));
    assert_eq!(bench.sandbox.log().count("deleteWebhooks"), 2);
    let seen: usize = bench.workbench.last_seen().unwrap().iter().map(|s| s.rows.len()).sum();
    assert_eq!((seen, bench.journal().len()), (12, 3));
}

#[tokio::test]
async fn a_plan_is_applied_once_and_only_as_it_was_seen() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let mut unseen = request(&view);
    unseen.digest = "another".into();
    assert_eq!(bench.workbench.apply(&unseen, &|_| {}).await.unwrap_err().fault, Fault::PlanGone);
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    assert_eq!(bench.workbench.apply(&request(&view), &|_| {}).await.unwrap_err().fault, Fault::PlanGone);
    assert_eq!(bench.sandbox.log().count("createWebhooks"), 1);
    let discarded = bench.plan_create(&connection, new_webhook("New")).await;
    bench.workbench.discard_plan(&discarded.id);
    assert_eq!(
        bench.workbench.apply(&request(&discarded), &|_| {}).await.unwrap_err().fault,
        Fault::PlanGone
    );
}

#[tokio::test]
async fn a_read_only_connection_is_refused_when_planning_and_when_applying() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let input = tacklebox_model::ConnectionInput { read_only: true, ..bench.input(OFFICES) };
    let edit = EditConnectionRequest { connection: connection.id.clone(), input };
    bench.workbench.edit_connection(&edit).await.unwrap();
    let outcomes = bench.apply(&view).await;
    assert!(matches!(&outcomes[..], [ItemOutcome::Failed { error }] if error.fault == Fault::ReadOnly));
    let plan = PlanRequest::Create { connection: connection.id, draft: new_webhook("New"), source: None };
    assert_eq!(bench.workbench.plan(&plan).await.unwrap_err().fault, Fault::ReadOnly);
    assert_eq!((bench.sandbox.log().count("createWebhooks"), bench.journal().len()), (0, 0));
}

#[tokio::test]
async fn a_review_does_not_hold_for_a_connection_that_points_elsewhere_now() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let input = bench.input(LAB);
    bench
        .workbench
        .edit_connection(&EditConnectionRequest { connection: connection.id, input })
        .await
        .unwrap();
    let outcomes = bench.apply(&view).await;
    assert!(matches!(&outcomes[..], [ItemOutcome::Failed { error }] if error.fault == Fault::PlanGone));
    assert_eq!(bench.sandbox.log().count("createWebhooks"), 0);
}

#[tokio::test]
async fn nothing_to_change_is_unchanged_and_what_is_wrong_is_blocked() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let view = bench.plan_edit(&pick, draft([("name", text(ROOMS))])).await;
    assert_eq!((only(&view).state.clone(), view.writable), (ItemState::Unchanged, 0));
    let view = bench.plan_edit(&pick, draft([("url", url("http://plain.example"))])).await;
    let ItemState::Blocked { errors } = &only(&view).state else { panic!("{view:?}") };
    assert_eq!((errors[0].path.as_str(), view.writable), ("url", 0));
    assert!(bench.apply(&view).await.is_empty());
}

#[tokio::test]
async fn what_the_vendor_refuses_is_said_at_the_field() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let body = r#"{"data":null,"errors":[{"message":"event_types is full","extensions":{"code":"BAD_USER_INPUT","field":"input.0.event_types"}}]}"#;
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::respond(200, body)));
    let outcomes = bench.apply(&bench.plan_create(&connection, new_webhook("New")).await).await;
    let [ItemOutcome::Failed { error }] = &outcomes[..] else { panic!("{outcomes:?}") };
    let Fault::Validation { fields } = &error.fault else { panic!("{error:?}") };
    assert_eq!(
        (fields[0].path.as_str(), fields[0].message.as_str()),
        ("events", "Butlr says: event_types is full")
    );
    assert!(
        matches!(&bench.journal()[0].outcome, JournalOutcome::Failed { message } if message.contains("is full"))
    );
}

#[tokio::test]
async fn stopping_lets_the_write_under_way_finish_and_leaves_the_rest() {
    let bench = Bench::start().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let picks = vec![bench.pick(&offices, OFFICES, ROOMS), bench.pick(&lab, LAB, "Traffic replay")];
    let view = bench.plan_delete(picks).await;
    let request = request(&view);
    let events = Mutex::new(Vec::new());
    let say = |event: ApplyEvent| {
        if matches!(event, ApplyEvent::Started { .. }) {
            bench.workbench.cancel(&request.operation);
        }
        events.lock().unwrap().push(serde_json::to_value(event).unwrap());
    };
    let report = bench.workbench.apply(&request, &say).await.unwrap();
    let outcomes: Vec<_> = report.results.into_iter().map(|r| r.outcome).collect();
    let mut ends = kinds(&outcomes);
    ends.sort();
    assert_eq!(ends, ["done", "notAttempted"]);
    let left = bench.butlr(OFFICES).webhooks().len() + bench.butlr(LAB).webhooks().len();
    assert_eq!((left, bench.journal().len()), (14, 1));
    let events = events.into_inner().unwrap();
    assert_eq!(events.len(), 3, "started and finished, and not attempted: {events:?}");
}

#[tokio::test]
async fn one_webhook_that_is_gone_does_not_save_the_others_of_a_batch() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let picks = vec![bench.pick(&connection, OFFICES, ROOMS), bench.pick(&connection, OFFICES, ZONES)];
    let gone = picks[0].id.clone();
    let view = bench.plan_delete(picks).await;
    let say = |event| {
        if matches!(event, ApplyEvent::Started { index: 0 }) {
            bench.butlr(OFFICES).delete_webhook(gone.as_str()).unwrap();
        }
    };
    let outcomes = bench.apply_saying(&view, &say).await;
    assert_eq!(kinds(&outcomes), ["failed", "done"]);
    assert_eq!(bench.butlr(OFFICES).webhooks().len(), 7);
    let tags: Vec<_> = bench
        .journal()
        .into_iter()
        .map(|e| serde_json::to_value(e.outcome).unwrap()["type"].clone())
        .collect();
    assert_eq!(tags, ["done", "failed"]);
}

#[tokio::test]
async fn a_filter_that_cannot_follow_its_webhook_leaves_it_incomplete_and_says_so() {
    let bench = Bench::start().await;
    let connection = bench.connect(LAB).await;
    let mut filtered = new_webhook("Filtered");
    filtered.fields.insert("filters.room_ids".into(), FieldInput::List(vec!["room_1".into()]));
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::respond(500, "{}")));
    let outcomes = bench.apply(&bench.plan_create(&connection, filtered).await).await;
    let [ItemOutcome::Done { incomplete: Some(error), differences, .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(error.advice.as_deref().unwrap_or_default().contains("filter"));
    assert_eq!(differences.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(), ["filters.room_ids"]);
    assert_eq!(bench.sandbox.log().count("createWebhooks"), 1);
}

#[tokio::test]
async fn what_the_vendor_stored_otherwise_is_shown() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let view = bench.plan_edit(&pick, draft([("name", text("Asked for"))])).await;
    let mut stored = serde_json::to_value(bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap()).unwrap();
    stored["name"] = "Stored instead".into();
    let body = serde_json::json!({ "data": { "updateWebhooks": [stored] } }).to_string();
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::respond(200, &body)));
    let outcomes = bench.apply(&view).await;
    let [ItemOutcome::Done { differences, row: Some(row), .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(differences.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(), ["name"]);
    assert_eq!(row.title, "Stored instead");
}

#[tokio::test]
async fn two_reviews_of_one_webhook_cannot_both_be_written() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let opened = bench.open(&bench.pick(&connection, OFFICES, ROOMS)).await;
    let one = bench.workbench.plan(&update(&opened, draft([("name", text("One"))]))).await.unwrap();
    let two = bench.workbench.plan(&update(&opened, draft([("name", text("Two"))]))).await.unwrap();
    let (one, two) = tokio::join!(bench.apply(&one), bench.apply(&two));
    let mut ends = [kinds(&one), kinds(&two)].concat();
    ends.sort();
    assert_eq!(ends, ["done", "stale"]);
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 1);
}
