//! The exact request of a write as a user may read it: secrets as placeholders.

use super::client::{Client, MEDIA_TYPE};
use super::wire::{ATTRIBUTES, URL};
use crate::api_call::{Body, Placeholders, Request};
use crate::{Write, WriteAction};
use serde_json::Value;
use tacklebox_model::{EndpointUrl, RequestPreview};

/// Each write is a request of its own.
pub fn preview(client: &Client, write: &Write) -> RequestPreview {
    let (title, method, id) = match &write.action {
        WriteAction::Create => ("Create the webhook", "POST", None),
        WriteAction::Update(id) => ("Change the webhook", "PUT", Some(id)),
        WriteAction::Delete(id) => ("Delete the webhook", "DELETE", Some(id)),
    };
    let mut secrets = Placeholders::new();
    let mut headers = vec![("Accept".to_owned(), MEDIA_TYPE.to_owned()), secrets.bearer()];
    let body = if let WriteAction::Delete(_) = write.action {
        Body::Nothing
    } else {
        headers.insert(0, ("Content-Type".to_owned(), MEDIA_TYPE.to_owned()));
        Body::Json(without_secrets(&mut secrets, write.body.value()))
    };
    secrets.preview(Request { title, method, url: client.url(id), headers, body })
}

fn without_secrets(secrets: &mut Placeholders, body: &Value) -> Value {
    let mut shown = body.clone();
    let url = shown.get_mut("data").and_then(|data| data.get_mut(ATTRIBUTES)).and_then(|a| a.get_mut(URL));
    if let Some(url) = url {
        let view = url.as_str().and_then(|text| EndpointUrl::parse(text).ok()).map(|url| url.view());
        *url = secrets.address("", view.as_ref());
    }
    shown
}
