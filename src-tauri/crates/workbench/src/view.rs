//! What the window sends and gets, where no model type fits by itself.

use serde::{Deserialize, Serialize};
use tacklebox_model::{
    AppError, Connection, ConnectionId, ConnectionInput, FieldPath, ItemResult, OperationId, PlanId,
    ProviderInfo, VaultStatus, WebhookPick, WebhookRow,
};
use ts_rs::TS;

/// All the window needs for its first picture.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    /// The program's version.
    pub version: String,
    /// The profile's folder name when one was named with `--profile`.
    pub profile: Option<String>,
    /// Where the data lies.
    pub data_folder: String,
    /// Where the log lies.
    pub log_folder: String,
    /// Every provider there is.
    pub providers: Vec<ProviderInfo>,
    /// Every connection, in the order they were added.
    pub connections: Vec<Connection>,
    /// Where secrets are kept.
    pub vault: VaultStatus,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// Whether the built-in sandbox is running.
    pub sandbox_running: bool,
}

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Something changed that no command of this window asked for.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AppEvent {
    /// Secrets are kept elsewhere now, or their number changed.
    Vault {
        /// Where.
        status: VaultStatus,
    },
}

/// The rows of one connection.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionRows {
    /// Which connection.
    pub connection: ConnectionId,
    /// Milliseconds since 1970 when they were read; absent when never.
    pub read_at_ms: Option<i64>,
    /// The rows in the vendor's order.
    pub rows: Vec<WebhookRow>,
}

/// Asks for fresh rows.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefreshRequest {
    /// Under which it can be cancelled.
    pub operation: OperationId,
    /// Which connections; empty for all.
    pub connections: Vec<ConnectionId>,
}

/// What happened to one connection during a refresh.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RefreshEvent {
    /// It is being read.
    Started {
        /// Which connection.
        connection: ConnectionId,
    },
    /// It was read.
    Loaded {
        /// Its rows.
        rows: ConnectionRows,
    },
    /// It could not be read; rows seen before still hold.
    Failed {
        /// Which connection.
        connection: ConnectionId,
        /// Why.
        error: AppError,
    },
}

/// Tries a connection before or after it is stored.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TestConnectionRequest {
    /// Under which it can be cancelled.
    pub operation: OperationId,
    /// The stored connection that `Keep` refers to, when editing.
    pub connection: Option<ConnectionId>,
    /// What was entered.
    pub input: ConnectionInput,
}

/// Changes a stored connection.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditConnectionRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// What was entered.
    pub input: ConnectionInput,
}

/// Names a connection.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionRequest {
    /// Which connection.
    pub connection: ConnectionId,
}

/// Asks what an id list can name.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OptionsRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// The field.
    pub path: FieldPath,
}

/// Asks for one webhook with all its values.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenRequest {
    /// Which webhook.
    pub webhook: WebhookPick,
    /// Read it from the vendor now instead of taking what was read last.
    pub fresh: bool,
}

/// Asks for a secret to be shown: only ever after the user pressed *Reveal* or *Copy* on it.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RevealRequest {
    /// Which webhook.
    pub webhook: WebhookPick,
    /// The field: a secret, or the URL with its query values.
    pub path: FieldPath,
}

/// Names a plan.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanIdRequest {
    /// Which plan.
    pub plan: PlanId,
}

/// Applies a plan that was seen.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyRequest {
    /// Which plan.
    pub plan: PlanId,
    /// The digest of the view that was shown.
    pub digest: String,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// How every item of a plan ended, in the plan's order.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApplyReport {
    /// One result for each item that was to be written.
    pub results: Vec<ItemResult>,
}

/// Names an operation.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CancelRequest {
    /// Which operation.
    pub operation: OperationId,
}

/// Chooses a theme.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ThemeRequest {
    /// Which one.
    pub theme: Theme,
}
