//! Errors of the lower floors in the window's words.

use tacklebox_model::{AppError, Connection, Fault};
use tacklebox_store::StoreError;
use tacklebox_vault::VaultError;

use crate::vault::problem;

/// The database failed.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub fn store(error: StoreError) -> AppError {
    tracing::error!(%error, "store");
    AppError::new(Fault::Store, sentence(&error.to_string()))
        .advise("Check that the disk is not full and that the data folder can be written.")
}

/// The keyring failed.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub fn vault(error: VaultError) -> AppError {
    AppError::new(Fault::Vault { problem: problem(&error) }, sentence(&error.to_string()))
        .advise(error.advice())
}

/// The connection was removed.
pub fn not_connected() -> AppError {
    AppError::new(Fault::NotFound, "This organisation is not connected any more.")
        .advise("Add it again to go on.")
}

/// The connection is not the one whose name and address were reviewed.
pub fn connection_changed(connection: &Connection) -> AppError {
    let message = format!("The settings of {} changed since the review. Nothing was sent.", connection.label);
    AppError::new(Fault::PlanGone, message).advise("Review the changes again.")
}

/// Fails where nothing may be written, by the settings or by the credential.
pub fn read_only(connection: &Connection) -> Result<(), AppError> {
    match (connection.read_only, connection.facts.read_only) {
        (true, _) => Err(AppError::read_only(&connection.label)),
        (false, true) => Err(AppError::read_only_credential(&connection.label)),
        (false, false) => Ok(()),
    }
}

/// Words as a sentence.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
