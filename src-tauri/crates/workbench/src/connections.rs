//! Adding, changing, trying and removing connections.

use crate::view::{EditConnectionRequest, TestConnectionRequest};
use crate::{Workbench, failure, sessions};
use secrecy::ExposeSecret;
use std::sync::Arc;
use tacklebox_model::{
    AppError, Connection, ConnectionId, ConnectionInput, ConnectionReport, Fault, FieldError, Finding, SecretChange,
};
use tacklebox_providers::Provider;
use tacklebox_vault::{Vault, VaultKey};

impl Workbench {
    /// Adds a connection: its secrets to the vault first, so that a stored connection always has them.
    ///
    /// # Errors
    /// Fields that are not right; a vault or database that fails, and then nothing is kept.
    pub async fn add_connection(&self, input: &ConnectionInput) -> Result<Connection, AppError> {
        let provider = self.checked(input, None)?;
        let connection = connection(ConnectionId::random(), input, false);
        self.put_secrets(&connection.id, input).await?;
        if let Err(error) = self.store.put_connection(&connection) {
            self.delete_secrets(&connection.id, &provider).await?;
            return Err(failure::store(error));
        }
        Ok(connection)
    }

    /// Changes a connection. Secrets on `Keep` stay as they are.
    ///
    /// # Errors
    /// As [`Workbench::add_connection`].
    pub async fn edit_connection(&self, request: &EditConnectionRequest) -> Result<Connection, AppError> {
        let stored = self.connection(&request.connection)?;
        if stored.built_in {
            return Err(AppError::new(Fault::ReadOnly, "The sandbox's own organisations cannot be changed."));
        }
        self.checked(&request.input, Some(&stored))?;
        let changed = Connection {
            provider: stored.provider.clone(),
            ..connection(stored.id.clone(), &request.input, stored.built_in)
        };
        self.put_secrets(&changed.id, &request.input).await?;
        self.store.put_connection(&changed).map_err(failure::store)?;
        self.sessions.end(&changed.id);
        Ok(changed)
    }

    /// Removes a connection and everything the vault holds for it. Its journal stays, without the secrets
    /// a revert would need.
    ///
    /// # Errors
    /// The vault fails, and then the connection stays, so that no secret is left without an owner.
    pub async fn remove_connection(&self, id: &ConnectionId) -> Result<(), AppError> {
        let connection = self.connection(id)?;
        if let Ok(provider) = self.provider(&connection) {
            self.delete_secrets(id, &provider.clone()).await?;
        }
        self.drop_revert_secrets(id).await?;
        self.sessions.end(id);
        self.store.remove_connection(id).map_err(failure::store)
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
        let provider = self.checked(&request.input, stored.as_ref())?;
        let session = self.sessions.trial(&request.input, stored.as_ref(), &provider)?;
        tokio::select! {
            report = session.inspect(say, &running.cancel) => Ok(report),
            () = running.cancel.cancelled() => Err(AppError::cancelled()),
        }
    }

    /// Everything wrong with an input at once, or its provider.
    fn checked(
        &self,
        input: &ConnectionInput,
        stored: Option<&Connection>,
    ) -> Result<Arc<dyn Provider>, AppError> {
        let probe = connection(ConnectionId::from(""), input, false);
        let provider = self.provider(stored.unwrap_or(&probe))?.clone();
        let mut errors = Vec::new();
        if probe.label.is_empty() {
            errors.push(FieldError::at("label", "Enter a name. It is shown in every confirmation."));
        }
        errors.extend(provider.check_credentials(&probe.public_credentials));
        let moved = stored.is_some_and(|s| s.base_url != probe.base_url);
        for field in provider.info().credentials.iter().filter(|f| f.secret) {
            let path = format!("credentials.{}", field.key);
            match input.secret_credentials.get(&field.key) {
                Some(SecretChange::Replace { value }) if !value.expose_secret().trim().is_empty() => {}
                Some(SecretChange::Keep) if stored.is_some() && !moved => {}
                Some(SecretChange::Keep) if stored.is_some() => errors.push(FieldError::at(
                    path.as_str(),
                    "The address changed. Enter the secret again, so that it only goes where you mean it to.",
                )),
                _ => errors.push(FieldError::at(path.as_str(), format!("Enter the {}.", field.label.to_lowercase()))),
            }
        }
        // A session checks the base URL.
        match self.sessions.trial(input, stored, &provider) {
            Err(AppError { fault: Fault::Validation { fields }, .. }) => errors.extend(fields),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        if errors.is_empty() { Ok(provider) } else { Err(AppError::validation(errors)) }
    }

    async fn put_secrets(&self, id: &ConnectionId, input: &ConnectionInput) -> Result<(), AppError> {
        for (key, change) in &input.secret_credentials {
            if let SecretChange::Replace { value } = change {
                self.vault.put(&VaultKey::connection(id, key), value).await.map_err(failure::vault)?;
            }
        }
        Ok(())
    }

    async fn delete_secrets(&self, id: &ConnectionId, provider: &Arc<dyn Provider>) -> Result<(), AppError> {
        for field in provider.info().credentials.iter().filter(|f| f.secret) {
            self.vault.delete(&VaultKey::connection(id, &field.key)).await.map_err(failure::vault)?;
        }
        Ok(())
    }
}

fn connection(id: ConnectionId, input: &ConnectionInput, built_in: bool) -> Connection {
    Connection {
        id,
        provider: input.provider.clone(),
        label: input.label.trim().to_owned(),
        environment: input.environment,
        base_url: sessions::base_url(input),
        read_only: input.read_only,
        public_credentials: sessions::public_credentials(input),
        built_in,
    }
}
