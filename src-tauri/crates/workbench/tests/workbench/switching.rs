//! Switching webhooks on and off: several after a review, one at once where nothing speaks against it.

use crate::common::{Bench, LAB, OFFICES, ROOMS, ZONES, kinds, only};
use crate::vendor::SWITCH;
use tacklebox_model::{
    Connection, Environment, Fault, FieldPath, FieldValue, ItemOutcome, ItemState, JournalAction,
    JournalOutcome, MarkAsks, OperationId, PlanRequest,
};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_workbench::view::{EditConnectionRequest, SwitchOutcome, SwitchRequest};

/// Alone with its event, so that there is nothing to warn of; switched off.
const REPLAY: &str = "Traffic replay";
/// Switched on.
const LAB_ROOMS: &str = "Lab room occupancy";

fn is_on(bench: &Bench, key: &str, name: &str) -> bool {
    bench.butlr(key).webhooks().into_iter().find(|w| w.name == name).unwrap().send_on_value_change
}

async fn in_environment(bench: &Bench, key: &str, environment: Environment) -> Connection {
    let input = tacklebox_model::ConnectionInput { environment, ..bench.input(key) };
    bench.workbench.add_connection(&input).await.unwrap()
}

#[tokio::test]
async fn several_webhooks_of_two_organisations_are_switched_after_a_review() {
    let (bench, _) = Bench::other().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let picks = vec![
        bench.pick(&lab, LAB, REPLAY),
        bench.pick(&offices, OFFICES, "Old proof of concept"),
        bench.pick(&lab, LAB, LAB_ROOMS),
    ];
    let view = bench.plan_switch(picks, true).await;
    let states: Vec<_> = view.groups.iter().flat_map(|g| &g.items).map(|i| i.state.clone()).collect();
    assert_eq!(states, [ItemState::Ready, ItemState::Unchanged, ItemState::Ready]);
    let item = &view.groups[0].items[0];
    let changed: Vec<_> = item.changes.iter().filter(|c| c.changed).map(|c| c.path.as_str()).collect();
    assert_eq!((item.index, changed, view.writable), (0, vec![SWITCH], 2));
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 0);
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done"]);
    assert!(is_on(&bench, LAB, REPLAY) && is_on(&bench, OFFICES, "Old proof of concept"));
    let entry = bench.journal().remove(0);
    assert_eq!(
        (entry.action, entry.outcome),
        (JournalAction::Update, JournalOutcome::Done { recovered: false })
    );
}

#[tokio::test]
async fn a_vendor_without_a_switch_says_so() {
    let bench = Bench::start().await;
    let connection = bench.connect(LAB).await;
    let pick = bench.pick(&connection, LAB, REPLAY);
    let view = bench.plan_switch(vec![pick.clone()], false).await;
    let ItemState::Blocked { errors } = &only(&view).state else { panic!("{view:?}") };
    assert_eq!(errors[0].message, "Butlr has no switch: its webhooks send as long as they exist.");
    assert!(matches!(bench.switch(&pick, false).await, SwitchOutcome::Review { .. }));
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 0);
}

#[tokio::test]
async fn a_single_flip_outside_production_goes_at_once_and_is_journalled() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(LAB).await;
    let pick = bench.pick(&connection, LAB, REPLAY);
    let SwitchOutcome::Done { outcome } = bench.switch(&pick, true).await else { panic!("a review") };
    let ItemOutcome::Done { row: Some(row), .. } = &outcome else { panic!("{outcome:?}") };
    assert_eq!((row.on, is_on(&bench, LAB, REPLAY)), (Some(true), true));
    let entry = bench.journal().remove(0);
    let after = &entry.after.as_ref().unwrap()[&FieldPath::from(SWITCH)];
    assert_eq!(
        (after, entry.outcome.clone()),
        (&FieldValue::Flag(true), JournalOutcome::Done { recovered: false })
    );
    assert_eq!(&bench.workbench.last_seen().unwrap()[0].rows.iter().find(|r| r.id == pick.id).unwrap(), &row);
}

#[tokio::test]
async fn a_flip_to_the_state_it_has_is_done_without_a_write() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(LAB).await;
    let pick = bench.pick(&connection, LAB, LAB_ROOMS);
    let SwitchOutcome::Done { outcome } = bench.switch(&pick, true).await else { panic!("a review") };
    assert!(matches!(&outcome, ItemOutcome::Done { row: Some(row), .. } if row.id == pick.id), "{outcome:?}");
    assert_eq!((bench.sandbox.log().count("updateWebhooks"), bench.journal().len()), (0, 0));
}

#[tokio::test]
async fn in_production_a_flip_is_reviewed_first() {
    let (bench, _) = Bench::other().await;
    let connection = in_environment(&bench, LAB, Environment::Production).await;
    let pick = bench.pick(&connection, LAB, REPLAY);
    let SwitchOutcome::Review { plan } = bench.switch(&pick, true).await else { panic!("it went at once") };
    assert!(!is_on(&bench, LAB, REPLAY), "nothing is written unseen");
    assert!(bench.journal().is_empty());
    assert_eq!(kinds(&bench.apply(&plan).await), ["done"]);
    assert!(is_on(&bench, LAB, REPLAY));
}

#[tokio::test]
async fn what_asks_or_warns_is_reviewed_first() {
    let (bench, habits) = Bench::other().await;
    habits.mark(REPLAY, "Do not touch.", MarkAsks::BeforeAnyWrite);
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let asking = bench.switch(&bench.pick(&lab, LAB, REPLAY), true).await;
    let SwitchOutcome::Review { plan } = asking else { panic!("it went at once") };
    assert_eq!(only(&plan).ask_again.as_deref(), Some("Do not touch."));
    // Its event is in another webhook too.
    let warning = bench.switch(&bench.pick(&offices, OFFICES, ROOMS), false).await;
    let SwitchOutcome::Review { plan } = warning else { panic!("it went at once") };
    assert!(!only(&plan).notices.is_empty());
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 0);
}

#[tokio::test]
async fn a_flip_of_a_webhook_that_is_gone_or_unreadable_writes_nothing() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(LAB).await;
    let pick = bench.pick(&connection, LAB, REPLAY);
    let trouble = Trouble::new("webhooks", FaultAction::respond(400, "{}"));
    bench.sandbox.faults().push(trouble);
    let request = SwitchRequest { webhook: pick.clone(), on: true, operation: OperationId::random() };
    let error = bench.workbench.switch(&request).await.unwrap_err();
    assert_eq!(error.place.as_deref(), Some("Halden Lab, Staging, planning"));
    bench.butlr(LAB).delete_webhook(pick.id.as_str()).unwrap();
    let SwitchOutcome::Review { plan } = bench.switch(&pick, true).await else { panic!("it went") };
    assert_eq!((only(&plan).state.clone(), bench.journal().len()), (ItemState::Gone, 0));
}

#[tokio::test]
async fn a_flip_that_fails_is_settled_like_any_write() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(LAB).await;
    let pick = bench.pick(&connection, LAB, REPLAY);
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::Drop).after_effect());
    let SwitchOutcome::Done { outcome } = bench.switch(&pick, true).await else { panic!("a review") };
    assert!(matches!(outcome, ItemOutcome::Done { recovered: true, .. }), "{outcome:?}");
    assert_eq!(bench.journal()[0].outcome, JournalOutcome::Done { recovered: true });
}

#[tokio::test]
async fn a_review_of_a_flip_does_not_hold_once_the_organisation_is_production() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let picks = [ROOMS, ZONES].map(|name| bench.pick(&connection, OFFICES, name));
    let view =
        bench.workbench.plan(&PlanRequest::Switch { webhooks: picks.into(), on: false }).await.unwrap();
    let input =
        tacklebox_model::ConnectionInput { environment: Environment::Production, ..bench.input(OFFICES) };
    let edit = EditConnectionRequest { connection: connection.id, input };
    bench.workbench.edit_connection(&edit).await.unwrap();
    let outcomes = bench.apply(&view).await;
    let refused =
        |o: &ItemOutcome| matches!(o, ItemOutcome::Failed { error } if error.fault == Fault::PlanGone);
    assert!(!outcomes.is_empty() && outcomes.iter().all(refused), "{outcomes:?}");
    assert_eq!(bench.sandbox.log().count("updateWebhooks"), 0);
}
