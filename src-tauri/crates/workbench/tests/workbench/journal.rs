//! The record of writes: on the disk before the request, truthful after, free of secrets, expiring.

use std::sync::Arc;

use crate::common::{Bench, OFFICES, ZONES, draft, kinds, text, url};
use tacklebox_model::{
    Connection, Fault, FieldPath, FieldValue, ItemOutcome, JournalAction, JournalEntry, JournalId,
    JournalOutcome, PairView, RevertSecrets, Secret, SecretState,
};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_vault::{Vault, VaultError, VaultKey};
use tacklebox_workbench::KEEP_REVERT_SECRETS_DAYS;

#[tokio::test]
async fn a_write_is_on_the_disk_before_its_request_arrives_and_completed_after() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    let view = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::Delay { millis: 300 }));
    let look = async {
        bench.until_asked("updateWebhooks", 1).await;
        (bench.store().pending_journal().unwrap(), bench.keyring.of_journal())
    };
    let (outcomes, (pending, secrets)) = tokio::join!(bench.apply(&view), look);
    assert_eq!(kinds(&outcomes), ["done"]);
    let stored = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap().endpoint_config;
    let [before] = &pending[..] else { panic!("{pending:?}") };
    assert_eq!((&before.outcome, before.finished_ms), (&JournalOutcome::Pending, None));
    assert_eq!((before.action, before.revert_secrets), (JournalAction::Update, RevertSecrets::Keyring));
    let kept = [
        (format!("journal/{}/auth.api_key.value", before.id), stored.api_key.unwrap().value),
        (format!("journal/{}/auth.basic.password", before.id), stored.basic_auth.unwrap().password),
    ];
    assert_eq!(secrets, kept.clone().into());

    let after = bench.journal().remove(0);
    assert_eq!(after.outcome, JournalOutcome::Done { recovered: false });
    assert!(after.finished_ms.unwrap() >= after.started_ms);
    let name =
        |fields: &Option<tacklebox_model::Fields>| fields.as_ref().unwrap()[&FieldPath::from("name")].clone();
    assert_eq!(name(&after.before), FieldValue::Text(ZONES.into()));
    assert_eq!(name(&after.after), FieldValue::Text("Mine".into()));
    assert!(after.changes.iter().any(|c| c.path.as_str() == "name" && c.changed));
    let text = serde_json::to_string(&after).unwrap();
    assert!(kept.iter().all(|(_, secret)| !text.contains(secret)));
}

#[tokio::test]
async fn a_delete_keeps_the_address_with_its_query_values_for_a_revert() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, "Detections to heatmap archive");
    let url = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap().endpoint_config.url;
    bench.apply(&bench.plan_delete(vec![pick]).await).await;
    let entry = bench.journal().remove(0);
    assert_eq!(bench.keyring.of_journal(), [(format!("journal/{}/url", entry.id), url.clone())].into());
    let token = url.split("token=").nth(1).unwrap();
    assert!(!serde_json::to_string(&entry).unwrap().contains(token));
    assert_eq!((entry.action, entry.after), (JournalAction::Delete, None));
}

#[tokio::test]
async fn a_create_needs_no_secrets_for_its_revert() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.apply(&bench.plan_create(&connection, crate::common::new_webhook("New")).await).await;
    let entry = bench.journal().remove(0);
    assert_eq!((entry.before.clone(), entry.revert_secrets), (None, RevertSecrets::None));
    assert_eq!(entry.webhook.unwrap().as_str(), bench.id(OFFICES, "New"));
    assert!(bench.keyring.of_journal().is_empty());
}

#[tokio::test]
async fn a_secret_that_cannot_be_kept_is_said_to_be_lost_and_one_without_a_keyring_lives_for_the_session() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    // Signed in before the keyring goes.
    bench.refresh(vec![]).await;
    bench.keyring.fail(Some(VaultError::Locked));
    bench.apply(&bench.plan_edit(&pick, draft([("name", text("One"))])).await).await;
    assert_eq!(bench.journal()[0].revert_secrets, RevertSecrets::Session);
    bench.keyring.fail(None);
    bench.workbench.recheck_vault().await;
    let long = "x".repeat(tacklebox_vault::VALUE_LIMIT_BYTES);
    let patch =
        serde_json::json!({ "endpoint_config": { "basic_auth": { "password": format!("{long}x") } } });
    bench.butlr(OFFICES).edit_webhook(pick.id.as_str(), patch).unwrap();
    bench.apply(&bench.plan_edit(&pick, draft([("name", text("Two"))])).await).await;
    assert_eq!(bench.journal()[0].revert_secrets, RevertSecrets::Lost);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    let edit = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    let delete = bench.plan_delete(vec![pick]).await;
    bench.break_database("INSERT ON journal");
    for view in [edit, delete] {
        let outcomes = bench.apply(&view).await;
        assert!(matches!(&outcomes[..], [ItemOutcome::Failed { error }] if error.fault == Fault::Store));
    }
    let log = bench.sandbox.log();
    assert_eq!((log.count("updateWebhooks"), log.count("deleteWebhooks")), (0, 0));
    assert!(bench.keyring.of_journal().is_empty(), "no secret without its entry");
}

#[tokio::test]
async fn a_write_whose_end_cannot_be_written_down_is_done_and_uncertain_in_the_record() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, crate::common::new_webhook("New")).await;
    bench.break_database("UPDATE OF finished_ms ON journal WHEN NEW.outcome = 'done'");
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    assert_eq!(bench.journal()[0].outcome, JournalOutcome::Pending);
    bench.reopen().await;
    assert!(matches!(bench.journal()[0].outcome, JournalOutcome::Uncertain { .. }));
}

#[tokio::test]
async fn a_write_that_the_end_of_the_program_cut_off_is_uncertain_at_the_next_start() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ZONES);
    let view = bench.plan_edit(&pick, draft([("url", url("https://other.example/x"))])).await;
    bench.sandbox.faults().push(Trouble::new("updateWebhooks", FaultAction::Hang).after_effect());
    let workbench = Arc::clone(&bench.workbench);
    let request = crate::common::request(&view);
    let apply = tokio::spawn(async move { workbench.apply(&request, &|_| {}).await });
    bench.until_asked("updateWebhooks", 1).await;
    apply.abort();
    assert!(apply.await.unwrap_err().is_cancelled());
    assert_eq!(bench.journal()[0].outcome, JournalOutcome::Pending);
    bench.reopen().await;
    assert!(matches!(bench.journal()[0].outcome, JournalOutcome::Uncertain { .. }));
    assert_eq!(bench.keyring.of_journal().len(), 2, "a revert may still be wanted");
}

#[tokio::test]
async fn secrets_of_old_entries_are_removed_as_soon_as_the_keyring_lets_them() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let day = 24 * 60 * 60 * 1000;
    let now = bench.refreshed_at().await;
    let old = old_entry(&connection, "old", now - (KEEP_REVERT_SECRETS_DAYS * day + day));
    let young = old_entry(&connection, "young", now - (KEEP_REVERT_SECRETS_DAYS * day - day));
    for entry in [&old, &young] {
        bench.store().begin_journal(entry).unwrap();
        for path in ["auth.api_key.value", "headers.x-key"] {
            let key = VaultKey::journal(&entry.id, path);
            bench.keyring.put(&key, &Secret::from("kept")).await.unwrap();
        }
    }
    bench.keyring.fail(Some(VaultError::Locked));
    bench.reopen().await;
    assert_eq!(bench.store().journal_entry(&old.id).unwrap().unwrap().revert_secrets, RevertSecrets::Keyring);
    bench.keyring.fail(None);
    bench.reopen().await;
    assert_eq!(
        bench.keyring.of_journal().into_keys().collect::<Vec<_>>(),
        ["journal/young/auth.api_key.value", "journal/young/headers.x-key"]
    );
    let secrets = |id| bench.store().journal_entry(id).unwrap().unwrap().revert_secrets;
    assert_eq!((secrets(&old.id), secrets(&young.id)), (RevertSecrets::Expired, RevertSecrets::Keyring));
}

impl Bench {
    /// Milliseconds since 1970, as the workbench has them.
    async fn refreshed_at(&self) -> i64 {
        self.refresh(vec![]).await;
        self.workbench.last_seen().unwrap()[0].read_at_ms.unwrap()
    }
}

/// Its value is in the vault, with the whole list under the field's path.
fn header() -> PairView {
    PairView { group: None, name: "x-key".into(), value: None, has_value: true, replaced: false }
}

fn old_entry(connection: &Connection, id: &str, started_ms: i64) -> JournalEntry {
    JournalEntry {
        id: JournalId::from(id),
        started_ms,
        finished_ms: Some(started_ms + 1),
        connection: connection.tag(),
        action: JournalAction::Delete,
        webhook: None,
        title: "Rooms".into(),
        before: Some(
            [
                (FieldPath::from("auth.api_key.value"), FieldValue::Secret(SecretState::STORED)),
                (FieldPath::from("headers"), FieldValue::Pairs(vec![header()])),
            ]
            .into(),
        ),
        after: None,
        changes: vec![],
        planned_on: None,
        revert_secrets: RevertSecrets::Keyring,
        outcome: JournalOutcome::Done { recovered: false },
    }
}
