//! What can go wrong with a vault, and what the user can do about it.

use std::time::Duration;

use keyring_core::Error as CoreError;

use crate::native;

/// Why a vault operation failed. Never carries a stored value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// No D-Bus session bus can be reached (Linux and other Unix systems).
    #[error("there is no D-Bus session bus to reach a keyring through")]
    NoBus,
    /// Nothing on the bus offers the Secret Service, or the system has no keyring service at all.
    #[error("no keyring service is running")]
    NoService,
    /// The keyring service has no default keyring to store into.
    #[error("the keyring service has no default keyring")]
    NoCollection,
    /// The keyring is locked, and it was not unlocked for this request.
    #[error("the keyring is locked")]
    Locked,
    /// The user dismissed the prompt, or the system refused access.
    #[error("access to the keyring was refused")]
    Denied,
    /// The keyring did not answer in time; often a prompt is still open.
    #[error("the keyring did not answer within {:.1} seconds", .after.as_secs_f64())]
    TimedOut {
        /// How long the request was given.
        after: Duration,
    },
    /// The value is longer than the vault takes.
    #[error("the value is too long for the keyring (at most {limit} bytes)")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// What the keyring holds, or gave back right after writing, is not what was written.
    #[error("the keyring entry is damaged")]
    Corrupt,
    /// Anything else, in the platform's words.
    #[error("the keyring failed: {detail}")]
    Other {
        /// The platform's message, shortened to one line.
        detail: String,
    },
}

impl VaultError {
    /// One or two plain sentences on what to do next on this operating system.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoBus => {
                "Start Tacklebox from a desktop session, or under `dbus-run-session` with a keyring service running."
            }
            Self::NoService if cfg!(target_os = "linux") => {
                "Install and start a keyring service that offers the Secret Service: GNOME Keyring, KWallet 5.97 or \
                 newer, or KeePassXC with its Secret Service integration switched on."
            }
            Self::NoService => "Sign in to a desktop session of this computer and start Tacklebox there.",
            Self::NoCollection if cfg!(target_os = "macos") => {
                "Open Keychain Access and make a default keychain (normally `login`)."
            }
            Self::NoCollection => {
                "Create a keyring and set it as the default, for example in \"Passwords and Keys\", or log out and in."
            }
            Self::Locked if cfg!(target_os = "macos") => {
                "Unlock the login keychain in Keychain Access, then try again."
            }
            Self::Locked => "Unlock the keyring, then try again.",
            Self::Denied if cfg!(target_os = "windows") => {
                "Windows refused access to Credential Manager. Run Tacklebox as the signed-in user, not as a service."
            }
            Self::Denied => "Try again and allow access when the system asks.",
            Self::TimedOut { .. } => {
                "Look for a password prompt of the system, perhaps behind this window, and answer it; then try again."
            }
            Self::TooLong { .. } => "Use a shorter value.",
            Self::Corrupt => {
                "Enter the value again; if that fails, check the keyring with the system's own program."
            }
            Self::Other { .. } => {
                "Try again; if it keeps failing, restart the keyring service or log out and in."
            }
        }
    }

    /// Whether no entry at all can be used, as opposed to trouble with a single one.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        match self {
            Self::NoBus
            | Self::NoService
            | Self::NoCollection
            | Self::Locked
            | Self::Denied
            | Self::TimedOut { .. } => true,
            Self::TooLong { .. } | Self::Corrupt | Self::Other { .. } => false,
        }
    }

    /// Whether opening the keyring anew may help: the service or the bus went away, or came back changed.
    pub(crate) fn wants_reopening(&self) -> bool {
        matches!(self, Self::NoBus | Self::NoService | Self::NoCollection | Self::Other { .. })
    }

    pub(crate) fn other(detail: &dyn std::fmt::Display) -> Self {
        let text = detail.to_string();
        let line = text.lines().next().unwrap_or_default();
        Self::Other { detail: line.chars().take(300).collect() }
    }

    /// The meaning of an error of the keyring library. `NoEntry` is not expected here.
    pub(crate) fn from_core(error: &CoreError) -> Self {
        match error {
            CoreError::PlatformFailure(cause) => native::classify(cause.as_ref(), false),
            CoreError::NoStorageAccess(cause) => native::classify(cause.as_ref(), true),
            // These two hold the stored bytes, so they are never formatted; an ambiguous entry may hold them too.
            CoreError::BadEncoding(_) | CoreError::BadDataFormat(..) | CoreError::Ambiguous(_) => {
                Self::Corrupt
            }
            CoreError::TooLong(_, limit) => {
                Self::TooLong { limit: usize::try_from(*limit).unwrap_or(usize::MAX) }
            }
            CoreError::NoDefaultStore => Self::NoService,
            CoreError::BadStoreFormat(reason)
            | CoreError::Invalid(_, reason)
            | CoreError::NotSupportedByStore(reason) => Self::other(reason),
            // The enum may grow; what it grows by is not known to be free of values.
            CoreError::NoEntry | _ => Self::other(&"unknown failure"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_carry_stored_bytes_never_show_them() {
        let cause = || Box::new(std::io::Error::other("canary-cause")) as keyring_core::error::PlatformError;
        for error in [
            CoreError::BadEncoding(b"canary".to_vec()),
            CoreError::BadDataFormat(b"canary".to_vec(), cause()),
            CoreError::Ambiguous(Vec::new()),
        ] {
            assert_eq!(VaultError::from_core(&error), VaultError::Corrupt);
        }
    }

    #[test]
    fn details_are_one_short_line() {
        let long = format!("first {}\nsecond", "x".repeat(1000));
        let VaultError::Other { detail } = VaultError::from_core(&CoreError::BadStoreFormat(long)) else {
            panic!("expected Other");
        };
        assert!(detail.starts_with("first") && detail.len() == 300 && !detail.contains('\n'));
    }

    #[test]
    fn every_error_has_advice_and_a_message_of_its_own() {
        let all = [
            VaultError::NoBus,
            VaultError::NoService,
            VaultError::NoCollection,
            VaultError::Locked,
            VaultError::Denied,
            VaultError::TimedOut { after: Duration::from_secs(10) },
            VaultError::TooLong { limit: 5 },
            VaultError::Corrupt,
            VaultError::Other { detail: "x".into() },
        ];
        let advice: std::collections::HashSet<_> = all.iter().map(VaultError::advice).collect();
        let texts: std::collections::HashSet<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!((advice.len(), texts.len()), (all.len(), all.len()));
    }
}
