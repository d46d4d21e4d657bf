//! One session per connection, made when first needed and dropped when the connection changes.

use async_trait::async_trait;
use secrecy::ExposeSecret;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_model::{AppError, Connection, ConnectionId, ConnectionInput, Fault, Secret, SecretChange};
use tacklebox_providers::{Provider, SecretSource, Session, SessionContext};
use tacklebox_vault::{AdaptiveVault, Vault, VaultKey};

use crate::failure;

/// The live sessions.
pub struct Sessions {
    vault: Arc<AdaptiveVault>,
    live: Mutex<HashMap<ConnectionId, Arc<dyn Session>>>,
}

impl Sessions {
    /// No sessions yet.
    pub fn new(vault: Arc<AdaptiveVault>) -> Self {
        Self { vault, live: Mutex::default() }
    }

    /// The session of a stored connection.
    pub fn of(&self, connection: &Connection, provider: &Arc<dyn Provider>) -> Result<Arc<dyn Session>, AppError> {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = live.get(&connection.id) {
            return Ok(session.clone());
        }
        let session = provider.session(SessionContext {
            connection: connection.id.clone(),
            base_url: connection.base_url.clone(),
            public_credentials: connection.public_credentials.clone(),
            secrets: Arc::new(StoredSecrets { vault: self.vault.clone(), connection: connection.id.clone() }),
        })?;
        live.insert(connection.id.clone(), session.clone());
        Ok(session)
    }

    /// Drops a session and with it the token it holds.
    pub fn end(&self, connection: &ConnectionId) {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).remove(connection);
    }

    /// A session with what was just entered, to try it before anything is stored.
    pub fn trial(
        &self,
        input: &ConnectionInput,
        stored: Option<&Connection>,
        provider: &Arc<dyn Provider>,
    ) -> Result<Arc<dyn Session>, AppError> {
        let id = stored.map_or_else(ConnectionId::random, |c| c.id.clone());
        let secrets = TrialSecrets {
            entered: input.secret_credentials.clone(),
            stored: StoredSecrets { vault: self.vault.clone(), connection: id.clone() },
        };
        provider.session(SessionContext {
            connection: id,
            base_url: base_url(input),
            public_credentials: public_credentials(input),
            secrets: Arc::new(secrets),
        })
    }
}

/// The address entered, or nothing for the vendor's own.
pub fn base_url(input: &ConnectionInput) -> Option<String> {
    let text = input.base_url.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The public credentials entered, without the white space that pasting brings.
pub fn public_credentials(input: &ConnectionInput) -> BTreeMap<String, String> {
    input.public_credentials.iter().map(|(key, value)| (key.clone(), value.trim().to_owned())).collect()
}

/// Reads a connection's secrets from the vault, each time they are asked for.
struct StoredSecrets {
    vault: Arc<AdaptiveVault>,
    connection: ConnectionId,
}

#[async_trait]
impl SecretSource for StoredSecrets {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        let found = self.vault.get(&VaultKey::connection(&self.connection, key)).await;
        found.map_err(failure::vault)?.ok_or_else(|| {
            AppError::new(Fault::Unauthorised { vendor: None }, "The keyring holds no secret for this organisation.")
                .advise("Enter it again in the organisation's settings.")
        })
    }
}

/// What was entered, and for `Keep` what is stored.
struct TrialSecrets {
    entered: BTreeMap<String, SecretChange>,
    stored: StoredSecrets,
}

#[async_trait]
impl SecretSource for TrialSecrets {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        match self.entered.get(key) {
            Some(SecretChange::Replace { value }) if !value.expose_secret().is_empty() => Ok(value.clone()),
            Some(SecretChange::Keep) => self.stored.secret(key).await,
            Some(SecretChange::Replace { .. } | SecretChange::Clear) | None => {
                Err(AppError::new(Fault::Unauthorised { vendor: None }, "No secret was entered."))
            }
        }
    }
}
