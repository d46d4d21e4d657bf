//! What the window sends and gets, where no model type fits by itself.

use serde::{Deserialize, Serialize};
use tacklebox_model::{
    Allowance, AppError, Connection, ConnectionId, ConnectionInput, DeliveryId, DeliveryQuery, EventId,
    FieldPath, ItemOutcome, ItemResult, OperationId, PlanId, PlanView, ProviderInfo, VaultStatus,
    WebhookDraft, WebhookId, WebhookPick, WebhookRow,
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
    /// The vendor's limit on requests is used up; it is read as soon as that is over.
    Waiting {
        /// Which connection.
        connection: ConnectionId,
        /// How long, in milliseconds.
        wait_ms: u64,
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

/// Asks for the tree of a form's section.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// The section's id.
    pub section: String,
}

/// Asks what a vendor would send for an event.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SamplesRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// The event type, also one that the connection does not offer.
    pub event: EventId,
}

/// Names the form whose changes are kept: of a webhook, or of a new one.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DraftRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// Which webhook; absent for a new one.
    pub webhook: Option<WebhookId>,
}

/// Keeps what was changed in a form, so that closing the program does not lose it.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeepDraftRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// Which webhook; absent for a new one.
    pub webhook: Option<WebhookId>,
    /// The changed values by path, as the form holds them. Secrets typed anew are taken out before it is written.
    pub form: serde_json::Value,
}

/// What was changed in a form and not saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptDraft {
    /// Milliseconds since 1970 when it was kept.
    pub kept_ms: i64,
    /// The changed values by path, as the form holds them; a secret typed anew is empty.
    pub form: serde_json::Value,
    /// How many secrets were typed and not kept.
    pub withheld: u32,
}

/// Tries a form's token request from this computer.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenTryRequest {
    /// Which connection.
    pub connection: ConnectionId,
    /// The stored webhook that `Keep` refers to.
    pub webhook: Option<WebhookId>,
    /// The values of the fields the capabilities name for the token request.
    pub draft: WebhookDraft,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// Asks the vendor to fetch a token with what it stores.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenAskRequest {
    /// Which webhook.
    pub webhook: WebhookPick,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// What a token request from this computer brought.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenTrial {
    /// Whether a token came.
    pub ok: bool,
    /// What happened, in a sentence.
    pub words: String,
    /// What to do next.
    pub advice: Option<String>,
    /// The status of the answer, where there was one.
    pub http_status: Option<u16>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
    /// The token's type as answered.
    pub token_type: Option<String>,
    /// How long the token lasts, in seconds, as answered.
    pub expires_in_s: Option<u64>,
    /// What was answered, its tokens and everything that was sent in secret masked.
    pub response: Option<String>,
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
    /// The items whose own question (`ask_again`) the user agreed to.
    pub acknowledged: Vec<u32>,
}

/// Switches one webhook on or off.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SwitchRequest {
    /// Which webhook.
    pub webhook: WebhookPick,
    /// On or off.
    pub on: bool,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// What became of a switch.
#[expect(clippy::large_enum_variant, reason = "one at a time, on its way to the window")]
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SwitchOutcome {
    /// It went at once: a single flip outside production, with nothing to be warned of.
    Done {
        /// How it ended.
        outcome: ItemOutcome,
    },
    /// It must be seen first.
    Review {
        /// The plan to show.
        plan: PlanView,
    },
}

/// How many calls were made to a vendor, and how many are left.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsageView {
    /// Which connection.
    pub connection: ConnectionId,
    /// The month, as `2026-11`.
    pub month: String,
    /// Calls this program made in it; absent where the vendor does not charge for calls.
    pub calls: Option<u64>,
    /// What is left of the vendor's allowance, as far as it has told.
    pub allowance: Option<Allowance>,
}

/// Asks for a page of deliveries.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveriesRequest {
    /// Of which webhook.
    pub webhook: WebhookPick,
    /// Which ones.
    pub query: DeliveryQuery,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// Asks for one delivery.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryRequest {
    /// Of which webhook.
    pub webhook: WebhookPick,
    /// Which one.
    pub delivery: DeliveryId,
}

/// Sends deliveries again. The user has seen which, and where to.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayRequest {
    /// Of which webhook.
    pub webhook: WebhookPick,
    /// Which ones, any number.
    pub deliveries: Vec<DeliveryId>,
    /// Make them anew from their original events.
    pub reapply: bool,
    /// Under which it can be cancelled.
    pub operation: OperationId,
}

/// Progress of a replay.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayProgress {
    /// How many were handed over.
    pub done: u32,
    /// How many there are.
    pub total: u32,
}

/// What became of each delivery of a replay.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayReport {
    /// The vendor took them on.
    pub replayed: Vec<DeliveryId>,
    /// They failed, and why.
    pub failed: Vec<ReplayFailure>,
    /// They were not sent, because the user stopped.
    pub not_attempted: Vec<DeliveryId>,
}

/// Deliveries that could not be sent again.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayFailure {
    /// Which ones.
    pub deliveries: Vec<DeliveryId>,
    /// Why.
    pub error: AppError,
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
