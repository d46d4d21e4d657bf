use crate::EventId;
use serde::Serialize;
use ts_rs::TS;

/// The event types a connection offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// In the order they are shown.
    pub events: Vec<EventType>,
}

/// One event type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventType {
    /// The vendor's name.
    pub id: EventId,
    /// What it is called in words.
    pub label: String,
    /// The heading it stands under.
    pub group: String,
    /// What it means and when it is sent, in a sentence.
    pub description: Option<String>,
    /// What is special about it, in a sentence: deprecated, in no document, of this organisation alone.
    pub remark: Option<String>,
}

impl Catalogue {
    /// Whether the connection offers this type.
    pub fn offers(&self, event: &str) -> bool {
        self.events.iter().any(|e| e.id.as_str() == event)
    }
}
