//! An endpoint as Booqable returns it, in either shape, and the model's fields: secrets are stripped here and
//! nowhere else.

use super::marks::marks;
pub(crate) use crate::address::endpoint;
pub(crate) use crate::raw::texts;
use crate::{RawObject, Remote};
use serde_json::{Map, Value, json};
use tacklebox_model::{
    ConnectionId, EndpointUrl, FieldPath, FieldValue, Fields, UrlView, Webhook, WebhookId,
};

/// The JSON:API type.
pub const TYPE: &str = "webhook_endpoints";
pub const ATTRIBUTES: &str = "attributes";
pub const URL: &str = "url";
pub const EVENTS: &str = "events";
pub const VERSION: &str = "version";
pub const CREATED_AT: &str = "created_at";
pub const UPDATED_AT: &str = "updated_at";
/// What Tacklebox suggests for a new endpoint. Booqable's own default is 1, the old vocabulary.
pub const DEFAULT_VERSION: &str = "4";

/// A page of a list.
#[derive(Debug, Default)]
pub struct Page {
    /// As returned.
    pub rows: Vec<Value>,
    /// How many there are on all pages, where the answer says so.
    pub total: Option<u64>,
}

/// Reads a list: `data` with or without `meta`.
pub fn page(mut body: Value) -> Option<Page> {
    let count = &body["meta"]["stats"]["total"]["count"];
    let total = count.as_u64().or_else(|| count.as_str()?.parse().ok());
    match body.get_mut("data").map(Value::take) {
        Some(Value::Array(rows)) => Some(Page { rows, total }),
        _ => None,
    }
}

/// The id of a row.
pub fn id(row: &Value) -> Option<&str> {
    row.get("id")?.as_str().filter(|id| !id.is_empty())
}

/// Reads one endpoint; nothing when it has no id.
pub fn remote(connection: &ConnectionId, row: Value) -> Option<Remote> {
    let id = WebhookId::from(id(&row)?);
    let raw = json_api(row)?;
    let attributes = raw.get(ATTRIBUTES)?.as_object()?;
    let fields = fields(attributes);
    let webhook = Webhook {
        connection: connection.clone(),
        title: title(&fields),
        endpoint: endpoint(&fields),
        events: texts(attributes.get(EVENTS)),
        auth: vec![],
        on: None,
        preserved: attributes.keys().filter(|name| !is_known(name)).cloned().collect(),
        marks: attributes.get(URL).and_then(Value::as_str).map(marks).unwrap_or_default(),
        // Links and relationships differ between the answers to a list and to a write.
        revision: Some(RawObject::new(json!({ "id": id.as_str(), ATTRIBUTES: attributes })).revision()),
        fields,
        id,
    };
    Some(Remote { webhook, raw: RawObject::new(raw) })
}

/// The attributes of an endpoint as it was read.
pub fn attributes(remote: &Remote) -> Map<String, Value> {
    remote.raw.value().get(ATTRIBUTES).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The JSON:API shape of an object that may come flattened, so that both compare alike.
fn json_api(row: Value) -> Option<Value> {
    let Value::Object(mut row) = row else { return None };
    if row.get("type").is_some_and(Value::is_string) && row.get(ATTRIBUTES).is_some_and(Value::is_object) {
        return Some(Value::Object(row));
    }
    let id = row.shift_remove("id")?;
    if row.get("type").is_some_and(|kind| kind == TYPE) {
        row.shift_remove("type");
    }
    Some(json!({ "id": id, "type": TYPE, ATTRIBUTES: row }))
}

/// The model's fields of an endpoint or of what would become one.
pub fn fields(attributes: &Map<String, Value>) -> Fields {
    let mut fields = Fields::new();
    let mut put = |path: &str, value: FieldValue| fields.insert(FieldPath::from(path), value);
    let url = attributes.get(URL).and_then(Value::as_str).unwrap_or_default();
    let view = EndpointUrl::parse(url).map_or_else(|_| UrlView::unreadable(), |url| url.view());
    put(FieldPath::URL, FieldValue::Url(view));
    put(FieldPath::EVENTS, FieldValue::List(texts(attributes.get(EVENTS))));
    if let Some(version) = version(attributes) {
        put(VERSION, FieldValue::Text(version));
    }
    for name in [CREATED_AT, UPDATED_AT] {
        if let Some(moment) = attributes.get(name).and_then(Value::as_str) {
            put(name, FieldValue::Text(readable(moment)));
        }
    }
    fields
}

/// The version as it is shown and chosen.
pub fn version(attributes: &Map<String, Value>) -> Option<String> {
    match attributes.get(VERSION)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What an endpoint is called, since it has no name: host and path.
pub fn title(fields: &Fields) -> String {
    let endpoint = endpoint(fields);
    endpoint.split(['?', '#']).next().unwrap_or_default().to_owned()
}

fn is_known(name: &str) -> bool {
    [URL, EVENTS, VERSION, CREATED_AT, UPDATED_AT].contains(&name)
}

/// `2021-11-16T09:32:00.000000+00:00` as `2021-11-16, 09:32 UTC`; anything else as it is.
fn readable(moment: &str) -> String {
    let parts = || {
        let (date, time) = moment.split_once('T')?;
        let zone = match &time[time.find(['Z', '+', '-'])?..] {
            "Z" | "+00:00" | "-00:00" => "UTC".to_owned(),
            offset => format!("UTC{offset}"),
        };
        let clock = time.get(..5).filter(|clock| clock.as_bytes().get(2) == Some(&b':'))?;
        (date.len() == 10).then(|| format!("{date}, {clock} {zone}"))
    };
    parts().unwrap_or_else(|| moment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: Value) -> Remote {
        remote(&ConnectionId::from("c"), row).unwrap()
    }

    #[test]
    fn both_shapes_read_alike() {
        let attributes = json!({ "url": "https://a.example/x?secret=canary", "events": ["order.updated"],
            "version": 4, "created_at": "2021-11-16T09:32:00.000000+00:00", "owner": { "id": 1 } });
        let mut flat = attributes.clone();
        flat["id"] = json!("e1");
        let shaped = json!({ "id": "e1", "type": TYPE, ATTRIBUTES: attributes, "links": { "self": "/x" } });
        let (flat, shaped) = (read(flat), read(shaped));
        assert_eq!(flat.webhook, shaped.webhook);
        let webhook = flat.webhook;
        assert_eq!(
            (webhook.title.as_str(), webhook.endpoint.as_str()),
            ("a.example/x", "a.example/x?secret=•••")
        );
        assert_eq!(webhook.field(VERSION), Some(&FieldValue::Text("4".into())));
        assert_eq!(webhook.field(CREATED_AT), Some(&FieldValue::Text("2021-11-16, 09:32 UTC".into())));
        assert_eq!(webhook.preserved, ["owner"]);
        assert!(!format!("{shaped:?} {}", serde_json::to_string(&webhook).unwrap()).contains("canary"));
    }

    #[test]
    fn a_row_without_an_id_is_none() {
        let connection = ConnectionId::from("c");
        for row in
            [json!({ "url": "https://a.example" }), json!({ "id": 5 }), json!({ "id": "" }), json!("x")]
        {
            assert!(remote(&connection, row).is_none());
        }
    }

    #[test]
    fn a_page_may_lack_the_total() {
        let count = |body: Value| page(body).map(|page| (page.rows.len(), page.total));
        let stats =
            |count: Value| json!({ "data": [1, 2], "meta": { "stats": { "total": { "count": count } } } });
        assert_eq!(count(stats(json!(5))), Some((2, Some(5))));
        assert_eq!(count(stats(json!("5"))), Some((2, Some(5))));
        assert_eq!(count(json!({ "data": [] })), Some((0, None)));
        assert_eq!(count(json!({ "data": null })), None);
        assert_eq!(count(json!([])), None);
    }

    #[test]
    fn moments_are_readable_and_odd_ones_are_left_alone() {
        for (moment, shown) in [
            ("2021-11-16T09:32:00Z", "2021-11-16, 09:32 UTC"),
            ("2021-11-16T09:32:00.123+02:00", "2021-11-16, 09:32 UTC+02:00"),
            ("2021-11-16T09:32:00", "2021-11-16T09:32:00"),
            ("yesterdayT+", "yesterdayT+"),
            ("", ""),
        ] {
            assert_eq!(readable(moment), shown);
        }
    }
}
