use crate::{ConnectionId, ProviderId, SecretChange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What an organisation is used for. Production asks twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Environment {
    /// Real customers.
    Production,
    /// A copy for rehearsal.
    Staging,
    /// A developer's own.
    Development,
    /// Made-up data.
    Sandbox,
}

impl Environment {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Production => "Production",
            Self::Staging => "Staging",
            Self::Development => "Development",
            Self::Sandbox => "Sandbox",
        }
    }
}

/// One organisation at one provider, as it is stored and shown. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Tacklebox's own identifier.
    pub id: ConnectionId,
    /// Whose API it speaks.
    pub provider: ProviderId,
    /// What the user calls it.
    pub label: String,
    /// What it is used for.
    pub environment: Environment,
    /// Another address than the vendor's own, for gateways and mocks.
    pub base_url: Option<String>,
    /// Nothing may be written.
    pub read_only: bool,
    /// The parts of the credential that are not secret, by key.
    pub public_credentials: BTreeMap<String, String>,
    /// Made by the built-in sandbox: its address changes with every start and its credentials never
    /// touch the keyring.
    pub built_in: bool,
    /// What its credential says of itself.
    #[serde(default)]
    pub facts: CredentialFacts,
}

/// What a credential says of itself, without being one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialFacts {
    /// The organisation it is for, in the vendor's words or numbers.
    pub organisation: Option<String>,
    /// What it was called when it was made.
    pub name: Option<String>,
    /// Milliseconds since 1970 when it ceases to work; absent when it does not, or does not say.
    pub expires_at_ms: Option<i64>,
    /// It may only read, so the connection is read-only whatever its settings say.
    pub read_only: bool,
}

/// The least that names a connection in a sentence or on a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionTag {
    /// Which connection.
    pub id: ConnectionId,
    /// Its provider.
    pub provider: ProviderId,
    /// Its label.
    pub label: String,
    /// Its environment.
    pub environment: Environment,
}

impl Connection {
    /// Whether nothing may be written, by its settings or by its credential.
    pub fn is_read_only(&self) -> bool {
        self.read_only || self.facts.read_only
    }

    /// Its name and environment.
    pub fn tag(&self) -> ConnectionTag {
        ConnectionTag {
            id: self.id.clone(),
            provider: self.provider.clone(),
            label: self.label.clone(),
            environment: self.environment,
        }
    }
}

/// A connection as it is entered.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionInput {
    /// Whose API it speaks.
    pub provider: ProviderId,
    /// What the user calls it.
    pub label: String,
    /// What it is used for.
    pub environment: Environment,
    /// Another address than the vendor's own; empty for the vendor's own.
    pub base_url: String,
    /// Nothing may be written.
    pub read_only: bool,
    /// The parts of the credential that are not secret, by key.
    pub public_credentials: BTreeMap<String, String>,
    /// The secret parts by key; `Keep` only when editing.
    pub secret_credentials: BTreeMap<String, SecretChange>,
}

/// What *Test connection* found, in words, one after the other.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionReport {
    /// The steps in order.
    pub findings: Vec<Finding>,
    /// The organisation's own name, where the vendor tells it.
    pub organisation: Option<String>,
    /// How many webhooks it has.
    pub webhook_count: Option<u32>,
}

/// One thing a connection test found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What was tried: `Sign in`, `Read the schema`.
    pub step: String,
    /// How it went.
    pub state: FindingState,
    /// What was found, in a sentence.
    pub words: String,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FindingState {
    /// As expected.
    Ok,
    /// Works, with something to know.
    Attention,
    /// Failed; later steps were not tried.
    Failed,
}
