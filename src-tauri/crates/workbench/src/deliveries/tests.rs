use super::*;
use crate::testing::{Desk, webhook};
use crate::view::EditConnectionRequest;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tacklebox_model::{
    CredentialFacts, DeliveryQuery, DeliveryStatus, JournalAction, JournalEntry, OperationId, SecretChange,
    Shown, WebhookPick,
};

fn request(connection: &Connection, deliveries: &[&str]) -> ReplayRequest {
    ReplayRequest {
        webhook: WebhookPick { connection: connection.id.clone(), id: "w".into() },
        deliveries: deliveries.iter().map(|id| DeliveryId::from(*id)).collect(),
        reapply: false,
        operation: OperationId::random(),
    }
}

fn ids(deliveries: &[DeliveryId]) -> Vec<&str> {
    deliveries.iter().map(DeliveryId::as_str).collect()
}

fn failed(fault: Fault, uncertain: bool) -> Result<Vec<DeliveryId>, WriteError> {
    Err(WriteError { error: AppError::new(fault, "Vendor said no."), uncertain })
}

impl Desk {
    async fn replay(&self, connection: &Connection, deliveries: &[&str]) -> ReplayReport {
        self.workbench.replay(&request(connection, deliveries), &|_| {}).await.unwrap()
    }

    /// Oldest first.
    fn journal(&self) -> Vec<JournalEntry> {
        self.store().journal(100).unwrap().into_iter().rev().collect()
    }

    fn at_replay(&self, hook: impl Fn() + Send + Sync + 'static) {
        *self.script.at_replay.lock().unwrap() = Some(Box::new(hook));
    }
}

/// The deliveries an entry speaks of, by what became of them.
fn listed(entry: &JournalEntry) -> Vec<(&str, Vec<String>)> {
    let list = |shown: &Shown| {
        let Shown::List { items } = shown else { panic!("{shown:?}") };
        items.clone()
    };
    entry.changes.iter().map(|change| (change.path.as_str(), list(&change.after))).collect()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn the_log_and_one_delivery_are_the_vendors() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let webhook = request(&connection, &[]).webhook;
    let query = DeliveryQuery { status: Some(DeliveryStatus::Failed), ..DeliveryQuery::default() };
    let list = DeliveriesRequest { webhook: webhook.clone(), query, operation: OperationId::random() };
    let page = desk.workbench.deliveries(&list).await.unwrap();
    assert_eq!((page.deliveries[0].id.as_str(), page.next.as_deref()), ("d1", Some("more")));
    let open = DeliveryRequest { webhook, delivery: "d7".into() };
    assert_eq!(desk.workbench.delivery(&open).await.unwrap().delivery.id.as_str(), "d7");
    assert_eq!(desk.script.asked(), ["deliveries w Some(Failed)", "delivery w d7"]);
}

#[tokio::test]
async fn a_page_that_does_not_come_can_be_stopped() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    *desk.script.hangs.lock().unwrap() = true;
    let operation = OperationId::random();
    let webhook = request(&connection, &[]).webhook;
    let list = DeliveriesRequest { webhook, query: DeliveryQuery::default(), operation: operation.clone() };
    let stop = async {
        while desk.script.asked().is_empty() {
            tokio::task::yield_now().await;
        }
        desk.workbench.cancel(&operation);
    };
    let (page, ()) = tokio::join!(desk.workbench.deliveries(&list), stop);
    assert_eq!(page.unwrap_err().fault, Fault::Cancelled);
}

#[tokio::test]
async fn deliveries_go_out_in_the_vendors_portions_each_journalled_and_said() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.store().put_seen_webhook(&webhook(&connection, "w", "Orders to ERP")).unwrap();
    let said = Mutex::new(Vec::new());
    let say = |progress: ReplayProgress| said.lock().unwrap().push((progress.done, progress.total));
    let again = request(&connection, &["a", "b", "c", "b", "d", "e"]);
    let report = desk.workbench.replay(&again, &say).await.unwrap();
    assert_eq!(ids(&report.replayed), ["a", "b", "c", "d", "e"], "one named twice goes once");
    assert!(report.failed.is_empty() && report.not_attempted.is_empty());
    assert_eq!(desk.script.asked(), ["replay w a+b false", "replay w c+d false", "replay w e false"]);
    assert_eq!(*said.lock().unwrap(), [(2, 5), (4, 5), (5, 5)]);
    let journal = desk.journal();
    let lists: Vec<_> = journal.iter().flat_map(listed).map(|(_, ids)| ids.join("+")).collect();
    assert_eq!(lists, ["a+b", "c+d", "e"]);
    for entry in &journal {
        assert_eq!((entry.action, entry.title.as_str()), (JournalAction::Replay, "Orders to ERP"));
        assert_eq!(entry.outcome, JournalOutcome::Done { recovered: false });
        assert!(entry.finished_ms.is_some() && entry.webhook == Some("w".into()));
    }
}

#[tokio::test]
async fn an_entry_is_on_the_disk_before_its_request_is_sent() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let path = desk.folder.path().join("tacklebox.db");
    let seen = std::sync::Arc::new(Mutex::new(Vec::new()));
    let pending = seen.clone();
    desk.at_replay(move || {
        let store = tacklebox_store::Store::open(&path).unwrap();
        pending.lock().unwrap().extend(store.pending_journal().unwrap());
    });
    desk.replay(&connection, &["a"]).await;
    let seen = seen.lock().unwrap();
    assert_eq!((seen.len(), seen[0].title.as_str()), (1, "w"), "its id, as nobody has listed it");
    assert_eq!(listed(&seen[0]), [("deliveries", strings(&["a"]))]);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent_again() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.break_database("INSERT ON journal");
    let report = desk.replay(&connection, &["a", "b", "c"]).await;
    assert_eq!((report.failed.len(), report.failed[0].error.fault.clone()), (2, Fault::Store));
    assert_eq!(desk.script.asked(), [""; 0]);
}

#[tokio::test]
async fn what_the_vendor_leaves_out_is_not_said_to_be_sent() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.script.answer(Ok(vec!["b".into(), "stranger".into()]));
    desk.script.answer(Ok(vec![]));
    let report = desk.replay(&connection, &["a", "b", "c"]).await;
    assert_eq!(ids(&report.replayed), ["b"]);
    let left: Vec<_> = report.failed.iter().map(|failure| ids(&failure.deliveries)).collect();
    assert_eq!(left, [["a"], ["c"]]);
    assert!(report.failed[0].error.place.as_deref().unwrap().starts_with("Halden"));
    let journal = desk.journal();
    assert_eq!(listed(&journal[0]), [("deliveries", strings(&["b"])), ("deliveries_left", strings(&["a"]))]);
    assert_eq!(journal[0].outcome, JournalOutcome::Done { recovered: false });
    assert!(matches!(&journal[1].outcome, JournalOutcome::Failed { message } if message.contains("Vendor")));
}

#[tokio::test]
async fn a_portion_that_fails_does_not_stop_the_next_and_what_is_not_known_is_said() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.script.answer(failed(Fault::NotFound, false));
    desk.script.answer(failed(Fault::NoAnswer { maybe_done: true }, true));
    let report = desk.replay(&connection, &["a", "b", "c", "d", "e"]).await;
    assert_eq!(ids(&report.replayed), ["e"]);
    let [no, unknown] = &report.failed[..] else { panic!("{report:?}") };
    assert_eq!((ids(&no.deliveries), ids(&unknown.deliveries)), (vec!["a", "b"], vec!["c", "d"]));
    assert_eq!(no.error.message, "Vendor said no.");
    assert!(unknown.error.message.contains("not known whether"));
    let outcomes: Vec<_> = desk.journal().into_iter().map(|entry| entry.outcome).collect();
    assert!(matches!(
        &outcomes[..],
        [JournalOutcome::Failed { .. }, JournalOutcome::Uncertain { .. }, JournalOutcome::Done { .. }]
    ));
}

#[tokio::test]
async fn a_used_up_allowance_leaves_the_rest_unattempted() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.script.answer(Ok(vec!["a".into(), "b".into()]));
    desk.script.answer(failed(Fault::RateLimited { retry_after_ms: Some(30_000) }, false));
    let report = desk.replay(&connection, &["a", "b", "c", "d", "e", "f"]).await;
    assert_eq!((ids(&report.replayed), ids(&report.failed[0].deliveries)), (vec!["a", "b"], vec!["c", "d"]));
    assert_eq!(ids(&report.not_attempted), ["e", "f"]);
    assert_eq!((desk.script.asked().len(), desk.journal().len()), (2, 2));
}

#[tokio::test]
async fn stopping_lets_the_portion_under_way_finish() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let again = request(&connection, &["a", "b", "c", "d"]);
    let (workbench, operation) = (desk.workbench.clone(), again.operation.clone());
    desk.at_replay(move || workbench.cancel(&operation));
    let report = desk.workbench.replay(&again, &|_| {}).await.unwrap();
    assert_eq!((ids(&report.replayed), ids(&report.not_attempted)), (vec!["a", "b"], vec!["c", "d"]));
    assert_eq!(desk.journal()[0].outcome, JournalOutcome::Done { recovered: false });
    *desk.script.at_replay.lock().unwrap() = None;
}

#[tokio::test]
async fn nothing_goes_to_an_organisation_that_is_read_only_or_cannot() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let anew = ReplayRequest { reapply: true, ..request(&connection, &["a"]) };
    let refusal = async |request: &ReplayRequest| desk.workbench.replay(request, &|_| {}).await.unwrap_err();

    desk.script.log.lock().unwrap().as_mut().unwrap().reapply = false;
    assert_eq!(refusal(&anew).await.message, "Vendor has no way to make a delivery anew.");
    desk.script.log.lock().unwrap().as_mut().unwrap().replay_at_once = None;
    assert_eq!(refusal(&request(&connection, &["a"])).await.message, "Vendor has no way to send again.");
    *desk.script.log.lock().unwrap() = None;
    assert_eq!(refusal(&anew).await.message, "Vendor has no log of deliveries.");

    let keep = |key: &str| (key.to_owned(), SecretChange::Keep);
    let mut input = crate::testing::input("", "");
    input.secret_credentials = [keep("token"), keep("pin")].into();
    input.read_only = true;
    let edit = EditConnectionRequest { connection: connection.id.clone(), input };
    desk.workbench.edit_connection(&edit).await.unwrap();
    let error = refusal(&anew).await;
    assert_eq!((error.fault, error.message.as_str()), (Fault::ReadOnly, "Halden is set to read-only."));
    let reader = Connection {
        facts: CredentialFacts { read_only: true, ..CredentialFacts::default() },
        ..connection.clone()
    };
    desk.store().put_connection(&reader).unwrap();
    assert!(refusal(&anew).await.message.contains("token that may only read"));
    desk.workbench.remove_connection(&connection.id).await.unwrap();
    assert_eq!(refusal(&anew).await.fault, Fault::NotFound);
    assert_eq!((desk.script.asked().len(), desk.journal().len()), (0, 0));
}

#[tokio::test]
async fn one_writer_at_a_time_and_closing_waits_for_it() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let turn = desk.workbench.turns.of(&connection.id);
    let other_writer = turn.writing.lock().await;
    let ended = AtomicBool::new(false);
    let replay = async {
        desk.replay(&connection, &["a"]).await;
        ended.store(true, Ordering::SeqCst);
    };
    let watch = async {
        // The replay has begun and waits for its turn.
        while desk.workbench.writing.try_write().is_ok() {
            tokio::task::yield_now().await;
        }
        assert_eq!(desk.script.asked(), [""; 0]);
        drop(other_writer);
        desk.workbench.finish_writes().await;
        assert_eq!(desk.journal()[0].outcome, JournalOutcome::Done { recovered: false });
    };
    tokio::join!(replay, watch);
    assert!(ended.into_inner());
}

#[tokio::test]
async fn a_replay_stopped_while_it_waits_for_its_turn_sends_nothing() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let turn = desk.workbench.turns.of(&connection.id);
    let _other_writer = turn.writing.lock().await;
    let again = request(&connection, &["a", "b"]);
    let stop = async {
        while desk.workbench.writing.try_write().is_ok() {
            tokio::task::yield_now().await;
        }
        desk.workbench.cancel(&again.operation);
    };
    let (report, ()) = tokio::join!(desk.workbench.replay(&again, &|_| {}), stop);
    assert_eq!(ids(&report.unwrap().not_attempted), ["a", "b"]);
    assert_eq!(desk.script.asked(), [""; 0]);
}
