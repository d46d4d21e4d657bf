//! The organisations of the built-in sandbox: connected like any other, except that their address
//! changes with every start and that their made-up credentials never touch the keyring.

use crate::{Workbench, failure};
use std::collections::BTreeMap;
use tacklebox_model::{AppError, Connection, ConnectionId, CredentialFacts, Environment, ProviderId, Secret};
use tacklebox_vault::VaultKey;

/// A simulated organisation that is running now.
#[derive(Clone, Debug)]
pub struct BuiltInOrganisation {
    /// The same at every start.
    pub key: String,
    /// Whose API it simulates.
    pub provider: ProviderId,
    /// What to call it.
    pub label: String,
    /// Where it listens.
    pub base_url: String,
    /// Its made-up credential, secret parts included.
    pub credentials: BTreeMap<String, String>,
}

impl Workbench {
    /// Whether any connection needs the sandbox to run.
    ///
    /// # Errors
    /// The database fails.
    pub fn needs_sandbox(&self) -> Result<bool, AppError> {
        Ok(self.store.connections().map_err(failure::store)?.iter().any(|c| c.built_in))
    }

    /// Connects the running sandbox's organisations, or tells those already connected where it listens now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn attach_sandbox(
        &self,
        organisations: &[BuiltInOrganisation],
    ) -> Result<Vec<Connection>, AppError> {
        for organisation in organisations {
            let id = ConnectionId::new(format!("sandbox-{}-{}", organisation.provider, organisation.key));
            let mut connection = Connection {
                id: id.clone(),
                provider: organisation.provider.clone(),
                label: organisation.label.clone(),
                environment: Environment::Sandbox,
                base_url: Some(organisation.base_url.clone()),
                read_only: false,
                public_credentials: BTreeMap::new(),
                built_in: true,
                facts: CredentialFacts::default(),
            };
            let provider = self.provider(&connection)?;
            let mut secrets = BTreeMap::new();
            for field in provider.info().credentials {
                let value =
                    organisation.credentials.get(&field.key).cloned().or(field.default).unwrap_or_default();
                if field.secret {
                    let (key, value) = (VaultKey::connection(&id, &field.key), Secret::from(value));
                    self.vault.put_session_only(&key, value.clone()).await;
                    secrets.insert(field.key, value);
                } else {
                    connection.public_credentials.insert(field.key, value);
                }
            }
            connection.facts = provider.credential_facts(&secrets);
            self.sessions.end(&id);
            self.store.put_connection(&connection).map_err(failure::store)?;
        }
        self.store.connections().map_err(failure::store)
    }

    /// Removes the sandbox's organisations.
    ///
    /// # Errors
    /// The vault or the database fails.
    pub async fn remove_sandbox(&self) -> Result<Vec<Connection>, AppError> {
        let connections = self.store.connections().map_err(failure::store)?;
        for connection in connections.iter().filter(|c| c.built_in) {
            self.remove_connection(&connection.id).await?;
        }
        self.store.connections().map_err(failure::store)
    }
}
