//! The Secret Service (GNOME Keyring, KWallet, KeePassXC) over the D-Bus session bus.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyring_core::CredentialStore;
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error as ServiceError};
use zbus::fdo::Error as FdoError;

use crate::{OpenKeyring, VaultError};

pub(crate) const WORDS: &str = "the system keyring (Secret Service)";

struct Service {
    store: Arc<CredentialStore>,
    /// A connection of our own: the store has no way to ask for the lock without opening a prompt.
    watch: SecretService<'static>,
}

impl OpenKeyring for Service {
    fn store(&self) -> &CredentialStore {
        self.store.as_ref()
    }

    fn is_locked(&self) -> Result<bool, VaultError> {
        let collection = self.watch.get_default_collection().map_err(|error| classify_service(&error))?;
        collection.is_locked().map_err(|error| classify_service(&error))
    }

    fn unlock(&self) -> Result<(), VaultError> {
        let collection = self.watch.get_default_collection().map_err(|error| classify_service(&error))?;
        collection.unlock().map_err(|error| classify_service(&error))
    }

    fn takes_labels(&self) -> bool {
        true
    }
}

pub(super) fn open() -> Result<Box<dyn OpenKeyring>, VaultError> {
    let watch = SecretService::connect(EncryptionType::Plain).map_err(|error| classify_service(&error))?;
    Ok(Box::new(Service { store: open_store()?, watch }))
}

/// The store that `keyring` chooses for this platform. Its facade makes one attempt in the life of the process and
/// keeps the failure; after that attempt the same store is built directly.
fn open_store() -> Result<Arc<CredentialStore>, VaultError> {
    static FACADE_ASKED: AtomicBool = AtomicBool::new(false);
    if !FACADE_ASKED.swap(true, Ordering::SeqCst)
        && keyring::Entry::store_status().is_ok()
        && let Some(store) = keyring_core::unset_default_store()
    {
        return Ok(store);
    }
    let store: Arc<CredentialStore> =
        zbus_secret_service_keyring_store::Store::new().map_err(|error| VaultError::from_core(&error))?;
    Ok(store)
}

pub(super) fn classify(
    cause: &(dyn std::error::Error + Send + Sync + 'static),
    no_access: bool,
) -> VaultError {
    match cause.downcast_ref::<ServiceError>() {
        Some(error) => classify_service(error),
        None if no_access => VaultError::Locked,
        None => VaultError::other(&cause),
    }
}

fn classify_service(error: &ServiceError) -> VaultError {
    match error {
        ServiceError::Unavailable => VaultError::NoBus,
        ServiceError::Locked => VaultError::Locked,
        ServiceError::NoResult => VaultError::NoCollection,
        ServiceError::Prompt | ServiceError::PromptDisconnected => VaultError::Denied,
        ServiceError::Zbus(error) => classify_bus(error),
        ServiceError::ZbusFdo(error) => classify_fdo(error),
        ServiceError::Crypto(reason) => VaultError::other(reason),
        ServiceError::Zvariant(error) => VaultError::other(error),
        // The library's enum may grow.
        error => VaultError::other(error),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others are faults of the conversation, shown as they are"
)]
fn classify_bus(error: &zbus::Error) -> VaultError {
    match error {
        zbus::Error::MethodError(name, detail, _) => {
            classify_name(name.as_str(), detail.as_deref().unwrap_or_default())
        }
        zbus::Error::FDO(error) => classify_fdo(error),
        zbus::Error::Address(_) | zbus::Error::Handshake(_) | zbus::Error::InputOutput(_) => {
            VaultError::NoBus
        }
        zbus::Error::Connection(..) => VaultError::NoBus,
        error => VaultError::other(error),
    }
}

fn classify_fdo(error: &FdoError) -> VaultError {
    if let FdoError::ZBus(error) = error {
        return classify_bus(error);
    }
    let text = error.to_string();
    match text.split_once(": ") {
        Some((name, detail)) => classify_name(name, detail),
        None => VaultError::other(&text),
    }
}

/// D-Bus error names, from the D-Bus specification, the Secret Service draft, and what GNOME Keyring sends.
fn classify_name(name: &str, detail: &str) -> VaultError {
    match name {
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner"
        | "org.freedesktop.DBus.Error.Spawn.ServiceNotFound"
        | "org.freedesktop.DBus.Error.Spawn.ChildExited"
        | "org.freedesktop.DBus.Error.Spawn.ChildSignaled"
        | "org.freedesktop.DBus.Error.Spawn.ExecFailed"
        | "org.freedesktop.DBus.Error.UnknownInterface" => VaultError::NoService,
        "org.freedesktop.DBus.Error.NoServer" | "org.freedesktop.DBus.Error.Disconnected" => {
            VaultError::NoBus
        }
        "org.freedesktop.Secret.Error.IsLocked" => VaultError::Locked,
        "org.freedesktop.DBus.Error.AccessDenied" => VaultError::Denied,
        _ => VaultError::other(&format!("{name}: {detail}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bus_error_names_tell_the_states_apart() {
        let name = |name: &str| classify_name(name, "");
        assert_eq!(name("org.freedesktop.DBus.Error.ServiceUnknown"), VaultError::NoService);
        assert_eq!(name("org.freedesktop.DBus.Error.Disconnected"), VaultError::NoBus);
        assert_eq!(name("org.freedesktop.Secret.Error.IsLocked"), VaultError::Locked);
        assert_eq!(
            name("org.freedesktop.Secret.Error.NoSession"),
            VaultError::Other { detail: "org.freedesktop.Secret.Error.NoSession: ".into() }
        );
    }

    #[test]
    fn library_errors_keep_their_meaning_through_the_keyring_crate() {
        let through = |error| classify(&error as &(dyn std::error::Error + Send + Sync), true);
        assert_eq!(through(ServiceError::Prompt), VaultError::Denied);
        assert_eq!(through(ServiceError::Locked), VaultError::Locked);
        assert_eq!(through(ServiceError::NoResult), VaultError::NoCollection);
        assert_eq!(through(ServiceError::Unavailable), VaultError::NoBus);
    }
}
