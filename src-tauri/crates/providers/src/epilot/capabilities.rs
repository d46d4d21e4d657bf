//! What epilot's webhooks can have, by its OpenAPI document.

use super::deliveries::{AT_ONCE, KEPT_DAYS, STATUSES};
use super::form;
use super::paths::*;
use crate::spec::info;
use tacklebox_model::{
    Capabilities, DeliveryLog, EventsPerWebhook, FieldPath, FieldValue, LocalTrial, OnOff, ServerTest,
    ShownWhen, Signing, StoredSecrets, TokenRequestSpec, UrlCredentials,
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
        token_request: Some(token_request()),
        url_credentials: Some(url_credentials()),
        repeated_event: None,
        local_trial: Some(LocalTrial {
            conditions: Some(FieldPath::from(CONDITIONS)),
            transformation: Some(FieldPath::from(JSONATA)),
        }),
        metered: false,
        notices: vec![info(
            "Passwords, client secrets and keys can be written to epilot and not read back. Custom headers and OAuth \
             parameters can.",
        )],
    }
}

fn token_request() -> TokenRequestSpec {
    TokenRequestSpec {
        when: with_auth(OAUTH),
        endpoint: FieldPath::from(OAUTH_ENDPOINT),
        method: FieldPath::from(OAUTH_METHOD),
        client_id: FieldPath::from(OAUTH_CLIENT_ID),
        client_secret: FieldPath::from(OAUTH_SECRET),
        secret_is_env: Some(FieldPath::from(OAUTH_IS_ENV)),
        parameters: FieldPath::from(OAUTH_PARAMETERS),
        open: Some(OPEN.into()),
    }
}

const OPEN: &str = "epilot's documents do not say how epilot itself sends the client ID and secret, in the body or as Basic \
    authentication, nor where they go with another method than POST.";

fn url_credentials() -> UrlCredentials {
    UrlCredentials {
        when: with_auth(BASIC),
        username: FieldPath::from(BASIC_USERNAME),
        password: FieldPath::from(BASIC_PASSWORD),
    }
}

fn with_auth(kind: &str) -> ShownWhen {
    ShownWhen { path: FieldPath::from(AUTH_TYPE), equals: FieldValue::Text(kind.to_owned()) }
}
