//! Adding, editing, trying and removing connections.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{Bench, LAB, OFFICES, keep, replace, text, until};
use crate::common::{ROOMS, draft};
use tacklebox_model::{AppError, ConnectionInput, Environment, Fault, OperationId, VaultStatus};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_vault::VaultError;
use tacklebox_workbench::BuiltInOrganisation;
use tacklebox_workbench::view::{EditConnectionRequest, TestConnectionRequest};

fn paths(error: &AppError) -> Vec<&str> {
    let Fault::Validation { fields } = &error.fault else { panic!("not a validation error: {error:?}") };
    fields.iter().map(|field| field.path.as_str()).collect()
}

fn with_secret(input: ConnectionInput, change: tacklebox_model::SecretChange) -> ConnectionInput {
    ConnectionInput { secret_credentials: [("client_secret".to_owned(), change)].into(), ..input }
}

#[tokio::test]
async fn everything_wrong_with_an_input_is_said_at_once_by_path() {
    let bench = Bench::start().await;
    let input = ConnectionInput {
        label: "  ".into(),
        base_url: "http://butlr.example".into(),
        public_credentials: [("client_id".to_owned(), " ".to_owned())].into(),
        ..with_secret(bench.input(OFFICES), replace(" \n"))
    };
    let error = bench.workbench.add_connection(&input).await.unwrap_err();
    assert_eq!(paths(&error), ["label", "credentials.client_id", "credentials.client_secret", "base_url"]);
    let kept_nothing = with_secret(bench.input(OFFICES), keep());
    let error = bench.workbench.add_connection(&kept_nothing).await.unwrap_err();
    assert_eq!(paths(&error), ["credentials.client_secret"]);
    assert!(bench.store().connections().unwrap().is_empty() && bench.keyring.values().is_empty());
}

#[tokio::test]
async fn a_secret_goes_to_the_vault_alone_and_without_the_white_space_around_it() {
    let bench = Bench::start().await;
    let mut input = with_secret(bench.input(OFFICES), replace(" a-secret-worth-hiding\n"));
    input.public_credentials.insert("something_else".into(), "a-secret-worth-hiding".into());
    let connection = bench.workbench.add_connection(&input).await.unwrap();
    let key = format!("connection/{}/client_secret", connection.id);
    assert_eq!(bench.keyring.values(), [(key, "a-secret-worth-hiding".to_owned())].into());
    for file in std::fs::read_dir(bench.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("a-secret-worth-hiding"));
    }
}

#[tokio::test]
async fn nothing_is_kept_when_the_vault_refuses_the_secret() {
    let bench = Bench::start().await;
    let long = "x".repeat(tacklebox_vault::VALUE_LIMIT_BYTES + 1);
    let error =
        bench.workbench.add_connection(&with_secret(bench.input(OFFICES), replace(&long))).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Vault { .. }));
    assert!(bench.store().connections().unwrap().is_empty() && bench.keyring.values().is_empty());
}

#[tokio::test]
async fn nothing_is_kept_when_the_database_fails() {
    let bench = Bench::start().await;
    bench.break_database("INSERT ON connections");
    let error = bench.workbench.add_connection(&bench.input(OFFICES)).await.unwrap_err();
    assert_eq!(error.fault, Fault::Store);
    assert!(bench.keyring.values().is_empty());
}

#[tokio::test]
async fn an_edit_keeps_the_secret_and_takes_effect_at_once() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.refresh(vec![]).await;
    let input = ConnectionInput { label: "Renamed".into(), ..with_secret(bench.input(OFFICES), keep()) };
    let request = EditConnectionRequest { connection: connection.id.clone(), input };
    let edited = bench.workbench.edit_connection(&request).await.unwrap();
    assert_eq!((edited.id, edited.label.as_str()), (connection.id, "Renamed"));
    let events = serde_json::to_value(bench.refresh(vec![]).await).unwrap();
    assert_eq!(events[1]["type"], "loaded");
}

#[tokio::test]
async fn another_address_needs_the_secret_again_and_gets_none_that_was_meant_for_the_old() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let moved = ConnectionInput { base_url: "http://127.0.0.1:9/elsewhere".into(), ..bench.input(OFFICES) };
    let edit = |input| EditConnectionRequest { connection: connection.id.clone(), input };
    let kept = edit(with_secret(moved.clone(), keep()));
    assert_eq!(
        paths(&bench.workbench.edit_connection(&kept).await.unwrap_err()),
        ["credentials.client_secret"]
    );
    let request = TestConnectionRequest {
        operation: OperationId::random(),
        connection: Some(connection.id.clone()),
        input: with_secret(moved.clone(), keep()),
    };
    assert!(bench.workbench.test_connection(&request, &|_| {}).await.is_err());

    let long = "x".repeat(tacklebox_vault::VALUE_LIMIT_BYTES + 1);
    let refused = edit(with_secret(moved.clone(), replace(&long)));
    let before = bench.keyring.values();
    assert!(bench.workbench.edit_connection(&refused).await.is_err());
    assert_eq!(bench.keyring.values(), before, "the old secret is back");
    assert_eq!(bench.store().connections().unwrap(), std::slice::from_ref(&connection));

    bench.workbench.edit_connection(&edit(with_secret(moved, replace("another")))).await.unwrap();
    assert_eq!(bench.keyring.values().into_values().collect::<Vec<_>>(), ["another"]);
}

#[tokio::test]
async fn a_part_of_the_credential_that_the_address_is_built_from_needs_the_secret_again() {
    let bench = Bench::start().await;
    let at = |slug: &str| {
        let mut input = ConnectionInput { base_url: String::new(), ..bench.input("kestrel-rentals") };
        input.public_credentials.insert("slug".into(), slug.to_owned());
        input
    };
    let kept = |slug| {
        let mut input = at(slug);
        input.secret_credentials.insert("access_token".into(), keep());
        input
    };
    let connection = bench.workbench.add_connection(&at("kestrel-rentals")).await.unwrap();
    let edit = |input| EditConnectionRequest { connection: connection.id.clone(), input };
    let refused = bench.workbench.edit_connection(&edit(kept("another"))).await.unwrap_err();
    assert_eq!(paths(&refused), ["credentials.access_token"]);
    assert_eq!(bench.store().connections().unwrap(), std::slice::from_ref(&connection));
    // The same place in other words.
    bench.workbench.edit_connection(&edit(kept("https://Kestrel-Rentals.booqable.com/"))).await.unwrap();
    bench.workbench.edit_connection(&edit(at("another"))).await.unwrap();
}

#[tokio::test]
async fn removing_a_connection_removes_its_secrets_and_those_of_its_journal() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let other = bench.connect(LAB).await;
    let plan =
        bench.plan_edit(&bench.pick(&connection, OFFICES, ROOMS), draft([("name", text("Other"))])).await;
    bench.apply(&plan).await;
    assert_eq!(bench.keyring.of_journal().len(), 1);
    bench.workbench.remove_connection(&connection.id).await.unwrap();
    assert_eq!(
        bench.keyring.values().into_keys().collect::<Vec<_>>(),
        [format!("connection/{}/client_secret", other.id)]
    );
    assert_eq!(bench.journal().len(), 1, "the record stays");
    assert_eq!(bench.journal()[0].revert_secrets, tacklebox_model::RevertSecrets::Expired);
}

#[tokio::test]
async fn secrets_a_keyring_out_of_reach_still_has_are_removed_at_a_later_start() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.keyring.fail(Some(VaultError::Locked));
    bench.workbench.remove_connection(&connection.id).await.unwrap();
    bench.reopen().await;
    bench.keyring.fail(None);
    assert_eq!(bench.keyring.values().len(), 1);
    bench.reopen().await;
    assert!(bench.keyring.values().is_empty());
}

#[tokio::test]
async fn without_a_keyring_a_connection_works_for_the_session_and_the_status_says_so() {
    let mut bench = Bench::start().await;
    bench.keyring.fail(Some(VaultError::NoBus));
    bench.reopen().await;
    bench.connect(OFFICES).await;
    let events = serde_json::to_value(bench.refresh(vec![]).await).unwrap();
    assert_eq!(events[1]["type"], "loaded");
    assert!(matches!(bench.workbench.vault_status(), VaultStatus::SessionOnly { held: 1, .. }));
    bench.keyring.fail(None);
    assert!(matches!(bench.workbench.recheck_vault().await, VaultStatus::Keyring { .. }));
    assert_eq!(bench.keyring.values().len(), 1);
}

#[tokio::test]
async fn a_test_says_each_finding_as_it_comes() {
    let bench = Bench::start().await;
    let said = Mutex::new(Vec::new());
    let request = TestConnectionRequest {
        operation: OperationId::random(),
        connection: None,
        input: bench.input(OFFICES),
    };
    let report = bench.workbench.test_connection(&request, &|f| said.lock().unwrap().push(f)).await.unwrap();
    assert_eq!((report.webhook_count, &report.findings), (Some(9), &said.into_inner().unwrap()));
    assert!(bench.store().connections().unwrap().is_empty() && bench.keyring.values().is_empty());
}

#[tokio::test]
async fn a_test_can_be_stopped() {
    let bench = Bench::start().await;
    bench.sandbox.faults().push(Trouble::new("__type", FaultAction::Hang));
    let request = TestConnectionRequest {
        operation: OperationId::random(),
        connection: None,
        input: bench.input(OFFICES),
    };
    let said = AtomicUsize::new(0);
    let say = |_| {
        said.fetch_add(1, Ordering::SeqCst);
    };
    let stop = async {
        until(|| bench.sandbox.faults().pending().is_empty()).await;
        bench.workbench.cancel(&request.operation);
    };
    let (outcome, ()) = tokio::join!(bench.workbench.test_connection(&request, &say), stop);
    assert_eq!(outcome.unwrap_err().fault, Fault::Cancelled);
    assert_eq!(said.load(Ordering::SeqCst), 1, "only the sign-in was found");
}

#[tokio::test]
async fn the_sandboxes_secrets_never_touch_the_keyring() {
    let bench = Bench::start().await;
    let organisations = bench.sandbox.organisations().into_iter().map(|o| BuiltInOrganisation {
        key: o.key,
        provider: tacklebox_model::ProviderId::new(o.provider),
        label: o.label,
        base_url: o.base_url,
        credentials: o.credential.into_iter().collect(),
    });
    let organisations: Vec<_> = organisations.collect();
    let connections = bench.workbench.attach_sandbox(&organisations).await.unwrap();
    assert!(connections.iter().all(|c| c.built_in && c.environment == Environment::Sandbox));
    let plan =
        bench.plan_edit(&bench.pick(&connections[0], OFFICES, ROOMS), draft([("name", text("Other"))])).await;
    assert_eq!(crate::common::kinds(&bench.apply(&plan).await), ["done"]);
    assert!(bench.keyring.values().is_empty());
    assert_eq!(bench.journal()[0].revert_secrets, tacklebox_model::RevertSecrets::Session);
    assert!(bench.workbench.remove_sandbox().await.unwrap().is_empty());
}
