//! A keyring whose state the tests set: the mock store of `keyring-core` behind a lock, a prompt and a gate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    reason = "a test stops at the first surprise"
)]
#![allow(dead_code, reason = "each test program uses a part")]

use std::any::Any;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use keyring_core::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring_core::{CredentialStore, Entry, Error as CoreError, mock};
use secrecy::{ExposeSecret, SecretString};
use tacklebox_vault::{Deadlines, KeyringSource, KeyringVault, OpenKeyring, Vault, VaultError, VaultKey};

pub const SERVICE: &str = "tacklebox-test";
/// For requests that are meant to miss it.
pub const SHORT: Duration = Duration::from_millis(300);

/// A handle on the fake keyring; clones share it.
#[derive(Clone)]
pub struct Fake(Arc<State>);

struct State {
    mock: Arc<CredentialStore>,
    lossy: AtomicBool,
    failure: Mutex<Option<VaultError>>,
    locked: AtomicBool,
    /// What the user does with a prompt: accept, or dismiss.
    accepts: AtomicBool,
    prompts: AtomicUsize,
    opened: AtomicUsize,
    gate: Gate,
    prompt_gate: Gate,
    /// Keyrings dropped, that is, threads ended.
    dropped: (Mutex<usize>, Condvar),
}

/// Lets calls pass, or holds the next `n` of them until released.
#[derive(Default)]
struct Gate {
    to_hold: Mutex<usize>,
    changed: Condvar,
    holding: AtomicBool,
}

impl Gate {
    fn pass(&self) {
        let mut to_hold = self.to_hold.lock().unwrap();
        if *to_hold == 0 {
            return;
        }
        *to_hold -= 1;
        self.holding.store(true, Ordering::SeqCst);
        self.changed.notify_all();
        while self.holding.load(Ordering::SeqCst) {
            to_hold = self.changed.wait(to_hold).unwrap();
        }
    }

    fn wait_until_holding(&self) {
        let mut to_hold = self.to_hold.lock().unwrap();
        while !self.holding.load(Ordering::SeqCst) {
            to_hold = self.changed.wait(to_hold).unwrap();
        }
    }

    fn release(&self) {
        let mut to_hold = self.to_hold.lock().unwrap();
        *to_hold = 0;
        self.holding.store(false, Ordering::SeqCst);
        self.changed.notify_all();
    }
}

impl Fake {
    pub fn new() -> Self {
        let mock: Arc<CredentialStore> = mock::Store::new().unwrap();
        Self(Arc::new(State {
            mock,
            lossy: AtomicBool::new(false),
            failure: Mutex::new(None),
            locked: AtomicBool::new(false),
            accepts: AtomicBool::new(true),
            prompts: AtomicUsize::new(0),
            opened: AtomicUsize::new(0),
            gate: Gate::default(),
            prompt_gate: Gate::default(),
            dropped: (Mutex::new(0), Condvar::new()),
        }))
    }

    pub fn vault(&self) -> KeyringVault {
        let patient = Duration::from_secs(60);
        self.vault_within(patient)
    }

    pub fn vault_within(&self, deadline: Duration) -> KeyringVault {
        KeyringVault::new(
            SERVICE,
            self.clone(),
            Deadlines { read: deadline, write: deadline, prompt: deadline },
        )
    }

    /// Makes every opening and every use of the keyring fail, or work again.
    pub fn fail(&self, failure: Option<VaultError>) {
        *self.0.failure.lock().unwrap() = failure;
    }

    /// Makes the next use of one entry fail.
    pub fn fail_entry(&self, account: &str, error: CoreError) {
        let entry = self.0.mock.build(SERVICE, account, None).unwrap();
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(error);
    }

    /// Makes the store give back less than was stored.
    pub fn lose_data(&self, lossy: bool) {
        self.0.lossy.store(lossy, Ordering::SeqCst);
    }

    pub fn lock(&self, accepts: bool) {
        self.0.locked.store(true, Ordering::SeqCst);
        self.accept(accepts);
    }

    pub fn accept(&self, accepts: bool) {
        self.0.accepts.store(accepts, Ordering::SeqCst);
    }

    pub fn prompts(&self) -> usize {
        self.0.prompts.load(Ordering::SeqCst)
    }

    pub fn opened(&self) -> usize {
        self.0.opened.load(Ordering::SeqCst)
    }

    /// Holds the next `calls` to the keyring.
    pub fn hold(&self, calls: usize) {
        *self.0.gate.to_hold.lock().unwrap() = calls;
    }

    pub fn wait_until_held(&self) {
        self.0.gate.wait_until_holding();
    }

    pub fn release(&self) {
        self.0.gate.release();
    }

    /// Leaves the next prompt unanswered.
    pub fn hold_prompt(&self) {
        *self.0.prompt_gate.to_hold.lock().unwrap() = 1;
    }

    pub fn answer_prompt(&self) {
        self.0.prompt_gate.release();
    }

    /// Waits until `count` threads have let go of the keyring.
    pub fn wait_for_dropped(&self, count: usize) {
        let (dropped, changed) = &self.0.dropped;
        let mut dropped = dropped.lock().unwrap();
        while *dropped < count {
            dropped = changed.wait(dropped).unwrap();
        }
    }

    /// Account names of the entries that hold a value.
    pub fn accounts(&self) -> BTreeSet<String> {
        let all = self.0.mock.search(&HashMap::new()).unwrap();
        let filled = all.iter().filter(|entry| entry.get_secret().is_ok());
        filled.map(|entry| entry.get_specifiers().unwrap().1).collect()
    }

    /// What an entry holds.
    pub fn stored(&self, account: &str) -> Vec<u8> {
        self.0.mock.build(SERVICE, account, None).unwrap().get_secret().unwrap()
    }

    pub fn store_raw(&self, account: &str, bytes: &[u8]) {
        self.0.mock.build(SERVICE, account, None).unwrap().set_secret(bytes).unwrap();
    }
}

impl KeyringSource for Fake {
    fn open(&self) -> Result<Box<dyn OpenKeyring>, VaultError> {
        if let Some(failure) = self.0.failure.lock().unwrap().clone() {
            return Err(failure);
        }
        self.0.opened.fetch_add(1, Ordering::SeqCst);
        let store = Lossy { state: self.0.clone() };
        Ok(Box::new(Opened { state: self.0.clone(), store: Arc::new(store) }))
    }
}

struct Opened {
    state: Arc<State>,
    store: Arc<CredentialStore>,
}

impl OpenKeyring for Opened {
    fn store(&self) -> &CredentialStore {
        self.store.as_ref()
    }

    fn is_locked(&self) -> Result<bool, VaultError> {
        self.state.gate.pass();
        match self.state.failure.lock().unwrap().clone() {
            Some(failure) => Err(failure),
            None => Ok(self.state.locked.load(Ordering::SeqCst)),
        }
    }

    fn unlock(&self) -> Result<(), VaultError> {
        self.state.prompts.fetch_add(1, Ordering::SeqCst);
        self.state.prompt_gate.pass();
        if !self.state.accepts.load(Ordering::SeqCst) {
            return Err(VaultError::Denied);
        }
        self.state.locked.store(false, Ordering::SeqCst);
        Ok(())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        *self.state.dropped.0.lock().unwrap() += 1;
        self.state.dropped.1.notify_all();
    }
}

/// The mock store, which can lose the last byte of what is read.
struct Lossy {
    state: Arc<State>,
}

impl CredentialStoreApi for Lossy {
    fn vendor(&self) -> String {
        "test".into()
    }

    fn id(&self) -> String {
        "test".into()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        let entry = self.state.mock.build(service, user, modifiers)?;
        Ok(Entry::new_with_credential(Arc::new(LossyEntry { state: self.state.clone(), entry })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct LossyEntry {
    state: Arc<State>,
    entry: Entry,
}

impl CredentialApi for LossyEntry {
    fn set_secret(&self, secret: &[u8]) -> keyring_core::Result<()> {
        self.entry.set_secret(secret)
    }

    fn get_secret(&self) -> keyring_core::Result<Vec<u8>> {
        let mut secret = self.entry.get_secret()?;
        if self.state.lossy.load(Ordering::SeqCst) {
            secret.truncate(secret.len().saturating_sub(4));
        }
        Ok(secret)
    }

    fn delete_credential(&self) -> keyring_core::Result<()> {
        self.entry.delete_credential()
    }

    fn get_credential(&self) -> keyring_core::Result<Option<Arc<Credential>>> {
        Ok(None)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        self.entry.get_specifiers()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub fn key(field: &str) -> VaultKey {
    VaultKey::connection(7, field)
}

pub fn secret(value: &str) -> SecretString {
    SecretString::from(value)
}

/// The value as plain text.
pub async fn read(vault: &dyn Vault, key: &VaultKey) -> Result<Option<String>, VaultError> {
    Ok(vault.get(key).await?.map(|value| value.expose_secret().to_owned()))
}
