//! The simulated Booqable: webhook endpoints over JSON:API, one company per organisation, a token, a rate limit.
//!
//! The vendor gives each company a host name of its own; on the loopback interface the company's slug is the
//! first part of the path instead.

mod api;
pub(crate) mod control;
mod endpoint;
mod events;
mod filter;
mod handle;
mod moment;
mod organisation;
mod query;
mod rate;
mod refusal;
mod seed;
mod state;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};

use crate::control::Clock;
use crate::{SandboxError, SandboxOrganisation};
use refusal::Refusal;

pub use endpoint::{BooqableEndpoint, BooqableNotification};
pub use handle::BooqableHandle;
pub use organisation::{BooqableOrganisation, BooqableSettings, ListShape, PaymentProblem};
pub use rate::{RateLimit, RateState};

/// The Booqable simulator's settings.
#[derive(Debug, Clone)]
pub struct BooqableConfig {
    /// The organisations; the two seeded ones by default.
    pub organisations: Vec<BooqableOrganisation>,
}

impl Default for BooqableConfig {
    fn default() -> Self {
        let organisations =
            vec![BooqableOrganisation::kestrel_rentals(), BooqableOrganisation::kestrel_trial()];
        Self { organisations }
    }
}

impl BooqableConfig {
    /// The same organisations without a rate limit, for tests that are not about it.
    #[must_use]
    pub fn unlimited(mut self) -> Self {
        for organisation in &mut self.organisations {
            organisation.settings.rate_limit.enforced = false;
        }
        self
    }
}

/// All organisations of the simulated vendor.
#[derive(Debug)]
pub(crate) struct Booqable {
    organisations: Vec<Arc<state::Organisation>>,
}

impl Booqable {
    pub(crate) fn new(config: &BooqableConfig, clock: &Arc<Clock>) -> Self {
        let organisation = |seeded| Arc::new(state::Organisation::new(seeded, clock.clone()));
        Self { organisations: config.organisations.iter().map(organisation).collect() }
    }

    pub(crate) fn router(self: Arc<Self>) -> Router {
        Router::new().fallback(answer).with_state(self)
    }

    /// `base_url` is where the simulator is mounted; each organisation's own lies one part below.
    pub(crate) fn organisations(&self, base_url: &str) -> Vec<SandboxOrganisation> {
        let describe = |organisation: &Arc<state::Organisation>| {
            let config = &organisation.config;
            SandboxOrganisation {
                provider: "booqable".to_owned(),
                key: config.slug.clone(),
                label: config.label.clone(),
                organisation_id: config.company_id.clone(),
                base_url: format!("{base_url}/{}", config.slug),
                credential: vec![
                    ("slug".to_owned(), config.slug.clone()),
                    ("access_token".to_owned(), config.access_token.clone()),
                ],
            }
        };
        self.organisations.iter().map(describe).collect()
    }

    pub(crate) fn handle(&self, name: &str) -> Result<BooqableHandle, SandboxError> {
        self.organisations
            .iter()
            .find(|organisation| organisation.config.slug == name || organisation.config.label == name)
            .map(|organisation| BooqableHandle::new(organisation.clone()))
            .ok_or_else(|| SandboxError::UnknownOrganisation(name.to_owned()))
    }

    pub(crate) fn reset(&self) {
        for organisation in &self.organisations {
            organisation.reset();
        }
    }

    /// Whose request this is, for the log and the faults. `path` is below the mount point.
    pub(crate) fn describe(&self, path: &str) -> Option<String> {
        let slug = path.split('/').find(|part| !part.is_empty())?;
        self.by_slug(slug).map(|organisation| organisation.config.slug.clone())
    }

    fn by_slug(&self, slug: &str) -> Option<&state::Organisation> {
        self.organisations.iter().map(Arc::as_ref).find(|organisation| organisation.config.slug == slug)
    }
}

async fn answer(
    State(booqable): State<Arc<Booqable>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut path = uri.path().split('/').filter(|part| !part.is_empty());
    let slug = path.next().unwrap_or_default();
    // Assumption: without a company there is no allowance, so this answer has no rate headers.
    let Some(organisation) = booqable.by_slug(slug) else {
        return Refusal::company_not_found().into_response();
    };
    let path: Vec<&str> = path.collect();
    api::answer(organisation, &api::Call { method, path, query: uri.query(), headers: &headers, body: &body })
}
