//! The operating system's keyring behind one trait.
//!
//! [`AdaptiveVault`] is what the program uses: it keeps secrets in the keyring ([`KeyringVault`]), or, while there is
//! none, in memory for the session, and says which. Nothing in this crate writes a secret anywhere else.

mod adaptive;
mod encoding;
mod entries;
mod error;
mod key;
mod keyring_vault;
mod native;
mod session;
mod source;
mod worker;

pub use adaptive::{AdaptiveVault, InMemory, VaultStatus};
pub use encoding::{ENTRY_LIMIT_BYTES, VALUE_LIMIT_BYTES};
pub use error::VaultError;
pub use key::VaultKey;
pub use keyring_vault::{Deadlines, KeyringVault};
pub use native::{KEYRING_WORDS, NativeKeyring};
pub use session::SessionVault;
pub use source::{KeyringSource, OpenKeyring};

use async_trait::async_trait;
use secrecy::SecretString;

/// Keeps secrets by key. Values are any UTF-8 text up to [`VALUE_LIMIT_BYTES`].
#[async_trait]
pub trait Vault: Send + Sync {
    /// Stores `value`, replacing what was there, and returns only after it was read back unchanged.
    ///
    /// # Errors
    /// After [`VaultError::TimedOut`] it is not known whether the value was stored; storing again is safe.
    async fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError>;

    /// The stored value, or `None` when there certainly is none.
    ///
    /// # Errors
    /// When the vault cannot be read; that never means "absent".
    async fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError>;

    /// Removes the value. An absent one is fine.
    ///
    /// # Errors
    /// When the vault could not be changed; the value may still be there.
    async fn delete(&self, key: &VaultKey) -> Result<(), VaultError>;

    /// Whether the vault can be used right now. Cheap, and never opens a prompt where the platform allows to tell.
    ///
    /// # Errors
    /// The reason why it cannot be used.
    async fn check(&self) -> Result<(), VaultError>;

    /// Asks the user to unlock the vault if it is locked: for a button the user pressed.
    ///
    /// # Errors
    /// The reason why it still cannot be used.
    async fn unlock(&self) -> Result<(), VaultError> {
        self.check().await
    }
}
