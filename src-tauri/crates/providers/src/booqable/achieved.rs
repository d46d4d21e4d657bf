//! Whether an endpoint is what a write wanted, when the write's own answer was lost.

use super::wire::{self, ATTRIBUTES, EVENTS, VERSION};
use crate::{Remote, Write, WriteAction};
use serde_json::{Map, Value, json};

/// Whether every attribute of the write is there.
pub fn achieved(write: &Write, remote: &Remote) -> bool {
    let found = wire::attributes(remote);
    let wanted = write.body.value()["data"][ATTRIBUTES].as_object();
    match &write.action {
        WriteAction::Delete(_) => false,
        WriteAction::Update(id) if *id != remote.webhook.id => false,
        WriteAction::Create | WriteAction::Update(_) => {
            wanted.is_some_and(|wanted| wanted.iter().all(|(name, value)| same(name, value, &found)))
        }
    }
}

fn same(name: &str, wanted: &Value, found: &Map<String, Value>) -> bool {
    let there = found.get(name).unwrap_or(&Value::Null);
    match name {
        // Whether the order is kept is not documented.
        EVENTS => sorted(wanted) == sorted(there),
        // A number or its text; an older Booqable has no version and sends what is now called 1.
        VERSION => wire::version(found).unwrap_or_else(|| "1".to_owned()) == shown(wanted),
        _ => wanted == there,
    }
}

fn shown(version: &Value) -> String {
    wire::version(&Map::from_iter([(VERSION.to_owned(), version.clone())])).unwrap_or_default()
}

fn sorted(events: &Value) -> Value {
    let mut texts = wire::texts(Some(events));
    texts.sort_unstable();
    json!(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawObject;
    use tacklebox_model::{ConnectionId, WebhookId};

    const URL: &str = "https://a.example/x?secret=s";

    fn write(action: WriteAction, attributes: Value) -> Write {
        Write { action, body: RawObject::new(json!({ "data": { ATTRIBUTES: attributes } })) }
    }

    fn found(change: impl FnOnce(&mut Value)) -> Remote {
        let mut row = json!({ "id": "e1", "url": URL, "version": 4, "events": ["b.c", "a.b"], "more": 1 });
        change(&mut row);
        wire::remote(&ConnectionId::from("c"), row).unwrap()
    }

    #[test]
    fn the_endpoint_that_was_made_is_recognised_and_a_near_miss_is_not() {
        let wanted = json!({ "url": URL, "version": 4, "events": ["a.b", "b.c"] });
        let create = write(WriteAction::Create, wanted);
        assert!(achieved(&create, &found(|_| {})));
        assert!(achieved(&create, &found(|row| row["version"] = json!("4"))));
        let changes: [fn(&mut Value); 5] = [
            |row| row["url"] = json!("https://a.example/x?secret=t"),
            |row| row["version"] = json!(1),
            |row| drop(row.as_object_mut().map(|row| row.remove("version"))),
            |row| row["events"] = json!(["a.b"]),
            |row| row["events"] = json!(["a.b", "b.c", "c.d"]),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert!(!achieved(&create, &found(change)), "change {number}");
        }
    }

    #[test]
    fn an_update_is_recognised_by_what_it_changed_at_its_own_endpoint() {
        let id = |id: &str| WriteAction::Update(WebhookId::from(id));
        assert!(achieved(&write(id("e1"), json!({ "version": 4 })), &found(|_| {})));
        assert!(!achieved(&write(id("e1"), json!({ "version": 1 })), &found(|_| {})));
        assert!(achieved(
            &write(id("e1"), json!({ "version": 1 })),
            &found(|row| row["version"] = Value::Null)
        ));
        assert!(!achieved(&write(id("e2"), json!({ "version": 4 })), &found(|_| {})));
        assert!(!achieved(&write(WriteAction::Delete(WebhookId::from("e1")), json!({})), &found(|_| {})));
    }
}
