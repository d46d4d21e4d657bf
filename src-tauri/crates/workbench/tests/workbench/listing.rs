//! Rows seen last, refreshing, opening and revealing.

use std::sync::Mutex;
use std::time::Duration;

use crate::common::{Bench, LAB, OFFICES, ROOMS, new_webhook};
use tacklebox_model::{Fault, FieldPath, OperationId};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_workbench::view::{OpenRequest, RefreshEvent, RefreshRequest, RevealRequest};

fn kind(event: &RefreshEvent) -> &'static str {
    match event {
        RefreshEvent::Started { .. } => "started",
        RefreshEvent::Waiting { .. } => "waiting",
        RefreshEvent::Loaded { .. } => "loaded",
        RefreshEvent::Failed { .. } => "failed",
    }
}

#[tokio::test]
async fn rows_seen_last_are_there_after_a_restart_without_asking_anyone() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.refresh(vec![]).await;
    bench.sandbox.log().clear();
    bench.reopen().await;
    let seen = bench.workbench.last_seen().unwrap();
    assert_eq!((seen.len(), &seen[0].connection, seen[0].rows.len()), (1, &connection.id, 9));
    assert!(seen[0].read_at_ms.is_some());
    let names: Vec<_> = bench.butlr(OFFICES).webhooks().into_iter().map(|w| w.name).collect();
    assert_eq!(seen[0].rows.iter().map(|r| r.title.clone()).collect::<Vec<_>>(), names);
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let opened = bench.workbench.open_webhook(&OpenRequest { webhook: pick, fresh: false }).await.unwrap();
    assert_eq!((opened.title.as_str(), opened.revision), (ROOMS, None));
    assert!(bench.sandbox.log().requests().is_empty());
}

#[tokio::test]
async fn a_broken_organisation_leaves_the_others_and_its_own_old_rows_alone() {
    let bench = Bench::start().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    bench.refresh(vec![]).await;
    let before = bench.workbench.last_seen().unwrap().into_iter().find(|s| s.connection == lab.id).unwrap();
    bench
        .sandbox
        .faults()
        .push(Trouble::new("webhooks", FaultAction::respond(500, "{}")).for_organisation(LAB));
    let events = bench.refresh(vec![]).await;
    assert_eq!(events.iter().take(2).map(kind).collect::<Vec<_>>(), ["started", "started"]);
    let loaded: Vec<_> = events.iter().filter(|e| kind(e) == "loaded").collect();
    assert!(matches!(loaded[..], [RefreshEvent::Loaded { rows }] if rows.connection == offices.id));
    let failed: Vec<_> = events.iter().filter(|e| kind(e) == "failed").collect();
    let [RefreshEvent::Failed { connection, error }] = failed[..] else { panic!("{failed:?}") };
    assert_eq!(connection, &lab.id);
    assert_eq!(error.place.as_deref(), Some("Halden Lab, Staging, listing webhooks"));
    let after = bench.workbench.last_seen().unwrap().into_iter().find(|s| s.connection == lab.id).unwrap();
    assert_eq!((after.rows, after.read_at_ms), (before.rows, before.read_at_ms));
}

#[tokio::test]
async fn an_organisation_that_hangs_keeps_nobody_waiting_and_can_be_stopped() {
    let bench = Bench::start().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    bench.sandbox.faults().push(Trouble::new("webhooks", FaultAction::Hang).for_organisation(LAB));
    let request = RefreshRequest { operation: OperationId::random(), connections: vec![] };
    let events = Mutex::new(Vec::new());
    let say = |event: RefreshEvent| {
        if kind(&event) == "loaded" {
            bench.workbench.cancel(&request.operation);
        }
        events.lock().unwrap().push(event);
    };
    let refresh = bench.workbench.refresh(&request, &say);
    tokio::time::timeout(Duration::from_secs(20), refresh).await.expect("it waits for the other").unwrap();
    let events = events.into_inner().unwrap();
    assert!(matches!(&events[2], RefreshEvent::Loaded { rows } if rows.connection == offices.id));
    assert!(
        matches!(&events[3], RefreshEvent::Failed { connection, error } if connection == &lab.id && error.fault == Fault::Cancelled)
    );
}

#[tokio::test]
async fn only_the_connections_asked_for_are_read() {
    let bench = Bench::start().await;
    let (_, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let events = bench.refresh(vec![lab.id.clone()]).await;
    assert_eq!(events.len(), 2);
    assert!(matches!(&events[1], RefreshEvent::Loaded { rows } if rows.connection == lab.id));
}

#[tokio::test]
async fn a_read_that_began_before_a_write_does_not_take_the_new_row_away() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let plan = bench.plan_create(&connection, new_webhook("Brand new")).await;
    let asked = bench.sandbox.log().count("webhooks");
    let late = FaultAction::Delay { millis: 1500 };
    bench.sandbox.faults().push(Trouble::new("webhooks", late).after_effect());
    let write = async {
        bench.until_asked("webhooks", asked + 1).await;
        bench.apply(&plan).await
    };
    let (events, outcomes) = tokio::join!(bench.refresh(vec![]), write);
    assert_eq!(crate::common::kinds(&outcomes), ["done"]);
    let RefreshEvent::Loaded { rows } = &events[1] else { panic!("{events:?}") };
    assert!(rows.rows.iter().any(|row| row.title == "Brand new"));
    assert_eq!(bench.workbench.last_seen().unwrap()[0].rows.len(), 10);
}

#[tokio::test]
async fn a_connection_removed_while_it_is_read_is_simply_gone() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let late = FaultAction::Delay { millis: 300 };
    bench.sandbox.faults().push(Trouble::new("webhooks", late).after_effect());
    let remove = async {
        bench.until_asked("webhooks", 1).await;
        bench.workbench.remove_connection(&connection.id).await.unwrap();
    };
    let (events, ()) = tokio::join!(bench.refresh(vec![]), remove);
    assert!(
        matches!(&events[1], RefreshEvent::Failed { error, .. } if error.fault == Fault::NotFound),
        "{events:?}"
    );
    assert!(bench.workbench.last_seen().unwrap().is_empty());
}

#[tokio::test]
async fn a_secret_is_shown_when_asked_for_and_never_by_opening() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let stored = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap();
    let value = stored.endpoint_config.api_key.unwrap().value;
    let opened = serde_json::to_string(&bench.open(&pick).await).unwrap();
    assert!(opened.contains("auth.api_key.value") && !opened.contains(&value));
    let reveal = |path: &str| RevealRequest { webhook: pick.clone(), path: FieldPath::from(path) };
    assert_eq!(bench.workbench.reveal(&reveal("auth.api_key.value")).await.unwrap(), value);
    let error = bench.workbench.reveal(&reveal("auth.basic.password")).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
}

#[tokio::test]
async fn a_webhook_deleted_meanwhile_is_not_found() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    bench.butlr(OFFICES).delete_webhook(pick.id.as_str()).unwrap();
    let error = bench.workbench.open_webhook(&OpenRequest { webhook: pick, fresh: true }).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
}
