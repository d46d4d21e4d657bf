//! The use cases the window calls. Owns connections, plans, operations and their cancellation;
//! knows no Tauri.

// `AppError` is what every call here may answer; a box around it would make every match on it longer, and
// an error is never on a hot path.

mod apply;
mod built_in;
mod connections;
mod deliveries;
mod drafts;
mod failure;
mod journal;
mod kept;
mod operations;
mod plan;
mod samples;
mod sessions;
mod settle;
mod switch;
#[cfg(test)]
mod testing;
mod tokens;
mod turns;
mod usage;
mod vault;
pub mod view;
mod waiting;
mod webhooks;

pub use built_in::BuiltInOrganisation;
pub use journal::KEEP_REVERT_SECRETS_DAYS;
pub use waiting::Clock;

use operations::Operations;
use plan::Plans;
use sessions::Sessions;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tacklebox_model::{AppError, Connection, ConnectionId, Fault, VaultStatus};
use tacklebox_providers::Provider;
use tacklebox_store::Store;
use tacklebox_vault::AdaptiveVault;
use tokio_util::sync::CancellationToken;
use view::{StartView, Theme};

/// Where a profile keeps its data, for the window to say.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name when one was chosen with `--profile`.
    pub name: Option<String>,
    /// The folder of the database.
    pub data_folder: PathBuf,
    /// The folder of the log.
    pub log_folder: PathBuf,
}

/// Everything the window can ask for. One per program.
pub struct Workbench {
    profile: Profile,
    store: Arc<Store>,
    vault: Arc<AdaptiveVault>,
    providers: Vec<Arc<dyn Provider>>,
    sessions: Sessions,
    plans: Plans,
    operations: Operations,
    turns: turns::Turns,
    unnoted: kept::Unnoted,
    /// Held for reading while anything is written.
    writing: tokio::sync::RwLock<()>,
    waits: waiting::Waits,
}

/// The preference that holds the theme.
pub const THEME: &str = "theme";

impl Workbench {
    /// Takes over a profile's database and vault. Entries of the journal that an earlier run left
    /// unfinished are marked as uncertain, and secrets of expired entries are removed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn open(
        profile: Profile,
        store: Arc<Store>,
        vault: Arc<AdaptiveVault>,
        providers: Vec<Arc<dyn Provider>>,
    ) -> Result<Self, AppError> {
        let sessions = Sessions::new(vault.clone(), store.clone());
        let workbench = Self {
            profile,
            store,
            vault,
            providers,
            sessions,
            plans: Plans::default(),
            operations: Operations::default(),
            turns: turns::Turns::default(),
            unnoted: kept::Unnoted::default(),
            writing: tokio::sync::RwLock::default(),
            waits: waiting::Waits::default(),
        };
        workbench.mark_interrupted()?;
        // The sandbox of an earlier run is gone, and its secrets with it.
        workbench.store.forget_sandbox_secrets().map_err(failure::store)?;
        workbench.remove_owed_secrets().await?;
        workbench.expire_revert_secrets().await?;
        Ok(workbench)
    }

    /// Waits for vendors by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.waits = waiting::Waits::with(clock);
        self
    }

    /// All the window needs for its first picture.
    ///
    /// # Errors
    /// The database fails.
    pub fn start(&self, sandbox_running: bool) -> Result<StartView, AppError> {
        Ok(StartView {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: self.profile.name.clone(),
            data_folder: self.profile.data_folder.display().to_string(),
            log_folder: self.profile.log_folder.display().to_string(),
            providers: self.providers.iter().map(|p| p.info()).collect(),
            connections: self.store.connections().map_err(failure::store)?,
            vault: self.vault_status(),
            theme: self.store.preference(THEME).map_err(failure::store)?.unwrap_or_default(),
            sandbox_running,
        })
    }

    /// Remembers the theme.
    ///
    /// # Errors
    /// The database fails.
    pub fn set_theme(&self, theme: Theme) -> Result<(), AppError> {
        self.store.set_preference(THEME, &theme).map_err(failure::store)
    }

    /// Where secrets are kept.
    pub fn vault_status(&self) -> VaultStatus {
        vault::status(&self.vault.status())
    }

    /// The vault, for whoever watches it.
    pub fn vault(&self) -> &Arc<AdaptiveVault> {
        &self.vault
    }

    /// Waits until no plan is being applied, for the program ends. Nobody waits for a vendor's limit any more.
    pub async fn finish_writes(&self) {
        self.waits.end();
        drop(self.writing.write().await);
        self.sessions.calls().write();
    }

    /// Stops an operation; one that has ended or never began is left alone.
    pub fn cancel(&self, operation: &tacklebox_model::OperationId) {
        self.operations.cancel(operation);
    }

    fn connection(&self, id: &ConnectionId) -> Result<Connection, AppError> {
        self.store.connection(id).map_err(failure::store)?.ok_or_else(failure::not_connected)
    }

    fn provider(&self, connection: &Connection) -> Result<&Arc<dyn Provider>, AppError> {
        self.providers.iter().find(|p| p.info().id == connection.provider).ok_or_else(|| {
            AppError::new(
                Fault::NotFound,
                format!("This Tacklebox does not know the provider {}.", connection.provider),
            )
            .advise("A newer Tacklebox may have added this organisation. Update, or remove it.")
        })
    }

    /// A session of a stored connection.
    fn session(&self, connection: &Connection) -> Result<Arc<dyn tacklebox_providers::Session>, AppError> {
        self.sessions.of(connection, self.provider(connection)?)
    }
}

/// Milliseconds since 1970.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A token for what nobody can stop, such as a write that has begun.
fn uncancellable() -> CancellationToken {
    CancellationToken::new()
}
