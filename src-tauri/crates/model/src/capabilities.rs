use crate::{Catalogue, ConditionSpec, DeliveryStatus, FieldPath, FieldValue, LocalTrial, Notice, TreeSpec};
use serde::Serialize;
use ts_rs::TS;

/// What a connection's webhooks can have. The forms are drawn from it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    /// The form's parts, top to bottom.
    pub sections: Vec<Section>,
    /// Whether a webhook can be switched off.
    pub on_off: OnOff,
    /// How many event types one webhook can have.
    pub events_per_webhook: EventsPerWebhook,
    /// Whether the vendor hands stored secrets back.
    pub stored_secrets: StoredSecrets,
    /// Whether the vendor signs what it sends.
    pub signing: Signing,
    /// The vendor's log of what it delivered, if it lets one read it.
    pub deliveries: Option<DeliveryLog>,
    /// What the vendor itself can be asked to try.
    pub server_tests: Vec<ServerTest>,
    /// What can be tried on a sample without the vendor; absent when nothing can.
    pub local_trial: Option<LocalTrial>,
    /// The settings of a token request, so that it can be tried alone; absent when there are none.
    pub token_request: Option<TokenRequestSpec>,
    /// Where the user name and password of a pasted address go; absent when they have no place.
    pub url_credentials: Option<UrlCredentials>,
    /// Why one event type should not stand in several webhooks, in a sentence; absent when it may.
    pub repeated_event: Option<String>,
    /// Whether the vendor counts calls by the month and charges for them.
    pub metered: bool,
    /// Things to know about all webhooks of this connection.
    pub notices: Vec<Notice>,
}

/// What a connection offers: its capabilities and its event types, read together.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// What its webhooks can have.
    pub capabilities: Capabilities,
    /// The event types it offers.
    pub catalogue: Catalogue,
}

/// A part of the form with a heading.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Stable name, for navigation.
    pub id: String,
    /// The heading.
    pub title: String,
    /// A few words beside the heading.
    pub hint: Option<String>,
    /// The fields in order.
    pub fields: Vec<FieldSpec>,
    /// The id lists among the fields that are chosen together in a tree.
    pub tree: Option<TreeSpec>,
}

/// One field of the form.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldSpec {
    /// Where its value sits.
    pub path: FieldPath,
    /// The label.
    pub label: String,
    /// A sentence below the field.
    pub help: Option<String>,
    /// An example shown in the empty field.
    pub placeholder: Option<String>,
    /// How it is edited.
    pub kind: FieldKind,
    /// Whether it must have a value.
    pub required: bool,
    /// The value a new webhook starts with.
    pub default: Option<FieldValue>,
    /// The field is drawn only while this holds.
    pub shown_when: Option<ShownWhen>,
    /// Why the field cannot be edited at this connection, if it cannot.
    pub unavailable: Option<String>,
}

/// A condition on another field of the same form.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShownWhen {
    /// The other field.
    pub path: FieldPath,
    /// The value it must have.
    pub equals: FieldValue,
}

/// How a field is edited.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FieldKind {
    /// One line of text.
    Text {
        /// Most characters the vendor takes, where it says so.
        max_length: Option<u32>,
        /// Whether it is drawn in the code font.
        code: bool,
    },
    /// The endpoint's URL.
    Url {
        /// Whether the vendor refuses anything but `https`.
        https_only: bool,
    },
    /// A whole number between two bounds, both allowed.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// The unit in words, such as `seconds`.
        unit: Option<String>,
    },
    /// On or off.
    Switch,
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Event types from the catalogue.
    Events,
    /// A secret with Keep, Replace and Clear.
    Secret,
    /// A list of the vendor's ids, found by name.
    IdList {
        /// One of them in words, such as `floor`.
        noun: String,
        /// What such an id starts with, as advice.
        prefix: Option<String>,
    },
    /// A list of texts.
    TextList {
        /// One of them in words, such as `value`.
        noun: String,
    },
    /// Names with values, such as headers.
    Pairs {
        /// One of them in words, such as `header`.
        noun: String,
        /// The kinds a pair can be of; empty when there is one kind.
        groups: Vec<ChoiceOption>,
        /// Whether the values count as secrets: never shown, each kept, replaced or removed.
        secret: bool,
    },
    /// Several lines of code, as text.
    Code {
        /// In which language.
        language: CodeLanguage,
        /// Most characters the vendor takes, where it says so.
        max_length: Option<u32>,
    },
    /// Conditions an event must meet. A value the provider cannot read as such is JSON.
    Conditions {
        /// What they can be.
        spec: ConditionSpec,
    },
    /// A structure edited as JSON.
    Json,
}

/// The language of a code field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CodeLanguage {
    /// <https://jsonata.org>
    Jsonata,
}

/// One of several choices.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceOption {
    /// The value sent to the vendor.
    pub value: String,
    /// The words shown.
    pub label: String,
}

/// Something an id list can name, found at the vendor.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldOption {
    /// The vendor's id.
    pub value: String,
    /// Its name.
    pub label: String,
    /// Where it belongs, outermost first: `Oslo / Havnegata 12`.
    pub detail: String,
}

/// Whether a webhook can be switched off at the vendor.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum OnOff {
    /// It sends as long as it exists.
    AlwaysOn,
    /// This field switches it.
    Field {
        /// The field.
        path: FieldPath,
    },
}

/// How many event types one webhook can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EventsPerWebhook {
    /// Exactly one.
    One,
    /// One or more.
    Many,
}

/// Whether the vendor hands stored secrets back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StoredSecrets {
    /// Reading a webhook returns them; Tacklebox keeps them out of the window.
    Returned,
    /// They can be written and never read.
    WriteOnly,
    /// The vendor has none.
    None,
}

/// Whether the vendor signs what it sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Signing {
    /// It does not, or does not say so.
    None,
    /// With a secret that it tells once, when a webhook is created.
    SecretShownOnce {
        /// Under which Tacklebox keeps it.
        path: FieldPath,
        /// What it is called.
        label: String,
    },
}

/// What the vendor's log of deliveries can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryLog {
    /// The outcomes the log can be filtered by.
    pub statuses: Vec<DeliveryStatus>,
    /// Most deliveries that can be sent again in one request; absent when none can.
    pub replay_at_once: Option<u32>,
    /// Whether a delivery can be made anew from its original event, with the transformation as it is now.
    pub reapply: bool,
    /// How many days the vendor keeps them, where it says so.
    pub kept_days: Option<u32>,
}

/// What a vendor itself can be asked to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ServerTest {
    /// Fetch a token with the stored client credentials.
    OAuth,
    /// Make an example of what would be sent.
    Example,
    /// Send an event to the endpoint.
    Trigger,
}

/// The fields of an OAuth client credentials grant.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenRequestSpec {
    /// The vendor asks for a token while this holds.
    pub when: ShownWhen,
    /// The token URL, a text or an address.
    pub endpoint: FieldPath,
    /// The request method, a choice.
    pub method: FieldPath,
    /// The client's id, a text.
    pub client_id: FieldPath,
    /// The client's secret.
    pub client_secret: FieldPath,
    /// The switch that says the secret is the name of a variable which only the vendor can read.
    pub secret_is_env: Option<FieldPath>,
    /// Further parameters: pairs in the groups `body`, `query` and `header`.
    pub parameters: FieldPath,
    /// What the vendor's documents leave open of its own request, in a sentence.
    pub open: Option<String>,
}

/// Where the user name and password of a pasted address go.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UrlCredentials {
    /// The field that must have this value for them to be used.
    pub when: ShownWhen,
    /// The user name's field.
    pub username: FieldPath,
    /// The password's field.
    pub password: FieldPath,
}

impl Capabilities {
    /// Every field of every section.
    pub fn fields(&self) -> impl Iterator<Item = &FieldSpec> {
        self.sections.iter().flat_map(|s| &s.fields)
    }

    /// The label of a path, or the path itself.
    pub fn label<'a>(&'a self, path: &'a FieldPath) -> &'a str {
        self.fields().find(|f| &f.path == path).map_or(path.as_str(), |f| f.label.as_str())
    }
}
