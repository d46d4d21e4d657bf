//! The vault as the window says it.

use crate::{Workbench, failure};
use serde::{Deserialize, Serialize};
use tacklebox_model::{AppError, Connection, ConnectionId, FieldPath, VaultProblem, VaultStatus, WebhookId};
use tacklebox_vault::{Vault, VaultError, VaultKey};

/// Secrets of removed connections and webhooks that a keyring out of reach still has.
const OWED: &str = "vault_removals";

/// What is still to be removed from the keyring: names, no values. Written down as lists of two or three names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Owed {
    /// A part of a connection's credential.
    Credential(ConnectionId, String),
    /// A secret that was told once for a webhook.
    Kept(ConnectionId, WebhookId, FieldPath),
}

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

/// Why secrets are not in the keyring right now; nothing when they are.
pub fn problem_words(status: &VaultStatus) -> Option<String> {
    match status {
        VaultStatus::Keyring { .. } => None,
        VaultStatus::SessionOnly { words, .. } => Some(words.clone()),
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

    /// Removes a secret of a connection or webhook that goes. The vault remembers only until the program ends what a
    /// keyring out of reach has still to remove: then it is written down.
    ///
    /// # Errors
    /// The vault or the database fails.
    pub(crate) async fn remove_secret(&self, connection: &Connection, secret: Owed) -> Result<(), AppError> {
        self.vault.delete(&secret.key()).await.map_err(failure::vault)?;
        if !connection.built_in && !self.keyring_works() {
            let mut owed = self.owed()?;
            owed.push(secret);
            self.store.set_preference(OWED, &owed).map_err(failure::store)?;
        }
        Ok(())
    }

    /// A secret was stored again: it must not be removed later.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) fn not_owed(&self, secret: &Owed) -> Result<(), AppError> {
        let mut owed = self.owed()?;
        let before = owed.len();
        owed.retain(|other| other != secret);
        if owed.len() == before {
            return Ok(());
        }
        self.store.set_preference(OWED, &owed).map_err(failure::store)
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
        for secret in owed {
            self.vault.delete(&secret.key()).await.map_err(failure::vault)?;
        }
        if self.keyring_works() {
            let none: [Owed; 0] = [];
            self.store.set_preference(OWED, &none).map_err(failure::store)?;
        }
        Ok(())
    }

    fn owed(&self) -> Result<Vec<Owed>, AppError> {
        Ok(self.store.preference(OWED).map_err(failure::store)?.unwrap_or_default())
    }
}

impl Owed {
    /// Its name in the vault.
    fn key(&self) -> VaultKey {
        match self {
            Self::Credential(connection, field) => VaultKey::connection(connection, field),
            Self::Kept(connection, webhook, path) => VaultKey::webhook(connection, webhook, path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_is_written_as_lists_of_names_and_those_of_before_are_read() {
        let owed = [
            Owed::Credential("c".into(), "client_secret".into()),
            Owed::Kept("c".into(), "w".into(), "signing".into()),
        ];
        let text = r#"[["c","client_secret"],["c","w","signing"]]"#;
        assert_eq!(serde_json::to_string(&owed).unwrap(), text);
        assert_eq!(serde_json::from_str::<Vec<Owed>>(text).unwrap(), owed);
        let keys = owed.map(|owed| owed.key().to_string());
        assert_eq!(keys, ["connection/c/client_secret", "webhook/c/w/signing"]);
    }
}
