//! One connection's conversation with Booqable.

use super::achieved::achieved;
use super::answer::{self, AskError};
use super::client::Client;
use super::list::{self, Pages};
use super::wire::{self, ATTRIBUTES, EVENTS, Page, URL};
use super::{NAME, capabilities, catalogue, draft, inspect, preview, samples};
use crate::spec::warning_at;
use crate::{PrepareError, Prepared, Remote, Session, Write, WriteAction, WriteError, Written};
use async_trait::async_trait;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_http::Method;
use tacklebox_model::{
    Allowance, AppError, ConnectionId, ConnectionReport, EventId, FieldPath, FieldValue, Fields, Finding,
    Notice, Offer, RequestPreview, Sample, Secret, Webhook, WebhookDraft, WebhookId,
};
use tokio_util::sync::CancellationToken;

/// More unknown events than a company could have: the rest is shown at its own webhook alone.
const MOST_UNKNOWN: usize = 200;

pub struct BooqableSession {
    connection: ConnectionId,
    pub(super) client: Client,
    /// Events that webhooks have and the documents do not.
    unknown_events: Mutex<BTreeSet<String>>,
}

/// The list's pages, until somebody stops.
struct Reading<'a> {
    client: &'a Client,
    cancel: &'a CancellationToken,
}

impl Pages for Reading<'_> {
    async fn page(&self, number: u32) -> Result<Page, AppError> {
        self.client.page(number, self.cancel).await
    }
}

impl BooqableSession {
    pub fn new(connection: ConnectionId, client: Client) -> Self {
        Self { connection, client, unknown_events: Mutex::default() }
    }

    fn remote(&self, row: Value) -> Option<Remote> {
        let remote = wire::remote(&self.connection, row)?;
        let unknown = remote.webhook.events.iter().filter(|event| !catalogue::is_documented(event));
        let mut known = self.unknown_events.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST_UNKNOWN.saturating_sub(known.len());
        known.extend(unknown.take(room).cloned());
        drop(known);
        Some(remote)
    }

    /// The endpoint in the answer to a write. What cannot be read was done all the same, perhaps.
    fn written(&self, mut body: Value, id: Option<&WebhookId>) -> Result<Written, WriteError> {
        let row = body.get_mut("data").map(Value::take).unwrap_or_default();
        let remote = self.remote(row).filter(|remote| id.is_none_or(|id| *id == remote.webhook.id));
        match remote {
            Some(remote) => Ok(Written::complete(Some(remote))),
            None => Err(WriteError { error: answer::odd(), uncertain: true }),
        }
    }
}

#[async_trait]
impl Session for BooqableSession {
    async fn inspect(
        &self,
        say: &(dyn Fn(Finding) + Send + Sync),
        cancel: &CancellationToken,
    ) -> ConnectionReport {
        inspect::inspect(self, say, cancel).await
    }

    async fn offer(&self, _cancel: &CancellationToken) -> Result<Arc<Offer>, AppError> {
        let seen = self.unknown_events.lock().unwrap_or_else(PoisonError::into_inner);
        let catalogue = catalogue::catalogue(&seen);
        Ok(Arc::new(Offer { capabilities: capabilities::capabilities(), catalogue }))
    }

    async fn list(&self, cancel: &CancellationToken) -> Result<Vec<Remote>, AppError> {
        let rows = list::all(&Reading { client: &self.client, cancel }).await?;
        rows.into_iter().map(|row| self.remote(row).ok_or_else(answer::odd)).collect()
    }

    async fn read(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<Option<Remote>, AppError> {
        let page = match self.client.with_id(id, cancel).await {
            Ok(page) => page,
            // What is no id of Booqable's is the id of nothing.
            Err(failed) if failed.is_no_id() => return Ok(None),
            Err(failed) => return Err(failed.error),
        };
        if page.rows.is_empty() {
            return Ok(None);
        }
        let found = page.rows.into_iter().find(|row| wire::id(row) == Some(id.as_str()));
        match found {
            Some(row) => self.remote(row).map(Some).ok_or_else(answer::odd),
            // A filter that is not heeded leaves the whole list, of which this is one page.
            None => Ok(self.list(cancel).await?.into_iter().find(|remote| remote.webhook.id == *id)),
        }
    }

    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        _cancel: &CancellationToken,
    ) -> Result<Prepared, PrepareError> {
        draft::prepare(draft, base).map_err(PrepareError::Fields)
    }

    fn advise(&self, after: &Fields, others: &[Webhook]) -> Vec<Notice> {
        let (Some(base), events) = (base_of(after), events_of(after)) else { return vec![] };
        let twice = |event: &&String| {
            let other =
                |other: &&Webhook| other.events.contains(event) && base_of(&other.fields) == Some(base);
            others.iter().any(|webhook| other(&webhook))
        };
        let twice: Vec<&str> = events.iter().filter(twice).map(String::as_str).collect();
        match twice.as_slice() {
            [] => vec![],
            events => vec![warning_at(
                FieldPath::URL,
                format!(
                    "Another webhook sends to the same address, which gets these twice: {}.",
                    events.join(", ")
                ),
            )],
        }
    }

    async fn preview(
        &self,
        writes: &[&Write],
        _cancel: &CancellationToken,
    ) -> Result<Vec<RequestPreview>, AppError> {
        Ok(writes.iter().map(|write| preview::preview(&self.client, write)).collect())
    }

    async fn write(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError> {
        let body = Some(write.body.value());
        match &write.action {
            WriteAction::Create => {
                let what = (Method::POST, "create a webhook");
                let answer = self.client.write(what, None, body, cancel).await?;
                self.written(answer, None)
            }
            WriteAction::Update(id) => {
                let what = (Method::PUT, "change a webhook");
                let answer = self.client.write(what, Some(id), body, cancel).await?;
                self.written(answer, Some(id))
            }
            WriteAction::Delete(id) => {
                // Answered with the endpoint that was, events and all gone from it: nothing to look at.
                self.client.write((Method::DELETE, "delete a webhook"), Some(id), None, cancel).await?;
                Ok(Written::complete(None))
            }
        }
    }

    /// Booqable deletes one at a time: several are turned down before anything is sent, so that each can be sent,
    /// and answered for, by itself.
    async fn delete(&self, ids: &[WebhookId], cancel: &CancellationToken) -> Result<(), WriteError> {
        match ids {
            [] => Ok(()),
            [id] => self.write(&self.prepare_delete(id), cancel).await.map(drop),
            _ => {
                let error = AppError::unsupported(NAME, "way to delete several webhooks in one request");
                Err(WriteError { error, uncertain: false })
            }
        }
    }

    fn achieved(&self, write: &Write, remote: &Remote) -> bool {
        achieved(write, remote)
    }

    fn reveal(&self, remote: &Remote, path: &FieldPath) -> Option<Secret> {
        self.revert_secrets(remote).into_iter().find(|(known, _)| known == path).map(|(_, secret)| secret)
    }

    fn samples(&self, event: &EventId) -> Vec<Sample> {
        samples::samples(event)
    }

    fn revert_secrets(&self, remote: &Remote) -> Vec<(FieldPath, Secret)> {
        let url =
            remote.raw.value()[ATTRIBUTES][URL].as_str().filter(|url| crate::address::hides_something(url));
        url.map(|url| (FieldPath::from(FieldPath::URL), Secret::from(url))).into_iter().collect()
    }

    fn allowance(&self) -> Option<Allowance> {
        let rate = self.client.rate();
        let told = rate.limit.is_some() || rate.remaining.is_some() || !rate.wait.is_zero();
        told.then(|| Allowance {
            limit: rate.limit,
            remaining: rate.remaining,
            period_s: rate.period.map(|period| period.as_secs()),
            wait_ms: u64::try_from(rate.wait.as_millis()).unwrap_or(u64::MAX),
        })
    }
}

impl AskError {
    /// Whether a filter by an id was refused because the text is none.
    fn is_no_id(&self) -> bool {
        self.refusal.as_ref().is_some_and(|said| said.status == 400 && said.words.contains("typecasting"))
    }
}

impl From<AskError> for WriteError {
    fn from(failed: AskError) -> Self {
        Self { error: failed.error, uncertain: failed.maybe_done }
    }
}

/// The part of the address that is no secret.
fn base_of(fields: &Fields) -> Option<&str> {
    match fields.get(&FieldPath::from(FieldPath::URL)) {
        Some(FieldValue::Url(url)) if !url.base.is_empty() => Some(&url.base),
        _ => None,
    }
}

fn events_of(fields: &Fields) -> &[String] {
    match fields.get(&FieldPath::from(EVENTS)) {
        Some(FieldValue::List(events)) => events,
        _ => &[],
    }
}
