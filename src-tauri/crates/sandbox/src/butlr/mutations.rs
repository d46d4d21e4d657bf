//! What the three mutations do, after the GraphQL engine checked names and types.
//!
//! Assumption: a batch is all or nothing. The documents say neither.

use std::collections::{HashMap, HashSet};

use async_graphql::Value;
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use super::state::State;
use super::{Dialect, EndpointConfig, Webhook, fake};

/// Seconds allowed for `http_timeout`.
const TIMEOUTS: std::ops::RangeInclusive<i64> = 1..=15;

/// One reason to refuse a batch.
pub(super) struct Problem {
    /// Where, from the argument on, such as `input.0.endpoint_config.url`, in the organisation's spelling.
    pub(super) field: String,
    /// What, without any value the client sent but ids.
    pub(super) message: String,
}

impl Problem {
    /// `prefix` says which item of the batch, `field` which of its fields.
    pub(super) fn new(prefix: &str, field: &str, what: &str) -> Self {
        Self { field: format!("{prefix}.{field}"), message: format!("{field} {what}") }
    }
}

#[derive(Deserialize)]
struct CreateInput {
    name: String,
    #[serde(alias = "eventTypes")]
    event_types: Vec<String>,
    #[serde(alias = "endpointConfig")]
    endpoint_config: EndpointConfig,
    #[serde(default)]
    filters: Option<Json>,
    #[serde(default)]
    send_on_value_change: Option<bool>,
}

#[derive(Deserialize)]
struct UpdateInput {
    id: String,
    // Assumption: null means the same as leaving the field out, except for `filters`.
    #[serde(default)]
    name: Option<String>,
    #[serde(default, alias = "eventTypes")]
    event_types: Option<Vec<String>>,
    #[serde(default, alias = "endpointConfig")]
    endpoint_config: Option<EndpointConfig>,
    // Assumption: null clears the filters; leaving them out keeps them.
    #[serde(default, deserialize_with = "present")]
    filters: Option<Option<Json>>,
    #[serde(default)]
    send_on_value_change: Option<bool>,
}

/// Tells null (`Some(None)`) from a missing field (`None`).
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Json>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

pub(super) fn create(state: &State, input: Json) -> Result<Vec<Value>, Vec<Problem>> {
    let inputs: Vec<CreateInput> = decode(gather_extra(&state.dialect, input))?;
    let mut check = Check::new(&state.dialect);
    for (index, input) in inputs.iter().enumerate() {
        check.item(index);
        check.name(&input.name);
        check.events(&input.event_types);
        check.endpoint(&input.endpoint_config);
        check.filters(input.filters.as_ref());
    }
    check.finish()?;
    let created: Vec<Webhook> = inputs.into_iter().map(CreateInput::into_webhook).collect();
    let answer = created.iter().map(|webhook| webhook.to_graphql(&state.dialect)).collect();
    state.with_webhooks(|webhooks| webhooks.extend(created));
    Ok(answer)
}

pub(super) fn update(state: &State, input: Json) -> Result<Vec<Value>, Vec<Problem>> {
    let inputs: Vec<UpdateInput> = decode(gather_extra(&state.dialect, input))?;
    state.with_webhooks(|webhooks| {
        let places: HashMap<String, usize> =
            webhooks.iter().enumerate().map(|(place, webhook)| (webhook.id.clone(), place)).collect();
        let mut check = Check::new(&state.dialect);
        for (index, input) in inputs.iter().enumerate() {
            check.item(index);
            check.known(places.contains_key(&input.id), "id", &input.id);
            input.name.iter().for_each(|name| check.name(name));
            input.event_types.iter().for_each(|events| check.events(events));
            input.endpoint_config.iter().for_each(|endpoint| check.endpoint(endpoint));
            check.filters(input.filters.as_ref().and_then(Option::as_ref));
        }
        check.finish()?;
        let mut answer = Vec::with_capacity(inputs.len());
        for input in inputs {
            let place = places.get(&input.id).copied().unwrap_or(usize::MAX);
            if let Some(webhook) = webhooks.get_mut(place) {
                input.apply(webhook);
                answer.push(webhook.to_graphql(&state.dialect));
            }
        }
        Ok(answer)
    })
}

pub(super) fn delete(state: &State, ids: Json) -> Result<(), Vec<Problem>> {
    let ids: Vec<String> = decode(ids)?;
    state.with_webhooks(|webhooks| {
        let known: HashSet<&str> = webhooks.iter().map(|webhook| webhook.id.as_str()).collect();
        let mut check = Check::new(&state.dialect);
        for (index, id) in ids.iter().enumerate() {
            check.prefix = "ids".to_owned();
            check.known(known.contains(id.as_str()), &index.to_string(), id);
        }
        check.finish()?;
        let ids: HashSet<String> = ids.into_iter().collect();
        webhooks.retain(|webhook| !ids.contains(&webhook.id));
        Ok(())
    })
}

impl CreateInput {
    fn into_webhook(self) -> Webhook {
        Webhook {
            id: fake::new_id("webhook"),
            name: self.name,
            event_types: self.event_types,
            endpoint_config: self.endpoint_config,
            filters: self.filters,
            send_on_value_change: self.send_on_value_change.unwrap_or_default(),
            extra: serde_json::Map::new(),
        }
    }
}

impl UpdateInput {
    fn apply(self, webhook: &mut Webhook) {
        if let Some(name) = self.name {
            webhook.name = name;
        }
        if let Some(event_types) = self.event_types {
            webhook.event_types = event_types;
        }
        // Assumption: the endpoint is replaced whole, since its input requires `url` and `http_timeout`. What
        // is left out is gone.
        if let Some(endpoint_config) = self.endpoint_config {
            webhook.endpoint_config = endpoint_config;
        }
        if let Some(filters) = self.filters {
            webhook.filters = filters;
        }
        if let Some(on_change) = self.send_on_value_change {
            webhook.send_on_value_change = on_change;
        }
    }
}

/// Moves the extra fields of each endpoint to where [`EndpointConfig`] keeps them.
fn gather_extra(dialect: &Dialect, mut input: Json) -> Json {
    let items = if let Json::Array(items) = &mut input {
        items.as_mut_slice()
    } else {
        std::slice::from_mut(&mut input)
    };
    for item in items {
        let endpoint = item.get_mut(dialect.spelling.spell("endpoint_config")).and_then(Json::as_object_mut);
        let Some(endpoint) = endpoint else { continue };
        let extra: serde_json::Map<String, Json> = dialect
            .extra_endpoint_fields
            .iter()
            .filter_map(|name| endpoint.shift_remove_entry(name))
            .collect();
        endpoint.insert("extra".to_owned(), Json::Object(extra));
    }
    input
}

/// A single value stands for a list of one, as GraphQL has it.
fn decode<T: serde::de::DeserializeOwned>(input: Json) -> Result<Vec<T>, Vec<Problem>> {
    let list = if let Json::Array(items) = input { items } else { vec![input] };
    list.into_iter()
        .enumerate()
        .map(|(index, item)| {
            let field = format!("input.{index}");
            serde_json::from_value(item).map_err(|_| vec![Problem { field, message: "invalid input".into() }])
        })
        .collect()
}

/// Gathers the problems of a batch.
///
/// Assumption: an event type that another webhook has too is accepted; the documents only warn of it.
struct Check<'a> {
    dialect: &'a Dialect,
    prefix: String,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn new(dialect: &'a Dialect) -> Self {
        Self { dialect, prefix: String::new(), problems: Vec::new() }
    }

    fn item(&mut self, index: usize) {
        self.prefix = format!("input.{index}");
    }

    fn require(&mut self, holds: bool, path: &[&'static str], what: &str) {
        if !holds {
            let spelt: Vec<&str> = path.iter().map(|field| self.dialect.spelling.spell(field)).collect();
            self.problems.push(Problem::new(&self.prefix, &spelt.join("."), what));
        }
    }

    fn known(&mut self, known: bool, field: &str, id: &str) {
        if !known {
            let field = format!("{}.{field}", self.prefix);
            self.problems.push(Problem { field, message: format!("webhook {id} does not exist") });
        }
    }

    fn name(&mut self, name: &str) {
        self.require(!name.trim().is_empty(), &["name"], "must not be empty");
    }

    fn events(&mut self, events: &[String]) {
        self.require(!events.is_empty(), &["event_types"], "must name at least one event type");
    }

    fn endpoint(&mut self, endpoint: &EndpointConfig) {
        let https = url::Url::parse(&endpoint.url).is_ok_and(|url| url.scheme() == "https" && url.has_host());
        self.require(https, &["endpoint_config", "url"], "must be an HTTPS URL");
        let in_range = TIMEOUTS.contains(&endpoint.http_timeout);
        self.require(in_range, &["endpoint_config", "http_timeout"], "must be between 1 and 15");
    }

    // Assumption: any keys and values are accepted; the documents list seven keys and say no more.
    fn filters(&mut self, filters: Option<&Json>) {
        self.require(filters.is_none_or(Json::is_object), &["filters"], "must be an object");
    }

    fn finish(self) -> Result<(), Vec<Problem>> {
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }
}
