//! What a credential says of itself, and removing what nobody knows any more.

use crate::testing::{Desk, input};
use crate::view::{EditConnectionRequest, RefreshRequest, ReplayRequest};
use crate::{BuiltInOrganisation, failure};
use secrecy::ExposeSecret;
use tacklebox_model::{ConnectionInput, CredentialFacts, Fault, OperationId, SecretChange, WebhookPick};
use tacklebox_vault::{Vault, VaultKey};

fn named(name: &str) -> CredentialFacts {
    CredentialFacts { name: Some(name.into()), expires_at_ms: Some(9), ..CredentialFacts::default() }
}

fn keep(input: ConnectionInput, keys: &[&str]) -> ConnectionInput {
    let mut input = input;
    for key in keys {
        input.secret_credentials.insert((*key).to_owned(), SecretChange::Keep);
    }
    input
}

#[tokio::test]
async fn what_a_credential_says_is_stored_when_it_is_entered_and_kept_with_it() {
    let desk = Desk::new().await;
    *desk.script.facts.lock().unwrap() = named("first");
    let connection = desk.connect().await;
    assert_eq!(connection.facts, named("first"));
    *desk.script.facts.lock().unwrap() = named("second");
    let edit = |input| EditConnectionRequest { connection: connection.id.clone(), input };

    let kept = edit(keep(input("", ""), &["token", "pin"]));
    assert_eq!(desk.workbench.edit_connection(&kept).await.unwrap().facts, named("first"));
    assert_eq!(desk.script.credentials.lock().unwrap().len(), 1);

    let replaced = edit(keep(input("another", ""), &["pin"]));
    assert_eq!(desk.workbench.edit_connection(&replaced).await.unwrap().facts, named("second"));
    let whole = [("token".to_owned(), "another".to_owned()), ("pin".to_owned(), "1234".to_owned())].into();
    assert_eq!(desk.script.credentials.lock().unwrap()[1], whole, "with the part that was kept");
    assert_eq!(desk.store().connections().unwrap()[0].facts, named("second"));
}

#[tokio::test]
async fn a_credential_that_may_only_read_makes_its_connection_read_only_in_its_own_words() {
    let desk = Desk::new().await;
    *desk.script.facts.lock().unwrap() = CredentialFacts { read_only: true, ..CredentialFacts::default() };
    let connection = desk.connect().await;
    assert!(connection.is_read_only() && !connection.read_only);
    let by_credential = failure::read_only(&connection).unwrap_err();
    let both = tacklebox_model::Connection { read_only: true, ..connection.clone() };
    let by_settings = failure::read_only(&both).unwrap_err();
    assert_eq!((&by_credential.fault, &by_settings.fault), (&Fault::ReadOnly, &Fault::ReadOnly));
    assert!(by_credential.message.contains("token") && by_settings.message.contains("set to read-only"));

    let webhook = WebhookPick { connection: connection.id.clone(), id: "w".into() };
    let request = ReplayRequest {
        webhook,
        deliveries: vec!["d1".into()],
        reapply: false,
        operation: OperationId::random(),
    };
    let refused = desk.workbench.replay(&request, &|_| {}).await.unwrap_err();
    assert_eq!(refused.message, by_credential.message);
}

#[tokio::test]
async fn a_sandboxes_credential_is_asked_too() {
    let desk = Desk::new().await;
    *desk.script.facts.lock().unwrap() = named("simulated");
    let organisation = BuiltInOrganisation {
        key: "a".into(),
        provider: "vendor".into(),
        label: "Simulated".into(),
        base_url: "http://127.0.0.1:9".into(),
        credentials: [("token".to_owned(), "sim".to_owned())].into(),
    };
    let connections = desk.workbench.attach_sandbox(&[organisation]).await.unwrap();
    assert_eq!(connections[0].facts, named("simulated"));
    assert_eq!(desk.script.credentials.lock().unwrap()[0]["token"], "sim");
}

#[tokio::test]
async fn a_connection_of_an_unknown_provider_goes_and_what_may_be_left_is_said() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.reopen_without_vendor().await;
    let error = desk.workbench.remove_connection(&connection.id).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Vault { .. }));
    assert!(error.message.starts_with("Halden was removed.") && error.message.contains("provider vendor"));
    let prefix = format!("connection/{}/", connection.id);
    assert!(error.advice.unwrap().contains(&prefix));
    assert!(desk.store().connections().unwrap().is_empty());
    let left = desk.keyring.values().into_keys().all(|key| key.starts_with(&prefix));
    assert!(left && desk.keyring.values().len() == 2, "as it was said");
}

#[tokio::test]
async fn removing_a_connection_of_a_known_provider_is_no_error_and_leaves_nothing() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let request = RefreshRequest { operation: OperationId::random(), connections: vec![] };
    desk.workbench.refresh(&request, &|_| {}).await.unwrap();
    let stored = desk.keyring.get(&VaultKey::connection(&connection.id, "token")).await.unwrap().unwrap();
    assert_eq!(stored.expose_secret(), "t0ken");
    desk.workbench.remove_connection(&connection.id).await.unwrap();
    assert!(desk.keyring.values().is_empty());
}
