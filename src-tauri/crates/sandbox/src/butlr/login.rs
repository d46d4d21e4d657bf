//! `POST /api/v2/clients/login`: client credentials, as JSON and not as a form.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::state::Organisation;
use super::{Butlr, Token, is_json};
use crate::control::lock;

const AUDIENCE: &str = "https://butlrauth/";
const GRANT_TYPE: &str = "client_credentials";
/// The scopes the vendor documents for minted clients; none of them is about webhooks.
const SCOPE: &str = "read:spaces write:spaces delete:spaces read:rooms write:rooms delete:rooms \
    read:sensors write:sensors delete:sensors read:hives write:hives delete:hives";

struct Refusal(StatusCode, &'static str, String);

impl IntoResponse for Refusal {
    // Assumption: the error body's shape is not documented; this is the usual one of OAuth 2.
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1, "error_description": self.2 }))).into_response()
    }
}

pub(super) async fn login(State(butlr): State<Arc<Butlr>>, headers: HeaderMap, body: Bytes) -> Response {
    match check(&butlr, &headers, &body) {
        Ok(organisation) => grant(&butlr, organisation).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn check(butlr: &Butlr, headers: &HeaderMap, body: &[u8]) -> Result<Arc<Organisation>, Refusal> {
    let invalid = |text: &str| Refusal(StatusCode::BAD_REQUEST, "invalid_request", text.to_owned());
    if !is_json(headers) {
        let text = "Content-Type must be application/json".to_owned();
        return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    let body: Value = serde_json::from_slice(body).map_err(|_| invalid("the body is not valid JSON"))?;
    let field = |name: &str| {
        body.get(name).and_then(Value::as_str).ok_or_else(|| invalid(&format!("{name} is required")))
    };
    let (client_id, client_secret) = (field("client_id")?, field("client_secret")?);
    let (audience, grant_type) = (field("audience")?, field("grant_type")?);
    if grant_type != GRANT_TYPE {
        let text = format!("grant_type must be {GRANT_TYPE}");
        return Err(Refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type", text));
    }
    if audience != AUDIENCE {
        let text = "the audience is not known".to_owned();
        return Err(Refusal(StatusCode::FORBIDDEN, "access_denied", text));
    }
    butlr
        .organisations
        .iter()
        .find(|o| o.config.client_id == client_id && o.config.client_secret == client_secret)
        .cloned()
        .ok_or_else(|| Refusal(StatusCode::UNAUTHORIZED, "access_denied", "Unauthorized".to_owned()))
}

fn grant(butlr: &Butlr, organisation: Arc<Organisation>) -> Json<Value> {
    let token = format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
    let lifetime = butlr.token_lifetime;
    let now = butlr.clock.now_ms();
    let expires_at_ms = now.saturating_add(u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX));
    let mut tokens = lock(&butlr.tokens);
    tokens.retain(|_, token| token.expires_at_ms > now);
    tokens.insert(token.clone(), Token { organisation, expires_at_ms });
    Json(json!({
        "access_token": token,
        "scope": SCOPE,
        "expires_in": lifetime.as_secs(),
        "token_type": "Bearer",
    }))
}
