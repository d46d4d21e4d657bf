use std::time::Duration;

use serde_json::Value;

use super::{EpilotToken, seed, seed_events, seed_webhooks};

/// An organisation of the simulated vendor as it is at the start.
#[derive(Debug, Clone)]
pub struct EpilotOrganisation {
    /// Short name for the control API and for [`crate::Sandbox::epilot`].
    pub key: String,
    /// The organisation's name.
    pub label: String,
    /// The vendor's id for it, which the tokens carry.
    pub organisation_id: String,
    /// The tokens; the first is the one announced.
    pub tokens: Vec<EpilotToken>,
    /// Name and label of the events that can trigger webhooks.
    pub events: Vec<(String, String)>,
    /// The webhooks as the vendor stores them, secrets and `signingSecret` included.
    pub webhooks: Vec<Value>,
    /// What was delivered before the start.
    pub deliveries: Vec<EpilotDelivery>,
}

/// A delivery of a webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct EpilotDelivery {
    /// How long before the sandbox's present time it happened.
    pub age: Duration,
    /// A `WebhookEvent` of the vendor's document. `org_id`, `created_at` and the two `can_reapply_transform`
    /// fields are put in by the simulator.
    pub event: Value,
}

impl EpilotOrganisation {
    /// "Meridian Energie": webhooks with every field the model has, and weeks of deliveries.
    pub fn meridian() -> Self {
        let organisation_id = "731204";
        Self {
            key: "meridian".to_owned(),
            label: "Meridian Energie".to_owned(),
            organisation_id: organisation_id.to_owned(),
            tokens: tokens(None),
            events: seed_events::meridian(),
            webhooks: seed_webhooks::meridian(),
            deliveries: seed::meridian(organisation_id),
        }
    }

    /// "Meridian Sandbox": a few webhooks, and a token that expires nine days after the start.
    pub fn meridian_sandbox() -> Self {
        let organisation_id = "731205";
        Self {
            key: "meridian-sandbox".to_owned(),
            label: "Meridian Sandbox".to_owned(),
            organisation_id: organisation_id.to_owned(),
            tokens: tokens(Some(Duration::from_secs(39 * 86_400))),
            events: seed_events::meridian_sandbox(),
            webhooks: seed_webhooks::meridian_sandbox(),
            deliveries: seed::meridian_sandbox(organisation_id),
        }
    }

    /// One with a token and these events, and without webhooks.
    pub fn empty(key: &str, label: &str, events: &[&str]) -> Self {
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            organisation_id: "731299".to_owned(),
            tokens: tokens(None),
            events: events.iter().map(|&event| (event.to_owned(), event.to_owned())).collect(),
            webhooks: Vec::new(),
            deliveries: Vec::new(),
        }
    }
}

/// The announced token, one that may only look, and one that expired a day before the start.
fn tokens(lifetime: Option<Duration>) -> Vec<EpilotToken> {
    let announced = EpilotToken { lifetime, ..EpilotToken::new("Tacklebox") };
    vec![
        announced,
        EpilotToken::new("Tacklebox read only").read_only(),
        EpilotToken::new("Old integration").lifetime(Duration::from_secs(29 * 86_400)),
    ]
}
