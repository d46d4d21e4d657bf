//! epilot's log of what it delivered, and sending again.

use super::answer::{self, DELIVERIES, DELIVERY, REPLAY, REPLAY_MANY, Refusal};
use super::client::{Client, config_path, json as body};
use super::{NAME, address, moments, secrets};
use crate::scrub::Scrubber;
use crate::{WriteError, failure};
use serde_json::{Map, Value, json};
use tacklebox_http::{ApiRequest, Method, path_segment};
use tacklebox_model::{
    AppError, Delivery, DeliveryDetail, DeliveryId, DeliveryPage, DeliveryQuery, DeliveryStatus, Fault,
    FieldError, Reapply, VendorMessage, WebhookId,
};
use tokio_util::sync::CancellationToken;

/// The most deliveries a page can have.
const PAGE: u32 = 25;
/// The most deliveries one request can send again.
pub const AT_ONCE: u32 = 100;
/// By epilot's documents, unless an organisation has another arrangement.
pub const KEPT_DAYS: u32 = 28;
/// The outcomes the log can be filtered by, in epilot's words.
pub const STATUSES: [(DeliveryStatus, &str); 3] = [
    (DeliveryStatus::Succeeded, "succeeded"),
    (DeliveryStatus::Failed, "failed"),
    (DeliveryStatus::Skipped, "skipped"),
];

/// A page of the log.
pub async fn page(
    client: &Client,
    id: &WebhookId,
    query: &DeliveryQuery,
    cancel: &CancellationToken,
) -> Result<DeliveryPage, AppError> {
    let path = format!("v2/webhooks/configs/{}/events", path_segment(id.as_str()));
    // A search changes nothing, though it is a POST.
    let request = ApiRequest::post("search deliveries", path, body(&search(query)?)?).idempotent(true);
    let response = client.read(&DELIVERIES, request, cancel).await?;
    let answer: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
    let items = answer.get("data").and_then(Value::as_array).ok_or_else(answer::odd)?;
    let deliveries = items.iter().map(delivery).collect::<Option<_>>().ok_or_else(answer::odd)?;
    let more = answer.get("has_more").and_then(Value::as_bool).unwrap_or(true);
    let next = answer.get("next_cursor").filter(|cursor| more && cursor.is_object()).map(Value::to_string);
    Ok(DeliveryPage { deliveries, next })
}

/// One delivery with all that epilot kept of it.
pub async fn detail(
    client: &Client,
    id: &WebhookId,
    wanted: &DeliveryId,
    cancel: &CancellationToken,
) -> Result<DeliveryDetail, AppError> {
    let request = ApiRequest::get("read a delivery", event_path(id, wanted));
    let response = client.read(&DELIVERY, request, cancel).await?;
    let event: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
    let text = |key: &str| event.get(key).and_then(Value::as_str).map(str::to_owned);
    let response = event.get("http_response").and_then(|response| response.get("body"));
    Ok(DeliveryDetail {
        delivery: delivery(&event).ok_or_else(answer::odd)?,
        payload: text("payload"),
        original: text("original_payload"),
        response: response.and_then(shown),
    })
}

/// Sends deliveries again, once, and returns those epilot took on.
pub async fn replay(
    client: &Client,
    id: &WebhookId,
    wanted: &[DeliveryId],
    reapply: bool,
    cancel: &CancellationToken,
) -> Result<Vec<DeliveryId>, WriteError> {
    match wanted {
        [] => Ok(vec![]),
        [one] => replay_one(client, id, one, reapply, cancel).await,
        many => replay_many(client, id, many, reapply, cancel).await,
    }
}

async fn replay_one(
    client: &Client,
    id: &WebhookId,
    wanted: &DeliveryId,
    reapply: bool,
    cancel: &CancellationToken,
) -> Result<Vec<DeliveryId>, WriteError> {
    let path = format!("{}/replay", event_path(id, wanted));
    let request = ApiRequest::post("send again", path, written(&json!({ "reapply_transform": reapply }))?);
    let sent = client.write(&REPLAY, request, vec![], cancel).await;
    sent.map(|_| vec![wanted.clone()]).map_err(replay_error)
}

async fn replay_many(
    client: &Client,
    id: &WebhookId,
    wanted: &[DeliveryId],
    reapply: bool,
    cancel: &CancellationToken,
) -> Result<Vec<DeliveryId>, WriteError> {
    if wanted.len() > AT_ONCE as usize {
        let error = AppError::internal(format!("{NAME} takes at most {AT_ONCE} deliveries in one request."));
        return Err(WriteError { error, uncertain: false });
    }
    let ids: Vec<&str> = wanted.iter().map(DeliveryId::as_str).collect();
    let path = format!("{}/events/replay-batch", config_path(Some(id)));
    let body = written(&json!({ "eventIds": ids, "reapply_transform": reapply }))?;
    let request = ApiRequest::new(Method::POST, "send several again", path).json(body);
    let response = client.write(&REPLAY_MANY, request, vec![], cancel).await.map_err(replay_error)?;
    let answer = response.json::<Value>().unwrap_or_default();
    let taken = answer.get("replayed_event_ids").and_then(Value::as_array);
    let taken = taken.ok_or_else(|| WriteError { error: answer::odd(), uncertain: true })?;
    Ok(taken.iter().filter_map(Value::as_str).map(DeliveryId::from).collect())
}

fn replay_error(refusal: Refusal) -> WriteError {
    let error = match refusal.status {
        Some(422) => {
            let vendor = VendorMessage::new(None, &refusal.words);
            AppError::new(
                Fault::Vendor { status: Some(422), vendor, request_id: None },
                "epilot no longer has the original event, so the delivery cannot be made anew from it.",
            )
            .advise("Send it again as it was, without applying the transformation.")
        }
        _ => refusal.error,
    };
    WriteError { error, uncertain: refusal.uncertain }
}

fn written(value: &Value) -> Result<tacklebox_http::JsonBody, WriteError> {
    body(value).map_err(|error| WriteError { error, uncertain: false })
}

fn event_path(id: &WebhookId, delivery: &DeliveryId) -> String {
    format!("{}/events/{}", config_path(Some(id)), path_segment(delivery.as_str()))
}

fn search(query: &DeliveryQuery) -> Result<Value, AppError> {
    let mut search = Map::new();
    search.insert("limit".into(), json!(PAGE));
    if let Some(status) = query.status {
        let word = STATUSES.iter().find(|(known, _)| *known == status).map(|(_, word)| *word);
        let word = word.ok_or_else(|| AppError::unsupported(NAME, "filter for this outcome in its log"))?;
        search.insert("status".into(), json!(word));
    }
    let mut timestamp = Map::new();
    for (key, path, moment) in [("from", "from_ms", query.from_ms), ("to", "to_ms", query.to_ms)] {
        let Some(ms) = moment else { continue };
        let wrong = || AppError::validation(vec![FieldError::at(path, "This is no date a calendar has.")]);
        timestamp.insert(key.into(), json!(moments::text(ms).ok_or_else(wrong)?));
    }
    if !timestamp.is_empty() {
        search.insert("timestamp".into(), Value::Object(timestamp));
    }
    if let Some(id) = &query.id {
        search.insert("event_id".into(), json!(id.as_str()));
    }
    if let Some(cursor) = &query.cursor {
        let cursor = serde_json::from_str::<Value>(cursor).ok().filter(Value::is_object);
        search.insert(
            "cursor".into(),
            cursor.ok_or_else(|| AppError::internal("The next page is not known."))?,
        );
    }
    Ok(Value::Object(search))
}

/// Reads one delivery; nothing when it has no id.
fn delivery(event: &Value) -> Option<Delivery> {
    let text =
        |key: &str| event.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let answered = |key: &str| event.get("http_response")?.get(key);
    let answered_text =
        |key: &str| answered(key).and_then(Value::as_str).filter(|t| !t.is_empty()).map(str::to_owned);
    // What went wrong may quote the address.
    let scrubber = Scrubber::new(text("url").map(|url| secrets::in_url(&url)).unwrap_or_default());
    Some(Delivery {
        id: DeliveryId::new(text("event_id")?),
        at_ms: text("created_at").and_then(|moment| moments::parse(&moment)),
        event: text("event_name"),
        status: status(event.get("status").and_then(Value::as_str)),
        method: text("http_method"),
        endpoint: text("url").map(|url| address::view(&url).short().to_owned()),
        http_status: answered("status_code").and_then(http_status),
        code: answered_text("code").map(|code| scrubber.clean(&code)),
        message: answered_text("message").map(|message| scrubber.clean(&message)),
        retries: event
            .get("retry_attempt")
            .and_then(Value::as_u64)
            .and_then(|count| u32::try_from(count).ok()),
        reapply: reapply(event),
    })
}

fn status(word: Option<&str>) -> DeliveryStatus {
    match word {
        Some("in_progress") => DeliveryStatus::InProgress,
        word => {
            let known = STATUSES.iter().find(|(_, known)| word == Some(*known));
            known.map_or(DeliveryStatus::Unknown, |(status, _)| *status)
        }
    }
}

/// A number in the log, a text in the answer to a trigger.
pub fn http_status(value: &Value) -> Option<u16> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    u16::try_from(number).ok().filter(|status| (100..=999).contains(status))
}

fn reapply(event: &Value) -> Reapply {
    let possible = event.get("can_reapply_transform") == Some(&Value::Bool(true));
    let reason = match event.get("can_reapply_transform_reason").and_then(Value::as_str) {
        _ if possible => None,
        Some("no_transform_configured") => Some("The webhook has no JSONata expression."),
        Some("no_original_source") => Some("epilot does not have the original event."),
        _ => Some("epilot does not say that it can."),
    };
    Reapply { possible, reason: reason.map(str::to_owned) }
}

/// A JSON value as text, and a text as it is.
pub fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            serde_json::to_string_pretty(value).ok()
        }
    }
}
