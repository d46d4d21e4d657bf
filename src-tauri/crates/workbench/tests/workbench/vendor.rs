//! A vendor that has what Butlr lacks, made of Butlr's provider and simulator: a switch, one event per webhook,
//! marks, secrets told once, and deletes that go one by one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tacklebox_model::{
    AppError, ConnectionReport, EventsPerWebhook, FieldError, FieldInput, FieldOption, FieldPath, FieldValue,
    Fields, Finding, Mark, MarkAsks, MarkKind, Notice, Offer, OnOff, ProviderInfo, RequestPreview, Secret,
    Signing, Webhook, WebhookDraft, WebhookId,
};
use tacklebox_providers::{
    PrepareError, Prepared, Provider, Remote, Session, SessionContext, ToldOnce, Write, WriteAction,
    WriteError, Written,
};
use tacklebox_workbench::Clock;
use tokio_util::sync::CancellationToken;

/// The field that serves as the switch.
pub const SWITCH: &str = "send_on_value_change";
/// An event it refuses.
pub const UNHEARD_OF: &str = "UNHEARD_OF";
pub const SIGNING: &str = "signing_secret";
/// What a new webhook's signing secret begins with.
pub const TOLD: &str = "told-once-";

/// What this vendor does beyond Butlr.
#[derive(Default)]
pub struct Habits {
    /// By title.
    pub marks: Mutex<BTreeMap<String, Vec<Mark>>>,
    /// Any new webhook looks like any create.
    pub lax: AtomicBool,
    /// A request for each delete.
    pub one_by_one: AtomicBool,
}

impl Habits {
    pub fn mark(&self, title: &str, words: &str, asks: MarkAsks) {
        let mark =
            Mark { kind: MarkKind::Protected, label: "Protected".to_owned(), words: words.to_owned(), asks };
        self.marks.lock().unwrap().entry(title.to_owned()).or_default().push(mark);
    }
}

/// The provider.
pub struct Other {
    butlr: Arc<dyn Provider>,
    habits: Arc<Habits>,
}

impl Other {
    pub fn new(habits: Arc<Habits>) -> Self {
        Self { butlr: tacklebox_providers::find(&"butlr".into()).unwrap(), habits }
    }
}

impl Provider for Other {
    fn info(&self) -> ProviderInfo {
        ProviderInfo { name: "Other".to_owned(), ..self.butlr.info() }
    }

    fn check_credentials(&self, public: &BTreeMap<String, String>) -> Vec<FieldError> {
        self.butlr.check_credentials(public)
    }

    fn documented(&self) -> tacklebox_model::Capabilities {
        self.butlr.documented()
    }

    fn session(&self, context: SessionContext) -> Result<Arc<dyn Session>, AppError> {
        Ok(Arc::new(OtherSession { butlr: self.butlr.session(context)?, habits: self.habits.clone() }))
    }
}

struct OtherSession {
    butlr: Arc<dyn Session>,
    habits: Arc<Habits>,
}

impl OtherSession {
    fn dress(&self, mut remote: Remote) -> Remote {
        let webhook = &mut remote.webhook;
        webhook.on = Some(webhook.field(SWITCH) == Some(&FieldValue::Flag(true)));
        webhook.marks = self.habits.marks.lock().unwrap().get(&webhook.title).cloned().unwrap_or_default();
        remote
    }
}

#[async_trait]
impl Session for OtherSession {
    async fn inspect(
        &self,
        say: &(dyn Fn(Finding) + Send + Sync),
        cancel: &CancellationToken,
    ) -> ConnectionReport {
        self.butlr.inspect(say, cancel).await
    }

    async fn offer(&self, cancel: &CancellationToken) -> Result<Arc<Offer>, AppError> {
        let mut offer = (*self.butlr.offer(cancel).await?).clone();
        let label = "Signing secret".to_owned();
        offer.capabilities.on_off = OnOff::Field { path: SWITCH.into() };
        offer.capabilities.events_per_webhook = EventsPerWebhook::One;
        offer.capabilities.signing = Signing::SecretShownOnce { path: SIGNING.into(), label };
        Ok(Arc::new(offer))
    }

    async fn list(&self, cancel: &CancellationToken) -> Result<Vec<Remote>, AppError> {
        let remotes = self.butlr.list(cancel).await?;
        Ok(remotes.into_iter().map(|remote| self.dress(remote)).collect())
    }

    async fn read(&self, id: &WebhookId, cancel: &CancellationToken) -> Result<Option<Remote>, AppError> {
        Ok(self.butlr.read(id, cancel).await?.map(|remote| self.dress(remote)))
    }

    async fn options(
        &self,
        path: &FieldPath,
        cancel: &CancellationToken,
    ) -> Result<Vec<FieldOption>, AppError> {
        self.butlr.options(path, cancel).await
    }

    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
        cancel: &CancellationToken,
    ) -> Result<Prepared, PrepareError> {
        let events = draft.fields.get(&FieldPath::from(FieldPath::EVENTS));
        if matches!(events, Some(FieldInput::List(events)) if events.iter().any(|e| e == UNHEARD_OF)) {
            let error = FieldError::at(FieldPath::EVENTS, "There is no such event.");
            return Err(PrepareError::Fields(vec![error]));
        }
        self.butlr.prepare(draft, base, cancel).await
    }

    fn prepare_delete(&self, id: &WebhookId) -> Write {
        self.butlr.prepare_delete(id)
    }

    fn advise(&self, after: &Fields, others: &[Webhook]) -> Vec<Notice> {
        self.butlr.advise(after, others)
    }

    async fn preview(
        &self,
        writes: &[&Write],
        cancel: &CancellationToken,
    ) -> Result<Vec<RequestPreview>, AppError> {
        self.butlr.preview(writes, cancel).await
    }

    async fn write(&self, write: &Write, cancel: &CancellationToken) -> Result<Written, WriteError> {
        let mut written = self.butlr.write(write, cancel).await?;
        let remote = written.remote.take().map(|remote| self.dress(remote));
        if let (WriteAction::Create, Some(remote)) = (&write.action, &remote) {
            let value = Secret::from(format!("{TOLD}{}", remote.webhook.id));
            written.told_once =
                vec![ToldOnce { path: SIGNING.into(), label: "Signing secret".to_owned(), value }];
        }
        Ok(Written { remote, ..written })
    }

    async fn delete(&self, ids: &[WebhookId], cancel: &CancellationToken) -> Result<(), WriteError> {
        if !self.habits.one_by_one.load(Ordering::SeqCst) {
            return self.butlr.delete(ids, cancel).await;
        }
        for (done, id) in ids.iter().enumerate() {
            if let Err(error) = self.butlr.delete(std::slice::from_ref(id), cancel).await {
                return Err(WriteError { uncertain: error.uncertain || done > 0, ..error });
            }
        }
        Ok(())
    }

    fn achieved(&self, write: &Write, remote: &Remote) -> bool {
        let lax = self.habits.lax.load(Ordering::SeqCst) && write.action == WriteAction::Create;
        lax || self.butlr.achieved(write, remote)
    }

    fn reveal(&self, remote: &Remote, path: &FieldPath) -> Option<Secret> {
        self.butlr.reveal(remote, path)
    }

    fn revert_secrets(&self, remote: &Remote) -> Vec<(FieldPath, Secret)> {
        self.butlr.revert_secrets(remote)
    }
}

/// A clock by which all waits are over at once, unless it is held: then they never are.
#[derive(Default)]
pub struct TestClock {
    waits_ms: Mutex<Vec<u128>>,
    held: AtomicBool,
}

impl TestClock {
    pub fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// How long was waited, in milliseconds.
    pub fn waits_ms(&self) -> Vec<u128> {
        self.waits_ms.lock().unwrap().clone()
    }
}

#[async_trait]
impl Clock for TestClock {
    async fn sleep(&self, time: Duration) {
        self.waits_ms.lock().unwrap().push(time.as_millis());
        if self.held.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }
}
