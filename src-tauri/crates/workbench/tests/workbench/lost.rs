//! Writes whose answer is lost: read again, never sent again.

use crate::common::{Bench, OFFICES, ROOMS, ZONES, draft, kinds, new_webhook, text};
use tacklebox_model::{ApplyEvent, Fault, ItemOutcome, JournalOutcome, PlanView};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};

#[derive(Clone, Copy, PartialEq)]
enum When {
    BeforeEffect,
    AfterEffect,
    AfterEffectAndNoReading,
}

/// Applies a plan while the answer to its write is lost.
async fn lose(bench: &Bench, view: &PlanView, root: &str, when: When) -> Vec<ItemOutcome> {
    let lost = Trouble::new(root, FaultAction::Drop);
    bench.sandbox.faults().push(if when == When::BeforeEffect { lost } else { lost.after_effect() });
    let say = |event| {
        // The reading before the write has happened by now.
        if when == When::AfterEffectAndNoReading && matches!(event, ApplyEvent::Started { .. }) {
            bench.sandbox.faults().push(Trouble::new("webhooks", FaultAction::respond(500, "{}")));
        }
    };
    let outcomes = bench.apply_saying(view, &say).await;
    assert_eq!(bench.sandbox.log().count(root), 1, "nothing is sent twice");
    outcomes
}

fn recovered(outcome: &ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Done { recovered: true, incomplete: None, differences, .. } if differences.is_empty())
}

fn fault(outcome: &ItemOutcome) -> &Fault {
    let ItemOutcome::Failed { error } = outcome else { panic!("{outcome:?}") };
    assert!(error.advice.as_deref().unwrap_or_default().to_lowercase().contains("refresh"), "{error:?}");
    &error.fault
}

fn has(bench: &Bench, name: &str) -> bool {
    bench.butlr(OFFICES).webhooks().iter().any(|w| w.name == name)
}

#[tokio::test]
async fn a_create_that_happened_is_found() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let outcomes = lose(&bench, &view, "createWebhooks", When::AfterEffect).await;
    assert!(recovered(&outcomes[0]), "{outcomes:?}");
    let entry = &bench.journal()[0];
    assert_eq!(entry.outcome, JournalOutcome::Done { recovered: true });
    assert_eq!(entry.webhook.as_ref().unwrap().as_str(), bench.id(OFFICES, "New"));
}

#[tokio::test]
async fn a_create_that_did_not_happen_failed() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let outcomes = lose(&bench, &view, "createWebhooks", When::BeforeEffect).await;
    assert_eq!(fault(&outcomes[0]), &Fault::NoAnswer { maybe_done: false });
    assert!(!has(&bench, "New"));
    assert!(matches!(bench.journal()[0].outcome, JournalOutcome::Failed { .. }));
}

#[tokio::test]
async fn a_create_that_cannot_be_looked_for_is_uncertain() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    let outcomes = lose(&bench, &view, "createWebhooks", When::AfterEffectAndNoReading).await;
    assert_eq!(fault(&outcomes[0]), &Fault::NoAnswer { maybe_done: true });
    assert!(matches!(bench.journal()[0].outcome, JournalOutcome::Uncertain { .. }));
}

#[tokio::test]
async fn a_twin_made_after_the_review_is_not_taken_for_the_lost_one() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let first = bench.plan_create(&connection, new_webhook("Twin")).await;
    let second = bench.plan_create(&connection, new_webhook("Twin")).await;
    assert_eq!(kinds(&bench.apply(&first).await), ["done"]);
    bench.sandbox.log().clear();
    let outcomes = lose(&bench, &second, "createWebhooks", When::BeforeEffect).await;
    assert_eq!(kinds(&outcomes), ["failed"]);
}

#[tokio::test]
async fn an_update_is_settled_by_reading() {
    for when in [When::AfterEffect, When::BeforeEffect, When::AfterEffectAndNoReading] {
        let bench = Bench::start().await;
        let connection = bench.connect(OFFICES).await;
        let view =
            bench.plan_edit(&bench.pick(&connection, OFFICES, ROOMS), draft([("name", text("Mine"))])).await;
        let outcomes = lose(&bench, &view, "updateWebhooks", when).await;
        let entry = bench.journal().remove(0).outcome;
        match when {
            When::AfterEffect => {
                assert!(recovered(&outcomes[0]), "{outcomes:?}");
                assert_eq!(entry, JournalOutcome::Done { recovered: true });
            }
            When::BeforeEffect => {
                assert_eq!(fault(&outcomes[0]), &Fault::NoAnswer { maybe_done: false });
                assert!(matches!(entry, JournalOutcome::Failed { .. }));
            }
            When::AfterEffectAndNoReading => {
                assert_eq!(fault(&outcomes[0]), &Fault::NoAnswer { maybe_done: true });
                assert!(matches!(entry, JournalOutcome::Uncertain { .. }));
            }
        }
        assert_eq!(has(&bench, "Mine"), when != When::BeforeEffect);
    }
}

#[tokio::test]
async fn deletes_are_settled_by_one_reading() {
    for when in [When::AfterEffect, When::BeforeEffect, When::AfterEffectAndNoReading] {
        let bench = Bench::start().await;
        let connection = bench.connect(OFFICES).await;
        let picks = [ROOMS, ZONES].map(|name| bench.pick(&connection, OFFICES, name));
        let view = bench.plan_delete(picks.into()).await;
        let read = bench.sandbox.log().count("webhooks");
        let outcomes = lose(&bench, &view, "deleteWebhooks", when).await;
        assert_eq!(bench.sandbox.log().count("webhooks"), read + 2, "once before and once after");
        let tags: Vec<_> = bench.journal().into_iter().map(|e| e.outcome).collect();
        match when {
            When::AfterEffect => {
                assert!(outcomes.iter().all(recovered), "{outcomes:?}");
                assert!(tags.iter().all(|t| *t == JournalOutcome::Done { recovered: true }));
                assert_eq!(bench.workbench.last_seen().unwrap()[0].rows.len(), 7);
            }
            When::BeforeEffect => assert!(tags.iter().all(|t| matches!(t, JournalOutcome::Failed { .. }))),
            When::AfterEffectAndNoReading => {
                assert_eq!(fault(&outcomes[0]), &Fault::NoAnswer { maybe_done: true });
                assert!(tags.iter().all(|t| matches!(t, JournalOutcome::Uncertain { .. })));
            }
        }
        assert_eq!(has(&bench, ROOMS), when == When::BeforeEffect);
    }
}

#[tokio::test]
async fn an_update_that_somebody_else_overtook_is_uncertain() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let view = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::Drop));
    let say = |event| {
        if matches!(event, ApplyEvent::Started { .. }) {
            bench
                .butlr(OFFICES)
                .edit_webhook(pick.id.as_str(), serde_json::json!({ "name": "Theirs" }))
                .unwrap();
        }
    };
    assert_eq!(kinds(&bench.apply_saying(&view, &say).await), ["failed"]);
    assert!(matches!(bench.journal()[0].outcome, JournalOutcome::Uncertain { .. }));
}

/// Two creates of one plan that nobody could tell apart by what is stored.
async fn alike(bench: &Bench, habits: &crate::vendor::Habits) -> PlanView {
    habits.lax.store(true, std::sync::atomic::Ordering::SeqCst);
    let connection = bench.connect(OFFICES).await;
    let mut draft = new_webhook("New");
    let events = vec!["TRAFFIC".into(), "DETECTIONS".into()];
    draft.fields.insert("events".into(), tacklebox_model::FieldInput::List(events));
    bench.plan_create(&connection, draft).await
}

#[tokio::test]
async fn two_creates_of_one_plan_never_claim_the_same_webhook() {
    let (bench, habits) = Bench::other().await;
    let view = alike(&bench, &habits).await;
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop).after_effect().times(2));
    let outcomes = bench.apply(&view).await;
    assert_eq!(kinds(&outcomes), ["done", "done"]);
    let journal = bench.journal();
    let ids: Vec<_> = journal.iter().rev().map(|e| e.webhook.as_ref().unwrap().to_string()).collect();
    let names = ["New · Traffic", "New · Detections"];
    assert_eq!(ids, names.map(|name| bench.id(OFFICES, name)));
    assert!(journal.iter().all(|e| e.outcome == JournalOutcome::Done { recovered: true }));
}

#[tokio::test]
async fn of_two_new_webhooks_that_fit_none_is_claimed() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("New")).await;
    // Somebody else makes the same one at the same time.
    let twin = bench.plan_create(&connection, new_webhook("New")).await;
    assert_eq!(kinds(&bench.apply(&twin).await), ["done"]);
    let made = bench.butlr(OFFICES).webhooks().pop().unwrap();
    bench.butlr(OFFICES).delete_webhook(&made.id).unwrap();
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop).after_effect());
    let say = |event| {
        if matches!(event, ApplyEvent::Started { .. }) {
            bench.butlr(OFFICES).add_webhook(made.clone());
        }
    };
    let outcomes = bench.apply_saying(&view, &say).await;
    let ItemOutcome::Failed { error } = &outcomes[0] else { panic!("{outcomes:?}") };
    assert!(error.message.contains("2 new webhooks could be this one"), "{}", error.message);
    let entry = bench.journal().remove(0);
    assert!(matches!(entry.outcome, JournalOutcome::Uncertain { .. }));
    assert_eq!(entry.webhook, None);
}

#[tokio::test]
async fn a_create_does_not_claim_what_an_earlier_uncertain_one_may_have_made() {
    let (bench, habits) = Bench::other().await;
    let view = alike(&bench, &habits).await;
    // The first is made, and neither its answer nor the reading after it arrives; the second is not made.
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop).after_effect());
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop));
    let say = |event| {
        if matches!(event, ApplyEvent::Started { index: 0 }) {
            bench.sandbox.faults().push(Trouble::new("webhooks", FaultAction::respond(400, "{}")));
        }
    };
    assert_eq!(kinds(&bench.apply_saying(&view, &say).await), ["failed", "failed"]);
    assert!(bench.journal().iter().all(|e| matches!(e.outcome, JournalOutcome::Uncertain { .. })));
    assert!(has(&bench, "New · Traffic") && !has(&bench, "New · Detections"));
}
