//! One connection's conversation with epilot.

use super::address::Address;
use super::answer::{self, CREATE, DELETE, EVENT_TYPES, LIST, READ, UPDATE};
use super::client::{Client, config_path, json as body};
use super::draft::{self, BODY, CLEARED};
use super::paths::SIGNING_SECRET;
use super::{
    NAME, achieved, capabilities, catalogue, deliveries, errors, inspect, notices, preview, secrets,
};
use super::{samples, server_tests, wire};
use crate::{
    PrepareError, Prepared, Remote, Session, ToldOnce, Write, WriteAction, WriteError, Written, failure,
};
use async_trait::async_trait;
use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tacklebox_http::{ApiClient, ApiRequest, ApiResponse, Method};
use tacklebox_model::{
    AppError, Catalogue, ConnectionId, ConnectionReport, DeliveryDetail, DeliveryId, DeliveryPage,
    DeliveryQuery, EventId, Fault, FieldPath, FieldValue, Fields, Finding, Notice, Offer, RequestPreview,
    Sample, Secret, SecretState, ServerTestRequest, ServerTestResult, UrlInput, UrlProblem, Webhook,
    WebhookDraft, WebhookId,
};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// An organisation's event types change rarely; a reopened form need not ask again.
const KEEP_FOR: Duration = Duration::from_secs(600);

pub struct EpilotSession {
    connection: ConnectionId,
    pub(super) client: Client,
    /// epilot's organisation API, where it may be asked.
    pub(super) organisation: Option<ApiClient>,
    offer: Mutex<Option<(Instant, Arc<Offer>)>>,
}

impl EpilotSession {
    pub fn new(connection: ConnectionId, client: Client, organisation: Option<ApiClient>) -> Self {
        Self { connection, client, organisation, offer: Mutex::new(None) }
    }

    /// Forgets the event types, so that they are read anew.
    pub async fn forget(&self) {
        *self.offer.lock().await = None;
    }

    /// The event types for a draft that names one; those that are held may be too old to have it.
    async fn catalogue_for(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        cancel: &CancellationToken,
    ) -> Result<Option<Arc<Offer>>, AppError> {
        if !draft::needs_events(draft, base) {
            return Ok(None);
        }
        let offer = self.offer(cancel).await?;
        if offers_all(&offer.catalogue, draft) {
            return Ok(Some(offer));
        }
        self.forget().await;
        self.offer(cancel).await.map(Some)
    }

    fn remote(&self, response: &ApiResponse) -> Result<(Remote, Option<Secret>), AppError> {
        let raw: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
        wire::remote(&self.connection, raw).ok_or_else(answer::odd)
    }

    async fn put_or_post(
        &self,
        write: &Write,
        wanted: &Map<String, Value>,
        cancel: &CancellationToken,
    ) -> Result<ApiResponse, WriteError> {
        let json = body(wanted).map_err(|error| WriteError { error, uncertain: false })?;
        let (operation, request) = match &write.action {
            WriteAction::Update(id) => {
                (&UPDATE, ApiRequest::put("change a webhook", config_path(Some(id)), json))
            }
            WriteAction::Create | WriteAction::Delete(_) => {
                (&CREATE, ApiRequest::new(Method::POST, "create a webhook", config_path(None)).json(json))
            }
        };
        let sent = self.client.write(operation, request, secrets::in_body(wanted), cancel);
        sent.await.map_err(errors::write_error)
    }

    async fn save(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError> {
        let wanted = write.body.value()[BODY].as_object().cloned().unwrap_or_default();
        let response = self.put_or_post(write, &wanted, cancel).await?;
        let lost = |error| WriteError { error, uncertain: true };
        let (mut remote, signing) = self.remote(&response).map_err(lost)?;
        if let WriteAction::Update(id) = &write.action
            && id != &remote.webhook.id
        {
            return Err(lost(answer::odd()));
        }
        // What was just removed is not stored, though reading it again could not tell.
        for path in wire::texts(write.body.value().get(CLEARED)) {
            let gone = FieldValue::Secret(SecretState { stored: false, replaced: false });
            remote.webhook.fields.entry(FieldPath::from(path.as_str())).and_modify(|state| *state = gone);
        }
        let kept = remote.raw.value().as_object().map(|raw| achieved::kept(write, raw)).unwrap_or_default();
        let told = |value| ToldOnce {
            path: FieldPath::from(SIGNING_SECRET),
            label: capabilities::SIGNING.into(),
            value,
        };
        Ok(Written {
            incomplete: (!kept.is_empty()).then(|| still_there(&kept)),
            told_once: signing.map(told).into_iter().collect(),
            ..Written::complete(Some(remote))
        })
    }

    async fn delete_one(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<(), WriteError> {
        let request = ApiRequest::delete("delete a webhook", config_path(Some(id)));
        self.client.write(&DELETE, request, vec![], cancel).await.map(drop).map_err(WriteError::from)
    }
}

#[async_trait]
impl Session for EpilotSession {
    async fn inspect(
        &self,
        say: &(dyn Fn(Finding) + Send + Sync),
        cancel: &CancellationToken,
    ) -> ConnectionReport {
        inspect::inspect(self, say, cancel).await
    }

    async fn offer(&self, cancel: &CancellationToken) -> Result<Arc<Offer>, AppError> {
        let held = cancel.run_until_cancelled(self.offer.lock()).await;
        let mut held = held.ok_or_else(AppError::cancelled)?;
        if let Some((_, offer)) = held.as_ref().filter(|(read, _)| read.elapsed() < KEEP_FOR) {
            return Ok(offer.clone());
        }
        let request = ApiRequest::get("read the event types", "v1/webhooks/configured-events");
        let response = self.client.read(&EVENT_TYPES, request, cancel).await?;
        let answer: Value = response.json().map_err(|e| failure::malformed(NAME, &e))?;
        let offer = Arc::new(Offer {
            capabilities: capabilities::capabilities(),
            catalogue: catalogue::catalogue(&answer)?,
        });
        *held = Some((Instant::now(), offer.clone()));
        Ok(offer)
    }

    async fn list(&self, cancel: &CancellationToken) -> Result<Vec<Remote>, AppError> {
        let request = ApiRequest::get("list webhooks", config_path(None));
        let response = self.client.read(&LIST, request, cancel).await?;
        let items: Vec<Value> = response.json().map_err(|e| failure::malformed(NAME, &e))?;
        let remotes =
            items.into_iter().map(|raw| wire::remote(&self.connection, raw).map(|(remote, _)| remote));
        // A webhook without an id is not left out in silence: its absence would read as its end.
        remotes.collect::<Option<_>>().ok_or_else(answer::odd)
    }

    async fn read(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<Option<Remote>, AppError> {
        let request = ApiRequest::get("read a webhook", config_path(Some(id)));
        match self.client.read(&READ, request, cancel).await {
            Ok(response) => {
                let (remote, _) = self.remote(&response)?;
                if remote.webhook.id == *id { Ok(Some(remote)) } else { Err(answer::odd()) }
            }
            Err(error) if error.fault == Fault::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        cancel: &CancellationToken,
    ) -> Result<Prepared, PrepareError> {
        let offer = self.catalogue_for(draft, base, cancel).await?;
        let catalogue = offer.as_ref().map(|offer| &offer.catalogue);
        draft::prepare(draft, base, catalogue).map_err(PrepareError::Fields)
    }

    fn advise(&self, after: &Fields, others: &[Webhook]) -> Vec<Notice> {
        notices::twins(after, others)
    }

    async fn preview(
        &self,
        writes: &[&Write],
        _cancel: &CancellationToken,
    ) -> Result<Vec<RequestPreview>, AppError> {
        let base = self.client.base_url();
        Ok(writes.iter().map(|write| preview::preview(&base, write)).collect())
    }

    async fn write(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError> {
        match &write.action {
            WriteAction::Create | WriteAction::Update(_) => self.save(write, cancel).await,
            WriteAction::Delete(id) => {
                self.delete_one(id, cancel).await?;
                Ok(Written::complete(None))
            }
        }
    }

    /// epilot deletes one by one. If some are gone and one is not, only reading again tells which: uncertain.
    async fn delete(&self, ids: &[WebhookId], cancel: &CancellationToken) -> Result<(), WriteError> {
        let mut missing = None;
        let mut some_gone = false;
        for id in ids {
            match self.delete_one(id, cancel).await {
                Ok(()) => some_gone = true,
                Err(failed) if failed.error.fault == Fault::NotFound => drop(missing.get_or_insert(failed)),
                // Any other failure would meet the rest as well.
                Err(failed) => return Err(WriteError { uncertain: failed.uncertain || some_gone, ..failed }),
            }
        }
        missing.map_or(Ok(()), |failed| Err(WriteError { uncertain: some_gone, ..failed }))
    }

    fn achieved(&self, write: &Write, remote: &Remote) -> bool {
        achieved::achieved(write, remote.raw.value())
    }

    fn reveal(&self, remote: &Remote, path: &FieldPath) -> Option<Secret> {
        secrets::stored(remote).into_iter().find(|(known, _)| known == path).map(|(_, secret)| secret)
    }

    fn samples(&self, event: &EventId) -> Vec<Sample> {
        samples::samples(event)
    }

    fn whole_address(&self, input: &UrlInput, stored: Option<&Secret>) -> Result<Secret, UrlProblem> {
        let stored = stored.and_then(|text| Address::parse(text.expose_secret()).ok());
        Address::from_input(input, stored.as_ref()).map(|(address, _)| address.full())
    }

    fn revert_secrets(&self, remote: &Remote) -> Vec<(FieldPath, Secret)> {
        secrets::stored(remote)
    }

    async fn deliveries(
        &self,
        id: &WebhookId,
        query: &DeliveryQuery,
        cancel: &CancellationToken,
    ) -> Result<DeliveryPage, AppError> {
        deliveries::page(&self.client, id, query, cancel).await
    }

    async fn delivery(
        &self,
        id: &WebhookId,
        delivery: &DeliveryId,
        cancel: &CancellationToken,
    ) -> Result<DeliveryDetail, AppError> {
        deliveries::detail(&self.client, id, delivery, cancel).await
    }

    async fn replay(
        &self,
        id: &WebhookId,
        wanted: &[DeliveryId],
        reapply: bool,
        cancel: &CancellationToken,
    ) -> Result<Vec<DeliveryId>, WriteError> {
        deliveries::replay(&self.client, id, wanted, reapply, cancel).await
    }

    async fn server_test(
        &self,
        id: &WebhookId,
        test: &ServerTestRequest,
        cancel: &CancellationToken,
    ) -> Result<ServerTestResult, AppError> {
        server_tests::run(&self.client, id, test, cancel).await
    }
}

fn offers_all(catalogue: &Catalogue, draft: &WebhookDraft) -> bool {
    match draft.fields.get(&FieldPath::from(FieldPath::EVENTS)) {
        Some(tacklebox_model::FieldInput::List(events)) => events.iter().all(|event| catalogue.offers(event)),
        _ => true,
    }
}

/// Whether leaving a field out removes it is not documented for a single one.
fn still_there(kept: &[String]) -> AppError {
    AppError::new(
        Fault::Malformed,
        format!("The change was saved, but {NAME} kept what was to be removed: {}.", kept.join(", ")),
    )
    .advise("Remove it in epilot itself.")
}

#[cfg(test)]
mod tests;
