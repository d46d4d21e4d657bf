use async_graphql::Name;

use super::{ButlrAssets, Webhook, fake, seed, seed_assets};

/// One simulated organisation as it is seeded.
#[derive(Debug, Clone)]
pub struct ButlrOrganisation {
    /// Short name for the control API, such as `halden-offices`.
    pub key: String,
    /// The organisation's name.
    pub label: String,
    /// `org_` and a KSUID.
    pub organisation_id: String,
    /// `client_` and a KSUID.
    pub client_id: String,
    /// Fake.
    pub client_secret: String,
    /// Which of the published variants of the API it speaks.
    pub dialect: Dialect,
    /// The webhooks there are at the start.
    pub webhooks: Vec<Webhook>,
    /// Sites with what is below them, sensors, hives and tags.
    pub assets: ButlrAssets,
}

/// Which of the published variants of the GraphQL schema an organisation speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// How the webhook types spell their fields.
    pub spelling: Spelling,
    /// Whether the Webhook type and the update input have `filters` and `send_on_value_change`; the older
    /// schema lacks them.
    pub has_filters: bool,
    /// Whether the create input has them too. Not documented either way.
    pub create_accepts_filters: bool,
    /// Values of `EventType` beside the five documented ones.
    pub extra_event_types: Vec<String>,
    /// Undocumented fields of `EndpointConfig` and `EndpointConfigInput`, of the scalar `JSON`.
    pub extra_endpoint_fields: Vec<String>,
    /// Undocumented fields of `Webhook` itself, of the scalar `JSON`; no input has them.
    pub extra_webhook_fields: Vec<String>,
}

impl Default for Dialect {
    /// The newest documents read at their most generous: snake_case, filters everywhere, five event types.
    fn default() -> Self {
        Self {
            spelling: Spelling::SnakeCase,
            has_filters: true,
            create_accepts_filters: true,
            extra_event_types: Vec::new(),
            extra_endpoint_fields: Vec::new(),
            extra_webhook_fields: Vec::new(),
        }
    }
}

/// How the webhook types spell their fields. `filters` and `send_on_value_change` are the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `event_types`, `endpoint_config`, `http_timeout`, `api_key`, `basic_auth`.
    SnakeCase,
    /// `eventTypes`, `endpointConfig`, `httpTimeout`, `apiKey`, `basicAuth`.
    CamelCase,
}

impl Spelling {
    /// The field's name in this spelling, from its snake_case name.
    pub(super) fn spell(self, field: &'static str) -> &'static str {
        if self == Self::SnakeCase {
            return field;
        }
        match field {
            "event_types" => "eventTypes",
            "endpoint_config" => "endpointConfig",
            "http_timeout" => "httpTimeout",
            "api_key" => "apiKey",
            "basic_auth" => "basicAuth",
            same => same,
        }
    }

    pub(super) fn name(self, field: &'static str) -> Name {
        Name::new(self.spell(field))
    }
}

impl ButlrOrganisation {
    /// "Halden Offices": snake_case with all optional fields, nine webhooks.
    pub fn halden_offices() -> Self {
        let key = "halden-offices";
        Self {
            webhooks: seed::offices(key),
            assets: seed_assets::offices(key),
            ..Self::empty(key, "Halden Offices", Dialect::default())
        }
    }

    /// "Halden Lab": camelCase, more event types, filters only on update, six webhooks.
    pub fn halden_lab() -> Self {
        let key = "halden-lab";
        let dialect = Dialect {
            spelling: Spelling::CamelCase,
            create_accepts_filters: false,
            extra_event_types: seed::EXTRA_EVENT_TYPES.iter().map(ToString::to_string).collect(),
            ..Dialect::default()
        };
        Self {
            webhooks: seed::lab(key),
            assets: seed_assets::lab(key),
            ..Self::empty(key, "Halden Lab", dialect)
        }
    }

    /// "Bulk N" (key `bulk`): `count` generated webhooks, for benchmarks.
    pub fn bulk(count: usize) -> Self {
        let key = "bulk";
        Self {
            webhooks: seed::bulk(key, count),
            assets: seed_assets::offices(key),
            ..Self::empty(key, &format!("Bulk {count}"), Dialect::default())
        }
    }

    /// An organisation without webhooks or assets; its ids and credential follow from its key.
    pub fn empty(key: &str, label: &str, dialect: Dialect) -> Self {
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            organisation_id: fake::id("org", key),
            client_id: fake::id("client", key),
            client_secret: fake::secret("client", key),
            dialect,
            webhooks: Vec::new(),
            assets: ButlrAssets::default(),
        }
    }
}
