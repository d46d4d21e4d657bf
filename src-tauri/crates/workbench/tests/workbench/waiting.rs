//! A vendor's limit on requests is used up: writing and reading wait, say so, and go on by themselves.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use crate::common::{Bench, LAB, OFFICES, ROOMS, ZONES, draft, kinds, new_webhook, request, text, until};
use tacklebox_model::{
    ApplyEvent, Connection, ConnectionId, Fault, FieldInput, ItemOutcome, JournalOutcome, OperationId,
    PlanView,
};
use tacklebox_sandbox::{Fault as Trouble, FaultAction, RetryAfter};
use tacklebox_workbench::view::{RefreshEvent, RefreshRequest};

/// The vendor asks for patience and does not say how much.
fn limit(root: &str, times: u32) -> Trouble {
    Trouble::new(root, FaultAction::respond(429, "{}")).times(times)
}

/// The program tries a read three times by itself.
fn limit_reading() -> Trouble {
    limit("webhooks", 3)
}

/// Two webhooks of one organisation.
async fn two(bench: &Bench) -> (Connection, PlanView) {
    let connection = bench.connect(OFFICES).await;
    let mut draft = new_webhook("New");
    draft.fields.insert("events".into(), FieldInput::List(vec!["TRAFFIC".into(), "DETECTIONS".into()]));
    let view = bench.plan_create(&connection, draft).await;
    (connection, view)
}

async fn apply_noting(bench: &Bench, view: &PlanView) -> (Vec<ItemOutcome>, Vec<(ConnectionId, u64)>) {
    let waits = Mutex::new(Vec::new());
    let say = |event| {
        if let ApplyEvent::Waiting { connection, wait_ms } = event {
            waits.lock().unwrap().push((connection, wait_ms));
        }
    };
    let outcomes = bench.apply_saying(view, &say).await;
    (outcomes, waits.into_inner().unwrap())
}

fn not_sent(bench: &Bench) -> String {
    let JournalOutcome::Failed { message } = bench.journal().remove(0).outcome else {
        panic!("{:?}", bench.journal()[0])
    };
    message
}

#[tokio::test]
async fn a_write_waits_and_is_then_sent_under_the_same_entry() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    bench.sandbox.faults().push(limit("createWebhooks", 1));
    let (outcomes, waits) = apply_noting(&bench, &view).await;
    assert_eq!(kinds(&outcomes), ["done"]);
    assert_eq!(waits, [(connection.id, 60_000)], "a minute, when the vendor does not say");
    assert_eq!(bench.clock.waits_ms(), [60_000]);
    assert_eq!((bench.sandbox.log().count("createWebhooks"), bench.butlr(OFFICES).webhooks().len()), (2, 10));
    let journal = bench.journal();
    assert_eq!((journal.len(), &journal[0].outcome), (1, &JournalOutcome::Done { recovered: false }));
}

#[tokio::test]
async fn a_told_time_is_waited_for() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let told = FaultAction::retry_later(429, RetryAfter::Seconds(1));
    bench.sandbox.faults().push(Trouble::new("createWebhooks", told));
    let (outcomes, waits) = apply_noting(&bench, &view).await;
    assert_eq!((kinds(&outcomes), waits), (vec!["done".to_owned()], vec![(connection.id, 1000)]));
}

#[tokio::test]
async fn after_five_waits_without_progress_it_is_given_up() {
    let (bench, _) = Bench::other().await;
    let (_, view) = two(&bench).await;
    bench.sandbox.faults().push(limit("createWebhooks", 100));
    let outcomes = bench.apply(&view).await;
    assert_eq!(kinds(&outcomes), ["failed", "notAttempted"]);
    let ItemOutcome::Failed { error } = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!(error.fault, Fault::RateLimited { retry_after_ms: None });
    assert_eq!(error.place.as_deref(), Some("Halden Offices, Staging, writing"));
    assert_eq!((bench.clock.waits_ms().len(), bench.sandbox.log().count("createWebhooks")), (5, 6));
    assert_eq!((bench.journal().len(), not_sent(&bench)), (1, error.message.clone()));
}

#[tokio::test]
async fn every_item_that_gets_through_makes_patience_new() {
    let (bench, _) = Bench::other().await;
    let (_, view) = two(&bench).await;
    bench.sandbox.faults().push(limit("createWebhooks", 4));
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Delay { millis: 0 }));
    bench.sandbox.faults().push(limit("createWebhooks", 4));
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done"]);
    assert_eq!(bench.clock.waits_ms().len(), 8);
}

#[tokio::test]
async fn stopping_while_waiting_leaves_everything_unattempted_and_the_record_says_so() {
    let (bench, _) = Bench::other().await;
    let (_, view) = two(&bench).await;
    bench.clock.hold();
    bench.sandbox.faults().push(limit("createWebhooks", 1));
    let request = request(&view);
    let say = |event| {
        if matches!(event, ApplyEvent::Waiting { .. }) {
            bench.workbench.cancel(&request.operation);
        }
    };
    let report = bench.workbench.apply(&request, &say).await.unwrap();
    let outcomes: Vec<_> = report.results.into_iter().map(|r| r.outcome).collect();
    assert_eq!(kinds(&outcomes), ["notAttempted", "notAttempted"]);
    assert_eq!((bench.sandbox.log().count("createWebhooks"), bench.butlr(OFFICES).webhooks().len()), (1, 9));
    assert_eq!((bench.journal().len(), not_sent(&bench).as_str()), (1, "You stopped before it was sent."));
}

#[tokio::test]
async fn what_waited_when_the_program_was_killed_was_not_sent_and_the_record_says_so() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let create = bench.plan_create(&connection, new_webhook("New")).await;
    let picks = [ROOMS, ZONES].map(|name| bench.pick(&connection, OFFICES, name));
    let delete = bench.plan_delete(picks.into()).await;
    bench.clock.hold();
    for (view, root, entries) in [(create, "createWebhooks", 1), (delete, "deleteWebhooks", 2)] {
        let waits = bench.clock.waits_ms().len();
        bench.sandbox.faults().push(limit(root, 1));
        let (workbench, request) = (bench.workbench.clone(), request(&view));
        let apply = tokio::spawn(async move { workbench.apply(&request, &|_| {}).await });
        until(|| bench.clock.waits_ms().len() > waits).await;
        assert!(bench.journal()[..entries].iter().all(|e| e.outcome == JournalOutcome::Pending));
        // As when the program is killed.
        apply.abort();
        assert!(apply.await.unwrap_err().is_cancelled());
        // Plans end with the program: a second workbench is looked through, and the first goes on.
        let first = bench.workbench.clone();
        bench.reopen().await;
        bench.workbench = first;
        for entry in &bench.journal()[..entries] {
            let JournalOutcome::Failed { message } = &entry.outcome else { panic!("{entry:?}") };
            assert!(message.ends_with("It was not sent."), "{message}");
        }
    }
    assert_eq!(bench.butlr(OFFICES).webhooks().len(), 9);
}

#[tokio::test]
async fn what_waited_is_not_sent_when_that_cannot_be_written_down() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let picks = [ROOMS, ZONES].map(|name| bench.pick(&connection, OFFICES, name));
    let views =
        [bench.plan_create(&connection, new_webhook("New")).await, bench.plan_delete(picks.into()).await];
    bench.break_database("UPDATE OF outcome ON journal WHEN NEW.outcome = 'pending'");
    for (view, root) in views.iter().zip(["createWebhooks", "deleteWebhooks"]) {
        bench.sandbox.faults().push(limit(root, 1));
        let outcomes = bench.apply(view).await;
        let is_store =
            |o: &ItemOutcome| matches!(o, ItemOutcome::Failed { error } if error.fault == Fault::Store);
        assert!(outcomes.iter().all(is_store), "{outcomes:?}");
        assert_eq!(bench.sandbox.log().count(root), 1);
    }
    assert!(bench.journal().iter().all(|e| matches!(e.outcome, JournalOutcome::Failed { .. })));
}

#[tokio::test]
async fn the_end_of_the_program_does_not_wait_for_a_vendor() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    bench.clock.hold();
    bench.sandbox.faults().push(limit("createWebhooks", 1));
    let close = async {
        until(|| !bench.clock.waits_ms().is_empty()).await;
        bench.workbench.finish_writes().await;
        bench.journal().remove(0).outcome
    };
    let (outcomes, recorded) = tokio::join!(bench.apply(&view), close);
    assert_eq!(kinds(&outcomes), ["notAttempted"]);
    assert!(matches!(recorded, JournalOutcome::Failed { .. }), "{recorded:?}");
}

#[tokio::test]
async fn the_reading_before_a_write_waits_too_and_can_be_stopped() {
    for stop in [false, true] {
        let bench = Bench::start().await;
        let connection = bench.connect(OFFICES).await;
        let view = bench.plan_create(&connection, new_webhook("New")).await;
        bench.sandbox.faults().push(limit_reading());
        let request = request(&view);
        let waits = Mutex::new(0);
        let say = |event| {
            if matches!(event, ApplyEvent::Waiting { .. }) {
                *waits.lock().unwrap() += 1;
                if stop {
                    bench.workbench.cancel(&request.operation);
                }
            }
        };
        let report = bench.workbench.apply(&request, &say).await.unwrap();
        let outcomes: Vec<_> = report.results.into_iter().map(|r| r.outcome).collect();
        assert_eq!(kinds(&outcomes), [if stop { "notAttempted" } else { "done" }]);
        assert_eq!((waits.into_inner().unwrap(), bench.journal().len()), (1, usize::from(!stop)));
    }
}

#[tokio::test]
async fn what_changed_during_a_wait_is_refused() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let view = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    bench.sandbox.faults().push(limit("updateWebhooks", 1));
    let theirs = serde_json::json!({ "name": "Theirs" });
    let say = |event| {
        if matches!(event, ApplyEvent::Waiting { .. }) {
            bench.butlr(OFFICES).edit_webhook(pick.id.as_str(), theirs.clone()).unwrap();
        }
    };
    assert_eq!(kinds(&bench.apply_saying(&view, &say).await), ["stale"]);
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 1);
    assert!(not_sent(&bench).contains("changed while Tacklebox waited"));
    assert_eq!(bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap().name, "Theirs");
}

#[tokio::test]
async fn the_reading_that_settles_a_lost_answer_waits_too() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop).after_effect());
    let say = |event| {
        if matches!(event, ApplyEvent::Started { .. }) {
            bench.sandbox.faults().push(limit_reading());
        }
    };
    let outcomes = bench.apply_saying(&view, &say).await;
    assert!(matches!(&outcomes[..], [ItemOutcome::Done { recovered: true, .. }]), "{outcomes:?}");
    assert_eq!(bench.clock.waits_ms(), [60_000]);
}

#[tokio::test]
async fn deletes_wait_together_and_those_that_went_are_not_asked_for_again() {
    for one_by_one in [false, true] {
        let (bench, habits) = Bench::other().await;
        habits.one_by_one.store(one_by_one, Ordering::SeqCst);
        let connection = bench.connect(OFFICES).await;
        let names = [ROOMS, ZONES, "Old proof of concept"];
        let view = bench.plan_delete(names.map(|name| bench.pick(&connection, OFFICES, name)).into()).await;
        if one_by_one {
            // The first gets through.
            let nothing = FaultAction::Delay { millis: 0 };
            bench.sandbox.faults().push(Trouble::new("deleteWebhooks", nothing));
        }
        bench.sandbox.faults().push(limit("deleteWebhooks", 1));
        assert_eq!(kinds(&bench.apply(&view).await), ["done", "done", "done"]);
        assert_eq!(bench.butlr(OFFICES).webhooks().len(), 6);
        let asked = if one_by_one { 4 } else { 2 };
        assert_eq!((bench.clock.waits_ms().len(), bench.sandbox.log().count("deleteWebhooks")), (1, asked));
        let recovered: Vec<_> =
            bench.journal().iter().map(|e| e.outcome == JournalOutcome::Done { recovered: true }).collect();
        assert_eq!(recovered.into_iter().filter(|r| *r).count(), usize::from(one_by_one));
    }
}

#[tokio::test]
async fn stopping_while_deletes_wait_deletes_none() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let picks = [ROOMS, ZONES].map(|name| bench.pick(&connection, OFFICES, name));
    let view = bench.plan_delete(picks.into()).await;
    bench.clock.hold();
    bench.sandbox.faults().push(limit("deleteWebhooks", 1));
    let request = request(&view);
    let stop = async {
        until(|| !bench.clock.waits_ms().is_empty()).await;
        bench.workbench.cancel(&request.operation);
    };
    let (report, ()) = tokio::join!(bench.workbench.apply(&request, &|_| {}), stop);
    let outcomes: Vec<_> = report.unwrap().results.into_iter().map(|r| r.outcome).collect();
    assert_eq!(kinds(&outcomes), ["notAttempted", "notAttempted"]);
    assert!(bench.journal().iter().all(|e| matches!(e.outcome, JournalOutcome::Failed { .. })));
    assert_eq!(bench.butlr(OFFICES).webhooks().len(), 9);
}

#[tokio::test]
async fn a_refresh_waits_for_one_organisation_while_the_others_are_there() {
    let bench = Bench::start().await;
    let (_, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    bench.sandbox.faults().push(limit_reading().for_organisation(LAB));
    let events = bench.refresh(vec![]).await;
    let waiting = |e: &RefreshEvent| matches!(e, RefreshEvent::Waiting { connection, wait_ms: 60_000 } if connection == &lab.id);
    let loaded = |e: &RefreshEvent| matches!(e, RefreshEvent::Loaded { .. });
    assert_eq!(events.iter().filter(|e| waiting(e)).count(), 1, "{events:?}");
    assert_eq!(events.iter().filter(|e| loaded(e)).count(), 2);
    assert!(matches!(events.last(), Some(RefreshEvent::Loaded { rows }) if rows.connection == lab.id));
}

#[tokio::test]
async fn a_refresh_that_waits_can_be_stopped_and_gives_up_in_the_end() {
    let bench = Bench::start().await;
    bench.connect(OFFICES).await;
    // With a told time that is longer than it waits in silence, a read is tried once.
    let told = FaultAction::retry_later(429, RetryAfter::Seconds(30));
    bench.sandbox.faults().push(Trouble::new("webhooks", told).times(100));
    let events = bench.refresh(vec![]).await;
    let Some(RefreshEvent::Failed { error, .. }) = events.last() else { panic!("{events:?}") };
    assert!(matches!(error.fault, Fault::RateLimited { .. }), "{error:?}");
    assert_eq!((events.len(), bench.clock.waits_ms().len()), (7, 5));

    bench.clock.hold();
    let refresh = RefreshRequest { operation: OperationId::random(), connections: vec![] };
    let events = Mutex::new(Vec::new());
    let say = |event: RefreshEvent| {
        if matches!(event, RefreshEvent::Waiting { .. }) {
            bench.workbench.cancel(&refresh.operation);
        }
        events.lock().unwrap().push(event);
    };
    bench.workbench.refresh(&refresh, &say).await.unwrap();
    let events = events.into_inner().unwrap();
    let Some(RefreshEvent::Failed { error, .. }) = events.last() else { panic!("{events:?}") };
    assert_eq!(error.fault, Fault::Cancelled);
}
