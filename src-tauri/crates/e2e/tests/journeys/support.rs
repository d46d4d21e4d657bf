//! What journeys share: a profile of their own, a simulated vendor, and a look at everything on disk.

use std::path::{Path, PathBuf};
use tacklebox_e2e::{DriveError, Launch, Window};
use tacklebox_sandbox::{
    ButlrConfig, ButlrHandle, ButlrOrganisation, Sandbox, SandboxConfig, SandboxOrganisation,
};
use tempfile::TempDir;

pub type Outcome = Result<(), DriveError>;

/// A profile in a folder of its own, gone at the end.
pub struct OwnProfile {
    folder: TempDir,
}

impl OwnProfile {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("journey")
    }

    pub fn launch(&self) -> Launch {
        Launch::of_profile(&self.path())
    }

    /// Every file of the profile that holds one of these texts.
    pub fn files_holding(&self, texts: &[&str]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.path()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if holds(&path, texts) {
                    found.push(path);
                }
            }
        }
        found
    }
}

fn holds(path: &Path, texts: &[&str]) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    texts.iter().any(|text| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

/// A simulated Butlr outside the program, as a vendor is.
pub struct Vendor {
    pub sandbox: Sandbox,
    pub organisation: SandboxOrganisation,
}

impl Vendor {
    pub async fn start(organisation: ButlrOrganisation) -> Self {
        let butlr = ButlrConfig { organisations: vec![organisation], ..ButlrConfig::default() };
        let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.unwrap();
        let organisation = sandbox.organisations().remove(0);
        Self { sandbox, organisation }
    }

    pub fn butlr(&self) -> ButlrHandle {
        self.sandbox.butlr(&self.organisation.key).unwrap()
    }

    pub fn credential(&self, key: &str) -> &str {
        let found = self.organisation.credential.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str()).unwrap()
    }

    /// Fills in *Add organisation* for this vendor's organisation.
    pub async fn fill_in(&self, window: &Window, label: &str) -> Outcome {
        window.fill("Name", label).await?;
        window.fill("Client ID", self.credential("client_id")).await?;
        window.fill("Client secret", self.credential("client_secret")).await?;
        window.press_path("//button[starts-with(normalize-space(.), 'Advanced')]").await?;
        window.fill("Base URL", &self.organisation.base_url).await
    }

    /// Connects this vendor's organisation from the welcome screen and waits for its list.
    pub async fn connect(&self, window: &Window, label: &str) -> Outcome {
        window.press("Connect an organisation").await?;
        self.fill_in(window, label).await?;
        window.press_path(&format!("//button[starts-with(normalize-space(.), 'Add {label}')]")).await?;
        window.see("All webhooks").await?;
        window.settled().await
    }
}
