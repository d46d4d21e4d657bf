//! Booqable: webhook endpoints over JSON:API.
//!
//! Facts from Booqable's public pages and its official clients; none is a promise. Where they leave something
//! open, the code says what it assumes.

mod achieved;
mod address;
mod answer;
mod capabilities;
mod catalogue;
mod client;
mod draft;
mod inspect;
mod list;
mod marks;
mod preview;
mod resources;
mod samples;
mod session;
mod slug;
mod wire;

use crate::spec::choices;
use crate::{Provider, Session, SessionContext, failure};
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_http::{
    ApiClient, ClientOptions, GateOptions, HeaderName, RateHeaders, SentHook, WindowHeader,
};
use tacklebox_model::{AppError, Capabilities, CredentialField, FieldError, ProviderId, ProviderInfo};

const NAME: &str = "Booqable";
const SLUG: &str = "slug";
const API: &str = "api";
const ACCESS_TOKEN: &str = "access_token";
/// Two names of the same API: the one of its documents, and the project's own, which older pages have.
const APIS: [(&str, &str); 2] = [("4", "api/4"), ("boomerang", "api/boomerang, as in older documents")];
const DEFAULT_API: &str = "4";
const ICON: &str = "M3.5 5.2h9l.8 8.3H2.7l.8-8.3zM5.7 7.2V4.5a2.3 2.3 0 0 1 4.6 0v2.7";

/// The vendor.
pub struct Booqable;

impl Provider for Booqable {
    fn info(&self) -> ProviderInfo {
        let field = |key: &str, label: &str, secret: bool| CredentialField {
            key: key.into(),
            label: label.into(),
            secret,
            placeholder: None,
            options: vec![],
            default: None,
        };
        ProviderInfo {
            id: ProviderId::from("booqable"),
            name: NAME.into(),
            tagline: "Rental, JSON:API".into(),
            icon: ICON.into(),
            default_base_url: "https://{slug}.booqable.com".into(),
            credentials: vec![
                CredentialField {
                    placeholder: Some("kestrel-rentals".into()),
                    ..field(SLUG, "Company slug", false)
                },
                CredentialField {
                    options: choices(&APIS),
                    default: Some(DEFAULT_API.into()),
                    ..field(API, "API path", false)
                },
                field(ACCESS_TOKEN, "Access token", true),
            ],
            credentials_help:
                "From Booqable: your employee page (employees/current), Create new authentication \
                method. The token has all the rights of its employee."
                    .into(),
        }
    }

    fn check_credentials(&self, public: &BTreeMap<String, String>) -> Vec<FieldError> {
        [entered_slug(public).err(), entered_api(public).err()].into_iter().flatten().collect()
    }

    /// The slug is part of the host's name.
    fn address(&self, base_url: Option<&str>, public: &BTreeMap<String, String>) -> String {
        base_url.map_or_else(|| own_address(&entered_slug(public).unwrap_or_default()), str::to_owned)
    }

    fn documented(&self) -> Capabilities {
        capabilities::capabilities()
    }

    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError> {
        let invalid = |error| AppError::validation(vec![error]);
        // The slug becomes a host name to which the token is sent: it is checked here as well.
        let slug = entered_slug(&context.public_credentials).map_err(invalid)?;
        let api = entered_api(&context.public_credentials).map_err(invalid)?;
        let own = own_address(&slug);
        let meter = context.meter;
        let options = ClientOptions {
            gate: GateOptions { headers: Some(rate_headers()), ..GateOptions::default() },
            on_sent: Some(SentHook::new(move || meter.sent())),
            ..ClientOptions::default()
        };
        let base_url = context.base_url.as_deref().unwrap_or(&own);
        let http = ApiClient::new(base_url, options).map_err(failure::no_client)?;
        let client = client::Client::new(http, slug, &api, context.secrets);
        Ok(Arc::new(session::BooqableSession::new(context.connection, client)))
    }
}

fn own_address(slug: &str) -> String {
    format!("https://{slug}.booqable.com")
}

fn entered_slug(public: &BTreeMap<String, String>) -> Result<String, FieldError> {
    let entered = public.get(SLUG).map(String::as_str).unwrap_or_default();
    slug::parse(entered).map_err(|words| FieldError::at(format!("credentials.{SLUG}").as_str(), words))
}

fn entered_api(public: &BTreeMap<String, String>) -> Result<String, FieldError> {
    let entered = public.get(API).map_or(DEFAULT_API, |api| api.trim());
    match APIS.iter().find(|(known, _)| *known == entered) {
        Some((known, _)) => Ok((*known).to_owned()),
        None => Err(FieldError::at(format!("credentials.{API}").as_str(), "Choose 4 or boomerang.")),
    }
}

/// On every answer, errors included. No header says when the window ends.
fn rate_headers() -> RateHeaders {
    RateHeaders {
        limit: HeaderName::from_static("x-ratelimit-limit"),
        remaining: HeaderName::from_static("x-ratelimit-remaining"),
        window: WindowHeader::Period(HeaderName::from_static("x-ratelimit-period")),
    }
}
