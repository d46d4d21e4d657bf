//! Where a profile's data lies, and that only one window works on it.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use tacklebox_model::{AppError, Fault};

/// A profile's folders, locked for as long as this lives.
#[derive(Debug)]
pub struct Profile {
    /// Its name, when it was chosen with `--profile`.
    pub name: Option<String>,
    /// What tells its keyring entries from those of other profiles.
    pub keyring_name: Option<String>,
    /// The folder of the database.
    pub data: PathBuf,
    /// The folder of the log.
    pub logs: PathBuf,
    _lock: File,
}

impl Profile {
    /// The profile in `folder`, or the usual one of the platform.
    ///
    /// # Errors
    /// The folder cannot be made or written, or another window works on it.
    pub fn find(folder: Option<&Path>) -> Result<Self, AppError> {
        let (data, name) = match folder {
            Some(folder) => {
                let data = std::path::absolute(folder).map_err(|e| unusable(folder, &e))?;
                let name =
                    data.file_name().map_or_else(|| "profile".into(), |n| n.to_string_lossy().into_owned());
                (data, Some(name))
            }
            None => (usual_folder()?, None),
        };
        let logs = data.join("logs");
        std::fs::create_dir_all(&logs).map_err(|e| unusable(&data, &e))?;
        only_for_the_user(&data).map_err(|e| unusable(&data, &e))?;
        let lock = File::create(data.join("lock")).map_err(|e| unusable(&data, &e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(already_open(&data)),
            Err(std::fs::TryLockError::Error(error)) => return Err(unusable(&data, &error)),
        }
        let keyring_name = name.as_ref().map(|name| keyring_name(name, &data));
        Ok(Self { name, keyring_name, data, logs, _lock: lock })
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        Self::database_in(&self.data)
    }

    /// The database of the profile in a folder.
    pub fn database_in(folder: &Path) -> PathBuf {
        folder.join("tacklebox.db")
    }
}

/// The platform's folder for this user's data of Tacklebox.
pub fn usual_folder() -> Result<PathBuf, AppError> {
    let folders = directories::ProjectDirs::from("app", "Tacklebox", "Tacklebox").ok_or_else(|| {
        AppError::new(Fault::Store, "This account has no home folder to keep data in.")
            .advise("Start Tacklebox with --profile and a folder.")
    })?;
    Ok(folders.data_local_dir().to_owned())
}

/// A readable name that no other folder shares.
fn keyring_name(name: &str, data: &Path) -> String {
    let readable: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .take(24)
        .collect();
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    format!("{readable}-{:08x}", hasher.finish() & 0xffff_ffff)
}

#[cfg(unix)]
fn only_for_the_user(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape on every platform")]
fn only_for_the_user(_folder: &Path) -> std::io::Result<()> {
    // The platform's folder for a user's data is closed to others already.
    Ok(())
}

fn unusable(folder: &Path, error: &std::io::Error) -> AppError {
    AppError::new(Fault::Store, format!("Tacklebox cannot use its folder {}: {error}.", folder.display()))
        .advise("Make the folder writable, or start Tacklebox with --profile and another one.")
}

fn already_open(folder: &Path) -> AppError {
    AppError::new(Fault::AlreadyOpen, "Tacklebox is open already.")
        .at(folder.display().to_string())
        .advise("Use the window that is open. For a second look at other data, start with --profile and another folder.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_for_one_window_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Profile::find(Some(folder.path())).unwrap();
        let second = Profile::find(Some(folder.path()));
        assert_eq!(second.err().map(|e| e.fault), Some(Fault::AlreadyOpen));
        drop(first);
        assert!(Profile::find(Some(folder.path())).is_ok());
    }

    #[test]
    fn profiles_of_the_same_name_have_keyring_entries_of_their_own() {
        let (a, b) = (Path::new("/home/a/My profile"), Path::new("/home/b/My profile"));
        assert_ne!(keyring_name("My profile", a), keyring_name("My profile", b));
        assert!(keyring_name("My profile", a).starts_with("my-profile-"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_with_advice() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = Profile::find(Some(&file.join("below"))).err().unwrap();
        assert_eq!(error.fault, Fault::Store);
        assert!(error.advice.is_some());
    }
}
