//! Access tokens: well-formed JWTs that nobody signed.

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use super::Grant;

/// How an access token was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpilotToken {
    /// The name its maker gave it.
    pub name: String,
    /// Whether it may only look.
    pub read_only: bool,
    /// The grants of the role it takes on, such as `webhook:*` or `webhook:view`.
    pub grants: Vec<String>,
    /// How long before the sandbox's start it was made.
    pub age: Duration,
    /// How long it lives from its making; `None` until it is revoked.
    pub lifetime: Option<Duration>,
}

impl EpilotToken {
    /// A token made 30 days before the start, with every webhook grant, that does not expire.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            read_only: false,
            grants: vec!["webhook:*".to_owned()],
            age: Duration::from_secs(30 * 86_400),
            lifetime: None,
        }
    }

    /// The same, but it may only look.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// With these grants only.
    #[must_use]
    pub fn with_grants(mut self, grants: &[&str]) -> Self {
        self.grants = grants.iter().map(|&grant| grant.to_owned()).collect();
        self
    }

    /// Living so long from its making.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    pub(super) fn allows(&self, grant: Grant) -> bool {
        let name = match grant {
            Grant::View => "webhook:view",
            Grant::Create => "webhook:create",
            Grant::Edit => "webhook:edit",
            Grant::Delete => "webhook:delete",
        };
        (!self.read_only || grant == Grant::View)
            && self.grants.iter().any(|held| held == "webhook:*" || held == name)
    }

    /// When it expires, in milliseconds since the Unix epoch.
    pub(super) fn expires_at_ms(&self, started_ms: u64) -> Option<u64> {
        Some(self.made_at_ms(started_ms).saturating_add(millis(self.lifetime?)))
    }

    /// The JWT. Its signature is no signature but says `sandbox-`, so that a search for secrets finds it.
    pub(super) fn jwt(&self, organisation_key: &str, organisation_id: &str, started_ms: u64) -> String {
        let mut claims = json!({
            "iss": "https://access-token.sls.epilot.io",
            "org_id": organisation_id,
            "token_id": format!("api_{organisation_id}{}", self.name.len()),
            "token_name": self.name,
            "assume_roles": [format!("{organisation_id}:integration")],
            "iat": self.made_at_ms(started_ms) / 1000,
        });
        if let Some(expires_at_ms) = self.expires_at_ms(started_ms) {
            claims["exp"] = json!(expires_at_ms / 1000);
        }
        if self.read_only {
            claims["read_only"] = json!(true);
        }
        let encode = |value: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let header = json!({ "alg": "RS256", "typ": "JWT" });
        let name: String = self.name.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}.{}.sandbox-{organisation_key}-{name}", encode(&header), encode(&claims))
    }

    fn made_at_ms(&self, started_ms: u64) -> u64 {
        started_ms.saturating_sub(millis(self.age))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
