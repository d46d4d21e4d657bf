use crate::{ChoiceOption, ProviderId};
use serde::Serialize;
use ts_rs::TS;

/// What the window must know of a provider before any connection exists.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderInfo {
    /// Its short name.
    pub id: ProviderId,
    /// Its name in words.
    pub name: String,
    /// What it is, in a few words.
    pub tagline: String,
    /// Path data of its icon on a 16 by 16 grid, drawn as a stroke.
    pub icon: String,
    /// Where its API lives unless the connection says otherwise.
    pub default_base_url: String,
    /// What a connection needs to sign in, in order.
    pub credentials: Vec<CredentialField>,
    /// Where the user finds these, in a sentence.
    pub credentials_help: String,
}

/// One part of a credential.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialField {
    /// Stable name.
    pub key: String,
    /// The label.
    pub label: String,
    /// Secret parts live in the keyring and are never shown; the others are stored with the connection.
    pub secret: bool,
    /// An example shown in the empty field.
    pub placeholder: Option<String>,
    /// What can be chosen; any text when empty.
    pub options: Vec<ChoiceOption>,
    /// The value a new connection starts with.
    pub default: Option<String>,
}
