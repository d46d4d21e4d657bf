//! Listing, opening and revealing webhooks.

use crate::view::{
    ConnectionRows, OpenRequest, OptionsRequest, RefreshEvent, RefreshRequest, RevealRequest, TreeRequest,
};
use crate::waiting::{Patience, Waited, is_limit};
use crate::{Workbench, failure, now_ms, uncancellable};
use futures::stream::{FuturesUnordered, StreamExt};
use secrecy::ExposeSecret;
use tacklebox_model::{
    AppError, Connection, ConnectionId, Fault, FieldOption, Offer, TreeNode, Webhook, WebhookPick,
};
use tacklebox_providers::Remote;
use tokio_util::sync::CancellationToken;

/// How often an organisation is read anew because it was written to meanwhile.
const READS: usize = 4;

/// What one read of an organisation brought.
pub(crate) struct Seen {
    pub remotes: Vec<Remote>,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

impl Workbench {
    /// The rows seen last, at once and without asking anyone.
    ///
    /// # Errors
    /// The database fails.
    pub fn last_seen(&self) -> Result<Vec<ConnectionRows>, AppError> {
        let seen = self.store.last_seen().map_err(failure::store)?;
        let rows = seen.into_iter().map(|seen| ConnectionRows {
            connection: seen.connection,
            read_at_ms: Some(seen.read_at_ms),
            rows: seen.rows,
        });
        Ok(rows.collect())
    }

    /// Reads connections at the same time, saying of each when it begins and how it ends. One that
    /// fails does not disturb the others.
    ///
    /// # Errors
    /// The database fails.
    pub async fn refresh(
        &self,
        request: &RefreshRequest,
        say: &(dyn Fn(RefreshEvent) + Send + Sync),
    ) -> Result<(), AppError> {
        let running = self.operations.begin(&request.operation);
        let connections = self.store.connections().map_err(failure::store)?;
        let wanted = |c: &&Connection| request.connections.is_empty() || request.connections.contains(&c.id);
        let mut reads: FuturesUnordered<_> = connections
            .iter()
            .filter(wanted)
            .map(|connection| {
                say(RefreshEvent::Started { connection: connection.id.clone() });
                self.read_all(connection, &running.cancel, say)
            })
            .collect();
        while let Some((connection, outcome)) = reads.next().await {
            say(match outcome {
                Ok(rows) => RefreshEvent::Loaded { rows },
                Err(error) => RefreshEvent::Failed { connection, error },
            });
        }
        Ok(())
    }

    /// What webhooks of a connection can have, and its event types.
    ///
    /// # Errors
    /// The vendor cannot be asked.
    pub async fn offer(&self, connection: &ConnectionId) -> Result<Offer, AppError> {
        let connection = self.connection(connection)?;
        let offer = self.session(&connection)?.offer(&uncancellable()).await;
        offer.map(|offer| (*offer).clone()).map_err(|e| e.at(place(&connection, "reading what it offers")))
    }

    /// What an id list can name.
    ///
    /// # Errors
    /// The vendor cannot be asked.
    pub async fn field_options(&self, request: &OptionsRequest) -> Result<Vec<FieldOption>, AppError> {
        let connection = self.connection(&request.connection)?;
        let options = self.session(&connection)?.options(&request.path, &uncancellable()).await;
        options.map_err(|e| e.at(place(&connection, "reading names")))
    }

    /// What the id lists of a section can name, as a tree.
    ///
    /// # Errors
    /// The vendor cannot be asked.
    pub async fn field_tree(&self, request: &TreeRequest) -> Result<Vec<TreeNode>, AppError> {
        let connection = self.connection(&request.connection)?;
        let tree = self.session(&connection)?.tree(&request.section, &uncancellable()).await;
        tree.map_err(|e| e.at(place(&connection, "reading names")))
    }

    /// One webhook with all its values, secrets excepted.
    ///
    /// # Errors
    /// It does not exist any more, or the vendor cannot be asked.
    pub async fn open_webhook(&self, request: &OpenRequest) -> Result<Webhook, AppError> {
        if !request.fresh
            && let Some(seen) = self.store.seen_webhook(&request.webhook).map_err(failure::store)?
        {
            return Ok(seen);
        }
        let remote = self.read_one(&request.webhook).await?;
        self.plans.remember_opened(&remote);
        Ok(remote.webhook)
    }

    /// A stored secret in clear, because the user pressed *Reveal* or *Copy* on it. One that the vendor told once
    /// comes from the vault, and the vendor is not asked.
    ///
    /// # Errors
    /// The vendor does not return it, or cannot be asked; the vault lost what it kept, or cannot be asked.
    pub async fn reveal(&self, request: &RevealRequest) -> Result<String, AppError> {
        let connection = self.connection(&request.webhook.connection)?;
        let kept = self.kept_value(&connection, &request.webhook, &request.path).await;
        if let Some(kept) = kept.map_err(|e| e.at(place(&connection, "reading a secret")))? {
            return Ok(kept.expose_secret().to_owned());
        }
        let remote = self.read_one(&request.webhook).await?;
        let secret = self.session(&connection)?.reveal(&remote, &request.path);
        let secret = secret.ok_or_else(|| {
            AppError::new(Fault::NotFound, "There is no value to show.")
                .at(place(&connection, "reading a secret"))
        })?;
        Ok(secret.expose_secret().to_owned())
    }

    async fn read_all(
        &self,
        connection: &Connection,
        cancel: &CancellationToken,
        say: &(dyn Fn(RefreshEvent) + Send + Sync),
    ) -> (ConnectionId, Result<ConnectionRows, AppError>) {
        let outcome = self.list_with_patience(connection, cancel, say).await;
        let rows = outcome.map(|seen| ConnectionRows {
            connection: connection.id.clone(),
            read_at_ms: Some(seen.at_ms),
            rows: seen.remotes.iter().map(|r| r.webhook.row()).collect(),
        });
        (connection.id.clone(), rows.map_err(|e| e.at(place(connection, "listing webhooks"))))
    }

    /// Reads all webhooks of a connection, waiting where the vendor asks for it.
    async fn list_with_patience(
        &self,
        connection: &Connection,
        cancel: &CancellationToken,
        say: &(dyn Fn(RefreshEvent) + Send + Sync),
    ) -> Result<Seen, AppError> {
        let mut patience = Patience::default();
        loop {
            let error = match self.list_and_remember(connection, cancel).await {
                Err(error) if is_limit(&error) => error,
                outcome => return outcome,
            };
            let id = connection.id.clone();
            let saying = |wait_ms| say(RefreshEvent::Waiting { connection: id, wait_ms });
            match self.waits.sit_out(&error, &mut patience, cancel, saying).await {
                Waited::Over => {}
                Waited::Stopped => return Err(AppError::cancelled()),
                Waited::GivenUp => return Err(error),
            }
        }
    }

    /// Reads all webhooks of a connection and remembers them without their secrets. What was read before
    /// a write ended is read again: it would take away the row the write made.
    pub(crate) async fn list_and_remember(
        &self,
        connection: &Connection,
        cancel: &CancellationToken,
    ) -> Result<Seen, AppError> {
        let turn = self.turns.of(&connection.id);
        let mut reads_left = READS;
        loop {
            let ticket = turn.begin_read();
            let remotes = self.session(connection)?.list(cancel).await?;
            let at_ms = now_ms();
            let webhooks: Vec<_> = remotes.iter().map(|r| r.webhook.clone()).collect();
            let (store, turn, id) = (self.store.clone(), turn.clone(), connection.id.clone());
            // Thousands of rows take a while, and other organisations answer meanwhile.
            let remember = move || turn.remember(ticket, || store.put_last_seen(&id, at_ms, &webhooks));
            let kept = tokio::task::spawn_blocking(remember).await;
            let kept = kept.map_err(|_| AppError::internal("What was read could not be remembered."))?;
            reads_left -= 1;
            match kept.transpose().map_err(failure::store)? {
                Some(true) => return Ok(Seen { remotes, at_ms }),
                None if reads_left == 0 => return Ok(Seen { remotes, at_ms }),
                None => {}
                Some(false) => {
                    self.sessions.end(&connection.id);
                    self.turns.forget(&connection.id);
                    return Err(failure::not_connected());
                }
            }
        }
    }

    async fn read_one(&self, pick: &WebhookPick) -> Result<Remote, AppError> {
        let connection = self.connection(&pick.connection)?;
        let place = place(&connection, "opening a webhook");
        let found = self.session(&connection)?.read(&pick.id, &uncancellable()).await;
        found.map_err(|e| e.at(place.clone()))?.ok_or_else(|| {
            AppError::new(Fault::NotFound, "This webhook does not exist any more.")
                .advise("Somebody deleted it. Refresh the list.")
                .at(place)
        })
    }
}

/// Where something happens: the organisation and what was being done.
pub(crate) fn place(connection: &Connection, doing: &str) -> String {
    format!("{}, {}, {doing}", connection.label, connection.environment.word())
}
