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
    /// What kind of thing is special about it.
    pub mark: Option<EventMark>,
    /// What is special about it, in a sentence: deprecated, in no document, of this organisation alone.
    pub remark: Option<String>,
}

/// What kind of thing is special about an event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EventMark {
    /// The vendor has a newer one in its place.
    Deprecated,
    /// No document of the vendor lists it.
    Undocumented,
    /// This organisation made it.
    Custom,
    /// The vendor's documents list it and this organisation does not offer it.
    NotOffered,
}

impl Catalogue {
    /// Whether the connection offers this type.
    pub fn offers(&self, event: &str) -> bool {
        self.events.iter().any(|e| e.id.as_str() == event)
    }
}
