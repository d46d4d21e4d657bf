//! The keyring vault over a keyring whose failures the tests choose.

mod common;

use common::{Fake, SHORT, key, read, secret};
use keyring_core::Error as CoreError;
use tacklebox_vault::{ENTRY_LIMIT_BYTES, VALUE_LIMIT_BYTES, Vault, VaultError};

const TIMED_OUT: VaultError = VaultError::TimedOut { after: SHORT };

#[tokio::test]
async fn long_values_are_split_and_replaced_without_leftovers() {
    let fake = Fake::new();
    let vault = fake.vault();
    let name = key("token");
    for length in [5000, 9000, 3000] {
        let value = "x\u{e9}\n".repeat(length / 4);
        vault.put(&name, &secret(&value)).await.unwrap();
        assert_eq!(read(&vault, &name).await.unwrap().unwrap(), value);
        let accounts = fake.accounts();
        assert_eq!(accounts.len(), 1 + value.len().div_ceil(1920), "{accounts:?}");
        for account in accounts {
            assert!(fake.stored(&account).len() <= ENTRY_LIMIT_BYTES);
        }
    }
    vault.put(&name, &secret("short")).await.unwrap();
    assert_eq!(fake.accounts().into_iter().collect::<Vec<_>>(), [name.as_str()]);
    vault.put(&name, &secret(&"y".repeat(5000))).await.unwrap();
    vault.delete(&name).await.unwrap();
    vault.delete(&name).await.unwrap();
    assert!(fake.accounts().is_empty());
    assert_eq!(read(&vault, &name).await, Ok(None));
}

#[tokio::test]
async fn an_interrupted_replacement_keeps_the_old_value_and_the_next_one_cleans_up() {
    let fake = Fake::new();
    let vault = fake.vault();
    let name = key("token");
    let old = "old".repeat(2000);
    vault.put(&name, &secret(&old)).await.unwrap();
    fake.fail_entry(&format!("{name}#b2"), CoreError::TooLong("test".into(), 9));
    let failed = vault.put(&name, &secret(&"new".repeat(3000))).await;
    assert_eq!(failed, Err(VaultError::TooLong { limit: 9 }));
    assert_eq!(read(&vault, &name).await.unwrap().unwrap(), old);
    vault.put(&name, &secret("short")).await.unwrap();
    assert_eq!(fake.accounts().len(), 1);
}

#[tokio::test]
async fn a_value_beyond_the_limit_is_refused_and_nothing_is_written() {
    let fake = Fake::new();
    let refused = fake.vault().put(&key("token"), &secret(&"x".repeat(VALUE_LIMIT_BYTES + 1))).await;
    assert_eq!(refused, Err(VaultError::TooLong { limit: VALUE_LIMIT_BYTES }));
    assert!(fake.accounts().is_empty());
}

#[tokio::test]
async fn a_store_that_gives_back_something_else_is_reported_at_the_write() {
    let fake = Fake::new();
    fake.lose_data(true);
    for value in ["a value of some length".to_owned(), "x".repeat(5000)] {
        assert_eq!(fake.vault().put(&key("token"), &secret(&value)).await, Err(VaultError::Corrupt));
    }
}

#[tokio::test]
async fn entries_of_another_hand_are_damaged_not_absent() {
    let fake = Fake::new();
    fake.store_raw(key("token").as_str(), b"typed in by hand");
    assert_eq!(read(&fake.vault(), &key("token")).await, Err(VaultError::Corrupt));
    fake.vault().put(&key("token"), &secret("entered again")).await.unwrap();
    assert_eq!(read(&fake.vault(), &key("token")).await.unwrap().unwrap(), "entered again");
}

#[tokio::test]
async fn a_missing_chunk_makes_the_value_damaged() {
    let fake = Fake::new();
    let vault = fake.vault();
    vault.put(&key("token"), &secret(&"x".repeat(5000))).await.unwrap();
    fake.fail_entry(&format!("{}#a1", key("token")), CoreError::NoEntry);
    assert_eq!(read(&vault, &key("token")).await, Err(VaultError::Corrupt));
}

#[tokio::test]
async fn library_errors_keep_their_meaning() {
    let cause = || Box::new(std::io::Error::other("cause")) as keyring_core::error::PlatformError;
    let refused = if cfg!(target_os = "linux") { VaultError::Locked } else { VaultError::Denied };
    for (error, expected) in [
        (CoreError::NoStorageAccess(cause()), refused),
        (CoreError::PlatformFailure(cause()), VaultError::Other { detail: "cause".into() }),
        (CoreError::BadEncoding(b"canary".to_vec()), VaultError::Corrupt),
        (CoreError::TooLong("password".into(), 2560), VaultError::TooLong { limit: 2560 }),
        (CoreError::NoDefaultStore, VaultError::NoService),
    ] {
        let fake = Fake::new();
        fake.fail_entry(key("token").as_str(), error);
        assert_eq!(read(&fake.vault(), &key("token")).await, Err(expected));
    }
}

#[tokio::test]
async fn a_keyring_that_failed_to_open_is_opened_again_for_the_next_request() {
    let fake = Fake::new();
    let vault = fake.vault();
    for problem in [VaultError::NoBus, VaultError::NoService, VaultError::NoCollection] {
        fake.fail(Some(problem.clone()));
        assert_eq!(vault.check().await, Err(problem.clone()));
        assert_eq!(vault.put(&key("token"), &secret("v")).await, Err(problem));
    }
    fake.fail(None);
    assert_eq!(vault.check().await, Ok(()));
    assert!(fake.accounts().is_empty());
}

#[tokio::test]
async fn a_store_that_went_stale_is_rebuilt_within_the_request() {
    let fake = Fake::new();
    let vault = fake.vault();
    vault.put(&key("token"), &secret("v")).await.unwrap();
    let stale = Box::new(std::io::Error::other("NoSession"));
    fake.fail_entry(key("token").as_str(), CoreError::PlatformFailure(stale));
    assert_eq!(read(&vault, &key("token")).await.unwrap().unwrap(), "v");
    assert_eq!(fake.opened(), 2);
}

#[tokio::test]
async fn a_locked_keyring_prompts_once_and_again_only_when_the_user_asks() {
    let fake = Fake::new();
    let vault = fake.vault();
    fake.lock(false);
    assert_eq!((vault.check().await, fake.prompts()), (Err(VaultError::Locked), 0));
    assert_eq!((read(&vault, &key("a")).await, fake.prompts()), (Err(VaultError::Denied), 1));
    assert_eq!((read(&vault, &key("b")).await, fake.prompts()), (Err(VaultError::Locked), 1));
    assert_eq!((vault.put(&key("b"), &secret("v")).await, fake.prompts()), (Err(VaultError::Locked), 1));
    fake.accept(true);
    assert_eq!((vault.unlock().await, fake.prompts()), (Ok(()), 2));
    assert_eq!(read(&vault, &key("a")).await, Ok(None));
    fake.lock(true);
    assert_eq!((read(&vault, &key("a")).await, fake.prompts()), (Ok(None), 3));
}

#[tokio::test]
async fn a_prompt_nobody_answers_times_out_and_does_not_write_when_answered_later() {
    let fake = Fake::new();
    let vault = fake.vault_within(SHORT);
    fake.lock(true);
    fake.hold_prompt();
    assert_eq!(vault.put(&key("token"), &secret("late")).await, Err(TIMED_OUT));
    // Further requests neither wait nor prompt.
    assert_eq!((read(&vault, &key("token")).await, fake.prompts()), (Err(VaultError::Locked), 1));
    fake.answer_prompt();
    fake.wait_for_dropped(1);
    assert!(fake.accounts().is_empty());
    fake.vault().put(&key("token"), &secret("v")).await.unwrap();
    assert_eq!(read(&fake.vault(), &key("token")).await.unwrap().unwrap(), "v");
}

#[tokio::test]
async fn a_request_behind_a_stuck_one_is_served_by_a_new_thread() {
    let fake = Fake::new();
    fake.store_raw(key("b").as_str(), b"v1 dg==");
    let vault = fake.vault_within(SHORT);
    fake.hold(1);
    let (a, b) = (key("a"), key("b"));
    let (first, second) = tokio::join!(read(&vault, &a), read(&vault, &b));
    assert_eq!(first, Err(TIMED_OUT));
    assert_eq!(second.unwrap().unwrap(), "v");
    fake.release();
}

#[tokio::test]
async fn a_request_whose_caller_has_gone_does_not_hold_up_the_next() {
    let fake = Fake::new();
    let vault = fake.vault_within(SHORT);
    fake.hold(1);
    {
        let name = key("a");
        let mut gone = Box::pin(read(&vault, &name));
        // Polled once, so that the request is sent; dropped when the thread has it in hand.
        std::future::poll_fn(|context| {
            assert!(gone.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        fake.wait_until_held();
    }
    assert_eq!(read(&vault, &key("b")).await, Ok(None));
    fake.release();
}

#[tokio::test]
async fn stuck_threads_are_bounded_and_the_vault_recovers_when_they_return() {
    let fake = Fake::new();
    let vault = fake.vault_within(SHORT);
    fake.hold(usize::MAX);
    for _ in 0..3 {
        assert_eq!(read(&vault, &key("a")).await, Err(TIMED_OUT));
    }
    assert_eq!((read(&vault, &key("a")).await, fake.opened()), (Err(TIMED_OUT), 3));
    fake.release();
    fake.wait_for_dropped(3);
    let recovered = async {
        // A thread lets go of the keyring a moment before it signs off.
        while read(&vault, &key("a")).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), recovered).await.expect("usable again");
    assert_eq!(fake.opened(), 4);
}
