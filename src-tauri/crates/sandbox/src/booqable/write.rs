//! Reads the JSON:API body of a create or an update, as strictly as the vendor's framework does.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::BooqableEndpoint;
use super::events::VERSIONS;
use super::refusal::{Problem, Refusal};

/// What a write is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    New,
    Existing(&'a str),
}

/// The attributes a write names. Null is read as the empty value, which no rule allows.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<String>>,
    pub(super) version: Option<i64>,
}

impl Changes {
    /// The record's own rules, for the attributes that are named.
    pub(super) fn check(&self, knows: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        // Assumption: any text that is not blank is accepted as a URL, http included; the documents do not say.
        if self.url.as_ref().is_some_and(|url| url.trim().is_empty()) {
            problems.push(Problem::new("url", "can't be blank", "blank"));
        }
        // Assumption: at least one event is needed and unknown ones are refused. A repeated one is kept.
        if self.events.as_ref().is_some_and(Vec::is_empty) {
            problems.push(Problem::new("events", "can't be blank", "blank"));
        }
        if self.events.iter().flatten().any(|event| !knows(event)) {
            problems.push(Problem::new("events", "is not included in the list", "inclusion"));
        }
        // Assumption: a number that is no version breaks a rule of the record, not the request's form.
        if self.version.is_some_and(|version| !VERSIONS.contains(&version)) {
            problems.push(Problem::new("version", "is not included in the list", "inclusion"));
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::record(&problems)) }
    }

    /// Replaces what is named, events whole, and keeps the rest. Says whether that changed anything.
    pub(super) fn apply(self, endpoint: &mut BooqableEndpoint) -> bool {
        let before = endpoint.clone();
        if let Some(url) = self.url {
            endpoint.url = url;
        }
        if let Some(events) = self.events {
            endpoint.events = events;
        }
        if let Some(version) = self.version {
            endpoint.version = version;
        }
        *endpoint != before
    }
}

pub(super) fn read(headers: &HeaderMap, body: &[u8], target: Target<'_>) -> Result<Changes, Refusal> {
    if !is_json(headers) {
        return Err(Refusal::unsupported_media_type());
    }
    let body: Value =
        serde_json::from_slice(body).map_err(|_| Refusal::bad_request("the body is not valid JSON"))?;
    match target {
        Target::New => check_create(&body)?,
        Target::Existing(id) => check_update(&body, id)?,
    }
    let mut problems = Vec::new();
    for name in body["data"]["relationships"].as_object().into_iter().flat_map(Map::keys) {
        let attribute = format!("data.relationships.{name}");
        problems.push(Problem::new(attribute, "is not a valid relationship", "invalid_relationship"));
    }
    let mut changes = Changes::default();
    for (name, value) in body["data"]["attributes"].as_object().into_iter().flatten() {
        if let Err((message, code)) = take(&mut changes, name, value) {
            problems.push(Problem::new(format!("data.attributes.{name}"), message, code));
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(Refusal::request(StatusCode::BAD_REQUEST, &problems)) }
}

/// Assumption: `attributes` must be there, and another type is a conflict; the framework lets both pass.
fn check_create(body: &Value) -> Result<(), Refusal> {
    let data = &body["data"];
    let mut problems = Vec::new();
    for (path, present) in [
        ("data", data.is_object()),
        ("data.type", data["type"].is_string()),
        ("data.attributes", data["attributes"].is_object()),
    ] {
        if !present {
            problems.push(Problem::new(path, "is missing", "missing"));
        }
    }
    // Ids are the vendor's to give.
    if data.get("id").is_some() {
        problems.push(Problem::new("data.attributes.id", "cannot be written", UNWRITABLE));
    }
    if !problems.is_empty() {
        return Err(Refusal::request(StatusCode::BAD_REQUEST, &problems));
    }
    if data["type"] == "webhook_endpoints" { Ok(()) } else { Err(conflict(&["data.type"])) }
}

fn check_update(body: &Value, id: &str) -> Result<(), Refusal> {
    let data = &body["data"];
    let required = [
        ("data", data.is_object()),
        ("data.type", data["type"].is_string()),
        ("data.id", data["id"].is_string()),
    ];
    let missing: Vec<&str> = required.iter().filter(|(_, there)| !there).map(|(path, _)| *path).collect();
    if !missing.is_empty() {
        return Err(conflict(&missing));
    }
    let equal = [("data.id", data["id"] == id), ("data.type", data["type"] == "webhook_endpoints")];
    let other: Vec<&str> = equal.iter().filter(|(_, equal)| !equal).map(|(path, _)| *path).collect();
    if other.is_empty() { Ok(()) } else { Err(conflict(&other)) }
}

fn conflict(paths: &[&str]) -> Refusal {
    let problem =
        |path: &&str| Problem::new(*path, "does not match the server endpoint", "attribute_mismatch");
    Refusal::request(StatusCode::CONFLICT, &paths.iter().map(problem).collect::<Vec<_>>())
}

/// The vendor's own clients look for this spelling.
const UNWRITABLE: &str = "unwrittable_attribute";

fn take(changes: &mut Changes, name: &str, value: &Value) -> Result<(), (&'static str, &'static str)> {
    let of_type = |message| (message, "type_error");
    match name {
        "url" => changes.url = Some(text(value).ok_or(of_type("should be type string"))?),
        "events" => changes.events = Some(texts(value).ok_or(of_type("should be type array_of_strings"))?),
        "version" => changes.version = Some(integer(value).ok_or(of_type("should be type integer"))?),
        "id" | "created_at" | "updated_at" => return Err(("cannot be written", UNWRITABLE)),
        _ => return Err(("is an unknown attribute", "unknown_attribute")),
    }
    Ok(())
}

fn text(value: &Value) -> Option<String> {
    if value.is_null() { Some(String::new()) } else { value.as_str().map(str::to_owned) }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    if value.is_null() {
        return Some(Vec::new());
    }
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// The framework also takes a number that is written as text.
fn integer(value: &Value) -> Option<i64> {
    if value.is_null() {
        return Some(0);
    }
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// Both media types the documents and the official clients send.
fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type
        .and_then(|value| value.split(';').next())
        .map(|media_type| media_type.trim().to_ascii_lowercase())
        .is_some_and(|media_type| {
            matches!(media_type.as_str(), "application/json" | "application/vnd.api+json")
        })
}
