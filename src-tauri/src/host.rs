//! What a window talks to: the workbench, once it is open, and the sandbox beside it.

use crate::sandbox::BuiltInSandbox;
use crate::{Profile, logging, profile};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tacklebox_model::{AppError, Fault, VaultStatus};
use tacklebox_store::Store;
use tacklebox_vault::AdaptiveVault;
use tacklebox_workbench::view::{StartView, Theme};
use tacklebox_workbench::{THEME, Workbench};
use tokio::sync::OnceCell;
use tracing_appender::non_blocking::WorkerGuard;

/// How often a missing keyring is looked for while secrets are kept in memory.
const LOOK_FOR_KEYRING: Duration = Duration::from_secs(3);

/// The state behind the window. Opening the workbench may fail; the window then shows why and may ask again.
pub struct Host {
    folder: Option<PathBuf>,
    workbench: OnceCell<Arc<Opened>>,
    with_sandbox: bool,
    /// A look for once, from the command line.
    theme: Option<Theme>,
}

/// An open workbench with what must live as long as it.
pub struct Opened {
    /// The use cases.
    pub workbench: Workbench,
    /// The built-in sandbox.
    pub sandbox: BuiltInSandbox,
    _log: Option<WorkerGuard>,
    _profile: Profile,
}

impl Host {
    /// A host that opens the profile in `folder`, or the usual one, when first asked.
    pub fn new(folder: Option<PathBuf>, with_sandbox: bool, theme: Option<Theme>) -> Self {
        Self { folder, workbench: OnceCell::new(), with_sandbox, theme }
    }

    /// A host over a workbench that is open already, for tests.
    pub fn over(workbench: Workbench, profile: Profile) -> Self {
        let opened = Opened { workbench, sandbox: BuiltInSandbox::default(), _log: None, _profile: profile };
        Self {
            folder: None,
            workbench: OnceCell::new_with(Some(Arc::new(opened))),
            with_sandbox: false,
            theme: None,
        }
    }

    /// The theme to begin with, so that the window does not flash in another one: the command line's, or
    /// the one remembered, if it can be told at once.
    pub fn first_theme(&self) -> Theme {
        let remembered = || {
            let folder = self.folder.clone().or_else(|| profile::usual_folder().ok())?;
            let database = Profile::database_in(&folder);
            let store = database.exists().then(|| Store::open(&database).ok())??;
            store.preference(THEME).ok()?
        };
        self.theme.or_else(remembered).unwrap_or_default()
    }

    /// Where the webview keeps what it must keep; nothing of the user's is in it.
    pub fn webview_folder(&self) -> PathBuf {
        let folder =
            self.folder.clone().or_else(|| profile::usual_folder().ok()).unwrap_or_else(std::env::temp_dir);
        std::path::absolute(&folder).unwrap_or(folder).join("webview")
    }

    /// The open workbench; the first caller opens it, others wait. What failed is tried anew at the next call.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub async fn opened(&self) -> Result<Arc<Opened>, AppError> {
        self.workbench.get_or_try_init(|| self.open()).await.cloned()
    }

    /// All the window needs for its first picture.
    ///
    /// # Errors
    /// The workbench cannot be opened.
    pub async fn start(&self) -> Result<StartView, AppError> {
        let opened = self.opened().await?;
        let mut view = opened.workbench.start(opened.sandbox.is_running().await)?;
        view.theme = self.theme.unwrap_or(view.theme);
        Ok(view)
    }

    async fn open(&self) -> Result<Arc<Opened>, AppError> {
        let profile = Profile::find(self.folder.as_deref())?;
        let log = logging::start(&profile);
        let store = Store::open(&profile.database()).map_err(|error| {
            AppError::new(Fault::Store, format!("Tacklebox cannot open its database: {error}."))
                .advise("The file was left as it is. Move it away to start afresh, or start with --profile and another folder.")
        })?;
        let vault = AdaptiveVault::native(profile.keyring_name.as_deref()).await;
        let about = tacklebox_workbench::Profile {
            name: profile.name.clone(),
            data_folder: profile.data.clone(),
            log_folder: profile.logs.clone(),
        };
        let workbench =
            Workbench::open(about, Arc::new(store), Arc::new(vault), tacklebox_providers::registry()).await?;
        let opened =
            Arc::new(Opened { workbench, sandbox: BuiltInSandbox::default(), _log: log, _profile: profile });
        if self.with_sandbox || opened.workbench.needs_sandbox()? {
            opened.sandbox.start(&opened.workbench).await?;
        }
        tokio::spawn(look_for_keyring(Arc::downgrade(&opened)));
        Ok(opened)
    }
}

/// While secrets are kept in memory, looks now and then whether a keyring has appeared.
async fn look_for_keyring(opened: std::sync::Weak<Opened>) {
    let mut ticks = tokio::time::interval(LOOK_FOR_KEYRING);
    loop {
        ticks.tick().await;
        let Some(opened) = opened.upgrade() else { return };
        if matches!(opened.workbench.vault_status(), VaultStatus::SessionOnly { .. }) {
            opened.workbench.watch_vault_once().await;
        }
    }
}
