use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::DeliveryId;

/// Which deliveries are wanted.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryQuery {
    /// Only those with this outcome.
    pub status: Option<DeliveryStatus>,
    /// Only those from this moment on, in milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Only those up to this moment, in milliseconds since 1970.
    pub to_ms: Option<i64>,
    /// Only the one with this id.
    pub id: Option<DeliveryId>,
    /// Where the page before ended: [`DeliveryPage::next`], unchanged.
    pub cursor: Option<String>,
}

/// A page of deliveries, newest first.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryPage {
    /// The deliveries.
    pub deliveries: Vec<Delivery>,
    /// Where the next page begins; absent on the last.
    pub next: Option<String>,
}

/// One delivery in the vendor's log.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The vendor's id.
    pub id: DeliveryId,
    /// Milliseconds since 1970 when it was made.
    pub at_ms: Option<i64>,
    /// The event type.
    pub event: Option<String>,
    /// How it ended.
    pub status: DeliveryStatus,
    /// `POST`.
    pub method: Option<String>,
    /// Where it was sent: host, path and masked query.
    pub endpoint: Option<String>,
    /// The endpoint's status; absent when it gave none.
    pub http_status: Option<u16>,
    /// The vendor's code for what went wrong.
    pub code: Option<String>,
    /// The vendor's words.
    pub message: Option<String>,
    /// How often it was tried again before.
    pub retries: Option<u32>,
    /// Whether it can be made anew with the transformation as it is now.
    pub reapply: Reapply,
}

/// Whether a delivery can be made anew from its original event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Reapply {
    /// Whether it can.
    pub possible: bool,
    /// Why not, in a sentence.
    pub reason: Option<String>,
}

/// A delivery with everything the vendor kept of it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryDetail {
    /// What the log says.
    pub delivery: Delivery,
    /// What was sent.
    pub payload: Option<String>,
    /// What it was made from, before any transformation.
    pub original: Option<String>,
    /// What the endpoint answered.
    pub response: Option<String>,
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryStatus {
    /// The endpoint took it.
    Succeeded,
    /// It did not arrive, or was refused.
    Failed,
    /// It is on its way, or waits to be tried again.
    InProgress,
    /// The filter kept it back.
    Skipped,
    /// Something this Tacklebox does not know.
    Unknown,
}

/// What a vendor is asked to try.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerTestRequest {
    /// Fetch a token with the stored client credentials.
    OAuth,
    /// Make an example of what would be sent.
    Example {
        /// For this automation.
        automation: Option<String>,
    },
    /// Send an event to the endpoint and wait for its answer.
    Trigger {
        /// The event's content.
        payload: serde_json::Value,
    },
}

/// What a vendor's own test brought.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServerTestResult {
    /// Whether it went well, judged by what the answer says.
    pub ok: bool,
    /// What happened, in a sentence.
    pub words: String,
    /// The endpoint's status, where it gave one.
    pub http_status: Option<u16>,
    /// The vendor's code for what went wrong.
    pub code: Option<String>,
    /// What was answered or made, as text.
    pub body: Option<String>,
    /// How long it took the vendor, in milliseconds.
    pub elapsed_ms: Option<u64>,
}

/// How much of a vendor's allowance is left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Allowance {
    /// Requests allowed in a window.
    pub limit: Option<u64>,
    /// Requests left in it.
    pub remaining: Option<u64>,
    /// The window's length in seconds.
    pub period_s: Option<u64>,
    /// How long a request would have to wait now, in milliseconds.
    pub wait_ms: u64,
}
