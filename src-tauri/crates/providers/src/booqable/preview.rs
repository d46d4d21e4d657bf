//! The exact request of a write as a user may read it: secrets as placeholders.

use super::client::{Client, MEDIA_TYPE};
use super::wire::{ATTRIBUTES, URL};
use crate::{Write, WriteAction};
use serde_json::json;
use tacklebox_model::{EndpointUrl, RequestPreview};

/// Each write is a request of its own.
pub fn preview(client: &Client, write: &Write) -> RequestPreview {
    let (title, method, id) = match &write.action {
        WriteAction::Create => ("Create the webhook", "POST", None),
        WriteAction::Update(id) => ("Change the webhook", "PUT", Some(id)),
        WriteAction::Delete(id) => ("Delete the webhook", "DELETE", Some(id)),
    };
    let mut headers = vec![
        ("Accept".to_owned(), MEDIA_TYPE.to_owned()),
        ("Authorization".to_owned(), "Bearer <access token>".to_owned()),
    ];
    let body = if let WriteAction::Delete(_) = write.action { String::new() } else { body(write) };
    if !body.is_empty() {
        headers.insert(0, ("Content-Type".to_owned(), MEDIA_TYPE.to_owned()));
    }
    RequestPreview { title: title.into(), method: method.into(), url: client.url(id), headers, body }
}

fn body(write: &Write) -> String {
    let mut shown = write.body.value().clone();
    let url = shown.get_mut("data").and_then(|data| data.get_mut(ATTRIBUTES)).and_then(|a| a.get_mut(URL));
    if let Some(url) = url {
        let masked = url.as_str().and_then(|text| EndpointUrl::parse(text).ok()).map(|url| url.masked());
        *url = json!(masked.unwrap_or_else(|| "<an address that is not readable>".to_owned()));
    }
    serde_json::to_string_pretty(&shown).unwrap_or_default()
}
