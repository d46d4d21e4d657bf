//! The operating system's keyring: Keychain on macOS, Credential Manager on Windows, the Secret Service elsewhere.

#[cfg(any(target_os = "macos", target_os = "windows"))]
mod desktop;
#[cfg(any(target_os = "macos", target_os = "windows"))]
use desktop as platform;
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
mod secret_service;
#[cfg(not(any(target_os = "macos", target_os = "windows")))]
use secret_service as platform;

use crate::{KeyringSource, OpenKeyring, VaultError};

/// What the keyring is called on this operating system.
pub const KEYRING_WORDS: &str = platform::WORDS;

/// The keyring of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeKeyring;

impl KeyringSource for NativeKeyring {
    fn open(&self) -> Result<Box<dyn OpenKeyring>, VaultError> {
        platform::open()
    }
}

/// The meaning of a platform error. `no_access`: the library filed it under "storage could not be accessed".
pub(crate) fn classify(
    cause: &(dyn std::error::Error + Send + Sync + 'static),
    no_access: bool,
) -> VaultError {
    platform::classify(cause, no_access)
}
