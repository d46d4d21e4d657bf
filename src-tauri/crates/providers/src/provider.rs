use crate::RawObject;
use async_trait::async_trait;
use secrecy::ExposeSecret;
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_model::{
    Allowance, AppError, Capabilities, ConnectionId, ConnectionReport, CredentialFacts, DeliveryDetail,
    DeliveryId, DeliveryPage, DeliveryQuery, EndpointUrl, EventId, FieldError, FieldOption, FieldPath,
    Fields, Finding, Notice, Offer, ProviderInfo, RequestPreview, Sample, Secret, ServerTestRequest,
    ServerTestResult, TreeNode, UrlInput, UrlProblem, Webhook, WebhookDraft, WebhookId,
};
use tokio_util::sync::CancellationToken;

/// A vendor.
pub trait Provider: Send + Sync {
    /// What the window must know of it.
    fn info(&self) -> ProviderInfo;

    /// Checks what was entered for a connection, apart from what every connection has.
    fn check_credentials(&self, public: &BTreeMap<String, String>) -> Vec<FieldError>;

    /// Where the requests of a connection go, as far as what was entered decides it. A secret that was entered for
    /// one address is never sent to another. The default suits a vendor whose address is its base URL alone.
    fn address(&self, base_url: Option<&str>, _public: &BTreeMap<String, String>) -> String {
        base_url.map_or_else(|| self.info().default_base_url, str::to_owned)
    }

    /// What its webhooks can have by the vendor's documents, whatever a single organisation has. The comparison
    /// in ARCHITECTURE.md is made from it.
    fn documented(&self) -> Capabilities;

    /// What a credential says of itself. `secrets` are its secret parts by key.
    fn credential_facts(&self, _secrets: &BTreeMap<String, Secret>) -> CredentialFacts {
        CredentialFacts::default()
    }

    /// Begins to speak for one connection. Sends nothing yet.
    ///
    /// # Errors
    /// A base URL that is not acceptable, as an error of the field `base_url`.
    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError>;
}

/// What a session needs to know of its connection.
pub struct SessionContext {
    /// The connection, for the webhooks it reads.
    pub connection: ConnectionId,
    /// Another address than the vendor's own.
    pub base_url: Option<String>,
    /// The parts of the credential that are not secret, by key.
    pub public_credentials: BTreeMap<String, String>,
    /// Where the secret parts come from, asked for at each sign-in.
    pub secrets: Arc<dyn SecretSource>,
    /// Told of each call, where the vendor charges for calls.
    pub meter: Arc<dyn Meter>,
}

/// Counts the calls made to a vendor.
pub trait Meter: Send + Sync {
    /// A request was sent.
    fn sent(&self);
}

/// A meter that counts nothing.
pub struct NoMeter;

impl Meter for NoMeter {
    fn sent(&self) {}
}

/// Where a session gets the secret parts of its credential.
#[async_trait]
pub trait SecretSource: Send + Sync {
    /// The secret of this key.
    ///
    /// # Errors
    /// The keyring cannot be used, or has no such secret.
    async fn secret(&self, key: &str) -> Result<Secret, AppError>;
}

/// A source without secrets, for providers and tests that need none.
pub struct NoSecret;

#[async_trait]
impl SecretSource for NoSecret {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        Err(AppError::internal(format!("no secret is kept for {key}")))
    }
}

/// Speaks for one connection: signs in when needed, reads, plans and writes its webhooks.
#[async_trait]
pub trait Session: Send + Sync {
    /// Tries the connection step by step, saying each finding as it comes. A failed step is a finding,
    /// not an error of this call.
    async fn inspect(
        &self,
        say: &(dyn Fn(Finding) + Send + Sync),
        cancel: &CancellationToken,
    ) -> ConnectionReport;

    /// What webhooks of this connection can have, and its event types.
    async fn offer(&self, cancel: &CancellationToken) -> Result<Arc<Offer>, AppError>;

    /// All webhooks.
    async fn list(&self, cancel: &CancellationToken) -> Result<Vec<Remote>, AppError>;

    /// One webhook, or nothing when the vendor does not have it.
    async fn read(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<Option<Remote>, AppError>;

    /// What an id list can name; empty when the vendor does not tell.
    async fn options(
        &self,
        _path: &FieldPath,
        _cancel: &CancellationToken,
    ) -> Result<Vec<FieldOption>, AppError> {
        Ok(vec![])
    }

    /// What the id lists of a section's tree can name, inside each other; empty when the section has no tree. A list
    /// that could not be read while others could has no nodes, and [`Session::options`] of it says why.
    async fn tree(&self, _section: &str, _cancel: &CancellationToken) -> Result<Vec<TreeNode>, AppError> {
        Ok(vec![])
    }

    /// Turns a draft into a write. `base` is the webhook as it was just read; absent for a create.
    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        cancel: &CancellationToken,
    ) -> Result<Prepared, PrepareError>;

    /// The write that removes a webhook.
    fn prepare_delete(&self, id: &WebhookId) -> Write {
        Write { action: WriteAction::Delete(id.clone()), body: RawObject::new(serde_json::Value::Null) }
    }

    /// What to know about a webhook with these values beside the others of the connection.
    fn advise(&self, after: &Fields, others: &[Webhook]) -> Vec<Notice>;

    /// The exact requests of these writes, secrets as placeholders.
    async fn preview(
        &self,
        writes: &[&Write],
        cancel: &CancellationToken,
    ) -> Result<Vec<RequestPreview>, AppError>;

    /// Sends one write, once. Never retries what may have had an effect.
    async fn write(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError>;

    /// Sends several deletes in as few requests as the vendor allows; all succeed or the error speaks for all.
    async fn delete(&self, ids: &[WebhookId], cancel: &CancellationToken) -> Result<(), WriteError>;

    /// Whether a webhook is what this write wanted to make: settles a write whose answer was lost.
    fn achieved(&self, write: &Write, remote: &Remote) -> bool;

    /// A stored secret, or the URL with its query values, where the vendor returns it; paths as in
    /// [`Session::revert_secrets`].
    fn reveal(&self, remote: &Remote, path: &FieldPath) -> Option<Secret>;

    /// The whole address that was entered, with what it keeps of the stored one: for a draft that must stand for
    /// itself. The default suits a vendor whose addresses are plain URLs.
    ///
    /// # Errors
    /// [`UrlProblem`] when the entered base is no address or a kept value does not exist.
    fn whole_address(&self, input: &UrlInput, stored: Option<&Secret>) -> Result<Secret, UrlProblem> {
        let stored = stored.and_then(|text| EndpointUrl::parse(text.expose_secret()).ok());
        EndpointUrl::from_input(input, stored.as_ref()).map(|(url, _)| url.full())
    }

    /// Every secret a later revert to this version would need, by path: where the vendor returns them.
    ///
    /// A value of a pair stands under `<field>.<name>`, or `<field>.<group>.<name>` where pairs have groups; the
    /// second and later pairs that would stand under the same path get `#2` and so on, counted over all pairs of
    /// the field in their order.
    fn revert_secrets(&self, remote: &Remote) -> Vec<(FieldPath, Secret)>;

    /// What the vendor would send for an event, in every form it has; empty where nothing is known of it. Asks
    /// nobody.
    fn samples(&self, _event: &EventId) -> Vec<Sample> {
        vec![]
    }

    /// How much of the vendor's allowance is left, as far as it has told.
    fn allowance(&self) -> Option<Allowance> {
        None
    }

    /// A page of the vendor's log of deliveries.
    async fn deliveries(
        &self,
        _id: &WebhookId,
        _query: &DeliveryQuery,
        _cancel: &CancellationToken,
    ) -> Result<DeliveryPage, AppError> {
        Err(AppError::unsupported("This provider", "log of deliveries"))
    }

    /// One delivery with everything the vendor kept of it.
    async fn delivery(
        &self,
        _id: &WebhookId,
        _delivery: &DeliveryId,
        _cancel: &CancellationToken,
    ) -> Result<DeliveryDetail, AppError> {
        Err(AppError::unsupported("This provider", "log of deliveries"))
    }

    /// Sends deliveries again, once, and returns those the vendor took on. `reapply` makes them anew from their
    /// original events. The list is no longer than the capabilities allow.
    async fn replay(
        &self,
        _id: &WebhookId,
        _deliveries: &[DeliveryId],
        _reapply: bool,
        _cancel: &CancellationToken,
    ) -> Result<Vec<DeliveryId>, WriteError> {
        let error = AppError::unsupported("This provider", "log of deliveries");
        Err(WriteError { error, uncertain: false })
    }

    /// Asks the vendor to try something itself. Only what the capabilities name.
    async fn server_test(
        &self,
        _id: &WebhookId,
        _test: &ServerTestRequest,
        _cancel: &CancellationToken,
    ) -> Result<ServerTestResult, AppError> {
        Err(AppError::unsupported("This provider", "test of its own"))
    }
}

/// A webhook as the vendor returned it: stripped for everyone, raw for its provider.
#[derive(Clone, Debug)]
pub struct Remote {
    /// Without secrets.
    pub webhook: Webhook,
    /// As returned.
    pub raw: RawObject,
}

/// A write that is ready to be planned.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The webhook's values as they would be.
    pub fields: Fields,
    /// What it would be called.
    pub title: String,
    /// Host, path and masked query it would have.
    pub endpoint: String,
    /// What to know about this write in particular.
    pub notices: Vec<Notice>,
    /// What would be sent.
    pub write: Write,
}

/// What would be sent, understood by its provider alone.
#[derive(Clone, Debug)]
pub struct Write {
    /// What it does.
    pub action: WriteAction,
    pub(crate) body: RawObject,
}

/// What a write does, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteAction {
    /// Makes a webhook.
    Create,
    /// Changes a webhook.
    Update(WebhookId),
    /// Removes a webhook.
    Delete(WebhookId),
}

/// A write that had its effect.
#[derive(Debug, Default)]
pub struct Written {
    /// The webhook as the vendor answered; absent after a delete.
    pub remote: Option<Remote>,
    /// A later step of the same write failed: the webhook exists and is not all it should be.
    pub incomplete: Option<AppError>,
    /// Secrets that are in this answer and never told again.
    pub told_once: Vec<ToldOnce>,
}

impl Written {
    /// A write that went as it should: the webhook as the vendor answered, absent after a delete.
    pub fn complete(remote: Option<Remote>) -> Self {
        Self { remote, ..Self::default() }
    }
}

/// A secret the vendor tells once.
#[derive(Debug)]
pub struct ToldOnce {
    /// Under which it is kept.
    pub path: FieldPath,
    /// What it is called.
    pub label: String,
    /// The secret.
    pub value: Secret,
}

/// A write that failed.
#[derive(Debug)]
pub struct WriteError {
    /// What happened.
    pub error: AppError,
    /// Whether the vendor may have acted all the same: then read before anything is sent again.
    pub uncertain: bool,
}

/// Why a draft cannot be turned into a write.
#[derive(Debug)]
pub enum PrepareError {
    /// Fields are not right.
    Fields(Vec<FieldError>),
    /// What must be known of the connection could not be read.
    Read(AppError),
}

impl From<AppError> for PrepareError {
    fn from(error: AppError) -> Self {
        Self::Read(error)
    }
}
