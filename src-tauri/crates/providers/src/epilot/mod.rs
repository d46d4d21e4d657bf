//! epilot: webhooks over REST, one event each, whole objects.
//!
//! Facts from epilot's OpenAPI document and its public pages; none was tried against a live organisation. Where they
//! leave something open, the code says what it assumes.

mod achieved;
mod address;
mod answer;
mod capabilities;
mod catalogue;
mod client;
mod condition_set;
mod conditions;
mod deliveries;
mod draft;
mod draft_auth;
mod draft_delivery;
mod draft_filter;
mod entities;
mod env;
mod errors;
mod form;
mod inspect;
mod meanings;
mod moments;
mod notices;
mod organisation;
mod pairs;
mod paths;
mod preview;
mod samples;
mod secrets;
mod server_tests;
mod session;
mod token;
mod wire;

use crate::{Provider, Session, SessionContext, failure};
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_http::{ApiClient, ClientOptions};
use tacklebox_model::{
    AppError, Capabilities, CredentialFacts, CredentialField, FieldError, ProviderId, ProviderInfo, Secret,
};

const NAME: &str = "epilot";
const DEFAULT_BASE_URL: &str = "https://webhooks.sls.epilot.io";
const ACCESS_TOKEN: &str = "access_token";
const ICON: &str = "M13 9.5H4.2M13 9.5V8a5 5 0 1 0-1.6 3.7M4.2 6.5a4 4 0 0 1 7.4 0";

/// The vendor.
pub struct Epilot;

impl Provider for Epilot {
    fn info(&self) -> ProviderInfo {
        ProviderInfo {
            id: ProviderId::from("epilot"),
            name: NAME.into(),
            tagline: "Energy and service journeys, REST".into(),
            icon: ICON.into(),
            default_base_url: DEFAULT_BASE_URL.into(),
            credentials: vec![CredentialField {
                key: ACCESS_TOKEN.into(),
                label: "Access token".into(),
                secret: true,
                placeholder: Some("eyJ…".into()),
                options: vec![],
                default: None,
            }],
            credentials_help:
                "From epilot: Settings, Access Tokens. The token is shown once and has the permissions \
                               of the roles chosen for it."
                    .into(),
        }
    }

    fn check_credentials(&self, _public: &BTreeMap<String, String>) -> Vec<FieldError> {
        vec![]
    }

    fn documented(&self) -> Capabilities {
        capabilities::capabilities()
    }

    fn credential_facts(&self, secrets: &BTreeMap<String, Secret>) -> CredentialFacts {
        secrets.get(ACCESS_TOKEN).map(token::facts).unwrap_or_default()
    }

    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError> {
        let base_url = context.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let http = ApiClient::new(base_url, ClientOptions::default()).map_err(failure::no_client)?;
        let client = client::Client::new(http, context.secrets);
        let organisation = organisation::client(base_url)?;
        Ok(Arc::new(session::EpilotSession::new(context.connection, client, organisation)))
    }
}
