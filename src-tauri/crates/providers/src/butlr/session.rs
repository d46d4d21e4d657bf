//! One connection's conversation with Butlr.

use super::achieved::achieved;
use super::answer::{self, AskError};
use super::client::Client;
use super::draft::{self, INPUT, THEN};
use super::errors::write_error;
use super::operations::{DeleteWebhooks, Operation, delete_webhooks};
use super::places::{self, Found, SENSORS};
use super::schema::{INTROSPECTION, Introspection, Schema, Spelling};
use super::wire::{self, FILTER_KEYS};
use super::{NAME, capabilities, catalogue, inspect, preview, samples, secrets};
use crate::{PrepareError, Prepared, Remote, Session, Write, WriteAction, WriteError, Written};
use async_trait::async_trait;
use graphql_client::GraphQLQuery;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tacklebox_model::{
    AppError, ConnectionId, ConnectionReport, EventId, Fault, FieldOption, FieldPath, FieldValue, Fields,
    Finding, Notice, NoticeLevel, Offer, RequestPreview, Sample, Secret, TreeNode, Webhook, WebhookDraft,
    WebhookId,
};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// An organisation's schema and places change rarely; a reopened form need not ask again.
const KEEP_FOR: Duration = Duration::from_secs(600);

pub struct ButlrSession {
    connection: ConnectionId,
    pub(super) client: Client,
    schema: Mutex<Option<(Instant, Arc<Known>)>>,
    places: Mutex<Option<(Instant, Arc<Found>)>>,
}

/// What introspection told, and what follows from it.
pub struct Known {
    pub schema: Schema,
    /// Whether introspection answered; otherwise the documented schema is assumed.
    pub introspected: bool,
    offer: Arc<Offer>,
}

impl ButlrSession {
    pub fn new(connection: ConnectionId, client: Client) -> Self {
        Self { connection, client, schema: Mutex::new(None), places: Mutex::new(None) }
    }

    /// The organisation's schema, read at most once in ten minutes.
    pub async fn known(&self, cancel: &CancellationToken) -> Result<Arc<Known>, AppError> {
        let held = cancel.run_until_cancelled(self.schema.lock()).await;
        let mut held = held.ok_or_else(AppError::cancelled)?;
        if let Some((_, known)) = held.as_ref().filter(|(read, _)| read.elapsed() < KEEP_FOR) {
            return Ok(known.clone());
        }
        let (schema, introspected) = self.introspect(cancel).await?;
        let offer = Arc::new(Offer {
            capabilities: capabilities::capabilities(&schema),
            catalogue: catalogue::catalogue(&schema.event_types),
        });
        let known = Arc::new(Known { schema, introspected, offer });
        *held = Some((Instant::now(), known.clone()));
        Ok(known)
    }

    /// Forgets what was read of the organisation, so that it is read anew.
    pub async fn forget(&self) {
        *self.schema.lock().await = None;
        *self.places.lock().await = None;
    }

    async fn introspect(&self, cancel: &CancellationToken) -> Result<(Schema, bool), AppError> {
        match self.client.ask("read the schema", INTROSPECTION, &json!({}), true, cancel).await {
            Ok(answer) => {
                let found = Introspection::deserialize(&answer).map_err(|_| answer::odd())?;
                if found.is_empty() {
                    return self.guess(cancel).await;
                }
                let missing = || {
                    AppError::new(
                        Fault::Malformed,
                        "This organisation's Butlr has no webhooks in its schema.",
                    )
                    .advise("Check the base URL under Advanced, or ask Butlr whether webhooks are enabled.")
                };
                Schema::from_introspection(found).map(|schema| (schema, true)).ok_or_else(missing)
            }
            Err(AskError::Refused { .. }) => self.guess(cancel).await,
            Err(error) => Err(error.into_app_error()),
        }
    }

    /// Introspection is switched off: the documented spelling is tried, then the other.
    async fn guess(&self, cancel: &CancellationToken) -> Result<(Schema, bool), AppError> {
        for spelling in [Spelling::Snake, Spelling::Camel] {
            let schema = Schema::documented(spelling);
            match self.list_with(&schema, cancel).await {
                Ok(_) => return Ok((schema, false)),
                Err(AskError::Refused { .. }) => {}
                Err(error) => return Err(error.into_app_error()),
            }
        }
        Err(AppError::new(Fault::Malformed, "Butlr knows neither spelling of the webhook fields.")
            .advise("Butlr may have changed its schema. Please report it."))
    }

    async fn list_with(&self, schema: &Schema, cancel: &CancellationToken) -> Result<Vec<Remote>, AskError> {
        let query = schema.adapt(Operation::List.text(schema.spelling));
        let name = Operation::List.name();
        let mut answer = self.client.ask(name, &query, &json!({}), true, cancel).await?;
        let items = match answer.get_mut("webhooks").map(Value::take) {
            Some(Value::Array(items)) => items,
            // The list is nullable by the documents: none at all.
            Some(Value::Null) => vec![],
            _ => return Err(AskError::nothing_sent(answer::odd())),
        };
        let remotes = items.into_iter().map(|raw| wire::remote(&self.connection, schema, raw));
        // A webhook without an id is not left out in silence: its absence would read as its end.
        remotes.collect::<Option<_>>().ok_or_else(|| AskError::nothing_sent(answer::odd()))
    }

    /// Sends a create or update of one webhook and reads the one that comes back.
    async fn mutate(
        &self,
        schema: &Schema,
        operation: Operation,
        input: &Value,
        cancel: &CancellationToken,
    ) -> Result<Remote, WriteError> {
        let text = schema.adapt(operation.text(schema.spelling));
        let variables = json!({ "input": [input] });
        let answer = match self.client.ask(operation.name(), &text, &variables, false, cancel).await {
            Ok(answer) => answer,
            Err(error) => {
                if matches!(error, AskError::Refused { .. }) {
                    // The schema may have changed since it was read: the next plan is made on what it is now.
                    self.forget().await;
                }
                return Err(write_error(schema.spelling, error));
            }
        };
        let first = answer.get(operation.root()).and_then(|list| list.get(0)).cloned();
        first
            .and_then(|raw| wire::remote(&self.connection, schema, raw))
            .ok_or_else(|| WriteError { error: answer::odd(), uncertain: true })
    }

    /// Creates, and sets what a create does not take in a second step.
    async fn create(
        &self,
        schema: &Schema,
        body: &Value,
        cancel: &CancellationToken,
    ) -> Result<Written, WriteError> {
        let created = self.mutate(schema, Operation::Create, &body[INPUT], cancel).await?;
        let Value::Object(mut then) = body[THEN].clone() else {
            return Ok(Written::complete(Some(created)));
        };
        then.insert("id".into(), json!(created.webhook.id.as_str()));
        // Not stopped half way: the webhook sends unfiltered events until this is done.
        let to_the_end = CancellationToken::new();
        Ok(match self.mutate(schema, Operation::Update, &Value::Object(then), &to_the_end).await {
            Ok(finished) => Written::complete(Some(finished)),
            Err(failed) => {
                let error = failed.error.advise(
                    "The webhook exists and sends unfiltered events. Open it and set its filter, or delete it.",
                );
                Written { incomplete: Some(error), ..Written::complete(Some(created)) }
            }
        })
    }

    async fn all_places(&self, cancel: &CancellationToken) -> Result<Arc<Found>, AppError> {
        let held = cancel.run_until_cancelled(self.places.lock()).await;
        let mut held = held.ok_or_else(AppError::cancelled)?;
        if let Some((_, found)) = held.as_ref().filter(|(read, _)| read.elapsed() < KEEP_FOR) {
            return Ok(found.clone());
        }
        let found = Arc::new(places::read(&self.client, cancel).await?);
        // What failed is asked for again the next time.
        *held = found.no_sensors.is_none().then(|| (Instant::now(), found.clone()));
        Ok(found)
    }

    /// How many places of each kind there are, for the connection test; also the organisation's id.
    pub async fn places_summary(
        &self,
        cancel: &CancellationToken,
    ) -> Result<(Option<String>, String), AppError> {
        let found = self.all_places(cancel).await?;
        let organisation = found.places.get("org_ids").and_then(|o| o.first()).map(|o| o.value.clone());
        let counts: Vec<String> = FILTER_KEYS
            .iter()
            .filter(|key| key.key != "org_ids")
            .map(|key| (key, found.places.get(key.key).map_or(0, Vec::len)))
            .map(|(key, count)| match &found.no_sensors {
                Some(_) if key.key == SENSORS => "sensors cannot be read".to_owned(),
                _ => format!("{count} {}{}", key.noun, if count == 1 { "" } else { "s" }),
            })
            .collect();
        Ok((organisation, counts.join(", ")))
    }
}

#[async_trait]
impl Session for ButlrSession {
    async fn inspect(
        &self,
        say: &(dyn Fn(Finding) + Send + Sync),
        cancel: &CancellationToken,
    ) -> ConnectionReport {
        inspect::inspect(self, say, cancel).await
    }

    async fn offer(&self, cancel: &CancellationToken) -> Result<Arc<Offer>, AppError> {
        Ok(self.known(cancel).await?.offer.clone())
    }

    async fn list(&self, cancel: &CancellationToken) -> Result<Vec<Remote>, AppError> {
        let known = self.known(cancel).await?;
        match self.list_with(&known.schema, cancel).await {
            Err(refused @ AskError::Refused { .. }) => {
                // The schema may have changed since it was read.
                self.forget().await;
                let again = self.known(cancel).await?;
                if again.schema == known.schema {
                    return Err(refused.into_app_error());
                }
                self.list_with(&again.schema, cancel).await.map_err(AskError::into_app_error)
            }
            answer => answer.map_err(AskError::into_app_error),
        }
    }

    async fn read(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<Option<Remote>, AppError> {
        // Butlr documents no query for a single webhook.
        Ok(self.list(cancel).await?.into_iter().find(|remote| &remote.webhook.id == id))
    }

    async fn options(
        &self,
        path: &FieldPath,
        cancel: &CancellationToken,
    ) -> Result<Vec<FieldOption>, AppError> {
        let Some(key) = FILTER_KEYS.iter().find(|key| &key.path() == path) else { return Ok(vec![]) };
        let found = self.all_places(cancel).await?;
        match &found.no_sensors {
            Some(error) if key.key == SENSORS => Err(error.clone()),
            _ => Ok(found.places.get(key.key).cloned().unwrap_or_default()),
        }
    }

    async fn tree(&self, section: &str, cancel: &CancellationToken) -> Result<Vec<TreeNode>, AppError> {
        if section != capabilities::FILTER {
            return Ok(vec![]);
        }
        Ok(self.all_places(cancel).await?.tree.clone())
    }

    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        cancel: &CancellationToken,
    ) -> Result<Prepared, PrepareError> {
        let known = self.known(cancel).await?;
        draft::prepare(&known.schema, draft, base).map_err(PrepareError::Fields)
    }

    fn advise(&self, after: &Fields, others: &[Webhook]) -> Vec<Notice> {
        let events = match after.get(&FieldPath::from(FieldPath::EVENTS)) {
            Some(FieldValue::List(events)) => events.as_slice(),
            _ => &[],
        };
        let twice = |event: &String| {
            let other = others.iter().find(|other| other.events.contains(event))?;
            Some(Notice {
                level: NoticeLevel::Warning,
                path: Some(FieldPath::from(FieldPath::EVENTS)),
                words: format!(
                    "{} {event} is also in {}.",
                    capabilities::REPEATED_EVENT,
                    other.title.chars().take(80).collect::<String>()
                ),
            })
        };
        events.iter().filter_map(twice).collect()
    }

    async fn preview(
        &self,
        writes: &[&Write],
        cancel: &CancellationToken,
    ) -> Result<Vec<RequestPreview>, AppError> {
        let known = self.known(cancel).await?;
        Ok(preview::previews(&self.client.graphql_url(), &known.schema, writes))
    }

    async fn write(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError> {
        let known = self.known(cancel).await.map_err(|error| WriteError { error, uncertain: false })?;
        let body = write.body.value();
        match &write.action {
            WriteAction::Create => self.create(&known.schema, body, cancel).await,
            WriteAction::Update(_) => {
                let remote = self.mutate(&known.schema, Operation::Update, &body[INPUT], cancel).await?;
                Ok(Written::complete(Some(remote)))
            }
            WriteAction::Delete(id) => {
                self.delete(std::slice::from_ref(id), cancel).await?;
                Ok(Written::complete(None))
            }
        }
    }

    async fn delete(&self, ids: &[WebhookId], cancel: &CancellationToken) -> Result<(), WriteError> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let query = DeleteWebhooks::build_query(delete_webhooks::Variables { ids: ids.clone() }).query;
        let answer = self.client.ask("delete webhooks", query, &json!({ "ids": ids }), false, cancel).await;
        match answer {
            Ok(answer) if answer.get("deleteWebhooks") == Some(&json!(true)) => Ok(()),
            Ok(_) => Err(WriteError {
                error: AppError::new(Fault::Malformed, format!("{NAME} did not confirm the delete."))
                    .advise("Refresh the list to see what is left."),
                uncertain: true,
            }),
            Err(AskError::Failed { error, maybe_done }) => Err(WriteError { error, uncertain: maybe_done }),
            Err(AskError::Refused { errors, maybe_done }) => {
                Err(WriteError { error: answer::refused(&errors), uncertain: maybe_done })
            }
        }
    }

    fn achieved(&self, write: &Write, remote: &Remote) -> bool {
        achieved(write, remote.raw.value())
    }

    fn reveal(&self, remote: &Remote, path: &FieldPath) -> Option<Secret> {
        secrets::stored(remote).into_iter().find(|(known, _)| known == path).map(|(_, secret)| secret)
    }

    fn samples(&self, event: &EventId) -> Vec<Sample> {
        samples::samples(event)
    }

    fn revert_secrets(&self, remote: &Remote) -> Vec<(FieldPath, Secret)> {
        secrets::stored(remote)
    }
}
