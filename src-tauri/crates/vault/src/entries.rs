//! Values as entries of one keyring store. Runs on the keyring's thread.

use std::collections::HashMap;

use keyring_core::{CredentialStore, Entry, Error as CoreError};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use crate::encoding::{self, ChunkSet, Head, VALUE_LIMIT_BYTES};
use crate::{VaultError, VaultKey};

/// The entries of one service name in an opened store.
pub(crate) struct Entries<'a> {
    pub(crate) store: &'a CredentialStore,
    pub(crate) service: &'a str,
    pub(crate) labels: bool,
    /// Whether the caller has given up; then nothing more is written.
    pub(crate) given_up: &'a dyn Fn() -> bool,
}

impl Entries<'_> {
    /// Stores a value and reads it back.
    pub(crate) fn put(&self, key: &VaultKey, value: &SecretString) -> Result<(), VaultError> {
        let key = key.as_str();
        let bytes = value.expose_secret().as_bytes();
        match encoding::whole(bytes) {
            Some(text) => {
                self.write(key, text.as_bytes())?;
                self.remove_chunks(key, &ChunkSet::BOTH)?;
            }
            None => self.put_split(key, bytes)?,
        }
        match self.value(key)? {
            Some(stored) if stored.as_slice() == bytes => Ok(()),
            _ => Err(VaultError::Corrupt),
        }
    }

    /// The value, if there is one.
    pub(crate) fn get(&self, key: &VaultKey) -> Result<Option<SecretString>, VaultError> {
        let Some(bytes) = self.value(key.as_str())? else { return Ok(None) };
        let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::Corrupt)?;
        Ok(Some(SecretString::from(text)))
    }

    /// Removes the value with all its chunks; the head last, so that a half-done removal can be done again.
    pub(crate) fn delete(&self, key: &VaultKey) -> Result<(), VaultError> {
        self.remove_chunks(key.as_str(), &ChunkSet::BOTH)?;
        self.remove(key.as_str())
    }

    fn put_split(&self, key: &str, bytes: &[u8]) -> Result<(), VaultError> {
        let in_use = match self.read(key) {
            Ok(stored) => stored.and_then(|stored| encoding::read_head(&stored)),
            Err(VaultError::Corrupt) => None,
            Err(error) => return Err(error),
        };
        let set = match in_use {
            Some(Head::Split(head)) => head.set.other(),
            Some(Head::Whole(_)) | None => ChunkSet::A,
        };
        let too_long = VaultError::TooLong { limit: VALUE_LIMIT_BYTES };
        let (head, chunks) = encoding::split(bytes, set).ok_or(too_long)?;
        self.remove_chunks(key, &[set])?;
        for (index, chunk) in chunks.iter().enumerate() {
            self.write(&set.name(key, index), chunk.as_bytes())?;
        }
        self.write(key, head.as_bytes())?;
        self.remove_chunks(key, &[set.other()])
    }

    fn value(&self, key: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let Some(stored) = self.read(key)? else { return Ok(None) };
        match encoding::read_head(&stored).ok_or(VaultError::Corrupt)? {
            Head::Whole(value) => Ok(Some(value)),
            Head::Split(head) => {
                let mut chunks = Vec::with_capacity(head.chunks);
                for index in 0..head.chunks {
                    chunks.push(self.read(&head.set.name(key, index))?.ok_or(VaultError::Corrupt)?);
                }
                encoding::join(&head, &chunks).map(Some).ok_or(VaultError::Corrupt)
            }
        }
    }

    /// Removes chunks from the last to the first. They are written from the first to the last, so whatever an
    /// interruption leaves starts at 0 and is found again.
    fn remove_chunks(&self, key: &str, sets: &[ChunkSet]) -> Result<(), VaultError> {
        for set in sets {
            let mut count = 0;
            while self.exists(&set.name(key, count))? {
                count += 1;
            }
            for index in (0..count).rev() {
                self.remove(&set.name(key, index))?;
            }
        }
        Ok(())
    }

    fn exists(&self, account: &str) -> Result<bool, VaultError> {
        match self.read(account) {
            Ok(stored) => Ok(stored.is_some()),
            Err(VaultError::Corrupt) => Ok(true),
            Err(error) => Err(error),
        }
    }

    fn read(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match self.entry(account)?.get_secret() {
            Ok(stored) => Ok(Some(Zeroizing::new(stored))),
            Err(CoreError::NoEntry) => Ok(None),
            Err(error) => Err(VaultError::from_core(&error)),
        }
    }

    fn write(&self, account: &str, stored: &[u8]) -> Result<(), VaultError> {
        if (self.given_up)() {
            return Err(VaultError::other(&"the request was given up"));
        }
        let entry = self.entry(account)?;
        match entry.set_secret(stored) {
            Err(CoreError::Ambiguous(doubles)) => {
                remove_all(&doubles)?;
                entry.set_secret(stored)
            }
            result => result,
        }
        .map_err(|error| VaultError::from_core(&error))
    }

    fn remove(&self, account: &str) -> Result<(), VaultError> {
        if (self.given_up)() {
            return Err(VaultError::other(&"the request was given up"));
        }
        match self.entry(account)?.delete_credential() {
            Ok(()) | Err(CoreError::NoEntry) => Ok(()),
            Err(CoreError::Ambiguous(doubles)) => remove_all(&doubles),
            Err(error) => Err(VaultError::from_core(&error)),
        }
    }

    fn entry(&self, account: &str) -> Result<Entry, VaultError> {
        let label = format!("Tacklebox: {account}");
        let modifiers = HashMap::from([("label", label.as_str())]);
        let modifiers = self.labels.then_some(&modifiers);
        self.store.build(self.service, account, modifiers).map_err(|error| VaultError::from_core(&error))
    }
}

/// Removes entries that stand for the same account, which two keyrings of one service can hold.
fn remove_all(doubles: &[Entry]) -> Result<(), VaultError> {
    for double in doubles {
        match double.delete_credential() {
            Ok(()) | Err(CoreError::NoEntry) => {}
            Err(error) => return Err(VaultError::from_core(&error)),
        }
    }
    Ok(())
}
