//! What epilot's webhooks can have, by its OpenAPI document.

use super::deliveries::{AT_ONCE, KEPT_DAYS, STATUSES};
use super::form;
use super::paths::{ENABLED, SIGNING_SECRET};
use crate::spec::info;
use tacklebox_model::{
    Capabilities, DeliveryLog, EventsPerWebhook, FieldPath, OnOff, ServerTest, Signing, StoredSecrets,
};

/// What the secret of a new webhook is called.
pub const SIGNING: &str = "Signing secret";

/// The same for every organisation: only the event types differ.
pub fn capabilities() -> Capabilities {
    Capabilities {
        sections: form::sections(),
        on_off: OnOff::Field { path: FieldPath::from(ENABLED) },
        events_per_webhook: EventsPerWebhook::One,
        stored_secrets: StoredSecrets::WriteOnly,
        signing: Signing::SecretShownOnce { path: FieldPath::from(SIGNING_SECRET), label: SIGNING.into() },
        deliveries: Some(DeliveryLog {
            statuses: STATUSES.iter().map(|(status, _)| *status).collect(),
            replay_at_once: Some(AT_ONCE),
            reapply: true,
            kept_days: Some(KEPT_DAYS),
        }),
        server_tests: vec![ServerTest::OAuth, ServerTest::Example, ServerTest::Trigger],
        metered: false,
        notices: vec![info(
            "Passwords, client secrets and keys can be written to epilot and not read back. Custom headers and OAuth \
             parameters can.",
        )],
    }
}
