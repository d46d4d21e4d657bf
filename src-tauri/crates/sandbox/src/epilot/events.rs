//! The deliveries: lists, one by id, and replays.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::deliver::deliver;
use super::state::{Delivery, Organisation};
use super::validate::{Shape, check};
use super::{Answer, Grant, Refusal, Server, fields, json_body, parameter, query, required_body, time};

/// The size of a page of the deprecated list. Assumption: as in the list that replaces it.
const PAGE: usize = 25;
/// After this many milliseconds the Event Catalog no longer has an event's input. Assumption: 14 days.
const CATALOGUE_RETENTION_MS: u64 = 14 * 86_400_000;

/// The deprecated list. Assumption: its cursor is the Base64 of the last event's time and id.
pub(super) async fn list_v1(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    let parameters = query(&uri, &["status", "cursor"])?;
    let webhook = organisation.webhook(&id).ok_or_else(|| Refusal::not_found("No events found"))?;
    let status = parameter(&parameters, "status");
    if status.is_some_and(|status| !["succeeded", "failed", "in_progress"].contains(&status)) {
        return Err(Refusal::bad_request("status is not known"));
    }
    let after = match parameter(&parameters, "cursor") {
        None => None,
        Some(text) => {
            let cursor = decode(text).ok_or_else(|| Refusal::bad_request("cursor is not valid"))?;
            Some(cursor)
        }
    };
    let mut found: Vec<_> = organisation
        .deliveries(&id)
        .into_iter()
        .filter(|delivery| status.is_none_or(|status| delivery.text("status") == status))
        .filter(|delivery| after.as_ref().is_none_or(|(at, id)| delivery.key() < (*at, id.as_str())))
        .collect();
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let data: Vec<_> = found.iter().map(|delivery| listed(delivery, &webhook)).collect();
    let mut answer = json!({ "data": data });
    if let (true, Some(last)) = (more, found.last()) {
        let cursor = format!("{}/{}", last.at_ms, last.text("event_id"));
        answer["cursor"] = json!(BASE64_STANDARD.encode(cursor));
    }
    Ok(Json(answer).into_response())
}

/// Assumption: an unknown webhook has no events; the document declares no 404 here.
pub(super) async fn list_v2(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    query(&uri, &[])?;
    let options = json_body(&headers, &body)?.unwrap_or_else(|| json!({}));
    valid(&fields::SEARCH, &options)?;
    let limit = options["limit"].as_u64().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(25);
    let webhook = organisation.webhook(&id).unwrap_or_default();
    let mut found: Vec<_> =
        organisation.deliveries(&id).into_iter().filter(|delivery| matches(delivery, &options)).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let data: Vec<_> = found.iter().map(|delivery| listed(delivery, &webhook)).collect();
    let cursor = found.last().filter(|_| more);
    let cursor = cursor
        .map(|last| json!({ "created_at": last.text("created_at"), "event_id": last.text("event_id") }));
    Ok(Json(json!({ "data": data, "next_cursor": cursor, "has_more": more })).into_response())
}

pub(super) async fn read(
    State(epilot): Server,
    Path((id, event)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::View)?;
    query(&uri, &[])?;
    let (webhook, delivery) = find(&organisation, &id, &event)?;
    Ok(Json(with_reapply(delivery.event, &webhook)).into_response())
}

pub(super) async fn replay(
    State(epilot): Server,
    Path((id, event)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Edit)?;
    query(&uri, &[])?;
    let options = json_body(&headers, &body)?.unwrap_or_else(|| json!({}));
    valid(&fields::REPLAY, &options)?;
    let (webhook, delivery) = find(&organisation, &id, &event)?;
    if options["reapply_transform"] == true && !can_rebuild(&organisation, &delivery, &webhook) {
        let message = "The original input of the event is no longer available";
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, message));
    }
    send_again(&organisation, &webhook, &delivery).await;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Assumption: events that are unknown, or that cannot be rebuilt, are left out of the answer.
pub(super) async fn replay_batch(
    State(epilot): Server,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    body: Bytes,
) -> Answer {
    let organisation = epilot.enter(&headers, Grant::Edit)?;
    query(&uri, &[])?;
    let options = required_body(&headers, &body)?;
    valid(&fields::REPLAY_BATCH, &options)?;
    let missing = || Refusal::not_found("No webhook config found");
    organisation.webhook(&id).ok_or_else(missing)?;
    let mut replayed = Vec::new();
    for event in options["eventIds"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let Ok((webhook, delivery)) = find(&organisation, &id, event) else { continue };
        if options["reapply_transform"] != true || can_rebuild(&organisation, &delivery, &webhook) {
            send_again(&organisation, &webhook, &delivery).await;
            replayed.push(event);
        }
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "replayed_event_ids": replayed }))).into_response())
}

/// Assumption: a replay is a delivery of its own.
async fn send_again(organisation: &Organisation, webhook: &Value, delivery: &Delivery) {
    let payload = serde_json::from_str(delivery.text("payload")).unwrap_or_default();
    let original = delivery.event.get("original_payload").and_then(Value::as_str);
    deliver(organisation, webhook, &payload, original).await;
}

fn valid(shape: &Shape, body: &Value) -> Result<(), Refusal> {
    check(shape, body, None, "body").map_err(Refusal::bad_request)
}

fn find(organisation: &Organisation, id: &str, event: &str) -> Result<(Value, Delivery), Refusal> {
    let missing = || Refusal::not_found("No events found");
    let webhook = organisation.webhook(id).ok_or_else(missing)?;
    let mut deliveries = organisation.deliveries(id).into_iter();
    let delivery = deliveries.find(|delivery| delivery.text("event_id") == event).ok_or_else(missing)?;
    Ok((webhook, delivery))
}

/// A delivery as lists have it. Assumption: without the payloads, which are said to come with the single event.
fn listed(delivery: &Delivery, webhook: &Value) -> Value {
    let mut event = with_reapply(delivery.event.clone(), webhook);
    if let Some(fields) = event.as_object_mut() {
        fields.shift_remove("payload");
        fields.shift_remove("original_payload");
    }
    event
}

fn with_reapply(mut event: Map<String, Value>, webhook: &Value) -> Value {
    let reason = reapply_reason(&event, webhook);
    event.insert("can_reapply_transform".to_owned(), json!(reason == "available"));
    event.insert("can_reapply_transform_reason".to_owned(), json!(reason));
    Value::Object(event)
}

fn reapply_reason(event: &Map<String, Value>, webhook: &Value) -> &'static str {
    let has_transform = webhook["jsonataExpression"].as_str().is_some_and(|text| !text.is_empty());
    if !has_transform {
        "no_transform_configured"
    } else if is_catalogue(event) || event.contains_key("original_payload") {
        "available"
    } else {
        "no_original_source"
    }
}

/// Whether the input before the transform is really there: a catalogue's reference may dangle.
fn can_rebuild(organisation: &Organisation, delivery: &Delivery, webhook: &Value) -> bool {
    let age_ms = organisation.clock.now_ms().saturating_sub(delivery.at_ms);
    reapply_reason(&delivery.event, webhook) == "available"
        && (!is_catalogue(&delivery.event) || age_ms < CATALOGUE_RETENTION_MS)
}

fn is_catalogue(event: &Map<String, Value>) -> bool {
    event.get("event_name").and_then(Value::as_str).is_some_and(|name| name.starts_with("event_"))
}

fn matches(delivery: &Delivery, options: &Value) -> bool {
    let time = |pointer: &str| options.pointer(pointer).and_then(Value::as_str).and_then(time::parse);
    let equal = |option: &str, field: &str| {
        options[option].as_str().is_none_or(|wanted| delivery.text(field) == wanted)
    };
    let cursor_id = options["cursor"]["event_id"].as_str().unwrap_or_default();
    equal("status", "status")
        && equal("event_id", "event_id")
        && time("/timestamp/from").is_none_or(|from| delivery.at_ms >= from)
        && time("/timestamp/to").is_none_or(|to| delivery.at_ms <= to)
        && time("/cursor/created_at").is_none_or(|at| delivery.key() < (at, cursor_id))
}

fn decode(cursor: &str) -> Option<(u64, String)> {
    let text = String::from_utf8(BASE64_STANDARD.decode(cursor).ok()?).ok()?;
    let (at, id) = text.split_once('/')?;
    Some((at.parse().ok()?, id.to_owned()))
}
