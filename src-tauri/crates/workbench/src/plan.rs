//! Planning: what a write would change, computed from a fresh read, kept here until it is applied.

mod carry;
mod group;
mod secrets;
mod seen;
mod split;

pub use carry::{carry, keeps_anything};
pub use secrets::pair_paths;
pub use seen::{Plan, PlannedGroup, PlannedItem, Plans, SeenPlan};

use crate::webhooks::place;
use crate::{Workbench, failure, uncancellable};
use futures::future::join_all;
use group::GroupPlanner;
use seen::DrawnGroup;
use tacklebox_model::{
    AppError, Connection, ConnectionId, PlanGroup, PlanId, PlanRequest, PlanView, Revision, WebhookDraft,
    WebhookId, WebhookPick,
};

/// What is to be done to each of several webhooks.
#[derive(Clone, Copy)]
enum Task {
    Switch { on: bool },
    Delete,
}

impl Workbench {
    /// Plans what the user wants written, from a fresh read. Writes nothing.
    ///
    /// # Errors
    /// The connection is read-only, or the vendor cannot be asked. What is wrong with an item is in the item, and
    /// where webhooks of any organisations are chosen, what is wrong with an organisation is in its group.
    pub async fn plan(&self, request: &PlanRequest) -> Result<PlanView, AppError> {
        Ok(self.plans.keep(self.draw_up(request).await?))
    }

    /// Forgets a plan that will not be applied.
    pub fn discard_plan(&self, id: &PlanId) {
        self.plans.discard(id);
    }

    /// A plan that is not kept yet.
    pub(crate) async fn draw_up(&self, request: &PlanRequest) -> Result<Plan, AppError> {
        match request {
            PlanRequest::Create { connection, draft, source } => {
                let mut group = self.group(&self.connection(connection)?).await?;
                group.create(draft, source.as_ref()).await?;
                Plan::new(vec![group.finish().await?], false)
            }
            PlanRequest::Update { webhook, revision, draft } => {
                Plan::new(vec![self.plan_update(webhook, revision, draft).await?], false)
            }
            PlanRequest::Switch { webhooks, on } => {
                Plan::new(self.plan_each(webhooks, Task::Switch { on: *on }).await?, true)
            }
            PlanRequest::Delete { webhooks } => {
                Plan::new(self.plan_each(webhooks, Task::Delete).await?, false)
            }
        }
    }

    async fn plan_update(
        &self,
        webhook: &WebhookPick,
        revision: &Revision,
        draft: &WebhookDraft,
    ) -> Result<DrawnGroup, AppError> {
        let mut group = self.group(&self.connection(&webhook.connection)?).await?;
        let opened = self.plans.opened(&webhook.id, revision);
        group.update(&webhook.id, opened, revision, draft).await?;
        // Should they change it once more, it is compared with what was shown now.
        let now = group.remotes.iter().filter(|r| r.webhook.id == webhook.id);
        now.for_each(|r| self.plans.remember_opened(r));
        group.finish().await
    }

    /// Plans the same for webhooks of any organisations, which are read at the same time. One that fails does not
    /// disturb the others.
    async fn plan_each(&self, webhooks: &[WebhookPick], task: Task) -> Result<Vec<DrawnGroup>, AppError> {
        let mut picked = Vec::new();
        for (connection, ids) in by_connection(webhooks) {
            picked.push((self.connection(&connection)?, ids));
        }
        let groups = picked.iter().map(|(connection, ids)| async move {
            self.plan_group(connection, ids, task).await.unwrap_or_else(|error| failed(connection, error))
        });
        Ok(join_all(groups).await)
    }

    async fn plan_group(
        &self,
        connection: &Connection,
        ids: &[WebhookId],
        task: Task,
    ) -> Result<DrawnGroup, AppError> {
        let mut group = self.group(connection).await?;
        for id in ids {
            match task {
                Task::Switch { on } => group.switch(id, on).await?,
                Task::Delete => group.delete(id),
            }
        }
        group.finish().await
    }

    async fn group(&self, connection: &Connection) -> Result<GroupPlanner, AppError> {
        failure::read_only(connection)?;
        let session = self.session(connection)?;
        let here = |e: AppError| e.at(place(connection, "planning"));
        let offer = session.offer(&uncancellable()).await.map_err(here)?;
        let remotes = self.list_and_remember(connection, &uncancellable()).await.map_err(here)?.remotes;
        Ok(GroupPlanner {
            connection: connection.clone(),
            offer,
            session,
            remotes,
            vendor: self.provider(connection)?.info().name,
            items: vec![],
            ready: vec![],
            notices: vec![],
        })
    }
}

/// Nothing could be planned at this organisation.
fn failed(connection: &Connection, error: AppError) -> DrawnGroup {
    let view = PlanGroup {
        connection: connection.tag(),
        items: vec![],
        requests: vec![],
        notices: vec![],
        failed: Some(error),
    };
    DrawnGroup { view, planned: None }
}

/// The picks by organisation, in their order, each once.
fn by_connection(picks: &[WebhookPick]) -> Vec<(ConnectionId, Vec<WebhookId>)> {
    let mut groups: Vec<(ConnectionId, Vec<WebhookId>)> = Vec::new();
    for pick in picks {
        match groups.iter_mut().find(|(connection, _)| connection == &pick.connection) {
            Some((_, ids)) if ids.contains(&pick.id) => {}
            Some((_, ids)) => ids.push(pick.id.clone()),
            None => groups.push((pick.connection.clone(), vec![pick.id.clone()])),
        }
    }
    groups
}
