//! The command table: what the window can ask for, with the types of both sides in one place.
//!
//! The table feeds the router and the TypeScript types; a command without a handler does not build.

mod connections;
mod deliveries;
mod drafts;
mod plans;
mod program;
mod tokens;
mod webhooks;

use crate::Host;
use futures::FutureExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tacklebox_model::{
    AppError, ApplyEvent, Connection, ConnectionInput, ConnectionReport, DeliveryDetail, DeliveryPage,
    FieldOption, Finding, Offer, OneTimeSecret, PlanRequest, PlanView, Sample, ServerTestResult, TreeNode,
    VaultStatus, Webhook, WebhookPick,
};
use tacklebox_workbench::view::{
    AppEvent, ApplyReport, ApplyRequest, CancelRequest, ConnectionRequest, ConnectionRows, DeliveriesRequest,
    DeliveryRequest, DraftRequest, EditConnectionRequest, KeepDraftRequest, KeptDraft, OpenRequest,
    OptionsRequest, PlanIdRequest, RefreshEvent, RefreshRequest, ReplayProgress, ReplayReport, ReplayRequest,
    RevealRequest, SamplesRequest, StartView, SwitchOutcome, SwitchRequest, TestConnectionRequest,
    ThemeRequest, TokenAskRequest, TokenTrial, TokenTryRequest, TreeRequest, UsageView,
};

/// Where progress goes, as JSON.
pub type Send = Arc<dyn Fn(Value) + std::marker::Send + Sync>;

/// A command that streams nothing.
#[derive(Serialize, ts_rs::TS)]
pub enum Silent {}

/// Progress of one kind, sent as it comes.
pub struct Progress<T> {
    send: Send,
    kind: std::marker::PhantomData<fn(T)>,
}

impl<T: Serialize> Progress<T> {
    /// Sends one piece of progress.
    pub fn send(&self, progress: &T) {
        if let Ok(value) = serde_json::to_value(progress) {
            (self.send)(value);
        }
    }
}

/// One entry of the table in TypeScript's words.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// Visits the types of its arguments, result and progress.
    pub visit: fn(&mut crate::bindings::Collector) -> crate::bindings::Signature,
}

macro_rules! command_table {
    ($($name:ident: $handler:path, $args:ty => $result:ty, streams $stream:ty;)*) => {
        /// Every command.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            visit: |collector| collector.signature::<$args, $result, $stream>(),
        }),*];

        async fn route(host: &Host, name: &str, args: Value, send: Send) -> Result<Value, AppError> {
            match name {
                $(stringify!($name) => {
                    let progress = Progress::<$stream> { send, kind: std::marker::PhantomData };
                    let result: $result = $handler(host, decode::<$args>(name, args)?, progress).await?;
                    encode(&result)
                })*
                _ => Err(AppError::internal(format!("There is no command called {name}."))),
            }
        }
    };
}

command_table! {
    app_start: program::start, () => StartView, streams Silent;
    app_watch: program::watch, () => (), streams AppEvent;
    theme_set: program::set_theme, ThemeRequest => (), streams Silent;
    vault_recheck: program::recheck_vault, () => VaultStatus, streams Silent;
    sandbox_start: program::start_sandbox, () => Vec<Connection>, streams Silent;
    sandbox_remove: program::remove_sandbox, () => Vec<Connection>, streams Silent;
    operation_cancel: program::cancel, CancelRequest => (), streams Silent;
    connection_add: connections::add, ConnectionInput => Connection, streams Silent;
    connection_edit: connections::edit, EditConnectionRequest => Connection, streams Silent;
    connection_remove: connections::remove, ConnectionRequest => (), streams Silent;
    connection_test: connections::test, TestConnectionRequest => ConnectionReport, streams Finding;
    connection_offer: connections::offer, ConnectionRequest => Offer, streams Silent;
    event_samples: connections::event_samples, SamplesRequest => Vec<Sample>, streams Silent;
    field_options: connections::field_options, OptionsRequest => Vec<FieldOption>, streams Silent;
    field_tree: connections::field_tree, TreeRequest => Vec<TreeNode>, streams Silent;
    webhooks_last_seen: webhooks::last_seen, () => Vec<ConnectionRows>, streams Silent;
    webhooks_refresh: webhooks::refresh, RefreshRequest => (), streams RefreshEvent;
    webhook_open: webhooks::open, OpenRequest => Webhook, streams Silent;
    draft_read: drafts::read, DraftRequest => Option<KeptDraft>, streams Silent;
    draft_keep: drafts::keep, KeepDraftRequest => (), streams Silent;
    draft_discard: drafts::discard, DraftRequest => (), streams Silent;
    token_try: tokens::try_from_here, TokenTryRequest => TokenTrial, streams Silent;
    token_ask: tokens::ask_vendor, TokenAskRequest => ServerTestResult, streams Silent;
    webhook_reveal: webhooks::reveal, RevealRequest => String, streams Silent;
    webhook_secrets: webhooks::secrets, WebhookPick => Vec<OneTimeSecret>, streams Silent;
    webhook_switch: plans::switch, SwitchRequest => SwitchOutcome, streams Silent;
    deliveries_list: deliveries::list, DeliveriesRequest => DeliveryPage, streams Silent;
    delivery_open: deliveries::open, DeliveryRequest => DeliveryDetail, streams Silent;
    deliveries_replay: deliveries::replay, ReplayRequest => ReplayReport, streams ReplayProgress;
    connection_usage: connections::usage, ConnectionRequest => UsageView, streams Silent;
    plan_make: plans::make, PlanRequest => PlanView, streams Silent;
    plan_discard: plans::discard, PlanIdRequest => (), streams Silent;
    plan_apply: plans::apply, ApplyRequest => ApplyReport, streams ApplyEvent;
}

/// Runs one command. A panic inside becomes an `internal` error, so that the window never waits for ever.
///
/// # Errors
/// What the command says; an unknown name and arguments of another shape are `internal`.
pub async fn dispatch(host: &Host, name: &str, args: Value, send: Send) -> Result<Value, AppError> {
    let outcome = AssertUnwindSafe(route(host, name, args, send)).catch_unwind().await;
    let outcome =
        outcome.unwrap_or_else(|_| Err(AppError::internal(format!("The command {name} broke off."))));
    if let Err(error) = &outcome {
        tracing::info!(command = name, %error, "refused");
    }
    outcome
}

fn decode<T: DeserializeOwned>(name: &str, args: Value) -> Result<T, AppError> {
    // The reason is left out: it may quote what was entered.
    serde_json::from_value(args)
        .map_err(|_| AppError::internal(format!("The arguments of {name} have another shape.")))
}

fn encode<T: Serialize>(result: &T) -> Result<Value, AppError> {
    serde_json::to_value(result).map_err(|_| AppError::internal("A result could not be written."))
}
