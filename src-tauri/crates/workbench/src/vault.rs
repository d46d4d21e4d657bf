//! The vault as the window says it.

use crate::{Workbench, failure};
use tacklebox_model::{VaultProblem, VaultStatus};
use tacklebox_vault::{Vault, VaultError};

/// The vault's own status in the window's words.
pub fn status(status: &tacklebox_vault::VaultStatus) -> VaultStatus {
    match status {
        tacklebox_vault::VaultStatus::Keyring { service_words } => {
            VaultStatus::Keyring { name: service_words.clone() }
        }
        tacklebox_vault::VaultStatus::SessionOnly { problem: error, held, .. } => VaultStatus::SessionOnly {
            problem: problem(error),
            words: failure::sentence(&error.to_string()),
            advice: error.advice().to_owned(),
            held: u32::try_from(*held).unwrap_or(u32::MAX),
        },
    }
}

/// The kind of a vault error.
pub fn problem(error: &VaultError) -> VaultProblem {
    match error {
        VaultError::NoBus => VaultProblem::NoBus,
        VaultError::NoService | VaultError::NoCollection => VaultProblem::NoCollection,
        VaultError::Locked => VaultProblem::Locked,
        VaultError::Denied => VaultProblem::Denied,
        VaultError::TimedOut { .. } => VaultProblem::TimedOut,
        VaultError::Corrupt => VaultProblem::Corrupt,
        VaultError::TooLong { .. } | VaultError::Other { .. } => VaultProblem::Other,
    }
}

impl Workbench {
    /// Looks whether the keyring can be used now, without asking the user anything.
    pub async fn watch_vault_once(&self) -> VaultStatus {
        status(&self.vault.recheck().await)
    }

    /// The user asked to look again: a locked keyring may ask for its password.
    pub async fn recheck_vault(&self) -> VaultStatus {
        match self.vault.recheck().await {
            tacklebox_vault::VaultStatus::SessionOnly {
                problem: VaultError::Locked | VaultError::Denied | VaultError::TimedOut { .. },
                ..
            } => {
                // Success and failure both show in the status.
                let _ = self.vault.unlock().await;
                self.vault_status()
            }
            found => status(&found),
        }
    }
}
