//! Removing a connection that is being written to.

use crate::common::{Bench, OFFICES, ROOMS, draft, kinds, text};
use tacklebox_model::{Fault, ItemOutcome, JournalOutcome};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};

#[tokio::test]
async fn a_removal_waits_for_the_write_under_way_and_leaves_no_secret_behind() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let under_way = bench.plan_edit(&pick, draft([("name", text("One"))])).await;
    let later = bench.plan_delete(vec![bench.pick(&connection, OFFICES, "Old proof of concept")]).await;
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::Delay { millis: 300 }));
    let remove = async {
        bench.until_asked("updateWebhooks", 1).await;
        bench.workbench.remove_connection(&connection.id).await.unwrap();
        bench.journal().remove(0).outcome
    };
    let (outcomes, recorded) = tokio::join!(bench.apply(&under_way), remove);
    assert_eq!(kinds(&outcomes), ["done"]);
    assert_eq!(
        recorded,
        JournalOutcome::Done { recovered: false },
        "the write had ended when the removal had"
    );
    assert!(bench.keyring.values().is_empty(), "{:?}", bench.keyring.values().keys());
    let outcomes = bench.apply(&later).await;
    assert!(matches!(&outcomes[..], [ItemOutcome::Failed { error }] if error.fault == Fault::NotFound));
    assert_eq!(bench.sandbox.log().count("deleteWebhooks"), 0);
}
