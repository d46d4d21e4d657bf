//! The vault of the program: when values are in the keyring, when in memory, and what it says about that.

mod common;

use std::sync::Arc;

use common::{Fake, SHORT, key, read, secret};
use keyring_core::Error as CoreError;
use tacklebox_vault::{AdaptiveVault, InMemory, SessionVault, Vault, VaultError, VaultStatus};

async fn over(fake: &Fake) -> AdaptiveVault {
    AdaptiveVault::open(Arc::new(fake.vault()), "the keyring").await
}

fn in_keyring() -> VaultStatus {
    VaultStatus::Keyring { service_words: "the keyring".into() }
}

fn session_only(problem: VaultError, held: usize, removals: usize) -> VaultStatus {
    VaultStatus::SessionOnly { problem, held, removals }
}

#[tokio::test]
async fn while_the_keyring_works_nothing_stays_in_memory() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    vault.put(&key("a"), &secret("v")).await.unwrap();
    assert_eq!((vault.status(), fake.accounts().len()), (in_keyring(), 1));
    fake.fail(Some(VaultError::NoService));
    assert_eq!(read(&vault, &key("a")).await, Err(VaultError::NoService));
}

#[tokio::test]
async fn values_of_the_session_move_into_a_keyring_that_appears_and_are_forgotten() {
    let fake = Fake::new();
    fake.fail(Some(VaultError::NoBus));
    let vault = over(&fake).await;
    let mut changes = vault.watch();
    assert_eq!(vault.status(), session_only(VaultError::NoBus, 0, 0));
    vault.put(&key("a"), &secret("1")).await.unwrap();
    vault.put(&key("b"), &secret(&"2".repeat(4000))).await.unwrap();
    assert_eq!(*changes.borrow_and_update(), session_only(VaultError::NoBus, 2, 0));
    assert_eq!(read(&vault, &key("a")).await.unwrap().unwrap(), "1");
    assert_eq!(vault.recheck().await, session_only(VaultError::NoBus, 2, 0));
    assert!(!changes.has_changed().unwrap(), "an unchanged status is not announced");

    fake.fail(None);
    assert_eq!(vault.recheck().await, in_keyring());
    assert!(changes.has_changed().unwrap());
    assert_eq!(read(&fake.vault(), &key("b")).await.unwrap().unwrap(), "2".repeat(4000));
    fake.fail(Some(VaultError::NoBus));
    assert_eq!(read(&vault, &key("a")).await, Err(VaultError::NoBus), "no copy is left in memory");
}

#[tokio::test]
async fn any_use_that_finds_the_keyring_back_ends_session_mode() {
    for use_it in 0..3 {
        let fake = Fake::new();
        fake.fail(Some(VaultError::NoService));
        let vault = over(&fake).await;
        vault.put(&key("held"), &secret("h")).await.unwrap();
        fake.fail(None);
        match use_it {
            0 => assert_eq!(read(&vault, &key("other")).await, Ok(None)),
            1 => vault.put(&key("other"), &secret("o")).await.unwrap(),
            _ => vault.delete(&key("other")).await.unwrap(),
        }
        assert_eq!(vault.status(), in_keyring());
        assert!(fake.accounts().contains(key("held").as_str()));
    }
}

#[tokio::test]
async fn an_entry_removed_during_the_session_does_not_come_back() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    vault.put(&key("stored"), &secret("old")).await.unwrap();
    fake.fail(Some(VaultError::NoService));
    vault.put(&key("held"), &secret("h")).await.unwrap();
    vault.put(&key("stored"), &secret("new")).await.unwrap();
    vault.delete(&key("held")).await.unwrap();
    vault.delete(&key("stored")).await.unwrap();
    assert_eq!(vault.status(), session_only(VaultError::NoService, 0, 2));
    assert_eq!(read(&vault, &key("stored")).await, Ok(None));
    fake.fail(None);
    assert_eq!(vault.recheck().await, in_keyring());
    assert!(fake.accounts().is_empty());
}

#[tokio::test]
async fn an_entry_put_again_after_its_removal_is_kept() {
    let fake = Fake::new();
    fake.fail(Some(VaultError::NoService));
    let vault = over(&fake).await;
    vault.delete(&key("a")).await.unwrap();
    vault.put(&key("a"), &secret("again")).await.unwrap();
    fake.fail(None);
    vault.recheck().await;
    assert_eq!(read(&fake.vault(), &key("a")).await.unwrap().unwrap(), "again");
}

#[tokio::test]
async fn a_keyring_locked_mid_session_is_an_error_not_an_absence() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    vault.put(&key("a"), &secret("v")).await.unwrap();
    fake.lock(false);
    assert_eq!(read(&vault, &key("a")).await, Err(VaultError::Denied));
    assert_eq!(vault.status(), session_only(VaultError::Denied, 0, 0));
    assert_eq!(vault.recheck().await, session_only(VaultError::Locked, 0, 0));
    assert_eq!(fake.prompts(), 1);
    fake.accept(true);
    assert_eq!(vault.unlock().await, Ok(()));
    assert_eq!((read(&vault, &key("a")).await.unwrap().unwrap(), vault.status()), ("v".into(), in_keyring()));
}

#[tokio::test]
async fn a_value_the_keyring_damages_is_held_and_said_until_it_moves() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    fake.lose_data(true);
    vault.put(&key("a"), &secret("a value of some length")).await.unwrap();
    assert_eq!(vault.status(), session_only(VaultError::Corrupt, 1, 0));
    assert_eq!(vault.recheck().await, session_only(VaultError::Corrupt, 1, 0));
    assert_eq!(read(&vault, &key("a")).await.unwrap().unwrap(), "a value of some length");
    fake.lose_data(false);
    assert_eq!(vault.recheck().await, in_keyring());
}

#[tokio::test]
async fn trouble_with_one_entry_is_reported_without_leaving_the_keyring() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    fake.store_raw(key("odd").as_str(), b"typed in by hand");
    assert_eq!(read(&vault, &key("odd")).await, Err(VaultError::Corrupt));
    assert_eq!(vault.status(), in_keyring());
    fake.fail_entry(key("big").as_str(), CoreError::TooLong("x".into(), 5));
    assert_eq!(vault.put(&key("big"), &secret("v")).await, Err(VaultError::TooLong { limit: 5 }));
    assert_eq!(vault.status(), in_keyring());
}

#[tokio::test]
async fn a_keyring_that_keeps_callers_waiting_is_left_alone_until_the_next_check() {
    let fake = Fake::new();
    let vault = AdaptiveVault::open(Arc::new(fake.vault_within(SHORT)), "the keyring").await;
    let timed_out = VaultError::TimedOut { after: SHORT };
    fake.hold(1);
    vault.put(&key("a"), &secret("v")).await.unwrap();
    assert_eq!(vault.status(), session_only(timed_out.clone(), 1, 0));
    assert_eq!(read(&vault, &key("b")).await, Err(timed_out));
    fake.release();
    assert_eq!(vault.recheck().await, in_keyring());
    assert_eq!(read(&vault, &key("a")).await.unwrap().unwrap(), "v");
}

#[tokio::test]
async fn session_only_values_never_reach_the_keyring() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    vault.put_session_only(&key("demo"), secret("1")).await;
    vault.put(&key("demo"), &secret("2")).await.unwrap();
    vault.recheck().await;
    assert_eq!(read(&vault, &key("demo")).await.unwrap().unwrap(), "2");
    assert_eq!((vault.status(), fake.accounts().len()), (in_keyring(), 0));
    vault.delete(&key("demo")).await.unwrap();
    assert_eq!(read(&vault, &key("demo")).await, Ok(None));
}

#[tokio::test]
async fn where_a_value_is_can_be_told_of_each_without_asking_the_keyring() {
    let fake = Fake::new();
    let vault = over(&fake).await;
    vault.put(&key("stored"), &secret("1")).await.unwrap();
    vault.put_session_only(&key("demo"), secret("2")).await;
    fake.fail(Some(VaultError::NoBus));
    vault.put(&key("held"), &secret("3")).await.unwrap();
    let found = ["stored", "demo", "held", "none"].map(|field| vault.in_memory(&key(field)));
    assert_eq!(found, [InMemory::No, InMemory::Always, InMemory::UntilMoved, InMemory::No]);
    fake.fail(None);
    vault.recheck().await;
    assert_eq!(vault.in_memory(&key("held")), InMemory::No);
    vault.delete(&key("demo")).await.unwrap();
    assert_eq!(vault.in_memory(&key("demo")), InMemory::No);
}

#[tokio::test]
async fn debug_output_shows_no_value() {
    let fake = Fake::new();
    fake.fail(Some(VaultError::NoBus));
    let vault = over(&fake).await;
    vault.put(&key("a"), &secret("canary-held")).await.unwrap();
    vault.put_session_only(&key("b"), secret("canary-demo")).await;
    let session = SessionVault::new();
    session.put(&key("a"), &secret("canary-session")).await.unwrap();
    let text = format!("{vault:?} {session:?} {:?} {:?}", fake.vault(), vault.watch());
    assert!(text.contains("held: 1") && !text.contains("canary"), "{text}");
    assert_eq!(read(&session, &key("a")).await.unwrap().unwrap(), "canary-session");
}
