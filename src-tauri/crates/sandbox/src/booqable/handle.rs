use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::state::{self, Organisation};
use super::{
    BooqableEndpoint, BooqableNotification, BooqableOrganisation, BooqableSettings, RateLimit, RateState,
};
use crate::SandboxError;
use crate::control::merge_patch;

/// One organisation's state, to read and to change behind the client's back.
#[derive(Debug, Clone)]
pub struct BooqableHandle {
    organisation: Arc<Organisation>,
}

impl BooqableHandle {
    pub(super) fn new(organisation: Arc<Organisation>) -> Self {
        Self { organisation }
    }

    /// How the organisation was seeded.
    pub fn config(&self) -> &BooqableOrganisation {
        &self.organisation.config
    }

    /// The access token clients need, to search files and logs for.
    pub fn access_token(&self) -> &str {
        &self.organisation.config.access_token
    }

    /// A copy of all webhook endpoints, in the order of their creation.
    pub fn endpoints(&self) -> Vec<BooqableEndpoint> {
        self.organisation.endpoints()
    }

    /// A copy of one webhook endpoint.
    pub fn endpoint(&self, id: &str) -> Option<BooqableEndpoint> {
        self.endpoints().into_iter().find(|endpoint| endpoint.id == id)
    }

    /// Adds a webhook endpoint without any check and returns its id. Id and times are given where empty.
    pub fn add_endpoint(&self, mut endpoint: BooqableEndpoint) -> String {
        if endpoint.id.is_empty() {
            endpoint.id = state::new_id();
        }
        for time in [&mut endpoint.created_at, &mut endpoint.updated_at] {
            if time.is_empty() {
                *time = self.organisation.now();
            }
        }
        let id = endpoint.id.clone();
        self.organisation.with(|inner| inner.endpoints.push(endpoint));
        id
    }

    /// Changes a webhook endpoint as another admin would: a JSON merge patch. The vendor's own rules are not
    /// applied; the id stays, and `updated_at` moves unless the patch has it.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`], [`SandboxError::InvalidPatch`].
    pub fn edit_endpoint(&self, id: &str, patch: Value) -> Result<BooqableEndpoint, SandboxError> {
        let now = self.organisation.now();
        self.organisation.with(|inner| {
            let endpoint = inner.endpoints.iter_mut().find(|endpoint| endpoint.id == id);
            let endpoint = endpoint.ok_or_else(|| SandboxError::UnknownWebhook(id.to_owned()))?;
            endpoint.updated_at = now;
            let edited: BooqableEndpoint = patched(endpoint, patch)?;
            *endpoint = BooqableEndpoint { id: id.to_owned(), ..edited };
            Ok(endpoint.clone())
        })
    }

    /// Removes a webhook endpoint as another admin would.
    ///
    /// # Errors
    /// [`SandboxError::UnknownWebhook`].
    pub fn delete_endpoint(&self, id: &str) -> Result<BooqableEndpoint, SandboxError> {
        self.organisation.delete(id).map_err(|_| SandboxError::UnknownWebhook(id.to_owned()))
    }

    /// Remembers a delivered notification.
    pub fn add_notification(&self, notification: BooqableNotification) {
        self.organisation.with(|inner| inner.notifications.push(notification));
    }

    /// Forgets the delivered notifications, as the vendor does after a time it does not state.
    pub fn forget_notifications(&self) {
        self.organisation.with(|inner| inner.notifications.clear());
    }

    /// How the organisation behaves now.
    pub fn settings(&self) -> BooqableSettings {
        self.organisation.settings()
    }

    /// Changes how the organisation behaves from now on.
    pub fn change_settings(&self, change: impl FnOnce(&mut BooqableSettings)) {
        self.organisation.with(|inner| change(&mut inner.settings));
    }

    /// Changes settings by a JSON merge patch and returns all of them.
    ///
    /// # Errors
    /// [`SandboxError::InvalidPatch`].
    pub fn patch_settings(&self, patch: Value) -> Result<BooqableSettings, SandboxError> {
        self.organisation.with(|inner| {
            inner.settings = patched(&inner.settings, patch)?;
            Ok(inner.settings.clone())
        })
    }

    /// Makes the access token one that was revoked.
    pub fn revoke_token(&self) {
        self.change_settings(|settings| settings.token_revoked = true);
    }

    /// Another allowance from now on. The window goes on.
    pub fn set_rate_limit(&self, limit: RateLimit) {
        self.change_settings(|settings| settings.rate_limit = limit);
    }

    /// Where the organisation stands in its window.
    pub fn rate(&self) -> RateState {
        self.organisation.rate()
    }

    /// The calls so far that the vendor would count against the month's quota.
    pub fn metered_calls(&self) -> u64 {
        self.organisation.with(|inner| inner.metered_calls)
    }
}

/// A copy with a JSON merge patch applied.
fn patched<T: Serialize + DeserializeOwned>(value: &T, patch: Value) -> Result<T, SandboxError> {
    let invalid = |error: serde_json::Error| SandboxError::InvalidPatch(error.to_string());
    let mut json = serde_json::to_value(value).map_err(invalid)?;
    merge_patch(&mut json, patch);
    serde_json::from_value(json).map_err(invalid)
}
