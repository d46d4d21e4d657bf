//! A keyring in memory that can be out of reach.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use tacklebox_vault::{Vault, VaultError, VaultKey};

/// A keyring in memory that can be out of reach.
#[derive(Default)]
pub struct Keyring {
    values: Mutex<BTreeMap<String, String>>,
    failure: Mutex<Option<VaultError>>,
    reads: AtomicUsize,
}

#[allow(dead_code, reason = "each test program uses a part")]
impl Keyring {
    pub fn fail(&self, failure: Option<VaultError>) {
        *self.failure.lock().unwrap() = failure;
    }

    pub fn values(&self) -> BTreeMap<String, String> {
        self.values.lock().unwrap().clone()
    }

    pub fn of_journal(&self) -> BTreeMap<String, String> {
        self.values().into_iter().filter(|(key, _)| key.starts_with("journal/")).collect()
    }

    /// Somebody deletes everything beside the program.
    pub fn clear(&self) {
        self.values.lock().unwrap().clear();
    }

    /// How often a value was asked for, which a locked keyring answers with a prompt.
    pub fn reads(&self) -> usize {
        self.reads.load(Ordering::SeqCst)
    }

    fn works(&self) -> Result<(), VaultError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for Keyring {
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        self.works()?;
        if value.expose_secret().len() > tacklebox_vault::VALUE_LIMIT_BYTES {
            return Err(VaultError::TooLong { limit: tacklebox_vault::VALUE_LIMIT_BYTES });
        }
        self.values.lock().unwrap().insert(key.as_str().to_owned(), value.expose_secret().to_owned());
        Ok(())
    }

    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        self.works()?;
        Ok(self.values.lock().unwrap().get(key.as_str()).map(|value| SecretString::from(value.as_str())))
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.works()?;
        self.values.lock().unwrap().remove(key.as_str());
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        self.works()
    }
}
