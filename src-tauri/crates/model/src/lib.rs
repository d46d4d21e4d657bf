//! What a webhook, a connection, a catalogue and a plan *are*.
//!
//! Pure: no I/O, no async, no Tauri. Every type that crosses to the window derives `TS`; the shell
//! exports them to `ui/src/bindings`. What is entered (`…Input`, `WebhookDraft`), what is stored
//! and what is shown are distinct types; only entered types may hold a [`Secret`].

mod capabilities;
mod catalogue;
mod conditions;
mod connection;
mod delivery;
mod diff;
mod endpoint_url;
mod error;
mod field;
mod ids;
mod journal;
mod plan;
mod provider;
mod sample;
mod secret;
mod tree;
mod vault;
mod webhook;

pub use capabilities::{
    Capabilities, ChoiceOption, CodeLanguage, DeliveryLog, EventsPerWebhook, FieldKind, FieldOption,
    FieldSpec, Offer, OnOff, Section, ServerTest, ShownWhen, Signing, StoredSecrets, TokenRequestSpec,
    UrlCredentials,
};
pub use catalogue::{Catalogue, EventMark, EventType};
pub use conditions::{
    ComparedAs, Condition, ConditionFieldType, ConditionItemMode, ConditionOperation, ConditionSet,
    ConditionSpec, ConditionTest, ConditionValues, ItemsTakenAs, LocalTrial,
};
pub use connection::{
    Connection, ConnectionInput, ConnectionReport, ConnectionTag, CredentialFacts, Environment, Finding,
    FindingState,
};
pub use delivery::{
    Allowance, Delivery, DeliveryDetail, DeliveryPage, DeliveryQuery, DeliveryStatus, Reapply,
    ServerTestRequest, ServerTestResult,
};
pub use diff::{diff_fields, three_way};
pub use endpoint_url::{EndpointUrl, QueryParamInput, QueryParamView, UrlInput, UrlProblem, UrlView};
pub use error::{AppError, Fault, FieldError, UnreachableCause, VendorMessage};
pub use field::{FieldInput, FieldValue, Fields, PairInput, PairView, SecretState, WebhookDraft};
pub use ids::{
    ConnectionId, DeliveryId, EventId, FieldPath, JournalId, OperationId, PlanId, ProviderId, WebhookId,
};
pub use journal::{JournalAction, JournalEntry, JournalOutcome, RevertSecrets};
pub use plan::{
    Action, ApplyEvent, FieldChange, ItemOutcome, ItemResult, ItemState, KeptWhere, OneTimeSecret, PlanGroup,
    PlanItem, PlanRequest, PlanView, RequestPreview, Shown, ThreeWay, ThreeWayVerdict, WebhookPick,
};
pub use provider::{CredentialField, ProviderInfo};
pub use sample::Sample;
pub use secret::{MASK, Secret, SecretChange};
pub use tree::{TreeList, TreeNode, TreeSpec};
pub use vault::{VaultProblem, VaultStatus};
pub use webhook::{AuthKind, Mark, MarkAsks, MarkKind, Notice, NoticeLevel, Revision, Webhook, WebhookRow};
