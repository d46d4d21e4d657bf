use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use async_graphql::dynamic::Schema;

use super::{ButlrAssets, ButlrOrganisation, Dialect, Tokens, Webhook, fake, schema};
use crate::SandboxError;
use crate::control::{lock, merge_patch};

/// A running organisation: how it was seeded, what it is now, and its own GraphQL schema.
#[derive(Debug)]
pub(crate) struct Organisation {
    pub(super) config: ButlrOrganisation,
    pub(super) state: Arc<State>,
    pub(super) schema: Schema,
}

/// What the GraphQL resolvers see of an organisation.
#[derive(Debug)]
pub(super) struct State {
    pub(super) dialect: Dialect,
    pub(super) assets: ButlrAssets,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    webhooks: Vec<Webhook>,
    failing: BTreeSet<String>,
    introspectable: bool,
}

impl Organisation {
    pub(super) fn new(config: &ButlrOrganisation) -> Result<Self, SandboxError> {
        let state = Arc::new(State {
            dialect: config.dialect.clone(),
            assets: config.assets.clone(),
            inner: Mutex::new(Inner {
                webhooks: config.webhooks.clone(),
                failing: BTreeSet::new(),
                introspectable: true,
            }),
        });
        let schema = schema::build(&state).map_err(|error| SandboxError::Schema {
            organisation: config.key.clone(),
            reason: error.to_string(),
        })?;
        Ok(Self { config: config.clone(), state, schema })
    }

    pub(super) fn reset(&self) {
        let mut inner = lock(&self.state.inner);
        inner.webhooks.clone_from(&self.config.webhooks);
        inner.failing.clear();
        inner.introspectable = true;
    }
}

impl State {
    /// Reads or changes the webhooks; nobody else does meanwhile.
    pub(super) fn with_webhooks<T>(&self, act: impl FnOnce(&mut Vec<Webhook>) -> T) -> T {
        act(&mut lock(&self.inner).webhooks)
    }

    /// Whether this root field is to fail.
    pub(super) fn fails(&self, root_field: &str) -> bool {
        lock(&self.inner).failing.contains(root_field)
    }

    /// Whether the schema may be asked for.
    pub(super) fn introspectable(&self) -> bool {
        lock(&self.inner).introspectable
    }
}

/// One organisation's state, to read and to change behind the client's back.
#[derive(Debug, Clone)]
pub struct ButlrHandle {
    organisation: Arc<Organisation>,
    tokens: Arc<Mutex<Tokens>>,
}

impl ButlrHandle {
    pub(super) fn new(organisation: Arc<Organisation>, tokens: Arc<Mutex<Tokens>>) -> Self {
        Self { organisation, tokens }
    }

    /// How the organisation was seeded.
    pub fn config(&self) -> &ButlrOrganisation {
        &self.organisation.config
    }

    /// A copy of all webhooks, in the order of their creation.
    pub fn webhooks(&self) -> Vec<Webhook> {
        self.organisation.state.with_webhooks(|webhooks| webhooks.clone())
    }

    /// A copy of one webhook.
    pub fn webhook(&self, id: &str) -> Option<Webhook> {
        self.organisation.state.with_webhooks(|webhooks| webhooks.iter().find(|w| w.id == id).cloned())
    }

    /// Adds a webhook without any check and returns its id: a new one when it has none.
    pub fn add_webhook(&self, mut webhook: Webhook) -> String {
        if webhook.id.is_empty() {
            webhook.id = fake::new_id("webhook");
        }
        let id = webhook.id.clone();
        self.organisation.state.with_webhooks(|webhooks| webhooks.push(webhook));
        id
    }

    /// Changes a webhook as another admin would: a JSON merge patch on its snake_case form. The vendor's
    /// own rules (HTTPS, timeout, known events) are not applied; the id stays.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`], [`SandboxError::InvalidPatch`].
    pub fn edit_webhook(&self, id: &str, patch: serde_json::Value) -> Result<Webhook, SandboxError> {
        self.organisation.state.with_webhooks(|webhooks| {
            let webhook = webhooks.iter_mut().find(|webhook| webhook.id == id);
            let webhook = webhook.ok_or_else(|| SandboxError::UnknownWebhook(id.to_owned()))?;
            let invalid = |error: serde_json::Error| SandboxError::InvalidPatch(error.to_string());
            let mut json = serde_json::to_value(&*webhook).map_err(invalid)?;
            merge_patch(&mut json, patch);
            let edited: Webhook = serde_json::from_value(json).map_err(invalid)?;
            *webhook = Webhook { id: id.to_owned(), ..edited };
            Ok(webhook.clone())
        })
    }

    /// Removes a webhook as another admin would.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`].
    pub fn delete_webhook(&self, id: &str) -> Result<Webhook, SandboxError> {
        self.organisation.state.with_webhooks(|webhooks| {
            let index = webhooks.iter().position(|webhook| webhook.id == id);
            let index = index.ok_or_else(|| SandboxError::UnknownWebhook(id.to_owned()))?;
            Ok(webhooks.remove(index))
        })
    }

    /// From now on these query root fields (such as `sensors`) fail while others answer; none when empty.
    pub fn set_failing_fields(&self, fields: impl IntoIterator<Item = impl Into<String>>) {
        let failing = fields.into_iter().map(Into::into).collect();
        lock(&self.organisation.state.inner).failing = failing;
    }

    /// Allows or forbids introspection: forbidden, `__schema` and `__type` are answered with an error.
    pub fn set_introspection(&self, allowed: bool) {
        lock(&self.organisation.state.inner).introspectable = allowed;
    }

    /// Makes every token handed out to this organisation unknown.
    pub fn revoke_tokens(&self) {
        lock(&self.tokens).retain(|_, token| !Arc::ptr_eq(&token.organisation, &self.organisation));
    }
}
