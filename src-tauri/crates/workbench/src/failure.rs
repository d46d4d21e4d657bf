//! Errors of the lower floors in the window's words.

use tacklebox_model::{AppError, Fault};
use tacklebox_store::StoreError;
use tacklebox_vault::VaultError;

use crate::vault::problem;

/// The database failed.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub fn store(error: StoreError) -> AppError {
    tracing::error!(%error, "store");
    let message = match &error {
        StoreError::Open { .. } | StoreError::Migrate { .. } => "Tacklebox cannot open its database.",
        StoreError::Sql(_) => "Tacklebox cannot use its database.",
        StoreError::Value(_) => "Something in Tacklebox's database cannot be read.",
    };
    AppError::new(Fault::Store, format!("{message} {error}"))
        .advise("Check that the disk is not full and the data folder can be written. Nothing was deleted.")
}

/// The keyring failed.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub fn vault(error: VaultError) -> AppError {
    AppError::new(Fault::Vault { problem: problem(&error) }, sentence(&error.to_string())).advise(error.advice())
}

/// Words as a sentence.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
