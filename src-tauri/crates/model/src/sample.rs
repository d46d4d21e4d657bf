use crate::ShownWhen;
use serde::Serialize;
use ts_rs::TS;

/// What the vendor would send for an event: its real shape with invented values.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sample {
    /// What sets it apart from the event's other samples, and what of it the vendor's documents leave open.
    pub label: String,
    /// The value of the form under which the vendor sends this one; absent when it does not depend on the form.
    pub shown_when: Option<ShownWhen>,
    /// The media type it is sent with.
    pub content_type: String,
    /// The body as it goes over the wire; JSON is indented for reading.
    pub text: String,
    /// The payload as a filter sees it. Of a form: its nested keys, every value a text.
    pub value: serde_json::Value,
}
