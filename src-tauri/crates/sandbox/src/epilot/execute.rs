//! The public key, the test of OAuth, triggering, and examples.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::deliver::deliver;
use super::validate::check;
use super::{Answer, Grant, Refusal, Server, fields, parameter, query, required_body, seed_events, time};

/// Without authentication. Assumption: any organisation's key is told, and a missing `orgId` is a 400.
pub(super) async fn public_key(State(_): Server, uri: Uri) -> Answer {
    /// What comes before the 32 bytes of an Ed25519 key in its `SubjectPublicKeyInfo`.
    const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let parameters = query(&uri, &["orgId"])?;
    let organisation =
        parameter(&parameters, "orgId").ok_or_else(|| Refusal::bad_request("orgId is required"))?;
    let key: Vec<u8> = organisation.bytes().cycle().take(32).collect();
    let key = BASE64_STANDARD.encode([&PREFIX[..], &key].concat());
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n");
    Ok(Json(json!({ "public_key": pem, "algorithm": "ed25519", "issuer": "epilot" })).into_response())
}

/// Nothing is sent to the token endpoint. Assumption: needs the grant to edit, like trigger and replay.
pub(super) async fn test_oauth(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Edit)?;
    query(&uri, &[])?;
    let webhook = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No config found"))?;
    if webhook["auth"]["authType"] != "OAUTH_CLIENT_CREDENTIALS" {
        return Err(Refusal::bad_request("The webhook does not use OAuth"));
    }
    let has_secret = webhook["auth"]["oauthConfig"]["clientSecret"].is_string();
    let failure = organisation.oauth_error().or((!has_secret).then(|| "no client secret".to_owned()));
    match failure {
        Some(reason) => {
            let message = format!("OAuth token exchange failed: {reason}");
            Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message))
        }
        None => Ok(Json(json!({
            "success": true, "expires_in": 3600, "token_type": "Bearer",
            "message": "OAuth token exchange successful",
        }))
        .into_response()),
    }
}

/// Assumption: it also runs for webhooks that are switched off and ignores filters; one without a URL is refused.
/// The transform is not applied.
pub(super) async fn trigger(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Edit)?;
    let parameters = query(&uri, &["sync"])?;
    let sync = match parameter(&parameters, "sync") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Refusal::bad_request("sync must be true or false")),
    };
    let payload = required_body(&headers, &body)?;
    check(&fields::EXECUTION, &payload, None, "body").map_err(Refusal::bad_request)?;
    if payload["metadata"]["organization_id"] != organisation.config.organisation_id.as_str() {
        return Err(Refusal::bad_request("body.metadata.organization_id is another organization's"));
    }
    let webhook = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No config found"))?;
    if webhook["url"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::bad_request("The webhook has no url"));
    }
    let started = time::format(organisation.clock.now_ms());
    let original = webhook["jsonataExpression"].is_string().then(|| payload.to_string());
    let (delivery, outcome) = deliver(&organisation, &webhook, &payload, original.as_deref()).await;

    let mut answer = Map::from_iter([("event_id".to_owned(), json!(delivery.text("event_id")))]);
    // Assumption: whoever does not wait is told the event's id and nothing of its outcome.
    if sync {
        answer.insert("status".to_owned(), json!(outcome.status()));
        // A text here, a number in the event.
        let code = outcome.status_code().map(|code| ("status_code".to_owned(), json!(code.to_string())));
        answer.extend(code);
        answer.extend(outcome.report());
        answer.insert("start_date".to_owned(), json!(started));
        answer.insert("end_date".to_owned(), json!(delivery.text("created_at")));
    }
    Ok(Json(answer).into_response())
}

pub(super) async fn example(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    query(&uri, &[])?;
    let options = required_body(&headers, &body)?;
    check(&fields::EXAMPLE, &options, None, "body").map_err(Refusal::bad_request)?;
    let webhook = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No configuration found"))?;
    let organisation_id = &organisation.config.organisation_id;
    let name = webhook["eventName"].as_str().unwrap_or_default();
    let mut example = match name.strip_prefix("event_") {
        Some(event) => seed_events::catalogue_payload(organisation_id, event, "1.0", 1),
        None => seed_events::automation_payload(organisation_id, &id, &webhook["name"], 1),
    };
    if let (Some(automation), Some(metadata)) =
        (options["automation_id"].as_str(), example.get_mut("metadata"))
    {
        metadata["automation_name"] = json!(automation);
    }
    Ok(Json::<Value>(example).into_response())
}
