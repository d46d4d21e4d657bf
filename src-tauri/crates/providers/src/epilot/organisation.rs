//! Whose token it is: epilot's organisation API, and where that cannot be asked, the token itself.

use super::answer::{self, ORGANISATION};
use super::client::Client;
use super::{DEFAULT_BASE_URL, NAME};
use crate::failure;
use serde_json::Value;
use tacklebox_http::{ApiClient, ApiRequest, ClientOptions, parse_base_url};
use tacklebox_model::{AppError, CredentialFacts, FindingState};
use tokio_util::sync::CancellationToken;

const BASE_URL: &str = "https://organization-v2.sls.epilot.io";
const PATH: &str = "v2/organization/current";

/// An organisation in words.
pub struct Found {
    pub name: Option<String>,
    pub state: FindingState,
    pub words: String,
}

/// A client for the organisation API, which has a host of its own: with another base URL than epilot's it would be
/// given a token that is not meant for it.
pub fn client(base_url: &str) -> Result<Option<ApiClient>, AppError> {
    let is_own = parse_base_url(base_url).ok() == parse_base_url(DEFAULT_BASE_URL).ok();
    let http = is_own.then(|| ApiClient::new(BASE_URL, ClientOptions::default()));
    http.transpose().map_err(failure::no_client)
}

/// Finds the organisation, and says from where and why.
pub async fn find(
    client: &Client,
    api: Option<&ApiClient>,
    facts: &CredentialFacts,
    cancel: &CancellationToken,
) -> Result<Found, AppError> {
    let Some(api) = api else {
        return Ok(from_token(
            facts,
            FindingState::Ok,
            "With another base URL epilot's organisation API is not asked.",
        ));
    };
    match ask(client, api, cancel).await {
        Ok(found) => Ok(found),
        Err(error) if error.fault == tacklebox_model::Fault::Cancelled => Err(error),
        Err(error) => {
            let why = format!("The organisation API could not be asked: {}", error.message);
            Ok(from_token(facts, FindingState::Attention, &why))
        }
    }
}

async fn ask(client: &Client, api: &ApiClient, cancel: &CancellationToken) -> Result<Found, AppError> {
    let request = ApiRequest::get("read the organisation", PATH);
    let sent = client.send(api, &ORGANISATION, request, vec![], cancel).await;
    let response = sent.map_err(|refusal| refusal.error)?;
    let answer: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
    let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = text("id").ok_or_else(answer::odd)?;
    let used = text("organization_use").map(|used| format!(", used as {used}")).unwrap_or_default();
    let name = text("name").unwrap_or(id);
    let words = format!("{name} ({id}){used}.");
    Ok(Found { name: Some(name.to_owned()), state: FindingState::Ok, words })
}

fn from_token(facts: &CredentialFacts, state: FindingState, why: &str) -> Found {
    match &facts.organisation {
        Some(id) => Found {
            name: Some(id.clone()),
            state,
            words: format!("Organisation {id}, as the token says. {why}"),
        },
        None => {
            let words = format!("The token does not say which organisation it is for. {why}");
            Found { name: None, state: FindingState::Attention, words }
        }
    }
}
