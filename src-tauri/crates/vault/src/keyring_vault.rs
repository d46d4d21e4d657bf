//! The keyring as a vault.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::key::escape;
use crate::worker::{Request, Worker};
use crate::{KeyringSource, NativeKeyring, Vault, VaultError, VaultKey};

const SERVICE: &str = "tacklebox";

/// How long requests may take before their caller gets [`VaultError::TimedOut`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// Reading and checking.
    pub read: Duration,
    /// Storing and removing, which take several calls each.
    pub write: Duration,
    /// Unlocking at the user's wish: time to type a password.
    pub prompt: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            read: Duration::from_secs(10),
            write: Duration::from_secs(30),
            prompt: Duration::from_secs(120),
        }
    }
}

/// Keeps secrets in a keyring only. All calls run on one thread of its own, outside any async runtime.
pub struct KeyringVault {
    worker: Worker,
    deadlines: Deadlines,
}

impl KeyringVault {
    /// A vault over any keyring. `service` is the service name of all its entries and should hold no spaces.
    #[must_use]
    pub fn new(service: impl Into<String>, source: impl KeyringSource, deadlines: Deadlines) -> Self {
        Self { worker: Worker::new(service.into(), Box::new(source)), deadlines }
    }

    /// The operating system's keyring, with service name `tacklebox`, or `tacklebox-<profile>`.
    #[must_use]
    pub fn native(profile: Option<&str>) -> Self {
        let service = match profile {
            Some(profile) => format!("{SERVICE}-{}", escape(profile)),
            None => SERVICE.to_owned(),
        };
        Self::new(service, NativeKeyring, Deadlines::default())
    }

    /// The service name of the entries in the keyring.
    #[must_use]
    pub fn service(&self) -> &str {
        self.worker.service()
    }
}

#[async_trait]
impl Vault for KeyringVault {
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        self.worker.run(Request::Put(key.clone(), value.clone()), self.deadlines.write).await.map(|_| ())
    }

    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        self.worker.run(Request::Get(key.clone()), self.deadlines.read).await
    }

    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.worker.run(Request::Delete(key.clone()), self.deadlines.write).await.map(|_| ())
    }

    async fn check(&self) -> Result<(), VaultError> {
        self.worker.run(Request::Check, self.deadlines.read).await.map(|_| ())
    }

    async fn unlock(&self) -> Result<(), VaultError> {
        self.worker.run(Request::Unlock, self.deadlines.prompt).await.map(|_| ())
    }
}

impl fmt::Debug for KeyringVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringVault").field("service", &self.service()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_names_have_no_spaces_and_differ_by_profile() {
        let name = |profile| KeyringVault::native(profile).service().to_owned();
        assert_eq!(name(None), "tacklebox");
        assert_eq!(name(Some("work")), "tacklebox-work");
        assert_eq!(name(Some("my work")), "tacklebox-my%20work");
    }
}
