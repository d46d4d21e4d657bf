//! What journeys share: a profile of their own, a simulated vendor, and a look at everything on disk.

use std::path::{Path, PathBuf};
use tacklebox_e2e::{DriveError, Launch, Window};
use tacklebox_sandbox::{
    ButlrConfig, ButlrHandle, ButlrOrganisation, Sandbox, SandboxConfig, SandboxOrganisation,
};
use tempfile::TempDir;

pub type Outcome = Result<(), DriveError>;

/// What the credential fields of the simulated vendors are called, by key.
pub const BUTLR_LABELS: &[(&str, &str)] = &[("client_id", "Client ID"), ("client_secret", "Client secret")];
pub const EPILOT_LABELS: &[(&str, &str)] = &[("access_token", "Access token")];

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

    /// The id of the one connection in the profile's database, and the name of its keyring entries.
    pub fn connection(&self) -> (String, String) {
        let found = tacklebox::Profile::find(Some(&self.path())).unwrap();
        let store = tacklebox_store::Store::open(&found.database()).unwrap();
        let connection = store.connections().unwrap().remove(0);
        (connection.id.to_string(), found.keyring_name.unwrap())
    }

    /// Waits until a text stands in a file of the profile.
    pub async fn until_kept(&self, text: &str) -> Outcome {
        let began = std::time::Instant::now();
        while self.files_holding(&[text]).is_empty() {
            if began.elapsed() > tacklebox_e2e::PATIENCE {
                return Err(DriveError::Setup(format!("“{text}” did not reach the disk.")));
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        Ok(())
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

/// A simulated organisation outside the program, as a vendor is.
pub struct Vendor {
    pub sandbox: Sandbox,
    pub organisation: SandboxOrganisation,
    /// What its credential fields are called, by key.
    labels: &'static [(&'static str, &'static str)],
}

impl Vendor {
    /// A Butlr with this organisation.
    pub async fn start(organisation: ButlrOrganisation) -> Self {
        let key = organisation.key.clone();
        let butlr = ButlrConfig { organisations: vec![organisation], ..ButlrConfig::default() };
        let config = SandboxConfig { butlr, ..SandboxConfig::default() };
        Self::of(config, &key, BUTLR_LABELS).await
    }

    /// One of the seeded organisations of any vendor.
    pub async fn seeded(key: &str, labels: &'static [(&'static str, &'static str)]) -> Self {
        Self::of(SandboxConfig::default(), key, labels).await
    }

    async fn of(config: SandboxConfig, key: &str, labels: &'static [(&'static str, &'static str)]) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let organisation = sandbox.organisations().into_iter().find(|o| o.key == key).unwrap();
        Self { sandbox, organisation, labels }
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
        let provider = &self.organisation.provider;
        window.press_path(&format!("//label[.//input[@type='radio' and @value='{provider}']]")).await?;
        window.fill("Name", label).await?;
        for (key, field) in self.labels {
            window.fill(field, self.credential(key)).await?;
        }
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
