//! Keychain on macOS and Credential Manager on Windows. Opening their stores is free and does not fail, so the
//! facade of the `keyring` crate is enough; they are asked for access entry by entry.

use std::sync::Arc;

use keyring_core::CredentialStore;

use crate::{OpenKeyring, VaultError};

pub(crate) const WORDS: &str =
    if cfg!(target_os = "macos") { "the macOS Keychain" } else { "the Windows Credential Manager" };

struct Desktop(Arc<CredentialStore>);

impl OpenKeyring for Desktop {
    fn store(&self) -> &CredentialStore {
        self.0.as_ref()
    }
}

pub(super) fn open() -> Result<Box<dyn OpenKeyring>, VaultError> {
    keyring::Entry::store_status().as_ref().map_err(VaultError::from_core)?;
    let store = keyring_core::get_default_store().ok_or(VaultError::NoService)?;
    Ok(Box::new(Desktop(store)))
}

pub(super) fn classify(
    cause: &(dyn std::error::Error + Send + Sync + 'static),
    no_access: bool,
) -> VaultError {
    // macOS: the error's debug text has the OSStatus, its display text only the localised message.
    let text = format!("{cause:?}");
    let has = |code: &str| {
        let code = format!("code: {code}");
        cfg!(target_os = "macos") && [",", " "].iter().any(|end| text.contains(&format!("{code}{end}")))
    };
    if has("-128") || has("-25293") {
        return VaultError::Denied; // errSecUserCanceled, errSecAuthFailed
    }
    if has("-25308") {
        return VaultError::Locked; // errSecInteractionNotAllowed
    }
    if has("-25294") || has("-25295") || has("-25307") {
        return VaultError::NoCollection; // errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
    }
    if has("-25291") {
        return VaultError::NoService; // errSecNotAvailable
    }
    if no_access { VaultError::Denied } else { VaultError::other(&cause) }
}
