use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where secrets are kept right now, as the window says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "mode", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum VaultStatus {
    /// In the keyring of the operating system.
    Keyring {
        /// What it is called here, such as `the system keyring (Secret Service)`.
        name: String,
    },
    /// In memory until the program ends.
    SessionOnly {
        /// Why the keyring cannot be used.
        problem: VaultProblem,
        /// What happened, in a sentence.
        words: String,
        /// What to do next, in a sentence.
        advice: String,
        /// How many secrets will be lost when the program ends.
        held: u32,
    },
}

/// Why the keyring cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum VaultProblem {
    /// There is no session bus to reach a keyring on.
    NoBus,
    /// No keyring program answers, or it has no collection to keep anything in.
    NoCollection,
    /// It is locked and nobody unlocked it.
    Locked,
    /// The user or the system said no.
    Denied,
    /// It did not answer in time.
    TimedOut,
    /// What was read back is not what was written.
    Corrupt,
    /// Anything else.
    Other,
}
