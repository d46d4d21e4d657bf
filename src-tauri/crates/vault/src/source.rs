//! Where keyring stores come from: the operating system, or a test.

use keyring_core::CredentialStore;

use crate::VaultError;

/// Opens the keyring, on the keyring's own thread. Called again after a failure, so that a keyring that appears
/// later is used without a restart.
pub trait KeyringSource: Send + Sync + 'static {
    /// Connects to the keyring. May block; should not open a prompt.
    ///
    /// # Errors
    /// The reason why there is no usable keyring.
    fn open(&self) -> Result<Box<dyn OpenKeyring>, VaultError>;
}

/// An opened keyring. It never leaves the thread that opened it.
pub trait OpenKeyring {
    /// The store to read and write entries with.
    fn store(&self) -> &CredentialStore;

    /// Whether the keyring is locked, found out without a prompt. `false` where the platform cannot tell.
    ///
    /// # Errors
    /// When the keyring has gone away.
    fn is_locked(&self) -> Result<bool, VaultError> {
        Ok(false)
    }

    /// Unlocks the keyring; may show a prompt and block until it is answered.
    ///
    /// # Errors
    /// [`VaultError::Denied`] when the prompt was dismissed, or another reason.
    fn unlock(&self) -> Result<(), VaultError> {
        Ok(())
    }

    /// Whether the store takes a `label` modifier, the title shown in the system's keyring program.
    fn takes_labels(&self) -> bool {
        false
    }
}
