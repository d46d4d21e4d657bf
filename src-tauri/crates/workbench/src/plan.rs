//! Planning: what a write would change, computed from a fresh read, kept here until it is applied.

use crate::webhooks::place;
use crate::{Workbench, uncancellable};
use secrecy::ExposeSecret;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_model::{
    Action, AppError, Capabilities, Connection, Fault, FieldError, FieldPath, FieldValue, Fields, ItemState,
    Notice, NoticeLevel, PlanGroup, PlanId, PlanItem, PlanRequest, PlanView, Revision, Webhook, WebhookDraft,
    WebhookId, WebhookPick, diff_fields, three_way,
};
use tacklebox_providers::{PrepareError, Prepared, RawObject, Remote, Session, Write};

/// Plans and opened webhooks a window may still come back to.
const KEEP: usize = 64;

/// Plans waiting to be applied, and the webhooks forms were opened on.
#[derive(Default)]
pub struct Plans {
    plans: Mutex<VecDeque<Plan>>,
    opened: Mutex<VecDeque<(Revision, Remote)>>,
}

/// A plan nobody has confirmed yet. It cannot be applied: only a [`SeenPlan`] can.
pub struct Plan {
    view: PlanView,
    groups: Vec<PlannedGroup>,
}

/// A plan whose exact view was shown and confirmed.
pub struct SeenPlan {
    pub groups: Vec<PlannedGroup>,
}

/// The writes to one organisation.
pub struct PlannedGroup {
    pub connection: Connection,
    pub capabilities: Capabilities,
    pub items: Vec<PlannedItem>,
}

/// One write that is ready.
pub struct PlannedItem {
    pub item: PlanItem,
    pub write: Write,
    /// The webhook as it was when planned; absent for a create.
    pub base: Option<Remote>,
    /// Its values after the write; absent for a delete.
    pub after: Option<Fields>,
}

impl Plans {
    /// Remembers the webhook a form was opened on, for a three-way difference later.
    pub fn remember_opened(&self, remote: &Remote) {
        if let Some(revision) = remote.webhook.revision.clone() {
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            opened.retain(|(known, _)| known != &revision);
            opened.push_back((revision, remote.clone()));
            if opened.len() > KEEP {
                opened.pop_front();
            }
        }
    }

    /// Takes a plan out for applying. The digest proves that its view, as it is, was shown.
    pub fn confirm(&self, id: &PlanId, digest: &str) -> Result<SeenPlan, AppError> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let at = plans.iter().position(|plan| &plan.view.id == id && plan.view.digest == digest);
        let plan = at.and_then(|at| plans.remove(at)).ok_or_else(|| {
            AppError::new(Fault::PlanGone, "This review is out of date. Nothing was sent.")
                .advise("Review the changes again.")
        })?;
        Ok(SeenPlan { groups: plan.groups })
    }

    /// Forgets a plan that will not be applied.
    pub fn discard(&self, id: &PlanId) {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner).retain(|plan| &plan.view.id != id);
    }

    fn opened(&self, id: &WebhookId, revision: &Revision) -> Option<Remote> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let found = opened.iter().find(|(known, remote)| known == revision && &remote.webhook.id == id);
        found.map(|(_, remote)| remote.clone())
    }

    fn keep(&self, view: PlanView, groups: Vec<PlannedGroup>) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.push_back(Plan { view, groups });
        if plans.len() > KEEP {
            plans.pop_front();
        }
    }
}

impl Workbench {
    /// Plans what the user wants written, from a fresh read. Writes nothing.
    ///
    /// # Errors
    /// The connection is read-only, or the vendor cannot be asked. What is wrong with an item is in the item.
    pub async fn plan(&self, request: &PlanRequest) -> Result<PlanView, AppError> {
        let mut groups = Vec::new();
        match request {
            PlanRequest::Create { connection, draft } => {
                let mut group = self.group(&self.connection(connection)?, 0).await?;
                group.create(draft).await?;
                groups.push(group);
            }
            PlanRequest::Update { webhook, revision, draft } => {
                let mut group = self.group(&self.connection(&webhook.connection)?, 0).await?;
                let opened = self.plans.opened(&webhook.id, revision);
                group.update(&webhook.id, opened, revision, draft).await?;
                // Should they change it once more, it is compared with what was shown now.
                group
                    .remotes
                    .iter()
                    .filter(|r| r.webhook.id == webhook.id)
                    .for_each(|r| self.plans.remember_opened(r));
                groups.push(group);
            }
            PlanRequest::Delete { webhooks } => {
                let mut next = 0;
                for (connection, ids) in by_connection(webhooks) {
                    let mut group = self.group(&self.connection(&connection)?, next).await?;
                    ids.iter().for_each(|id| group.delete(id));
                    next = group.next;
                    groups.push(group);
                }
            }
        }
        self.finish(groups).await
    }

    /// Forgets a plan that will not be applied.
    pub fn discard_plan(&self, id: &PlanId) {
        self.plans.discard(id);
    }

    async fn group(&self, connection: &Connection, next: u32) -> Result<GroupPlanner, AppError> {
        if connection.read_only {
            return Err(AppError::read_only(&connection.label));
        }
        let session = self.session(connection)?;
        let here = |e: AppError| e.at(place(connection, "planning"));
        let offer = session.offer(&uncancellable()).await.map_err(here)?;
        let remotes = self.list_and_remember(connection, &uncancellable()).await.map_err(here)?.remotes;
        let vendor = self.provider(connection)?.info().name;
        Ok(GroupPlanner {
            connection: connection.clone(),
            capabilities: offer.capabilities.clone(),
            session,
            remotes,
            vendor,
            next,
            items: vec![],
            ready: vec![],
            notices: vec![],
        })
    }

    async fn finish(&self, groups: Vec<GroupPlanner>) -> Result<PlanView, AppError> {
        let mut view = PlanView { id: PlanId::random(), digest: String::new(), groups: vec![], writable: 0 };
        let mut planned = Vec::new();
        for group in groups {
            let writes: Vec<&Write> = group.ready.iter().map(|item| &item.write).collect();
            let requests = group.session.preview(&writes, &uncancellable()).await;
            let requests = requests.map_err(|e| e.at(place(&group.connection, "planning")))?;
            view.writable += u32::try_from(group.ready.len()).unwrap_or(u32::MAX);
            view.groups.push(PlanGroup {
                connection: group.connection.tag(),
                items: group.items,
                requests,
                notices: group.notices,
            });
            planned.push(PlannedGroup {
                connection: group.connection,
                capabilities: group.capabilities,
                items: group.ready,
            });
        }
        let content =
            serde_json::to_value(&view).map_err(|_| AppError::internal("A plan could not be shown."))?;
        view.digest = RawObject::new(content).revision().as_str().to_owned();
        self.plans.keep(view.clone(), planned);
        Ok(view)
    }
}

/// Plans the changes to one organisation.
struct GroupPlanner {
    connection: Connection,
    capabilities: Capabilities,
    session: Arc<dyn Session>,
    remotes: Vec<Remote>,
    vendor: String,
    next: u32,
    items: Vec<PlanItem>,
    ready: Vec<PlannedItem>,
    notices: Vec<Notice>,
}

impl GroupPlanner {
    async fn create(&mut self, draft: &WebhookDraft) -> Result<(), AppError> {
        let Some(prepared) = self.prepare(draft, None).await? else { return Ok(()) };
        let item = PlanItem {
            changes: diff_fields(&self.capabilities, &Fields::new(), &prepared.fields),
            notices: self.notices_for(&prepared, None),
            ..self.item(Action::Create, None, &prepared.title, &prepared.endpoint)
        };
        self.push(item, prepared, None);
        Ok(())
    }

    async fn update(
        &mut self,
        id: &WebhookId,
        opened: Option<Remote>,
        revision: &Revision,
        draft: &WebhookDraft,
    ) -> Result<(), AppError> {
        let Some(current) = self.remotes.iter().find(|r| &r.webhook.id == id).cloned() else {
            let title = opened.map_or_else(|| id.to_string(), |o| o.webhook.title);
            let item = self.item(Action::Update, Some(id.clone()), &title, "");
            self.items.push(PlanItem { state: ItemState::Gone, ..item });
            return Ok(());
        };
        if current.webhook.revision.as_ref() != Some(revision) {
            return self.stale(&current, opened, draft).await;
        }
        let Some(prepared) = self.prepare(draft, Some(&current)).await? else { return Ok(()) };
        let changes = diff_fields(&self.capabilities, &current.webhook.fields, &prepared.fields);
        let unchanged = changes.iter().all(|change| !change.changed);
        let item = PlanItem {
            changes,
            notices: self.notices_for(&prepared, Some(&current)),
            ..self.item(Action::Update, Some(id.clone()), &prepared.title, &prepared.endpoint)
        };
        if unchanged {
            self.items.push(PlanItem { state: ItemState::Unchanged, ..item });
        } else {
            self.push(item, prepared, Some(current));
        }
        Ok(())
    }

    /// The vendor's copy is not the one the form was opened on: what was read, what is there, what is wanted.
    async fn stale(
        &mut self,
        current: &Remote,
        opened: Option<Remote>,
        draft: &WebhookDraft,
    ) -> Result<(), AppError> {
        let Some(opened) = opened else {
            return Err(AppError::new(
                Fault::Stale,
                "This form is too old to compare with what is there now.",
            )
            .advise("Open the webhook again; copy what you want to keep first."));
        };
        let Some(prepared) = self.prepare(draft, Some(&opened)).await? else { return Ok(()) };
        let now = mark_changed_secrets(self.session.as_ref(), &opened, current);
        let fields = three_way(&self.capabilities, &opened.webhook.fields, &now, &prepared.fields);
        let revision = current.webhook.revision.clone().unwrap_or_else(|| current.raw.revision());
        let id = Some(current.webhook.id.clone());
        let item = self.item(Action::Update, id, &current.webhook.title, &current.webhook.endpoint);
        self.items.push(PlanItem { state: ItemState::Stale { revision, fields }, ..item });
        Ok(())
    }

    fn delete(&mut self, id: &WebhookId) {
        let Some(current) = self.remotes.iter().find(|r| &r.webhook.id == id).cloned() else {
            let item = self.item(Action::Delete, Some(id.clone()), id.as_str(), "");
            self.items.push(PlanItem { state: ItemState::Gone, ..item });
            return;
        };
        if self.notices.is_empty() {
            let words = format!("{} stops sending at once.", self.vendor);
            self.notices.push(Notice { level: NoticeLevel::Warning, path: None, words });
        }
        let webhook = &current.webhook;
        let item = self.item(Action::Delete, Some(id.clone()), &webhook.title, &webhook.endpoint);
        self.items.push(item.clone());
        let write = self.session.prepare_delete(id);
        self.ready.push(PlannedItem { item, write, base: Some(current), after: None });
    }

    /// Prepares a draft; when fields are not right, the blocked item says so and there is nothing prepared.
    async fn prepare(
        &mut self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
    ) -> Result<Option<Prepared>, AppError> {
        match self.session.prepare(draft, base, &uncancellable()).await {
            Ok(prepared) => Ok(Some(prepared)),
            Err(PrepareError::Read(error)) => Err(error.at(place(&self.connection, "planning"))),
            Err(PrepareError::Fields(errors)) => {
                self.blocked(base, errors);
                Ok(None)
            }
        }
    }

    fn blocked(&mut self, base: Option<&Remote>, errors: Vec<FieldError>) {
        let action = if base.is_some() { Action::Update } else { Action::Create };
        let id = base.map(|b| b.webhook.id.clone());
        let title = base.map_or("New webhook", |b| b.webhook.title.as_str()).to_owned();
        let item = self.item(action, id, &title, "");
        self.items.push(PlanItem { state: ItemState::Blocked { errors }, ..item });
    }

    fn notices_for(&self, prepared: &Prepared, base: Option<&Remote>) -> Vec<Notice> {
        let others: Vec<Webhook> = self
            .remotes
            .iter()
            .filter(|r| base.is_none_or(|b| b.webhook.id != r.webhook.id))
            .map(|r| r.webhook.clone())
            .collect();
        let mut notices = prepared.notices.clone();
        notices.extend(self.session.advise(&prepared.fields, &others));
        notices
    }

    fn item(&mut self, action: Action, webhook: Option<WebhookId>, title: &str, endpoint: &str) -> PlanItem {
        let index = self.next;
        self.next += 1;
        PlanItem {
            index,
            action,
            webhook,
            title: title.to_owned(),
            endpoint: endpoint.to_owned(),
            changes: vec![],
            state: ItemState::Ready,
            notices: vec![],
        }
    }

    fn push(&mut self, item: PlanItem, prepared: Prepared, base: Option<Remote>) {
        self.items.push(item.clone());
        self.ready.push(PlannedItem { item, write: prepared.write, base, after: Some(prepared.fields) });
    }
}

/// The current fields, with secrets marked that differ from those of the opened version: their values
/// are the same dots, yet somebody changed them.
fn mark_changed_secrets(session: &dyn Session, opened: &Remote, current: &Remote) -> Fields {
    let before: HashMap<FieldPath, _> = session.revert_secrets(opened).into_iter().collect();
    let mut fields = current.webhook.fields.clone();
    for (path, secret) in session.revert_secrets(current) {
        let Some(old) = before.get(&path).map(ExposeSecret::expose_secret) else { continue };
        match fields.get_mut(&path) {
            Some(FieldValue::Secret(state)) => state.replaced = old != secret.expose_secret(),
            Some(FieldValue::Url(url)) => {
                let (old, new) = (query(old), query(secret.expose_secret()));
                for (shown, param) in url.query.iter_mut().zip(new) {
                    shown.replaced = shown.has_value && !old.contains(&param);
                }
            }
            _ => {}
        }
    }
    fields
}

/// The query parameters of an address as they stand in it.
fn query(url: &str) -> Vec<&str> {
    let url = url.split('#').next().unwrap_or_default();
    url.split_once('?').map(|(_, query)| query.split('&').collect()).unwrap_or_default()
}

fn by_connection(picks: &[WebhookPick]) -> Vec<(tacklebox_model::ConnectionId, Vec<WebhookId>)> {
    let mut groups: Vec<(tacklebox_model::ConnectionId, Vec<WebhookId>)> = Vec::new();
    for pick in picks {
        match groups.iter_mut().find(|(connection, _)| connection == &pick.connection) {
            Some((_, ids)) if ids.contains(&pick.id) => {}
            Some((_, ids)) => ids.push(pick.id.clone()),
            None => groups.push((pick.connection.clone(), vec![pick.id.clone()])),
        }
    }
    groups
}
