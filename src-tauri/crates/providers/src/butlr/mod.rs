//! Butlr: webhooks over GraphQL, all operations in batches.
//!
//! Facts from Butlr's public pages and its official read-only client; none is a promise. Where they
//! leave something open, the code says what it assumes.

mod achieved;
mod answer;
mod capabilities;
mod catalogue;
mod client;
mod draft;
mod errors;
mod inspect;
mod operations;
mod places;
mod preview;
mod samples;
mod schema;
mod secrets;
mod session;
mod tree;
mod wire;

use crate::{Provider, Session, SessionContext, failure};
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_http::{ApiClient, ClientOptions};
use tacklebox_model::{AppError, Capabilities, CredentialField, FieldError, ProviderId, ProviderInfo};

const NAME: &str = "Butlr";
const DEFAULT_BASE_URL: &str = "https://api.butlr.io";
const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";
const ICON: &str = "M8 8m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M4.8 11.2a4.5 4.5 0 0 1 0-6.4M11.2 4.8a4.5 4.5 0 0 1 0 6.4M2.7 13.3a7.5 7.5 0 0 1 0-10.6M13.3 2.7a7.5 7.5 0 0 1 0 10.6";

/// The vendor.
pub struct Butlr;

impl Provider for Butlr {
    fn info(&self) -> ProviderInfo {
        ProviderInfo {
            id: ProviderId::from("butlr"),
            name: NAME.into(),
            tagline: "Occupancy sensors, GraphQL".into(),
            icon: ICON.into(),
            default_base_url: DEFAULT_BASE_URL.into(),
            credentials: vec![
                CredentialField {
                    key: CLIENT_ID.into(),
                    label: "Client ID".into(),
                    secret: false,
                    placeholder: Some("client_…".into()),
                    options: vec![],
                    default: None,
                },
                CredentialField {
                    key: CLIENT_SECRET.into(),
                    label: "Client secret".into(),
                    secret: true,
                    placeholder: None,
                    options: vec![],
                    default: None,
                },
            ],
            credentials_help:
                "From Butlr: Account Settings, API tokens, Create token. The secret is shown once.".into(),
        }
    }

    fn check_credentials(&self, public: &BTreeMap<String, String>) -> Vec<FieldError> {
        let empty = public.get(CLIENT_ID).is_none_or(|id| id.trim().is_empty());
        let error = || FieldError::at("credentials.client_id", "Enter the client ID of a Butlr API token.");
        empty.then(error).into_iter().collect()
    }

    fn documented(&self) -> Capabilities {
        capabilities::capabilities(&schema::Schema::documented(schema::Spelling::Snake))
    }

    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError> {
        let base_url = context.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let http = ApiClient::new(base_url, ClientOptions::default()).map_err(failure::no_client)?;
        let client = client::Client::new(http, &context.public_credentials, context.secrets);
        Ok(Arc::new(session::ButlrSession::new(context.connection, client)))
    }
}
