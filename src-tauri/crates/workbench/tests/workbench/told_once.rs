//! Secrets that a vendor tells once: kept before success is said, and honestly lost with a lost answer.

use std::sync::Mutex;

use crate::common::{Bench, OFFICES, kinds, new_webhook};
use crate::vendor::{SIGNING, TOLD};
use tacklebox_model::{ApplyEvent, ItemOutcome, JournalOutcome, KeptWhere, WebhookPick};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};

fn told(bench: &Bench) -> Vec<String> {
    bench.keyring.values().into_values().filter(|value| value.starts_with(TOLD)).collect()
}

#[tokio::test]
async fn a_secret_told_once_is_in_the_keyring_before_success_is_said() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("Signed")).await;
    let kept_when_said = Mutex::new(0);
    let say = |event| {
        if matches!(event, ApplyEvent::Finished { .. }) {
            *kept_when_said.lock().unwrap() = told(&bench).len();
        }
    };
    let outcomes = bench.apply_saying(&view, &say).await;
    let [ItemOutcome::Done { row: Some(row), secrets, incomplete: None, .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(*kept_when_said.lock().unwrap(), 1);
    let [secret] = &secrets[..] else { panic!("{secrets:?}") };
    let pick = WebhookPick { connection: connection.id, id: row.id.clone() };
    assert_eq!((&secret.webhook, secret.path.as_str(), &secret.kept), (&pick, SIGNING, &KeptWhere::Keyring));
    assert_eq!(told(&bench), [format!("{TOLD}{}", row.id)]);
    let crossed =
        serde_json::to_string(&outcomes).unwrap() + &serde_json::to_string(&bench.journal()).unwrap();
    assert!(!crossed.contains(TOLD), "{crossed}");
}

#[tokio::test]
async fn a_secret_is_kept_although_the_record_of_its_write_cannot_be_completed() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("Signed")).await;
    bench.break_database("UPDATE OF finished_ms ON journal WHEN NEW.outcome = 'done'");
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    assert_eq!(told(&bench).len(), 1);
}

#[tokio::test]
async fn a_create_that_was_found_again_has_lost_its_secret_and_says_what_to_do() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, new_webhook("Signed")).await;
    bench.sandbox.faults().push(Trouble::new("createWebhooks", FaultAction::Drop).after_effect());
    let outcomes = bench.apply(&view).await;
    let [ItemOutcome::Done { recovered: true, incomplete: Some(error), secrets, .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(secrets.is_empty() && told(&bench).is_empty());
    assert!(error.message.starts_with("The signing secret was in the answer"), "{}", error.message);
    assert!(error.advice.as_deref().unwrap().contains("delete it and create it again"));
    assert_eq!(bench.journal()[0].outcome, JournalOutcome::Done { recovered: true });
}

#[tokio::test]
async fn a_deleted_webhook_leaves_no_kept_secret_behind() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    for lost in [false, true] {
        let outcomes = bench.apply(&bench.plan_create(&connection, new_webhook("Signed")).await).await;
        assert_eq!((kinds(&outcomes), told(&bench).len()), (vec!["done".to_owned()], 1));
        if lost {
            bench.sandbox.faults().push(Trouble::new("deleteWebhooks", FaultAction::Drop).after_effect());
        }
        let pick = bench.pick(&connection, OFFICES, "Signed");
        assert_eq!(kinds(&bench.apply(&bench.plan_delete(vec![pick.clone()]).await).await), ["done"]);
        assert!(told(&bench).is_empty());
        assert!(bench.workbench.kept_secrets(&pick).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_webhook_that_somebody_else_deleted_leaves_no_kept_secret_behind_either() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    bench.apply(&bench.plan_create(&connection, new_webhook("Signed")).await).await;
    let pick = bench.pick(&connection, OFFICES, "Signed");
    let view = bench.plan_delete(vec![pick.clone()]).await;
    bench.butlr(OFFICES).delete_webhook(pick.id.as_str()).unwrap();
    assert_eq!((kinds(&bench.apply(&view).await), told(&bench)), (vec!["notAttempted".to_owned()], vec![]));
    assert!(bench.workbench.kept_secrets(&pick).await.unwrap().is_empty());
}
