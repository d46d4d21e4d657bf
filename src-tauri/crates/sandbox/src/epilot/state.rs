use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use super::deliver::EpilotOutcome;
use super::{EpilotDelivery, EpilotOrganisation, EpilotToken, time};
use crate::SandboxError;
use crate::control::{Clock, lock, merge_patch};

/// A running organisation: how it was seeded and what it is now.
#[derive(Debug)]
pub(crate) struct Organisation {
    pub(super) config: EpilotOrganisation,
    pub(super) clock: Arc<Clock>,
    inner: Mutex<Inner>,
}

/// What changes while the server runs.
#[derive(Debug, Default)]
pub(super) struct Inner {
    /// As stored: with secrets and `signingSecret`.
    pub(super) webhooks: Vec<Value>,
    pub(super) deliveries: Vec<Delivery>,
    tokens: Vec<(String, EpilotToken)>,
    revoked: Vec<String>,
    started_ms: u64,
    outcome: Option<EpilotOutcome>,
    oauth_error: Option<String>,
}

/// One stored delivery.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub(super) at_ms: u64,
    pub(super) event: Map<String, Value>,
}

impl Organisation {
    pub(super) fn new(config: EpilotOrganisation, clock: Arc<Clock>) -> Self {
        let organisation = Self { config, clock, inner: Mutex::default() };
        organisation.reset();
        organisation
    }

    pub(super) fn reset(&self) {
        let started_ms = self.clock.now_ms();
        let (key, id) = (&self.config.key, &self.config.organisation_id);
        let token = |token: &EpilotToken| (token.jwt(key, id, started_ms), token.clone());
        let mut inner = lock(&self.inner);
        *inner = Inner {
            webhooks: self.config.webhooks.clone(),
            deliveries: self.config.deliveries.iter().map(|d| self.stored(d, started_ms)).collect(),
            tokens: self.config.tokens.iter().map(token).collect(),
            started_ms,
            ..Inner::default()
        };
    }

    /// Reads or changes the state; nobody else does meanwhile.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut lock(&self.inner))
    }

    /// The JWT of the announced token.
    pub(super) fn access_token(&self) -> String {
        self.with(|inner| inner.tokens.first().map(|(jwt, _)| jwt.clone()).unwrap_or_default())
    }

    /// Whether this organisation made the token, valid or not.
    pub(super) fn knows(&self, jwt: &str) -> bool {
        self.with(|inner| inner.tokens.iter().any(|(other, _)| other == jwt))
    }

    /// The token, unless it is unknown, expired or revoked.
    pub(super) fn valid_token(&self, jwt: &str) -> Option<EpilotToken> {
        let now_ms = self.clock.now_ms();
        self.with(|inner| {
            let (_, token) = inner.tokens.iter().find(|(other, _)| other == jwt)?;
            let expired = token.expires_at_ms(inner.started_ms).is_some_and(|at_ms| at_ms <= now_ms);
            let revoked = inner.revoked.iter().any(|other| other == jwt);
            (!expired && !revoked).then(|| token.clone())
        })
    }

    /// A stored webhook.
    pub(super) fn webhook(&self, id: &str) -> Option<Value> {
        self.with(|inner| inner.webhooks.iter().find(|webhook| webhook["id"] == id).cloned())
    }

    /// The deliveries of a webhook, newest first.
    pub(super) fn deliveries(&self, webhook_id: &str) -> Vec<Delivery> {
        let of_webhook = |delivery: &&Delivery| delivery.text("webhook_config_id") == webhook_id;
        let mut deliveries: Vec<_> =
            self.with(|inner| inner.deliveries.iter().filter(of_webhook).cloned().collect());
        deliveries.sort_by(|a, b| b.key().cmp(&a.key()));
        deliveries
    }

    pub(super) fn outcome(&self) -> Option<EpilotOutcome> {
        self.with(|inner| inner.outcome.clone())
    }

    pub(super) fn oauth_error(&self) -> Option<String> {
        self.with(|inner| inner.oauth_error.clone())
    }

    fn stored(&self, delivery: &EpilotDelivery, now_ms: u64) -> Delivery {
        let age = u64::try_from(delivery.age.as_millis()).unwrap_or(u64::MAX);
        let at_ms = now_ms.saturating_sub(age);
        let mut event = delivery.event.as_object().cloned().unwrap_or_default();
        event.insert("org_id".to_owned(), json!(self.config.organisation_id));
        event.insert("created_at".to_owned(), json!(time::format(at_ms)));
        Delivery { at_ms, event }
    }
}

impl Delivery {
    pub(super) fn text(&self, field: &str) -> &str {
        self.event.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// The order of deliveries: by time, then by id.
    pub(super) fn key(&self) -> (u64, &str) {
        (self.at_ms, self.text("event_id"))
    }
}

/// One organisation's state, to read and to change behind the client's back.
#[derive(Debug, Clone)]
pub struct EpilotHandle {
    organisation: Arc<Organisation>,
}

impl EpilotHandle {
    pub(super) fn new(organisation: Arc<Organisation>) -> Self {
        Self { organisation }
    }

    /// How the organisation was seeded.
    pub fn config(&self) -> &EpilotOrganisation {
        &self.organisation.config
    }

    /// The JWT of the announced token, valid or not.
    pub fn access_token(&self) -> String {
        self.organisation.access_token()
    }

    /// The JWT of the token with this name: in the seeded organisations also `Tacklebox read only`, and
    /// `Old integration`, which is expired.
    pub fn token(&self, name: &str) -> Option<String> {
        self.organisation.with(|inner| {
            inner.tokens.iter().find(|(_, token)| token.name == name).map(|(jwt, _)| jwt.clone())
        })
    }

    /// Makes a token and returns its JWT. Names are to differ.
    pub fn add_token(&self, token: EpilotToken) -> String {
        let config = &self.organisation.config;
        self.organisation.with(|inner| {
            let jwt = token.jwt(&config.key, &config.organisation_id, inner.started_ms);
            inner.tokens.push((jwt.clone(), token));
            jwt
        })
    }

    /// Makes a token invalid.
    pub fn revoke_token(&self, jwt: &str) {
        self.organisation.with(|inner| inner.revoked.push(jwt.to_owned()));
    }

    /// Makes every token invalid.
    pub fn revoke_tokens(&self) {
        self.organisation.with(|inner| {
            inner.revoked = inner.tokens.iter().map(|(jwt, _)| jwt.clone()).collect();
        });
    }

    /// A copy of all webhooks as stored, secrets and `signingSecret` included, in the order of their creation.
    pub fn webhooks(&self) -> Vec<Value> {
        self.organisation.with(|inner| inner.webhooks.clone())
    }

    /// A copy of one webhook as stored.
    pub fn webhook(&self, id: &str) -> Option<Value> {
        self.organisation.webhook(id)
    }

    /// Puts a webhook in without any check, in the place of the one with its id if there is one. One without
    /// an id gets a new one. Returns the id.
    pub fn put_webhook(&self, mut webhook: Value) -> String {
        if !webhook["id"].is_string() {
            webhook["id"] = json!(super::configs::new_id());
        }
        let id = webhook["id"].as_str().unwrap_or_default().to_owned();
        self.organisation.with(|inner| {
            match inner.webhooks.iter_mut().find(|other| other["id"] == webhook["id"]) {
                Some(other) => *other = webhook,
                None => inner.webhooks.push(webhook),
            }
        });
        id
    }

    /// Changes a webhook as another admin would, by a JSON merge patch on its stored form and without any
    /// check; the id stays.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`], [`SandboxError::InvalidPatch`] when it is no object any more.
    pub fn edit_webhook(&self, id: &str, patch: Value) -> Result<Value, SandboxError> {
        self.organisation.with(|inner| {
            let webhook = inner.webhooks.iter_mut().find(|webhook| webhook["id"] == id);
            let webhook = webhook.ok_or_else(|| SandboxError::UnknownWebhook(id.to_owned()))?;
            if !patch.is_object() {
                return Err(SandboxError::InvalidPatch("it is no object".to_owned()));
            }
            merge_patch(webhook, patch);
            webhook["id"] = json!(id);
            Ok(webhook.clone())
        })
    }

    /// Removes a webhook as another admin would.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`].
    pub fn delete_webhook(&self, id: &str) -> Result<Value, SandboxError> {
        self.organisation.with(|inner| {
            let index = inner.webhooks.iter().position(|webhook| webhook["id"] == id);
            let index = index.ok_or_else(|| SandboxError::UnknownWebhook(id.to_owned()))?;
            Ok(inner.webhooks.remove(index))
        })
    }

    /// Adds a delivery, so long before the sandbox's present time as it says.
    pub fn add_delivery(&self, delivery: &EpilotDelivery) {
        let stored = self.organisation.stored(delivery, self.organisation.clock.now_ms());
        self.organisation.with(|inner| inner.deliveries.push(stored));
    }

    /// A copy of a webhook's deliveries as stored, newest first.
    pub fn deliveries(&self, webhook_id: &str) -> Vec<Value> {
        let deliveries = self.organisation.deliveries(webhook_id);
        deliveries.into_iter().map(|delivery| Value::Object(delivery.event)).collect()
    }

    /// From now on every delivery ends like this, and nothing is sent; `None` goes back to sending to loopback
    /// addresses and pretending for all others.
    pub fn set_outcome(&self, outcome: Option<EpilotOutcome>) {
        self.organisation.with(|inner| inner.outcome = outcome);
    }

    /// From now on the OAuth token exchange fails with this message; `None` lets it succeed again.
    pub fn set_oauth_error(&self, message: Option<&str>) {
        self.organisation.with(|inner| inner.oauth_error = message.map(ToOwned::to_owned));
    }
}
