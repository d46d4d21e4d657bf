use serde::Deserialize;
use std::fmt;
use ts_rs::TS;

/// A value that cannot be printed or serialised, and is wiped from memory when dropped.
pub type Secret = secrecy::SecretString;

/// What stands in the place of a secret wherever one would be shown: never its real length.
pub const MASK: &str = "••••••••";

/// The three moves of a secret field. A masked placeholder is never written back.
#[derive(Clone, Deserialize, TS)]
#[serde(tag = "move", rename_all = "camelCase")]
pub enum SecretChange {
    /// Leave what the vendor stores as it is.
    Keep,
    /// Write a new value.
    Replace {
        /// The new value, as typed.
        #[ts(type = "string")]
        value: Secret,
    },
    /// Remove what the vendor stores.
    Clear,
}

impl fmt::Debug for SecretChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keep => "Keep",
            Self::Replace { .. } => "Replace(<redacted>)",
            Self::Clear => "Clear",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_the_new_value() {
        let change: SecretChange = serde_json::from_str(r#"{"move":"replace","value":"hunter2"}"#).unwrap();
        assert_eq!(format!("{change:?}"), "Replace(<redacted>)");
    }
}
