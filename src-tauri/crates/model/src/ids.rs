use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text of the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

macro_rules! random_id {
    ($($name:ident),*) => {$(
        impl $name {
            /// A new random identifier.
            pub fn random() -> Self {
                Self(uuid::Uuid::new_v4().to_string())
            }
        }
    )*};
}

id!(
    /// One organisation at one provider, as Tacklebox knows it.
    ConnectionId
);
id!(
    /// A provider's short name, which is the name of its folder.
    ProviderId
);
id!(
    /// The vendor's own identifier of a delivery.
    DeliveryId
);
id!(
    /// The vendor's own identifier of a webhook.
    WebhookId
);
id!(
    /// The vendor's own name of an event type.
    EventId
);
id!(
    /// Where a value sits in a webhook, dotted: `endpoint.url`, `auth.api_key.value`.
    FieldPath
);
id!(
    /// A plan kept by the backend until it is applied or discarded.
    PlanId
);
id!(
    /// One record of the journal.
    JournalId
);
id!(
    /// A running operation that can be cancelled; chosen by the caller.
    OperationId
);
random_id!(ConnectionId, PlanId, JournalId, OperationId);

impl FieldPath {
    /// The webhook's name.
    pub const NAME: &str = "name";
    /// The endpoint's URL.
    pub const URL: &str = "url";
    /// The subscribed event types.
    pub const EVENTS: &str = "events";
    /// Seconds the vendor waits for the endpoint.
    pub const TIMEOUT: &str = "timeout";
}
