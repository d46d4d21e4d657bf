//! Several organisations in one plan: none waits for another, and none suffers from another.

use std::sync::{Arc, Mutex};

use crate::common::{Bench, LAB, OFFICES, ROOMS, ZONES, kinds, request, until};
use tacklebox_model::{ApplyEvent, Fault, ItemOutcome, JournalOutcome, PlanRequest, WebhookPick};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_workbench::view::EditConnectionRequest;

/// One of the laboratory and two of the offices, in this order.
async fn three(bench: &Bench) -> Vec<WebhookPick> {
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    vec![
        bench.pick(&lab, LAB, "Traffic replay"),
        bench.pick(&offices, OFFICES, ROOMS),
        bench.pick(&offices, OFFICES, ZONES),
    ]
}

fn broken(root: &str) -> Trouble {
    Trouble::new(root, FaultAction::respond(400, "{}")).for_organisation(LAB)
}

#[tokio::test]
async fn an_organisation_that_cannot_be_read_does_not_keep_the_others_from_being_planned() {
    let (bench, _) = Bench::other().await;
    let picks = three(&bench).await;
    for switch in [false, true] {
        bench.sandbox.faults().push(broken("webhooks"));
        let view = match switch {
            true => bench.plan_switch(picks.clone(), false).await,
            false => bench.plan_delete(picks.clone()).await,
        };
        let [lab, offices] = &view.groups[..] else { panic!("{view:?}") };
        let error = lab.failed.as_ref().unwrap();
        assert_eq!((error.place.as_deref(), lab.items.len()), (Some("Halden Lab, Staging, planning"), 0));
        assert!(offices.failed.is_none());
        assert_eq!(offices.items.iter().map(|item| item.index).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(view.writable, 2);
    }
    bench.sandbox.faults().push(broken("webhooks"));
    let view = bench.plan_delete(picks).await;
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done"]);
    assert_eq!((bench.butlr(LAB).webhooks().len(), bench.butlr(OFFICES).webhooks().len()), (6, 7));
}

#[tokio::test]
async fn a_read_only_organisation_is_refused_in_its_group_alone() {
    let bench = Bench::start().await;
    let picks = three(&bench).await;
    let input = tacklebox_model::ConnectionInput { read_only: true, ..bench.input(LAB) };
    let edit = EditConnectionRequest { connection: picks[0].connection.clone(), input };
    bench.workbench.edit_connection(&edit).await.unwrap();
    let view = bench.plan_delete(picks).await;
    let faults: Vec<_> = view.groups.iter().map(|g| g.failed.as_ref().map(|e| e.fault.clone())).collect();
    assert_eq!((faults, view.writable), (vec![Some(Fault::ReadOnly), None], 2));
}

#[tokio::test]
async fn organisations_are_read_at_the_same_time_for_a_plan() {
    let bench = Bench::start().await;
    let webhooks = three(&bench).await;
    bench.sandbox.faults().push(Trouble::new("webhooks", FaultAction::Hang).for_organisation(LAB));
    let workbench = Arc::clone(&bench.workbench);
    let plan = tokio::spawn(async move { workbench.plan(&PlanRequest::Delete { webhooks }).await });
    let log = bench.sandbox.log();
    let read = |key: &str| {
        log.requests().iter().any(|r| r.organisation.as_deref() == Some(key) && r.selects("webhooks"))
    };
    until(|| read(LAB) && read(OFFICES)).await;
    plan.abort();
}

#[tokio::test]
async fn one_that_hangs_keeps_the_others_neither_waiting_nor_from_the_record() {
    let bench = Bench::start().await;
    let view = bench.plan_delete(three(&bench).await).await;
    bench.sandbox.faults().push(Trouble::new("deleteWebhooks", FaultAction::Hang).for_organisation(LAB));
    let finished = Arc::new(Mutex::new(Vec::new()));
    let (workbench, request) = (Arc::clone(&bench.workbench), request(&view));
    let seen = finished.clone();
    let apply = tokio::spawn(async move {
        let say = |event| {
            if let ApplyEvent::Finished { result } = event {
                seen.lock().unwrap().push(result.index);
            }
        };
        workbench.apply(&request, &say).await
    });
    until(|| finished.lock().unwrap().len() == 2).await;
    bench.until_asked("deleteWebhooks", 2).await;
    // As when the program is killed.
    apply.abort();
    assert!(apply.await.unwrap_err().is_cancelled());
    assert_eq!(*finished.lock().unwrap(), [1, 2]);
    let entries = bench.journal();
    let pending: Vec<_> = entries.iter().filter(|e| e.outcome == JournalOutcome::Pending).collect();
    assert_eq!((entries.len(), pending.len(), pending[0].connection.label.as_str()), (3, 1, "Halden Lab"));
    let mut bench = bench;
    bench.reopen().await;
    let uncertain = |e: &tacklebox_model::JournalEntry| matches!(e.outcome, JournalOutcome::Uncertain { .. });
    assert_eq!(bench.journal().iter().filter(|e| uncertain(e)).count(), 1);
}

#[tokio::test]
async fn one_that_fails_does_not_disturb_the_others_and_the_results_keep_the_order() {
    let bench = Bench::start().await;
    let view = bench.plan_delete(three(&bench).await).await;
    bench
        .sandbox
        .faults()
        .push(Trouble::new("webhooks", FaultAction::Delay { millis: 300 }).for_organisation(LAB));
    bench.sandbox.faults().push(broken("deleteWebhooks"));
    let report = bench.workbench.apply(&request(&view), &|_| {}).await.unwrap();
    assert_eq!(report.results.iter().map(|r| r.index).collect::<Vec<_>>(), [0, 1, 2]);
    let outcomes: Vec<_> = report.results.into_iter().map(|r| r.outcome).collect();
    assert_eq!(kinds(&outcomes), ["failed", "done", "done"]);
    let ItemOutcome::Failed { error } = &outcomes[0] else { panic!("{outcomes:?}") };
    assert_eq!(error.place.as_deref(), Some("Halden Lab, Staging, writing"));
}
