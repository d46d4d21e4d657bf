//! The seeded organisations' deliveries.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::organisation::EpilotDelivery;
use super::seed_events::{automation_payload, catalogue_payload, uuid};
use super::seed_webhooks;

/// How a seeded delivery ended: status, HTTP status, and what is reported beside them.
type Ending = (&'static str, Option<u16>, &'static [(&'static str, &'static str)]);

const OK: Ending = ("succeeded", Some(200), &[("message", "OK")]);
const UNAVAILABLE: Ending = ("failed", Some(503), &[("message", "Service Unavailable")]);
const REFUSED: Ending = ("failed", Some(401), &[("message", "Unauthorized")]);
const RUNNING: Ending = ("in_progress", None, &[]);
const SKIPPED: Ending = ("skipped", None, &[("message", "The filter conditions did not match")]);
const INTERNAL: Ending =
    ("failed", None, &[("message", "Internal error while processing"), ("code", "INTERNAL_ERROR")]);
const TOO_LARGE: Ending = (
    "failed",
    None,
    &[("message", "The response is too large to be recorded"), ("code", "INTERNAL_RESPONSE_TOO_LARGE")],
);
const OAUTH: Ending =
    ("failed", Some(401), &[("message", "invalid_client"), ("code", "OAuthTokenExchangeError")]);

/// More than a page for the first webhook, a few for most others, none for the rest.
pub(super) fn meridian(organisation_id: &str) -> Vec<EpilotDelivery> {
    let erp = [OK, OK, OK, UNAVAILABLE, OK, OK, INTERNAL, OK, TOO_LARGE, OK];
    let plans: [(usize, usize, &[Ending]); 7] = [
        (0, 32, &erp),
        (1, 6, &[OAUTH, OK, OK]),
        (2, 5, &[OK, SKIPPED]),
        (3, 9, &[OK, OK, UNAVAILABLE]),
        (4, 7, &[RUNNING, OK, OK, REFUSED, OK, OK, OK]),
        (5, 4, &[SKIPPED, OK]),
        (6, 2, &[OK]),
    ];
    deliveries(organisation_id, &seed_webhooks::meridian(), &plans)
}

pub(super) fn meridian_sandbox(organisation_id: &str) -> Vec<EpilotDelivery> {
    let plans: [(usize, usize, &[Ending]); 2] = [(0, 3, &[UNAVAILABLE, OK]), (1, 2, &[OK])];
    deliveries(organisation_id, &seed_webhooks::meridian_sandbox(), &plans)
}

fn deliveries(
    organisation_id: &str,
    webhooks: &[Value],
    plans: &[(usize, usize, &[Ending])],
) -> Vec<EpilotDelivery> {
    let mut deliveries = Vec::new();
    for &(index, count, endings) in plans {
        let Some(webhook) = webhooks.get(index) else { continue };
        for (nth, ending) in endings.iter().cycle().take(count).enumerate() {
            let number = u32::try_from(index * 1000 + nth).unwrap_or_default();
            // Spread over the four weeks that the vendor keeps, the newest a few minutes ago.
            let spread = 26 * 86_400 / count;
            let age = u64::try_from(nth * spread + 240 + index * 60).unwrap_or_default();
            let event = event(organisation_id, webhook, number, ending);
            deliveries.push(EpilotDelivery { age: Duration::from_secs(age), event });
        }
    }
    deliveries
}

fn event(organisation_id: &str, webhook: &Value, number: u32, ending: &Ending) -> Value {
    let (status, status_code, report) = ending;
    let name = webhook["eventName"].as_str().unwrap_or_default();
    let id = webhook["id"].as_str().unwrap_or_default();
    let payload = match name.strip_prefix("event_") {
        Some(event) => catalogue_payload(
            organisation_id,
            event,
            webhook["eventVersion"].as_str().unwrap_or("1.0"),
            number,
        ),
        None => automation_payload(organisation_id, id, &webhook["name"], number),
    };
    let mut event = json!({
        "event_id": uuid(0xde, number),
        "webhook_config_id": id,
        "event_name": name,
        "url": webhook["url"],
        "http_method": webhook["httpMethod"],
        "status": status,
        "metadata": payload.get("metadata").unwrap_or(&json!({ "organization_id": organisation_id })),
        "retry_attempt": if *status == "failed" { 3 } else { 0 },
    });
    let mut response: Map<String, Value> =
        report.iter().map(|&(key, value)| (key.to_owned(), json!(value))).collect();
    response.extend(status_code.map(|code| ("status_code".to_owned(), json!(code))));
    if *status_code == Some(200) {
        response.insert("body".to_owned(), json!({ "received": true }));
    }
    if !response.is_empty() {
        event["http_response"] = Value::Object(response);
    }
    // Of automations every other delivery kept its input from before the transform.
    if webhook["jsonataExpression"].is_string() && !name.starts_with("event_") {
        let mut transformed = payload["entity"].clone();
        transformed["source"] = json!("epilot");
        event["payload"] = json!(transformed.to_string());
        if number.is_multiple_of(2) {
            event["original_payload"] = json!(payload.to_string());
        }
    } else {
        event["payload"] = json!(payload.to_string());
    }
    event
}
