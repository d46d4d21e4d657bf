//! What epilot itself can be asked to try with a stored webhook.

use super::answer::{self, READ, Refusal, TEST};
use super::client::{Client, config_path, json as body};
use super::deliveries::{http_status, shown};
use super::{NAME, moments};
use crate::failure;
use serde_json::{Value, json};
use std::time::Duration;
use tacklebox_http::{ApiRequest, ApiResponse, Method};
use tacklebox_model::{AppError, FieldError, ServerTestRequest, ServerTestResult, WebhookId};
use tokio_util::sync::CancellationToken;

/// epilot waits for the endpoint, so this takes as long as the endpoint does.
const WAIT: Duration = Duration::from_secs(90);

/// Asks epilot to try something, once.
pub async fn run(
    client: &Client,
    id: &WebhookId,
    test: &ServerTestRequest,
    cancel: &CancellationToken,
) -> Result<ServerTestResult, AppError> {
    match test {
        ServerTestRequest::OAuth => oauth(client, id, cancel).await,
        ServerTestRequest::Example { automation } => example(client, id, automation.as_deref(), cancel).await,
        ServerTestRequest::Trigger { payload } => trigger(client, id, payload, cancel).await,
    }
}

async fn oauth(
    client: &Client,
    id: &WebhookId,
    cancel: &CancellationToken,
) -> Result<ServerTestResult, AppError> {
    let path = format!("{}/test-oauth", config_path(Some(id)));
    let request = ApiRequest::new(Method::POST, "test OAuth", path).timeout(WAIT);
    let response = match client.write(&TEST, request, vec![], cancel).await {
        Ok(response) => response,
        // By the document a 500 here says that the exchange failed, and a 400 that there is none to make.
        Err(Refusal { status: Some(500), words, .. }) => {
            return Ok(failed(quoted("The token could not be fetched.", &words)));
        }
        Err(Refusal { status: Some(400), words, .. }) => {
            let words = quoted("epilot has no complete OAuth settings for this webhook.", &words);
            return Ok(failed(words));
        }
        Err(refusal) => return Err(refusal.error),
    };
    let answer = object(&response)?;
    let ok = answer.get("success").and_then(Value::as_bool).ok_or_else(answer::odd)?;
    let lasts = answer.get("expires_in").and_then(Value::as_f64).map(|s| format!(" It lasts {s} seconds."));
    let kind = answer.get("token_type").and_then(Value::as_str);
    let said = answer.get("message").and_then(Value::as_str).unwrap_or_default();
    let words = match ok {
        true => format!("epilot fetched a {} token.{}", kind.unwrap_or("bearer"), lasts.unwrap_or_default()),
        false => quoted("The token could not be fetched.", said),
    };
    Ok(ServerTestResult { ok, ..result(&response, words) })
}

async fn example(
    client: &Client,
    id: &WebhookId,
    automation: Option<&str>,
    cancel: &CancellationToken,
) -> Result<ServerTestResult, AppError> {
    let path = format!("{}/example", config_path(Some(id)));
    let wanted = automation.map_or_else(|| json!({}), |id| json!({ "automation_id": id }));
    // An example changes nothing, though it is asked for by a POST.
    let request = ApiRequest::post("make an example", path, body(&wanted)?).idempotent(true);
    let response = client.read(&READ, request, cancel).await?;
    let answer = object(&response)?;
    Ok(ServerTestResult { body: shown(&answer), ..result(&response, "epilot made an example.".to_owned()) })
}

async fn trigger(
    client: &Client,
    id: &WebhookId,
    payload: &Value,
    cancel: &CancellationToken,
) -> Result<ServerTestResult, AppError> {
    let payload = with_organisation(client, payload).await?;
    let path = format!("{}/trigger", config_path(Some(id)));
    let request = ApiRequest::new(Method::POST, "trigger a webhook", path).json(body(&payload)?);
    let request = request.query("sync", "true").timeout(WAIT);
    let response = client.write(&TEST, request, vec![], cancel).await.map_err(|refusal| refusal.error)?;
    let answer = object(&response)?;
    let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let http_status = answer.get("status_code").and_then(http_status);
    // epilot answers 200 whatever came of the delivery: only the body tells.
    let ok = match text("status") {
        Some(status) => status == "succeeded",
        None => http_status.is_some_and(|status| (200..300).contains(&status)),
    };
    let answered = http_status.map(|status| format!(" with {status}")).unwrap_or_default();
    let words = match ok {
        true => format!("The endpoint took the event{answered}."),
        false => {
            let happened = match (http_status, text("code")) {
                (_, Some("OAuthTokenExchangeError")) => {
                    "epilot could not fetch a token for the endpoint.".to_owned()
                }
                (_, Some("INTERNAL_RESPONSE_TOO_LARGE" | "DataLimitExceeded")) => {
                    format!(
                        "The event was sent{answered}; the endpoint's answer is too large for epilot to keep."
                    )
                }
                (None, Some("INTERNAL_ERROR")) => "epilot failed before it reached the endpoint.".to_owned(),
                (Some(status), _) => format!("The endpoint answered with {status}."),
                (None, _) => "The event was not delivered.".to_owned(),
            };
            quoted(&happened, text("message").unwrap_or_default())
        }
    };
    Ok(ServerTestResult {
        ok,
        http_status,
        code: text("code").map(str::to_owned),
        body: answer.get("body").and_then(shown),
        elapsed_ms: took(text("start_date"), text("end_date")),
        ..result(&response, words)
    })
}

/// The payload with `metadata.organization_id`, which epilot requires: where it is missing, the token's own.
async fn with_organisation(client: &Client, payload: &Value) -> Result<Value, AppError> {
    let wrong = |words: &str| AppError::validation(vec![FieldError::at("payload", words)]);
    let mut payload = payload.as_object().cloned().ok_or_else(|| wrong("The event is a JSON object."))?;
    let metadata = payload.entry("metadata").or_insert_with(|| json!({}));
    let metadata = metadata.as_object_mut().ok_or_else(|| wrong("“metadata” is a JSON object."))?;
    if !metadata.get("organization_id").is_some_and(Value::is_string) {
        let organisation = client.facts().await?.organisation;
        let organisation =
            organisation.ok_or_else(|| wrong("Enter the organisation's id as metadata.organization_id."))?;
        metadata.insert("organization_id".to_owned(), json!(organisation));
    }
    Ok(Value::Object(payload))
}

/// How long epilot took by its own clock.
fn took(start: Option<&str>, end: Option<&str>) -> Option<u64> {
    u64::try_from(moments::parse(end?)?.checked_sub(moments::parse(start?)?)?).ok()
}

fn object(response: &ApiResponse) -> Result<Value, AppError> {
    let answer: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
    if answer.is_object() { Ok(answer) } else { Err(answer::odd()) }
}

fn result(response: &ApiResponse, words: String) -> ServerTestResult {
    let elapsed_ms = u64::try_from(response.elapsed.as_millis()).ok();
    ServerTestResult { ok: true, words, http_status: None, code: None, body: None, elapsed_ms }
}

fn failed(words: String) -> ServerTestResult {
    ServerTestResult { ok: false, words, http_status: None, code: None, body: None, elapsed_ms: None }
}

fn quoted(happened: &str, said: &str) -> String {
    if said.is_empty() { happened.to_owned() } else { format!("{happened} epilot says: “{said}”.") }
}
