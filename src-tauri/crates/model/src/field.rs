use crate::{ConditionSet, FieldPath, SecretChange, UrlInput, UrlView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The values of a webhook by path. What is absent is not set at the vendor.
pub type Fields = BTreeMap<FieldPath, FieldValue>;

/// A value as it is shown: never a secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum FieldValue {
    /// Plain text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// On or off.
    Flag(bool),
    /// Several texts, such as event types or ids, in the vendor's order.
    List(Vec<String>),
    /// An endpoint URL with every query value taken out.
    Url(UrlView),
    /// A secret is stored; the value itself never leaves the provider's folder.
    Secret(SecretState),
    /// Names with values, such as headers, in the vendor's order.
    Pairs(Vec<PairView>),
    /// Conditions an event must meet.
    Conditions(ConditionSet),
    /// A value only the provider understands, free of secrets.
    Json(serde_json::Value),
}

/// A name with a value, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairView {
    /// Which kind it is, where there are several: `body`, `query`, `header`.
    pub group: Option<String>,
    /// The name.
    pub name: String,
    /// The value; absent where values of this field count as secrets.
    pub value: Option<String>,
    /// Whether the vendor stores a value.
    pub has_value: bool,
    /// Whether this value was typed anew: set by planning alone.
    #[serde(default)]
    pub replaced: bool,
}

/// A name with a value, as it is entered.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairInput {
    /// Which kind it is, where there are several.
    pub group: Option<String>,
    /// The name.
    pub name: String,
    /// The position in the stored list whose value `Keep` refers to.
    pub origin: Option<u32>,
    /// What to do with the value; `Clear` leaves it empty.
    pub value: SecretChange,
}

/// What can be said of a stored secret without saying the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretState {
    /// Whether the vendor stores a value.
    pub stored: bool,
    /// Whether this value differs from the one read before: set by planning alone.
    pub replaced: bool,
}

impl SecretState {
    /// A value the vendor stores.
    pub const STORED: Self = Self { stored: true, replaced: false };
    /// A value that is about to be written.
    pub const REPLACED: Self = Self { stored: true, replaced: true };
}

/// A value as it is entered.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum FieldInput {
    /// Plain text, as typed.
    Text(String),
    /// A whole number; nothing when the box is empty or holds no number.
    Integer(Option<i64>),
    /// On or off.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
    /// An endpoint URL with its query values apart.
    Url(UrlInput),
    /// Keep, replace or clear a secret.
    Secret(SecretChange),
    /// Names with values, the whole list.
    Pairs(Vec<PairInput>),
    /// Conditions an event must meet, all of them.
    Conditions(ConditionSet),
    /// A value only the provider understands.
    Json(serde_json::Value),
}

/// What the user changed. A path that is absent keeps the vendor's value, so that a form which
/// does not show a field cannot lose it.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDraft {
    /// The changed values by path.
    #[ts(as = "BTreeMap<String, FieldInput>")]
    pub fields: BTreeMap<FieldPath, FieldInput>,
}
