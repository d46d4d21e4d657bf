//! Secrets a vendor told once, kept for the user: the value in the vault, what it is and where in the database.

use crate::vault::{Owed, problem_words};
use crate::{Workbench, failure, now_ms};
use std::sync::{Mutex, PoisonError};
use tacklebox_model::{
    AppError, Connection, Fault, FieldPath, KeptWhere, OneTimeSecret, Secret, VaultStatus, WebhookId,
    WebhookPick,
};
use tacklebox_providers::ToldOnce;
use tacklebox_store::{KeptPlace, KeptSecret};
use tacklebox_vault::{InMemory, Vault, VaultKey};

/// Kept secrets of this run that the database did not take a note of. They are in memory alone.
#[derive(Default)]
pub struct Unnoted(Mutex<Vec<KeptSecret>>);

impl Workbench {
    /// The secrets kept for a webhook, each with where it is now. What is nowhere any more is left out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn kept_secrets(&self, webhook: &WebhookPick) -> Result<Vec<OneTimeSecret>, AppError> {
        let mut rows = self.unnoted.of(webhook);
        let noted = self.store.kept_secrets(webhook).map_err(failure::store)?;
        rows.extend(noted.into_iter().filter(|row| self.unnoted.find(webhook, &row.path).is_none()));
        if rows.is_empty() {
            return Ok(vec![]);
        }
        // A keyring that was locked meanwhile would ask for its password at the next read: this finds out
        // without asking. In session mode there is nothing to find out.
        if self.keyring_works() {
            self.vault.recheck().await;
        }
        let mut kept = Vec::new();
        for row in rows {
            if let Some(place) = self.whereabouts(&row).await {
                kept.push(one_time(&row, place));
            }
        }
        Ok(kept)
    }

    /// Keeps what a vendor told once. Whatever fails, the value stays in memory until the program ends, and the
    /// answer says so.
    pub(crate) async fn keep_told_once(
        &self,
        connection: &Connection,
        webhook: &WebhookId,
        told: Vec<ToldOnce>,
    ) -> Vec<OneTimeSecret> {
        let mut kept = Vec::new();
        for secret in told {
            kept.push(self.keep(connection, webhook, secret).await);
        }
        kept
    }

    /// Removes what was kept for a webhook that is gone. What fails is logged: the webhook is gone all the same.
    pub(crate) async fn drop_kept_secrets(&self, connection: &Connection, webhook: &WebhookId) {
        let pick = WebhookPick { connection: connection.id.clone(), id: webhook.clone() };
        let dropped = match self.store.kept_secrets(&pick) {
            Ok(noted) => self.drop_all(connection, noted, |row| row.webhook == pick).await,
            Err(error) => Err(failure::store(error)),
        };
        if let Err(error) = dropped {
            tracing::error!(%error, %webhook, "secrets of a deleted webhook could not be removed");
        }
    }

    /// Removes what was kept for all webhooks of a connection that goes.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn drop_kept_secrets_of(&self, connection: &Connection) -> Result<(), AppError> {
        let noted = self.store.kept_secrets_of(&connection.id).map_err(failure::store)?;
        self.drop_all(connection, noted, |row| row.webhook.connection == connection.id).await
    }

    /// A kept secret in clear, without asking the vendor; nothing when none was kept under this path.
    ///
    /// # Errors
    /// The keyring cannot be used, or has lost it.
    pub(crate) async fn kept_value(
        &self,
        connection: &Connection,
        webhook: &WebhookPick,
        path: &FieldPath,
    ) -> Result<Option<Secret>, AppError> {
        let unnoted = self.unnoted.find(webhook, path);
        let row = match unnoted {
            Some(row) => Some(row),
            None => self.store.kept_secret(webhook, path).map_err(failure::store)?,
        };
        let Some(row) = row else { return Ok(None) };
        match self.vault.get(&key(&row)).await.map_err(failure::vault)? {
            Some(value) => Ok(Some(value)),
            None => Err(self.lost(connection, &row)),
        }
    }

    /// The vault first, so that the value cannot be lost any more, and then the note of it.
    async fn keep(&self, connection: &Connection, webhook: &WebhookId, told: ToldOnce) -> OneTimeSecret {
        let webhook = WebhookPick { connection: connection.id.clone(), id: webhook.clone() };
        let ToldOnce { path, label, value } = told;
        let key = VaultKey::webhook(&webhook.connection, &webhook.id, &path);
        let (place, reason) = self.put_told_once(connection, &key, &value).await;
        let mut row = KeptSecret { webhook, path, label, place, reason, kept_at_ms: now_ms() };
        let owed = Owed::Kept(row.webhook.connection.clone(), row.webhook.id.clone(), row.path.clone());
        let noted = self.store.put_kept_secret(&row).map_err(failure::store);
        match noted.and_then(|()| self.not_owed(&owed)) {
            Ok(()) => self.unnoted.forget(&row),
            Err(error) => {
                tracing::error!(%error, "a kept secret could not be noted");
                if !connection.built_in {
                    // Nobody would find it in the keyring, or remove it from there.
                    if let Err(error) = self.vault.delete(&key).await {
                        tracing::error!(%error, "a secret could not be taken back from the keyring");
                    }
                    self.vault.put_session_only(&key, value).await;
                    let words = "Tacklebox's database failed, so that it would not be found again.";
                    (row.place, row.reason) = (KeptPlace::Memory, Some(words.to_owned()));
                }
                self.unnoted.remember(row.clone());
            }
        }
        let kept = match row.place {
            KeptPlace::Keyring => KeptWhere::Keyring,
            KeptPlace::Sandbox => KeptWhere::Sandbox,
            KeptPlace::Memory => self.memory_only(&row),
        };
        one_time(&row, kept)
    }

    /// Puts a secret where it can be put, and says where it is and why not in the keyring.
    async fn put_told_once(
        &self,
        connection: &Connection,
        key: &VaultKey,
        value: &Secret,
    ) -> (KeptPlace, Option<String>) {
        if connection.built_in {
            self.vault.put_session_only(key, value.clone()).await;
            return (KeptPlace::Sandbox, None);
        }
        if let Err(error) = self.vault.put(key, value).await {
            // Such as one that is too long for any keyring.
            self.vault.put_session_only(key, value.clone()).await;
            return (KeptPlace::Memory, Some(failure::sentence(&error.to_string())));
        }
        match self.vault.in_memory(key) {
            InMemory::No => (KeptPlace::Keyring, None),
            InMemory::UntilMoved | InMemory::Always => {
                (KeptPlace::Memory, problem_words(&self.vault_status()))
            }
        }
    }

    /// Where a secret is now; nothing when it is nowhere any more.
    async fn whereabouts(&self, row: &KeptSecret) -> Option<KeptWhere> {
        match self.vault.in_memory(&key(row)) {
            InMemory::Always if row.place == KeptPlace::Sandbox => return Some(KeptWhere::Sandbox),
            InMemory::Always => return Some(self.memory_only(row)),
            InMemory::UntilMoved => {
                let reason = problem_words(&self.vault_status());
                return Some(self.memory_only(&KeptSecret { reason, ..row.clone() }));
            }
            InMemory::No => {}
        }
        let found = if self.keyring_works() { self.vault.get(&key(row)).await.ok() } else { None };
        match found {
            Some(Some(_)) => {
                self.note_moved(row);
                Some(KeptWhere::Keyring)
            }
            Some(None) => None,
            // The keyring cannot be asked now.
            None if row.place == KeptPlace::Keyring => Some(KeptWhere::Keyring),
            None => {
                let reason = "It may be in the keyring, which cannot be asked now.".to_owned();
                Some(KeptWhere::MemoryOnly { reason })
            }
        }
    }

    /// A secret that waited in memory has moved to the keyring.
    fn note_moved(&self, row: &KeptSecret) {
        if row.place == KeptPlace::Memory {
            let moved = KeptSecret { place: KeptPlace::Keyring, reason: None, ..row.clone() };
            if let Err(error) = self.store.put_kept_secret(&moved) {
                // It is found there the next time, too.
                tracing::warn!(%error, "it could not be noted that a secret moved to the keyring");
            }
        }
    }

    fn memory_only(&self, row: &KeptSecret) -> KeptWhere {
        let reason = row.reason.clone().or_else(|| problem_words(&self.vault_status()));
        KeptWhere::MemoryOnly { reason: reason.unwrap_or_else(|| "The keyring did not take it.".to_owned()) }
    }

    async fn drop_all(
        &self,
        connection: &Connection,
        noted: Vec<KeptSecret>,
        unnoted: impl Fn(&KeptSecret) -> bool,
    ) -> Result<(), AppError> {
        let rows = noted.into_iter().chain(self.unnoted.take(unnoted));
        for row in rows {
            let WebhookPick { connection: id, id: webhook } = row.webhook.clone();
            self.remove_secret(connection, Owed::Kept(id, webhook, row.path.clone())).await?;
            self.store.forget_kept_secret(&row.webhook, &row.path).map_err(failure::store)?;
        }
        Ok(())
    }

    fn lost(&self, connection: &Connection, row: &KeptSecret) -> AppError {
        let vendor = self.provider(connection).map_or_else(|_| "The vendor".to_owned(), |p| p.info().name);
        let message = match self.vault_status() {
            VaultStatus::Keyring { .. } if row.place == KeptPlace::Keyring => {
                format!("{} is not in the keyring any more.", row.label)
            }
            VaultStatus::Keyring { .. } | VaultStatus::SessionOnly { .. } => {
                format!("{} was in memory alone, and was lost when Tacklebox ended.", row.label)
            }
        };
        AppError::new(Fault::NotFound, message).advise(format!(
            "{vendor} told it once and does not repeat it. Use a copy saved elsewhere, or create the webhook anew."
        ))
    }
}

impl Unnoted {
    fn find(&self, webhook: &WebhookPick, path: &FieldPath) -> Option<KeptSecret> {
        self.of(webhook).into_iter().find(|row| &row.path == path)
    }

    fn of(&self, webhook: &WebhookPick) -> Vec<KeptSecret> {
        self.lock().iter().filter(|row| &row.webhook == webhook).cloned().collect()
    }

    fn remember(&self, row: KeptSecret) {
        self.forget(&row);
        self.lock().push(row);
    }

    fn forget(&self, row: &KeptSecret) {
        self.take(|other| other.webhook == row.webhook && other.path == row.path);
    }

    fn take(&self, which: impl Fn(&KeptSecret) -> bool) -> Vec<KeptSecret> {
        let mut rows = self.lock();
        let (taken, left) = std::mem::take(&mut *rows).into_iter().partition(which);
        *rows = left;
        taken
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<KeptSecret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(row: &KeptSecret) -> VaultKey {
    VaultKey::webhook(&row.webhook.connection, &row.webhook.id, &row.path)
}

fn one_time(row: &KeptSecret, kept: KeptWhere) -> OneTimeSecret {
    OneTimeSecret { webhook: row.webhook.clone(), path: row.path.clone(), label: row.label.clone(), kept }
}

#[cfg(test)]
mod tests;
