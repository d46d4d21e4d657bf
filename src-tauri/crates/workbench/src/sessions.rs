//! One session per connection, made when first needed and dropped when the connection changes.

use async_trait::async_trait;
use secrecy::ExposeSecret;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_model::{AppError, Connection, ConnectionId, Fault, Secret, SecretChange};
use tacklebox_providers::{Meter, NoMeter, Provider, SecretSource, Session, SessionContext};
use tacklebox_store::Store;
use tacklebox_vault::{AdaptiveVault, Vault, VaultKey};

use crate::failure;
use crate::usage::Calls;

/// The live sessions.
pub struct Sessions {
    vault: Arc<AdaptiveVault>,
    store: Arc<Store>,
    calls: Arc<Calls>,
    live: Mutex<HashMap<ConnectionId, Live>>,
}

/// A session and the settings it was made with.
struct Live {
    base_url: Option<String>,
    public_credentials: BTreeMap<String, String>,
    session: Arc<dyn Session>,
}

impl Sessions {
    /// No sessions yet.
    pub fn new(vault: Arc<AdaptiveVault>, store: Arc<Store>) -> Self {
        let calls = Arc::new(Calls::new(store.clone()));
        Self { vault, store, calls, live: Mutex::default() }
    }

    /// How many calls the sessions made.
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// The session of a stored connection.
    pub fn of(
        &self,
        connection: &Connection,
        provider: &Arc<dyn Provider>,
    ) -> Result<Arc<dyn Session>, AppError> {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        // A caller that read the connection before it was edited must not leave its session behind.
        let fits = |live: &&Live| {
            live.base_url == connection.base_url && live.public_credentials == connection.public_credentials
        };
        if let Some(live) = live.get(&connection.id).filter(fits) {
            return Ok(live.session.clone());
        }
        let meter = Arc::new(self.calls.meter(&connection.id));
        let secrets = Arc::new(self.stored(connection, provider));
        let session = provider.session(context(connection, secrets, meter))?;
        live.insert(
            connection.id.clone(),
            Live {
                base_url: connection.base_url.clone(),
                public_credentials: connection.public_credentials.clone(),
                session: session.clone(),
            },
        );
        Ok(session)
    }

    /// Drops a session and with it the token it holds.
    pub fn end(&self, connection: &ConnectionId) {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).remove(connection);
    }

    /// A session with what was just entered, to try it before anything is stored. Its calls count when the
    /// connection `is_stored` already.
    pub fn trial(
        &self,
        connection: &Connection,
        is_stored: bool,
        entered: BTreeMap<String, SecretChange>,
        provider: &Arc<dyn Provider>,
    ) -> Result<Arc<dyn Session>, AppError> {
        let secrets = TrialSecrets { entered, stored: self.stored(connection, provider) };
        let meter: Arc<dyn Meter> =
            if is_stored { Arc::new(self.calls.meter(&connection.id)) } else { Arc::new(NoMeter) };
        provider.session(context(connection, Arc::new(secrets), meter))
    }

    fn stored(&self, connection: &Connection, provider: &Arc<dyn Provider>) -> StoredSecrets {
        StoredSecrets {
            vault: self.vault.clone(),
            store: self.store.clone(),
            connection: connection.id.clone(),
            provider: provider.clone(),
            address: address(provider.as_ref(), connection),
        }
    }
}

/// Where the requests of a connection go.
pub fn address(provider: &dyn Provider, connection: &Connection) -> String {
    provider.address(connection.base_url.as_deref(), &connection.public_credentials)
}

fn context(connection: &Connection, secrets: Arc<dyn SecretSource>, meter: Arc<dyn Meter>) -> SessionContext {
    SessionContext {
        connection: connection.id.clone(),
        base_url: connection.base_url.clone(),
        public_credentials: connection.public_credentials.clone(),
        secrets,
        meter,
    }
}

/// Reads a connection's secrets from the vault, each time they are asked for.
struct StoredSecrets {
    vault: Arc<AdaptiveVault>,
    store: Arc<Store>,
    connection: ConnectionId,
    provider: Arc<dyn Provider>,
    /// Where the secrets will be sent.
    address: String,
}

#[async_trait]
impl SecretSource for StoredSecrets {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        let found =
            self.vault.get(&VaultKey::connection(&self.connection, key)).await.map_err(failure::vault)?;
        // Asked after the vault: a secret for another address is only stored once that address is.
        let stored = self.store.connection(&self.connection).map_err(failure::store)?;
        let stored = stored.ok_or_else(failure::not_connected)?;
        if address(self.provider.as_ref(), &stored) != self.address {
            let message = "The address of this organisation was changed meanwhile.";
            return Err(AppError::new(Fault::Unauthorised { vendor: None }, message).advise("Try again."));
        }
        found.ok_or_else(|| {
            AppError::new(
                Fault::Unauthorised { vendor: None },
                "The keyring holds no secret for this organisation.",
            )
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
