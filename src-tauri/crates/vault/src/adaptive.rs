//! The vault of the program: the keyring while it works, memory while it does not, and the truth about which.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::watch;

use crate::{KEYRING_WORDS, KeyringVault, Vault, VaultError, VaultKey};

/// Where secrets are kept at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultStatus {
    /// In the keyring.
    Keyring {
        /// What the keyring is called on this system.
        service_words: String,
    },
    /// The keyring cannot be used; what is entered now lives until the program ends.
    SessionOnly {
        /// Why. [`VaultError::advice`] says what to do.
        problem: VaultError,
        /// Values in memory that are to move into the keyring.
        held: usize,
        /// Removals which the keyring has not seen yet. They are forgotten when the program ends.
        removals: usize,
    },
}

/// What memory knows of one value, without asking the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InMemory {
    /// Nothing: if there is a value, the keyring has it.
    No,
    /// It is in memory until it can move into the keyring.
    UntilMoved,
    /// It is in memory, and never goes into the keyring.
    Always,
}

/// Keeps values in the keyring, and in memory while the keyring cannot be used. They move into the keyring at the
/// next successful [`recheck`](Self::recheck), [`unlock`](Vault::unlock) or use. Never writes anywhere else.
pub struct AdaptiveVault {
    keyring: Arc<dyn Vault>,
    words: String,
    /// One change at a time, so that a move never crosses a put or a removal.
    changing: tokio::sync::Mutex<()>,
    memory: Mutex<Memory>,
    status: watch::Sender<VaultStatus>,
}

#[derive(Default)]
struct Memory {
    problem: Option<VaultError>,
    /// To be moved into the keyring.
    held: HashMap<VaultKey, SecretString>,
    /// To be removed from the keyring.
    removed: HashSet<VaultKey>,
    /// Never to go into the keyring.
    session_only: HashMap<VaultKey, SecretString>,
}

impl AdaptiveVault {
    /// The operating system's keyring, checked once without a prompt.
    pub async fn native(profile: Option<&str>) -> Self {
        Self::open(Arc::new(KeyringVault::native(profile)), KEYRING_WORDS).await
    }

    /// A vault over `keyring`, checked once. `service_words` is what to call it to the user.
    pub async fn open(keyring: Arc<dyn Vault>, service_words: &str) -> Self {
        let words = service_words.to_owned();
        let status = VaultStatus::Keyring { service_words: words.clone() };
        let vault = Self {
            keyring,
            words,
            changing: tokio::sync::Mutex::default(),
            memory: Mutex::default(),
            status: watch::Sender::new(status),
        };
        vault.recheck().await;
        vault
    }

    /// Where secrets are kept at the moment.
    #[must_use]
    pub fn status(&self) -> VaultStatus {
        self.status.borrow().clone()
    }

    /// Whether a value is in memory at the moment.
    #[must_use]
    pub fn in_memory(&self, key: &VaultKey) -> InMemory {
        let memory = self.memory();
        if memory.session_only.contains_key(key) {
            InMemory::Always
        } else if memory.held.contains_key(key) {
            InMemory::UntilMoved
        } else {
            InMemory::No
        }
    }

    /// Observes changes of the status.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<VaultStatus> {
        self.status.subscribe()
    }

    /// Looks whether the keyring can be used, without a prompt, and if so moves into it what memory holds. To be
    /// called every now and then while the status is [`VaultStatus::SessionOnly`].
    pub async fn recheck(&self) -> VaultStatus {
        let _changing = self.changing.lock().await;
        let found = self.keyring.check().await;
        // A failed check leaves its reason in the status.
        let _ = self.settle(found).await;
        self.status()
    }

    /// Keeps a value in memory only, also while there is a keyring, and also when `key` is put again later. For
    /// credentials that mean nothing outside this run, such as those of the sandbox.
    pub async fn put_session_only(&self, key: &VaultKey, value: SecretString) {
        let _changing = self.changing.lock().await;
        self.change(|memory| {
            memory.held.remove(key);
            memory.session_only.insert(key.clone(), value);
        });
    }

    /// With the keyring found usable, brings it up to date and leaves session mode; otherwise notes why not.
    async fn settle(&self, found: Result<(), VaultError>) -> Result<(), VaultError> {
        let settled = match found {
            Ok(()) => self.move_to_keyring().await,
            Err(problem) => Err(problem),
        };
        self.change(|memory| memory.problem = settled.clone().err());
        settled
    }

    /// Removals first, then values; each is forgotten only after the keyring has done it.
    async fn move_to_keyring(&self) -> Result<(), VaultError> {
        let removed: Vec<_> = self.memory().removed.iter().cloned().collect();
        for key in removed {
            self.keyring.delete(&key).await?;
            self.change(|memory| memory.removed.remove(&key));
        }
        let held: Vec<_> =
            self.memory().held.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        for (key, value) in held {
            self.keyring.put(&key, &value).await?;
            self.change(|memory| memory.held.remove(&key));
        }
        Ok(())
    }

    /// Whether it makes sense to turn to the keyring: not again and again to one that keeps callers waiting.
    fn reachable(&self) -> Result<(), VaultError> {
        match &self.memory().problem {
            Some(problem @ VaultError::TimedOut { .. }) => Err(problem.clone()),
            _ => Ok(()),
        }
    }

    fn in_session_mode(&self) -> bool {
        self.memory().problem.is_some()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the memory, and the status with it.
    fn change<T>(&self, change: impl FnOnce(&mut Memory) -> T) -> T {
        let mut memory = self.memory();
        let result = change(&mut memory);
        let status = match &memory.problem {
            None => VaultStatus::Keyring { service_words: self.words.clone() },
            Some(problem) => VaultStatus::SessionOnly {
                problem: problem.clone(),
                held: memory.held.len(),
                removals: memory.removed.len(),
            },
        };
        self.status.send_if_modified(|current| {
            let modified = *current != status;
            *current = status;
            modified
        });
        result
    }
}

#[async_trait]
impl Vault for AdaptiveVault {
    /// Fails only for a value that no keyring would take; when the keyring cannot be used the value is held.
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        let _changing = self.changing.lock().await;
        if let Some(old) = self.memory().session_only.get_mut(key) {
            *old = value.clone();
            return Ok(());
        }
        let stored = match self.reachable() {
            Ok(()) => self.keyring.put(key, value).await,
            Err(problem) => Err(problem),
        };
        match stored {
            Ok(()) => {
                self.change(|memory| {
                    memory.held.remove(key);
                    memory.removed.remove(key);
                });
                if self.in_session_mode() {
                    // This value is stored; a failure of the move is in the status.
                    let _ = self.settle(Ok(())).await;
                }
                Ok(())
            }
            Err(error @ VaultError::TooLong { .. }) => Err(error),
            Err(problem) => {
                self.change(|memory| {
                    memory.problem = Some(problem);
                    memory.removed.remove(key);
                    memory.held.insert(key.clone(), value.clone());
                });
                Ok(())
            }
        }
    }

    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        {
            let memory = self.memory();
            if let Some(value) = memory.session_only.get(key).or_else(|| memory.held.get(key)) {
                return Ok(Some(value.clone()));
            }
            if memory.removed.contains(key) {
                return Ok(None);
            }
        }
        self.reachable()?;
        let found = self.keyring.get(key).await;
        match &found {
            Ok(_) if self.in_session_mode() => {
                let _changing = self.changing.lock().await;
                // The value is read; a failure of the move is in the status.
                let _ = self.settle(Ok(())).await;
            }
            Err(problem) if problem.is_outage() => {
                self.change(|memory| memory.problem = Some(problem.clone()))
            }
            Ok(_) | Err(_) => {}
        }
        found
    }

    /// Does not fail: what the keyring cannot remove now is remembered, counts at once for [`get`](Vault::get), and
    /// shows in the status.
    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        let _changing = self.changing.lock().await;
        if self.change(|memory| memory.session_only.remove(key)).is_some() {
            return Ok(());
        }
        let deleted = match self.reachable() {
            Ok(()) => self.keyring.delete(key).await,
            Err(problem) => Err(problem),
        };
        match deleted {
            Ok(()) => {
                self.change(|memory| {
                    memory.held.remove(key);
                    memory.removed.remove(key);
                });
                if self.in_session_mode() {
                    // This entry is gone; a failure of the move is in the status.
                    let _ = self.settle(Ok(())).await;
                }
                Ok(())
            }
            Err(problem) => {
                self.change(|memory| {
                    memory.held.remove(key);
                    memory.removed.insert(key.clone());
                    memory.problem = Some(problem);
                });
                Ok(())
            }
        }
    }

    async fn check(&self) -> Result<(), VaultError> {
        match self.recheck().await {
            VaultStatus::Keyring { .. } => Ok(()),
            VaultStatus::SessionOnly { problem, .. } => Err(problem),
        }
    }

    async fn unlock(&self) -> Result<(), VaultError> {
        let _changing = self.changing.lock().await;
        let found = self.keyring.unlock().await;
        self.settle(found).await
    }
}

impl fmt::Debug for AdaptiveVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdaptiveVault").field("status", &*self.status.borrow()).finish_non_exhaustive()
    }
}
