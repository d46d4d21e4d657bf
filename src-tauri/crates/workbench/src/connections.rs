//! Adding, changing, trying and removing connections.

use crate::sessions::address;
use crate::vault::Owed;
use crate::view::{EditConnectionRequest, TestConnectionRequest};
use crate::{Workbench, failure};
use secrecy::ExposeSecret;
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_model::{
    AppError, Connection, ConnectionId, ConnectionInput, ConnectionReport, CredentialFacts, Fault,
    FieldError, Finding, Secret, SecretChange, VaultProblem,
};
use tacklebox_providers::{Provider, Session};
use tacklebox_vault::{Vault, VaultKey};

/// An input that is right: what to store of it, and a session to try it with.
struct Checked {
    connection: Connection,
    secrets: BTreeMap<String, SecretChange>,
    session: Arc<dyn Session>,
}

impl Workbench {
    /// Adds a connection: its secrets to the vault first, so that a stored connection always has them.
    ///
    /// # Errors
    /// Fields that are not right; a vault or database that fails, and then nothing is kept.
    pub async fn add_connection(&self, input: &ConnectionInput) -> Result<Connection, AppError> {
        let Checked { mut connection, secrets, .. } = self.checked(input, None)?;
        connection.facts = self.facts(&connection, &secrets).await?;
        let kept = match self.put_secrets(&connection.id, &secrets).await {
            Ok(()) => self.store.put_connection(&connection).map_err(failure::store),
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            self.restore_secrets(&connection.id, secrets.into_keys().map(|key| (key, None))).await;
            return Err(error);
        }
        Ok(connection)
    }

    /// Changes a connection. Secrets on `Keep` stay as they are.
    ///
    /// # Errors
    /// As [`Workbench::add_connection`]; then everything is as before.
    pub async fn edit_connection(&self, request: &EditConnectionRequest) -> Result<Connection, AppError> {
        let stored = self.connection(&request.connection)?;
        if stored.built_in {
            return Err(AppError::new(Fault::ReadOnly, "The sandbox's own organisations cannot be changed."));
        }
        let Checked { mut connection, secrets, .. } = self.checked(&request.input, Some(&stored))?;
        connection.facts = self.facts(&connection, &secrets).await?;
        let replaced: Vec<_> =
            secrets.iter().filter(|(_, c)| matches!(c, SecretChange::Replace { .. })).collect();
        let mut before = Vec::new();
        for (key, _) in &replaced {
            // An unreadable keyring is no reason to refuse a new secret; it only cannot be put back.
            let old = self.vault.get(&VaultKey::connection(&stored.id, key)).await.ok().flatten();
            before.push(((*key).clone(), old));
        }
        let provider = self.provider(&connection)?.as_ref();
        let moved = address(provider, &stored) != address(provider, &connection);
        if let Err(error) = self.store_edited(&connection, &secrets, moved).await {
            self.store.put_connection(&stored).map_err(failure::store)?;
            self.restore_secrets(&stored.id, before).await;
            return Err(error);
        }
        self.sessions.end(&connection.id);
        Ok(connection)
    }

    /// In an order in which no secret ever meets an address it was not entered for.
    async fn store_edited(
        &self,
        connection: &Connection,
        secrets: &BTreeMap<String, SecretChange>,
        moved: bool,
    ) -> Result<(), AppError> {
        if moved {
            for key in secrets.keys() {
                self.vault
                    .delete(&VaultKey::connection(&connection.id, key))
                    .await
                    .map_err(failure::vault)?;
            }
        }
        self.store.put_connection(connection).map_err(failure::store)?;
        self.put_secrets(&connection.id, secrets).await
    }

    /// Removes a connection and everything the vault holds for it, once a write under way has ended. Its
    /// journal stays, without the secrets a revert would need.
    ///
    /// # Errors
    /// The vault fails, and then the connection stays, so that no secret is left without an owner. And when the
    /// provider is not known: then the connection is gone, and the error says what may be left.
    pub async fn remove_connection(&self, id: &ConnectionId) -> Result<(), AppError> {
        let turn = self.turns.of(id);
        let _turn = turn.writing.lock().await;
        let connection = self.connection(id)?;
        let provider = self.provider(&connection).ok();
        for field in provider.iter().flat_map(|p| p.info().credentials).filter(|f| f.secret) {
            self.remove_secret(&connection, Owed::Credential(id.clone(), field.key)).await?;
        }
        self.drop_kept_secrets_of(&connection).await?;
        self.drop_revert_secrets(id).await?;
        self.store.remove_connection(id).map_err(failure::store)?;
        self.sessions.end(id);
        self.turns.forget(id);
        if provider.is_none() && !connection.built_in { Err(credential_left(&connection)) } else { Ok(()) }
    }

    /// Tries a connection as it was entered, saying each finding as it comes.
    ///
    /// # Errors
    /// Fields that are not right. A connection that does not work is a report, not an error.
    pub async fn test_connection(
        &self,
        request: &TestConnectionRequest,
        say: &(dyn Fn(Finding) + Send + Sync),
    ) -> Result<ConnectionReport, AppError> {
        let running = self.operations.begin(&request.operation);
        let stored = request.connection.as_ref().map(|id| self.connection(id)).transpose()?;
        let session = self.checked(&request.input, stored.as_ref())?.session;
        tokio::select! {
            biased;
            () = running.cancel.cancelled() => Err(AppError::cancelled()),
            report = session.inspect(say, &running.cancel) => Ok(report),
        }
    }

    /// Everything wrong with an input at once, or what to do with it.
    fn checked(&self, input: &ConnectionInput, stored: Option<&Connection>) -> Result<Checked, AppError> {
        let (connection, provider) = self.entered(input, stored)?;
        let mut errors = Vec::new();
        if connection.label.is_empty() {
            errors.push(FieldError::at("label", "Enter a name. It is shown in every confirmation."));
        }
        errors.extend(provider.check_credentials(&connection.public_credentials));
        let goes_to = |connection| address(provider.as_ref(), connection);
        let moved = stored.is_some_and(|stored| goes_to(stored) != goes_to(&connection));
        let mut secrets = BTreeMap::new();
        for field in provider.info().credentials.into_iter().filter(|f| f.secret) {
            let entered = trimmed(input.secret_credentials.get(&field.key));
            let path = format!("credentials.{}", field.key);
            match entered {
                Some(SecretChange::Keep) if stored.is_some() && moved => errors.push(FieldError::at(
                    path.as_str(),
                    "The address changed. Enter the secret again, so that it only goes where you mean it to.",
                )),
                Some(change @ SecretChange::Replace { .. }) => drop(secrets.insert(field.key, change)),
                Some(SecretChange::Keep) if stored.is_some() => {
                    secrets.insert(field.key, SecretChange::Keep);
                }
                _ => errors.push(FieldError::at(
                    path.as_str(),
                    format!("Enter the {}.", field.label.to_lowercase()),
                )),
            }
        }
        // A session checks the base URL.
        match self.sessions.trial(&connection, stored.is_some(), secrets.clone(), &provider) {
            Err(AppError { fault: Fault::Validation { fields }, .. }) => errors.extend(fields),
            Err(error) => return Err(error),
            Ok(session) if errors.is_empty() => return Ok(Checked { connection, secrets, session }),
            Ok(_) => {}
        }
        Err(AppError::validation(errors))
    }

    /// The connection an input makes. Only the fields the provider has: nothing else is ever stored.
    fn entered(
        &self,
        input: &ConnectionInput,
        stored: Option<&Connection>,
    ) -> Result<(Connection, Arc<dyn Provider>), AppError> {
        let base_url = input.base_url.trim();
        let mut connection = Connection {
            id: stored.map_or_else(ConnectionId::random, |s| s.id.clone()),
            provider: stored.map_or_else(|| input.provider.clone(), |s| s.provider.clone()),
            label: input.label.trim().to_owned(),
            environment: input.environment,
            base_url: (!base_url.is_empty()).then(|| base_url.to_owned()),
            read_only: input.read_only,
            public_credentials: BTreeMap::new(),
            built_in: false,
            facts: stored.map(|s| s.facts.clone()).unwrap_or_default(),
        };
        let provider = self.provider(&connection)?.clone();
        for field in provider.info().credentials.into_iter().filter(|f| !f.secret) {
            if let Some(value) = input.public_credentials.get(&field.key) {
                connection.public_credentials.insert(field.key, value.trim().to_owned());
            }
        }
        Ok((connection, provider))
    }

    /// What the credential says of itself, once any part of it was replaced; until then what is known holds.
    async fn facts(
        &self,
        connection: &Connection,
        secrets: &BTreeMap<String, SecretChange>,
    ) -> Result<CredentialFacts, AppError> {
        if !secrets.values().any(|change| matches!(change, SecretChange::Replace { .. })) {
            return Ok(connection.facts.clone());
        }
        let mut whole = BTreeMap::new();
        for (key, change) in secrets {
            let value = match change {
                SecretChange::Replace { value } => Some(value.clone()),
                // A keyring that cannot be read leaves this part out.
                SecretChange::Keep => {
                    self.vault.get(&VaultKey::connection(&connection.id, key)).await.ok().flatten()
                }
                SecretChange::Clear => None,
            };
            whole.extend(value.map(|value| (key.clone(), value)));
        }
        Ok(self.provider(connection)?.credential_facts(&whole))
    }

    async fn put_secrets(
        &self,
        id: &ConnectionId,
        secrets: &BTreeMap<String, SecretChange>,
    ) -> Result<(), AppError> {
        for (key, change) in secrets {
            if let SecretChange::Replace { value } = change {
                self.vault.put(&VaultKey::connection(id, key), value).await.map_err(failure::vault)?;
            }
        }
        Ok(())
    }

    /// Puts back what was there before a change that failed.
    async fn restore_secrets(
        &self,
        id: &ConnectionId,
        before: impl IntoIterator<Item = (String, Option<Secret>)>,
    ) {
        for (key, old) in before {
            let key = VaultKey::connection(id, &key);
            let restored = match old {
                Some(old) => self.vault.put(&key, &old).await,
                None => self.vault.delete(&key).await,
            };
            if let Err(error) = restored {
                tracing::warn!(%error, "a secret could not be put back");
            }
        }
    }
}

/// The names of the credential's parts are only known to its provider, and a keyring lists nothing.
fn credential_left(connection: &Connection) -> AppError {
    let message = format!(
        "{} was removed. Its credential may still be in the keyring: this Tacklebox does not know the provider {}, \
         and so not under which name.",
        connection.label, connection.provider
    );
    let entry = VaultKey::connection(&connection.id, "");
    AppError::new(Fault::Vault { problem: VaultProblem::Other }, message).advise(format!(
        "Look in the system's program for passwords for entries that begin with {entry} and delete them."
    ))
}

/// A secret without the white space that pasting brings; nothing when that was all.
fn trimmed(entered: Option<&SecretChange>) -> Option<SecretChange> {
    match entered? {
        SecretChange::Replace { value } => {
            let value = value.expose_secret().trim();
            (!value.is_empty()).then(|| SecretChange::Replace { value: Secret::from(value) })
        }
        SecretChange::Keep => Some(SecretChange::Keep),
        SecretChange::Clear => Some(SecretChange::Clear),
    }
}

#[cfg(test)]
mod tests;
