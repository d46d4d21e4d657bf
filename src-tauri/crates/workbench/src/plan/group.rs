//! Planning the changes to one organisation.

use super::carry;
use super::secrets::mark_changed_secrets;
use super::seen::{DrawnGroup, PlannedGroup, PlannedItem};
use super::split;
use crate::uncancellable;
use crate::webhooks::place;
use std::sync::Arc;
use tacklebox_model::{
    Action, AppError, Connection, Fault, FieldError, FieldInput, FieldPath, FieldValue, Fields, ItemState,
    Mark, MarkAsks, Notice, NoticeLevel, Offer, OnOff, PlanGroup, PlanItem, Revision, Webhook, WebhookDraft,
    WebhookId, diff_fields, three_way,
};
use tacklebox_providers::{PrepareError, Prepared, Remote, Session, Write};

/// Where an error stands that is about the switch and no field of the form.
const SWITCH: &str = "on";

/// Plans the changes to one organisation.
pub struct GroupPlanner {
    pub connection: Connection,
    pub offer: Arc<Offer>,
    pub session: Arc<dyn Session>,
    /// All webhooks, as they were just read.
    pub remotes: Vec<Remote>,
    pub vendor: String,
    pub items: Vec<PlanItem>,
    pub ready: Vec<PlannedItem>,
    pub notices: Vec<Notice>,
}

impl GroupPlanner {
    /// Plans a new webhook. What its draft keeps is that of the source, as it is now.
    pub async fn create(&mut self, draft: &WebhookDraft, source: Option<&WebhookId>) -> Result<(), AppError> {
        let made_from = source.and_then(|id| self.current(id));
        if source.is_some() && made_from.is_none() && carry::keeps_anything(draft) {
            return Err(source_gone().at(place(&self.connection, "planning")));
        }
        let carried = match &made_from {
            Some(source) => carry(self.session.as_ref(), &self.vendor, source, draft),
            None => Ok(draft.clone()),
        };
        match carried {
            Ok(draft) => {
                self.notices.extend(made_from.as_ref().and_then(not_taken_over));
                self.create_each(&draft).await
            }
            Err(errors) => {
                self.blocked(Action::Create, None, name(draft), errors);
                Ok(())
            }
        }
    }

    async fn create_each(&mut self, draft: &WebhookDraft) -> Result<(), AppError> {
        let drafts = split::per_event(&self.offer, draft);
        let mut outcomes = Vec::new();
        for draft in &drafts {
            outcomes.push(self.prepare(draft, None).await?);
        }
        if drafts.len() > 1 {
            self.notices.push(split::notice(&self.vendor, drafts.len()));
        }
        if outcomes.iter().all(Result::is_err) {
            let errors = outcomes.into_iter().filter_map(Result::err).collect();
            self.blocked(Action::Create, None, name(draft), split::together(errors));
            return Ok(());
        }
        for (draft, outcome) in drafts.iter().zip(outcomes) {
            match outcome {
                Ok(prepared) => self.push_create(prepared),
                Err(errors) => self.blocked(Action::Create, None, name(draft), errors),
            }
        }
        Ok(())
    }

    pub async fn update(
        &mut self,
        id: &WebhookId,
        opened: Option<Remote>,
        revision: &Revision,
        draft: &WebhookDraft,
    ) -> Result<(), AppError> {
        let Some(current) = self.current(id) else {
            let title = opened.map_or_else(|| id.to_string(), |o| o.webhook.title);
            self.gone(Action::Update, id, &title);
            return Ok(());
        };
        if current.webhook.revision.as_ref() != Some(revision) {
            return self.stale(&current, opened, draft).await;
        }
        self.change(current, draft).await
    }

    pub async fn switch(&mut self, id: &WebhookId, on: bool) -> Result<(), AppError> {
        let Some(current) = self.current(id) else {
            self.gone(Action::Update, id, id.as_str());
            return Ok(());
        };
        let path = match &self.offer.capabilities.on_off {
            OnOff::Field { path } => path.clone(),
            OnOff::AlwaysOn => {
                let words =
                    format!("{} has no switch: its webhooks send as long as they exist.", self.vendor);
                let errors = vec![FieldError::at(SWITCH, words)];
                self.blocked(Action::Update, Some(&current), &current.webhook.title, errors);
                return Ok(());
            }
        };
        let is_on = match current.webhook.fields.get(&path) {
            Some(FieldValue::Flag(is_on)) => Some(*is_on),
            _ => current.webhook.on,
        };
        if is_on == Some(on) {
            let item = self.item_of(Action::Update, &current);
            self.items.push(PlanItem { state: ItemState::Unchanged, ..item });
            return Ok(());
        }
        let draft = WebhookDraft { fields: [(path, FieldInput::Flag(on))].into() };
        self.change(current, &draft).await
    }

    pub fn delete(&mut self, id: &WebhookId) {
        let Some(current) = self.current(id) else { return self.gone(Action::Delete, id, id.as_str()) };
        if self.notices.is_empty() {
            let words = format!("{} stops sending at once.", self.vendor);
            self.notices.push(Notice { level: NoticeLevel::Warning, path: None, words });
        }
        let item = self.item_of(Action::Delete, &current);
        let write = self.session.prepare_delete(id);
        self.push(item, write, Some(current), None);
    }

    /// The plan of this organisation, with the exact requests.
    pub async fn finish(self) -> Result<DrawnGroup, AppError> {
        let writes: Vec<&Write> = self.ready.iter().map(|item| &item.write).collect();
        let requests = self.session.preview(&writes, &uncancellable()).await;
        let requests = requests.map_err(|e| e.at(place(&self.connection, "planning")))?;
        let view = PlanGroup {
            connection: self.connection.tag(),
            items: self.items,
            requests,
            notices: self.notices,
            failed: None,
        };
        let planned = PlannedGroup { connection: self.connection, offer: self.offer, items: self.ready };
        Ok(DrawnGroup { view, planned: Some(planned) })
    }

    async fn change(&mut self, current: Remote, draft: &WebhookDraft) -> Result<(), AppError> {
        let prepared = match self.prepare(draft, Some(&current)).await? {
            Ok(prepared) => prepared,
            Err(errors) => {
                self.blocked(Action::Update, Some(&current), &current.webhook.title, errors);
                return Ok(());
            }
        };
        let changes = diff_fields(&self.offer.capabilities, &current.webhook.fields, &prepared.fields);
        let unchanged = changes.iter().all(|change| !change.changed);
        let item = PlanItem {
            changes,
            notices: self.notices_for(&prepared, Some(&current)),
            title: prepared.title,
            endpoint: prepared.endpoint,
            ..self.item_of(Action::Update, &current)
        };
        if unchanged {
            self.items.push(PlanItem { state: ItemState::Unchanged, ..item });
        } else {
            self.push(item, prepared.write, Some(current), Some(prepared.fields));
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
        let prepared = match self.prepare(draft, Some(&opened)).await? {
            Ok(prepared) => prepared,
            Err(errors) => {
                self.blocked(Action::Update, Some(&opened), &opened.webhook.title, errors);
                return Ok(());
            }
        };
        let now = mark_changed_secrets(self.session.as_ref(), &opened, current);
        let fields = three_way(&self.offer.capabilities, &opened.webhook.fields, &now, &prepared.fields);
        let revision = current.webhook.revision.clone().unwrap_or_else(|| current.raw.revision());
        let item = self.item_of(Action::Update, current);
        self.items.push(PlanItem { state: ItemState::Stale { revision, fields }, ..item });
        Ok(())
    }

    /// Prepares a draft, or says which of its fields are not right.
    async fn prepare(
        &self,
        draft: &WebhookDraft,
        base: Option<&Remote>,
    ) -> Result<Result<Prepared, Vec<FieldError>>, AppError> {
        match self.session.prepare(draft, base, &uncancellable()).await {
            Ok(prepared) => Ok(Ok(prepared)),
            Err(PrepareError::Read(error)) => Err(error.at(place(&self.connection, "planning"))),
            Err(PrepareError::Fields(errors)) => Ok(Err(errors)),
        }
    }

    fn current(&self, id: &WebhookId) -> Option<Remote> {
        self.remotes.iter().find(|r| &r.webhook.id == id).cloned()
    }

    fn gone(&mut self, action: Action, id: &WebhookId, title: &str) {
        let item = self.item(action, Some(id.clone()), title, "");
        self.items.push(PlanItem { state: ItemState::Gone, ..item });
    }

    fn blocked(&mut self, action: Action, base: Option<&Remote>, title: &str, errors: Vec<FieldError>) {
        let item = self.item(action, base.map(|b| b.webhook.id.clone()), title, "");
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

    fn item_of(&self, action: Action, base: &Remote) -> PlanItem {
        let webhook = &base.webhook;
        self.item(action, Some(webhook.id.clone()), &webhook.title, &webhook.endpoint)
    }

    /// The next item of this organisation.
    fn item(&self, action: Action, webhook: Option<WebhookId>, title: &str, endpoint: &str) -> PlanItem {
        PlanItem {
            index: u32::try_from(self.items.len()).unwrap_or(u32::MAX),
            action,
            webhook,
            title: title.to_owned(),
            endpoint: endpoint.to_owned(),
            changes: vec![],
            state: ItemState::Ready,
            notices: vec![],
            ask_again: None,
        }
    }

    fn push_create(&mut self, prepared: Prepared) {
        let item = PlanItem {
            changes: diff_fields(&self.offer.capabilities, &Fields::new(), &prepared.fields),
            notices: self.notices_for(&prepared, None),
            ..self.item(Action::Create, None, &prepared.title, &prepared.endpoint)
        };
        self.push(item, prepared.write, None, Some(prepared.fields));
    }

    fn push(&mut self, mut item: PlanItem, write: Write, base: Option<Remote>, after: Option<Fields>) {
        let marks = base.as_ref().map(|base| base.webhook.marks.as_slice()).unwrap_or_default();
        let asking: Vec<&Mark> = marks.iter().filter(|mark| asks(mark, item.action)).collect();
        if !asking.is_empty() {
            // A question says it; a notice need not say it too.
            item.notices.retain(|notice| asking.iter().all(|mark| mark.words != notice.words));
            item.ask_again =
                Some(asking.iter().map(|mark| mark.words.as_str()).collect::<Vec<_>>().join(" "));
        }
        self.items.push(item.clone());
        self.ready.push(PlannedItem { item, write, base, after });
    }
}

/// Whether a mark wants to be agreed to before this.
fn asks(mark: &Mark, action: Action) -> bool {
    match mark.asks {
        MarkAsks::Never => false,
        MarkAsks::BeforeDelete => action == Action::Delete,
        MarkAsks::BeforeAnyWrite => matches!(action, Action::Update | Action::Delete),
    }
}

/// Says what a webhook has that no draft of another can say.
fn not_taken_over(source: &Remote) -> Option<Notice> {
    let Webhook { title, preserved, .. } = &source.webhook;
    let words =
        format!("Not taken over from {title}, because the form does not show it: {}.", preserved.join(", "));
    (!preserved.is_empty()).then_some(Notice { level: NoticeLevel::Warning, path: None, words })
}

fn source_gone() -> AppError {
    AppError::new(Fault::NotFound, "The webhook this one is made from no longer exists.").advise(
        "Enter the secrets and the values of the address that were to be taken from it, or begin anew.",
    )
}

/// What a draft calls a new webhook.
fn name(draft: &WebhookDraft) -> &str {
    match draft.fields.get(&FieldPath::from(FieldPath::NAME)) {
        Some(FieldInput::Text(name)) if !name.trim().is_empty() => name,
        _ => "New webhook",
    }
}
