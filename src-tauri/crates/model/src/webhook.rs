use crate::{ConnectionId, FieldPath, FieldValue, Fields, WebhookId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One webhook as it was read, with every secret stripped by its provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Where it lives.
    pub connection: ConnectionId,
    /// The vendor's id.
    pub id: WebhookId,
    /// What it is called: the name, or host and path of the URL.
    pub title: String,
    /// Host, path and masked query, for tables.
    pub endpoint: String,
    /// The subscribed event types, in the vendor's order.
    pub events: Vec<String>,
    /// How its requests are authenticated; empty when they are not.
    pub auth: Vec<AuthKind>,
    /// Whether it is switched on; absent when the vendor has no switch.
    pub on: Option<bool>,
    /// All values by path.
    #[ts(as = "BTreeMap<String, FieldValue>")]
    pub fields: Fields,
    /// Names of the vendor's fields Tacklebox does not understand; they survive every edit.
    pub preserved: Vec<String>,
    /// What is special about it.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Which version was read; absent for rows remembered from an earlier start.
    pub revision: Option<Revision>,
}

/// The slim form of a webhook that fills a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WebhookRow {
    /// Where it lives.
    pub connection: ConnectionId,
    /// The vendor's id.
    pub id: WebhookId,
    /// What it is called.
    pub title: String,
    /// Host, path and masked query.
    pub endpoint: String,
    /// The subscribed event types.
    pub events: Vec<String>,
    /// How its requests are authenticated.
    pub auth: Vec<AuthKind>,
    /// Whether it is switched on; absent when the vendor has no switch.
    pub on: Option<bool>,
    /// What is special about it.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

/// Something special about a webhook, worth a mark in its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// What kind of thing it is.
    pub kind: MarkKind,
    /// A word or two: `Protected`, `Zapier`.
    pub label: String,
    /// What it means, in a sentence.
    pub words: String,
    /// Which writes the user must agree to a second time.
    pub asks: MarkAsks,
}

/// What kind of thing is special.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MarkKind {
    /// The vendor says it should not be changed lightly.
    Protected,
    /// Something at the vendor made it and may change it again.
    Managed,
    /// It cannot work as it is.
    Incomplete,
    /// It seems to belong to another tool.
    OtherTool,
}

/// Which writes to a marked webhook the user must agree to a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MarkAsks {
    /// None.
    Never,
    /// Deleting it.
    BeforeDelete,
    /// Changing or deleting it.
    BeforeAnyWrite,
}

/// How a vendor authenticates at the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AuthKind {
    /// A fixed header.
    ApiKey,
    /// User name and password.
    Basic,
    /// A token fetched with client credentials.
    OAuth,
}

/// A fingerprint of everything the vendor returned for a webhook, secrets included.
///
/// Keyed with a value that lives only as long as the program, so that it tells nothing about the
/// secrets; comparing revisions of two program runs is meaningless.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Revision(String);

impl Revision {
    /// Wraps a fingerprint.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The fingerprint.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Webhook {
    /// The slim form.
    pub fn row(&self) -> WebhookRow {
        WebhookRow {
            connection: self.connection.clone(),
            id: self.id.clone(),
            title: self.title.clone(),
            endpoint: self.endpoint.clone(),
            events: self.events.clone(),
            auth: self.auth.clone(),
            on: self.on,
            marks: self.marks.clone(),
        }
    }

    /// The value at a path.
    pub fn field(&self, path: &str) -> Option<&FieldValue> {
        self.fields.get(&FieldPath::from(path))
    }
}

/// Something worth knowing, with its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// How heavy it is.
    pub level: NoticeLevel,
    /// The field it concerns, if one.
    pub path: Option<FieldPath>,
    /// The words.
    pub words: String,
}

/// How heavy a notice is. None of them stops a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NoticeLevel {
    /// Good to know.
    Info,
    /// Look twice.
    Warning,
}
