//! Secrets in memory, for this run of the program.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{Vault, VaultError, VaultKey};

/// Keeps values in memory only. They are wiped when removed, replaced or dropped.
#[derive(Default)]
pub struct SessionVault {
    values: Mutex<HashMap<VaultKey, SecretString>>,
}

impl SessionVault {
    /// An empty vault.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn values(&self) -> MutexGuard<'_, HashMap<VaultKey, SecretString>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Vault for SessionVault {
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        self.values().insert(key.clone(), value.clone());
        Ok(())
    }

    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        Ok(self.values().get(key).cloned())
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.values().remove(key);
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }
}

impl fmt::Debug for SessionVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionVault").field("held", &self.values().len()).finish()
    }
}
