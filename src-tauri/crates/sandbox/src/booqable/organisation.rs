use serde::{Deserialize, Serialize};

use super::{BooqableEndpoint, BooqableNotification, RateLimit, seed};

/// One simulated organisation as it is seeded.
#[derive(Debug, Clone)]
pub struct BooqableOrganisation {
    /// The first label of its host name at the vendor, such as `kestrel-rentals`; also its short name here.
    pub slug: String,
    /// The organisation's name.
    pub label: String,
    /// A UUID.
    pub company_id: String,
    /// 64 hexadecimal digits. Fake: the seeded ones spell `sandbox-booqable-` and the slug.
    pub access_token: String,
    /// Events it has beside the documented ones.
    pub extra_events: Vec<String>,
    /// The webhook endpoints there are at the start.
    pub endpoints: Vec<BooqableEndpoint>,
    /// Delivered notifications that can still be looked up.
    pub notifications: Vec<BooqableNotification>,
    /// How it behaves at the start.
    pub settings: BooqableSettings,
}

/// How an organisation behaves; can be changed while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BooqableSettings {
    /// Which of the two documented shapes a list has.
    pub list_shape: ListShape,
    /// 50 requests in 60 s by default, as on the vendor's smallest plan.
    pub rate_limit: RateLimit,
    /// Whether an event that is not in the list of events is kept instead of refused. Not documented.
    pub accept_unknown_events: bool,
    /// Whether all requests are refused for the sake of the plan (402).
    #[serde(default)]
    pub payment: Option<PaymentProblem>,
    /// Whether writes are refused for maintenance (503).
    pub read_only: bool,
    /// Whether the access token was revoked.
    pub token_revoked: bool,
}

impl Default for BooqableSettings {
    fn default() -> Self {
        Self {
            list_shape: ListShape::JsonApi,
            rate_limit: RateLimit::new(50, 60),
            accept_unknown_events: false,
            payment: None,
            read_only: false,
            token_revoked: false,
        }
    }
}

/// The shape of a list of webhook endpoints. The vendor's example shows one, its recorded lists the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListShape {
    /// `id`, `type`, `attributes`, and `meta` beside `data`.
    JsonApi,
    /// The attributes beside the `id`; `meta` only when a total is asked for.
    Flat,
}

/// Why the vendor wants a better plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentProblem {
    /// The plan does not include the API.
    FeatureNotEnabled,
    /// The trial is over.
    TrialExpired,
}

impl BooqableOrganisation {
    /// "Kestrel Rentals": 30 endpoints, so more than one page, as JSON:API; an event newer than the documents.
    pub fn kestrel_rentals() -> Self {
        let slug = "kestrel-rentals";
        Self {
            extra_events: vec![seed::NEWER_EVENT.to_owned()],
            endpoints: seed::rentals(slug),
            notifications: seed::notifications(slug),
            ..Self::empty(slug, "Kestrel Rentals")
        }
    }

    /// "Kestrel Trial": four endpoints, flat lists, 20 requests in 60 s.
    pub fn kestrel_trial() -> Self {
        let slug = "kestrel-trial";
        let settings = BooqableSettings {
            list_shape: ListShape::Flat,
            rate_limit: RateLimit::new(20, 60),
            ..BooqableSettings::default()
        };
        Self { endpoints: seed::trial(slug), settings, ..Self::empty(slug, "Kestrel Trial") }
    }

    /// An organisation without webhook endpoints; its company id and token follow from its slug.
    pub fn empty(slug: &str, label: &str) -> Self {
        Self {
            slug: slug.to_owned(),
            label: label.to_owned(),
            company_id: seed::id(slug, "company", 0),
            access_token: seed::token(slug),
            extra_events: Vec::new(),
            endpoints: Vec::new(),
            notifications: Vec::new(),
            settings: BooqableSettings::default(),
        }
    }
}
