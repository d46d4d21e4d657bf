//! An authorisation server that belongs to no vendor: `POST /oauth2/token` hands out tokens for client credentials,
//! by the letter of RFC 6749 (sections 2.3, 3.2, 4.4 and 5). Webhooks with OAuth can name it as their token URL.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

/// Which clients the authorisation server knows. The default is one that the seeded webhooks use.
#[derive(Debug, Clone)]
pub struct TokenServerConfig {
    /// The clients.
    pub clients: Vec<TokenClient>,
    /// How long a token lasts.
    pub lifetime: Duration,
}

/// A client that may ask for tokens.
#[derive(Debug, Clone)]
pub struct TokenClient {
    /// Its id.
    pub id: String,
    /// Its secret; fake.
    pub secret: String,
    /// The scopes it may ask for.
    pub scopes: Vec<String>,
}

impl Default for TokenServerConfig {
    fn default() -> Self {
        let client = TokenClient {
            id: "meridian-epilot".into(),
            secret: "sandbox-epilot-oauth-8d2e61".into(),
            scopes: vec!["crm.read".into(), "crm.write".into()],
        };
        Self { clients: vec![client], lifetime: Duration::from_secs(3600) }
    }
}

/// Serves `/oauth2/token`. Parameters in the query are not looked at, as RFC 6749, section 3.2, has it.
pub(crate) fn router(config: TokenServerConfig) -> Router {
    Router::new().route("/oauth2/token", post(token)).with_state(Arc::new(config))
}

type Form = HashMap<String, String>;

/// An error of RFC 6749, section 5.2; a client that failed by Basic is told so by a challenge.
struct Refusal {
    error: &'static str,
    description: String,
    by_basic: bool,
}

impl Refusal {
    fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self { error, description: description.into(), by_basic: false }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = Json(json!({ "error": self.error, "error_description": self.description }));
        let mut response = (status, [(CACHE_CONTROL, "no-store")], body).into_response();
        if self.by_basic {
            let challenge = axum::http::HeaderValue::from_static("Basic realm=\"sandbox\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

async fn token(
    State(config): State<Arc<TokenServerConfig>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let form = form(&headers, &body)?;
    let client = client(&config, &headers, &form)?;
    match form.get("grant_type").map(String::as_str) {
        None => return Err(Refusal::new("invalid_request", "grant_type is required")),
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::new("unsupported_grant_type", "only client_credentials is")),
    }
    let scope = form.get("scope").map_or_else(|| client.scopes.join(" "), String::clone);
    if let Some(unknown) = scope.split(' ').find(|scope| !client.scopes.iter().any(|known| known == scope)) {
        return Err(Refusal::new("invalid_scope", format!("{} may not ask for {unknown}", client.id)));
    }
    let answer = json!({
        "access_token": format!("sandbox-{}", uuid::Uuid::new_v4().simple()),
        "token_type": "Bearer",
        "expires_in": config.lifetime.as_secs(),
        "scope": scope,
    });
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// The form in the body; no name may occur twice.
fn form(headers: &HeaderMap, body: &[u8]) -> Result<Form, Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let text = "Content-Type must be application/x-www-form-urlencoded";
        return Err(Refusal::new("invalid_request", text));
    }
    let mut form = Form::new();
    for (name, value) in url::form_urlencoded::parse(body).into_owned() {
        if form.insert(name.clone(), value).is_some() {
            return Err(Refusal::new("invalid_request", format!("{name} occurs twice")));
        }
    }
    // A parameter without a value counts as left out.
    form.retain(|_, value| !value.is_empty());
    Ok(form)
}

/// Who asks, by Basic or by the form, and not by both.
fn client<'a>(
    config: &'a TokenServerConfig,
    headers: &HeaderMap,
    form: &Form,
) -> Result<&'a TokenClient, Refusal> {
    let by_basic = headers.contains_key(AUTHORIZATION);
    if by_basic && form.contains_key("client_secret") {
        let text = "the client authenticates in two ways at once";
        return Err(Refusal::new("invalid_request", text));
    }
    let claimed = if by_basic {
        basic(headers)
    } else {
        form.get("client_id").cloned().zip(form.get("client_secret").cloned())
    };
    let known = claimed.and_then(|(id, secret)| {
        config.clients.iter().find(|client| client.id == id && client.secret == secret)
    });
    known.ok_or_else(|| Refusal { by_basic, ..Refusal::new("invalid_client", "the client is not known") })
}

/// Id and secret from an Authorization header, each form-encoded before they were joined (section 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, credential) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let decoded = BASE64_STANDARD.decode(credential).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let pair = String::from_utf8(decoded).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let plain = |text: &str| {
        // A pair without a value: the text is all name.
        let text = text.replace('=', "%3D").replace('&', "%26");
        url::form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned())
    };
    plain(id).zip(plain(secret))
}
