//! The webhooks themselves: list, create, get, update, delete, and the events they can wait for.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Answer, Grant, Refusal, Server, parameter, query, required_body, rules, time};

pub(super) async fn configured_events(State(epilot): Server, headers: HeaderMap, uri: Uri) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    query(&uri, &[])?;
    let event = |(name, label): &(String, String)| json!({ "eventName": name, "eventLabel": label });
    Ok(Json(organisation.config.events.iter().map(event).collect::<Vec<_>>()).into_response())
}

/// Assumption: in the order of creation.
pub(super) async fn list(State(epilot): Server, headers: HeaderMap, uri: Uri) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    let parameters = query(&uri, &["eventName"])?;
    let event = parameter(&parameters, "eventName");
    let wanted = |webhook: &&Value| event.is_none_or(|event| webhook["eventName"] == event);
    let webhooks: Vec<_> = organisation.with(|inner| {
        let shown = |webhook: &Value| rules::shown(webhook, epilot.readable_references);
        inner.webhooks.iter().filter(wanted).map(shown).collect()
    });
    Ok(Json(webhooks).into_response())
}

pub(super) async fn read(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    query(&uri, &[])?;
    let webhook = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No configuration found"))?;
    Ok(Json(rules::shown(&webhook, epilot.readable_references)).into_response())
}

pub(super) async fn create(State(epilot): Server, headers: HeaderMap, uri: Uri, body: Bytes) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Create)?;
    query(&uri, &[])?;
    let mut sent = required_body(&headers, &body)?;
    rules::check_webhook(&organisation, &sent, None).map_err(Refusal::bad_request)?;
    rules::settle_secrets(&mut sent, None);

    let now = time::format(organisation.clock.now_ms());
    let mut webhook = Map::from_iter([("id".to_owned(), json!(new_id()))]);
    webhook.extend(sent.as_object().cloned().unwrap_or_default());
    webhook.insert("creationTime".to_owned(), json!(now));
    webhook.insert("updatedTime".to_owned(), json!(now));
    webhook.entry("retryPolicy").or_insert_with(|| json!({ "enabled": true, "maxAttempts": 3 }));
    rules::settle_status(&mut webhook);
    let signing_secret = json!(new_signing_secret());
    webhook.insert("signingSecret".to_owned(), signing_secret.clone());

    let webhook = Value::Object(webhook);
    let mut answer = rules::shown(&webhook, epilot.readable_references);
    answer["signingSecret"] = signing_secret;
    organisation.with(|inner| inner.webhooks.push(webhook));
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

pub(super) async fn update(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Edit)?;
    query(&uri, &[])?;
    let sent = required_body(&headers, &body)?;
    // Assumption: 404, which the document does not declare here.
    let stored = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No configuration found"))?;
    rules::check_webhook(&organisation, &sent, Some(&stored)).map_err(Refusal::bad_request)?;
    let now = time::format(organisation.clock.now_ms());
    let webhook = replaced(sent, &stored, &now);
    let answer = rules::shown(&webhook, epilot.readable_references);
    let found = organisation.with(|inner| {
        let place = inner.webhooks.iter_mut().find(|other| other["id"] == id);
        place.map(|place| *place = webhook).is_some()
    });
    match found {
        true => Ok(Json(answer).into_response()),
        false => Err(Refusal::not_found("No configuration found")),
    }
}

pub(super) async fn delete(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Delete)?;
    query(&uri, &[])?;
    organisation.with(|inner| {
        let index = inner.webhooks.iter().position(|webhook| webhook["id"] == id);
        let index = index.ok_or(Refusal { status: StatusCode::NOT_FOUND, message: None })?;
        inner.webhooks.remove(index);
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// An id of 22 letters and digits, as the vendor's own look.
pub(super) fn new_id() -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut number = Uuid::new_v4().as_u128();
    let mut digit = || {
        let index = usize::try_from(number % 62).unwrap_or_default();
        number /= 62;
        char::from(DIGITS[index])
    };
    (0..22).map(|_| digit()).collect()
}

fn new_signing_secret() -> String {
    let bytes = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
    format!("whsec_{}", BASE64_STANDARD.encode(bytes.get(..24).unwrap_or_default()))
}

/// The webhook after a PUT. Assumption: an omitted field is removed, apart from the secrets and the retry policy,
/// of which the documents say that they are kept, and the server's own id and times.
fn replaced(mut sent: Value, stored: &Value, now: &str) -> Value {
    rules::settle_secrets(&mut sent, Some(stored));
    let mut webhook = Map::from_iter([("id".to_owned(), stored["id"].clone())]);
    webhook.extend(sent.as_object().cloned().unwrap_or_default());
    for field in ["creationTime", "signingSecret", "retryPolicy"] {
        if let (false, Some(kept)) = (webhook.contains_key(field), stored.get(field)) {
            webhook.insert(field.to_owned(), kept.clone());
        }
    }
    webhook.insert("updatedTime".to_owned(), json!(now));
    rules::settle_status(&mut webhook);
    Value::Object(webhook)
}
