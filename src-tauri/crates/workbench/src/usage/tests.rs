use super::*;
use crate::testing::{Desk, input};
use crate::view::{RefreshRequest, TestConnectionRequest};
use tacklebox_model::{Connection, OperationId};

async fn call(desk: &Desk, times: usize) {
    for _ in 0..times {
        let request = RefreshRequest { operation: OperationId::random(), connections: vec![] };
        desk.workbench.refresh(&request, &|_| {}).await.unwrap();
    }
}

fn calls(desk: &Desk, connection: &Connection) -> Option<u64> {
    desk.workbench.usage(&connection.id).unwrap().calls
}

#[tokio::test]
async fn calls_are_counted_for_the_month_and_reading_the_number_makes_none() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    assert_eq!(calls(&desk, &connection), Some(0));
    call(&desk, 19).await;
    assert_eq!(calls(&desk, &connection), Some(19));
    let usage = desk.workbench.usage(&connection.id).unwrap();
    assert_eq!(usage.month, month(now_ms()));
    assert_eq!(usage.allowance.unwrap().remaining, Some(49));
    assert_eq!(desk.script.asked().len(), 19);
    call(&desk, 3).await;
    desk.reopen().await;
    assert_eq!(calls(&desk, &connection), Some(22), "an ordinary end loses none");
}

#[tokio::test]
async fn a_few_calls_wait_in_memory_and_closing_the_window_writes_them_down() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let written = || desk.store().calls(&connection.id, &month(now_ms())).unwrap();
    call(&desk, 7).await;
    assert_eq!(written(), 0);
    call(&desk, 1).await;
    assert_eq!(written(), 8, "no more than these are lost in a crash");
    call(&desk, 2).await;
    desk.workbench.finish_writes().await;
    assert_eq!(written(), 10);
}

#[tokio::test]
async fn trying_a_stored_connection_counts_and_trying_a_new_one_does_not() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    for stored in [Some(connection.id.clone()), None] {
        let request = TestConnectionRequest {
            operation: OperationId::random(),
            connection: stored,
            input: input("other", "1"),
        };
        desk.workbench.test_connection(&request, &|_| {}).await.unwrap();
    }
    assert_eq!(desk.script.asked(), ["inspect", "inspect"]);
    assert_eq!(calls(&desk, &connection), Some(1));
}

#[tokio::test]
async fn no_number_is_given_where_calls_cost_nothing() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    *desk.script.metered.lock().unwrap() = false;
    call(&desk, 1).await;
    assert_eq!(calls(&desk, &connection), None);
}

#[tokio::test]
async fn a_database_that_fails_refuses_no_call_and_gets_the_number_later() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.break_database("INSERT ON calls");
    call(&desk, 9).await;
    assert_eq!(desk.script.asked().len(), 9);
    assert_eq!(calls(&desk, &connection), Some(9));
    desk.repair_database();
    call(&desk, 1).await;
    desk.workbench.finish_writes().await;
    assert_eq!(desk.store().calls(&connection.id, &month(now_ms())).unwrap(), 10);
}

#[test]
fn months_begin_at_midnight_in_utc() {
    let first = 1_796_083_200_000; // 2026-12-01T00:00:00Z
    assert_eq!((month(first - 1).as_str(), month(first).as_str()), ("2026-11", "2026-12"));
}

#[test]
fn calls_of_two_months_and_connections_stay_apart() {
    let calls = Arc::new(Calls::new(Arc::new(Store::in_memory().unwrap())));
    let [a, b] = ["a", "b"].map(ConnectionId::from);
    // Nothing is stored of a connection the database does not know.
    calls.count(&a, "2026-11".into());
    calls.count(&a, "2026-12".into());
    calls.count(&b, "2026-11".into());
    let waiting = calls.lock().counts.clone();
    let expected = [((a.clone(), "2026-11"), 1), ((a.clone(), "2026-12"), 1), ((b, "2026-11"), 1)];
    assert_eq!(waiting, expected.map(|((id, month), n)| ((id, month.to_owned()), n)).into());
    assert_eq!(calls.made(&a, "2026-11").unwrap(), 0);
    assert!(calls.lock().counts.is_empty());
}
