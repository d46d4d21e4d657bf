//! The vault as the window says it.

use crate::{Workbench, failure};
use tacklebox_model::{AppError, Connection, ConnectionId, VaultProblem, VaultStatus};
use tacklebox_vault::{Vault, VaultError, VaultKey};

/// Secrets of removed connections that a keyring out of reach still has.
const OWED: &str = "vault_removals";

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
        let found = self.vault.recheck().await;
        let may_ask = matches!(
            found,
            tacklebox_vault::VaultStatus::SessionOnly {
                problem: VaultError::Locked | VaultError::Denied | VaultError::TimedOut { .. },
                ..
            }
        );
        if may_ask {
            // Success and failure both show in the status.
            let _ = self.vault.unlock().await;
        }
        self.vault_status()
    }

    /// Whether secrets are in the keyring right now.
    pub(crate) fn keyring_works(&self) -> bool {
        matches!(self.vault_status(), VaultStatus::Keyring { .. })
    }

    /// Removes a secret of a connection that goes. The vault remembers only until the program ends what a
    /// keyring out of reach has still to remove: then it is written down.
    ///
    /// # Errors
    /// The vault or the database fails.
    pub(crate) async fn remove_secret(&self, connection: &Connection, field: &str) -> Result<(), AppError> {
        self.vault.delete(&VaultKey::connection(&connection.id, field)).await.map_err(failure::vault)?;
        if !connection.built_in && !self.keyring_works() {
            let mut owed = self.owed()?;
            owed.push((connection.id.clone(), field.to_owned()));
            self.store.set_preference(OWED, &owed).map_err(failure::store)?;
        }
        Ok(())
    }

    /// Removes what an earlier run could not.
    ///
    /// # Errors
    /// The vault or the database fails.
    pub(crate) async fn remove_owed_secrets(&self) -> Result<(), AppError> {
        let owed = self.owed()?;
        if owed.is_empty() || !self.keyring_works() {
            return Ok(());
        }
        for (connection, field) in owed {
            self.vault.delete(&VaultKey::connection(connection, &field)).await.map_err(failure::vault)?;
        }
        if self.keyring_works() {
            let none: [(ConnectionId, String); 0] = [];
            self.store.set_preference(OWED, &none).map_err(failure::store)?;
        }
        Ok(())
    }

    fn owed(&self) -> Result<Vec<(ConnectionId, String)>, AppError> {
        Ok(self.store.preference(OWED).map_err(failure::store)?.unwrap_or_default())
    }
}
