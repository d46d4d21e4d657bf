//! Plans kept until they are applied, and the only two ways in which one may be.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_model::{
    AppError, Connection, Environment, Fault, FieldError, Fields, ItemState, NoticeLevel, Offer, PlanGroup,
    PlanId, PlanItem, PlanView, Revision, WebhookId,
};
use tacklebox_providers::{RawObject, Remote, Write};

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
    pub view: PlanView,
    groups: Vec<PlannedGroup>,
    /// It only switches webhooks on or off.
    switches: bool,
}

/// A plan that may be applied: its exact view was shown and confirmed ([`Plans::confirm`]), or it is the one
/// kind that need not be ([`SeenPlan::single_flip`]). Nothing else makes one.
pub struct SeenPlan {
    groups: Vec<PlannedGroup>,
}

/// The writes to one organisation.
pub struct PlannedGroup {
    pub connection: Connection,
    pub offer: Arc<Offer>,
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

/// One organisation's part of a plan, its items numbered from 0; nothing is planned where it failed.
pub struct DrawnGroup {
    pub view: PlanGroup,
    pub planned: Option<PlannedGroup>,
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

    /// The webhook a form was opened on.
    pub fn opened(&self, id: &WebhookId, revision: &Revision) -> Option<Remote> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let found = opened.iter().find(|(known, remote)| known == revision && &remote.webhook.id == id);
        found.map(|(_, remote)| remote.clone())
    }

    /// Keeps a plan until it is confirmed, and returns its view.
    pub fn keep(&self, plan: Plan) -> PlanView {
        let view = plan.view.clone();
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.push_back(plan);
        if plans.len() > KEEP {
            plans.pop_front();
        }
        view
    }

    /// Takes a plan out for applying. The digest proves that its view, as it is, was shown. A plan with a question
    /// that was not agreed to is kept, so that it still can be.
    pub fn confirm(&self, id: &PlanId, digest: &str, agreed: &[u32]) -> Result<SeenPlan, AppError> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = || {
            AppError::new(Fault::PlanGone, "This review is out of date. Nothing was sent.")
                .advise("Review the changes again.")
        };
        let at = plans.iter().position(|plan| &plan.view.id == id && plan.view.digest == digest);
        let at = at.ok_or_else(gone)?;
        plans.get(at).map_or(Ok(()), |plan| plan.check_agreed(agreed))?;
        let plan = plans.remove(at).ok_or_else(gone)?;
        Ok(SeenPlan { groups: plan.groups })
    }

    /// Forgets a plan that will not be applied.
    pub fn discard(&self, id: &PlanId) {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner).retain(|plan| &plan.view.id != id);
    }
}

impl Plan {
    /// Puts the parts together and numbers their items through.
    pub fn new(parts: Vec<DrawnGroup>, switches: bool) -> Result<Self, AppError> {
        let mut view = PlanView { id: PlanId::random(), digest: String::new(), groups: vec![], writable: 0 };
        let mut groups = Vec::new();
        let mut next = 0;
        for DrawnGroup { view: mut group, planned } in parts {
            let offset = next;
            group.items.iter_mut().for_each(|item| item.index += offset);
            next += count(group.items.len());
            view.groups.push(group);
            if let Some(mut planned) = planned {
                planned.items.iter_mut().for_each(|planned| planned.item.index += offset);
                view.writable += count(planned.items.len());
                groups.push(planned);
            }
        }
        let content =
            serde_json::to_value(&view).map_err(|_| AppError::internal("A plan could not be shown."))?;
        view.digest = RawObject::new(content).revision().as_str().to_owned();
        Ok(Self { view, groups, switches })
    }

    fn writable(&self) -> impl Iterator<Item = &PlanItem> {
        self.groups.iter().flat_map(|group| &group.items).map(|planned| &planned.item)
    }

    fn check_agreed(&self, agreed: &[u32]) -> Result<(), AppError> {
        let open = self.writable().filter(|item| !agreed.contains(&item.index)).filter_map(|item| {
            let question = item.ask_again.as_ref()?;
            let message = format!("{} asks for your agreement: {question}", item.title);
            Some(FieldError::at(format!("acknowledged.{}", item.index).as_str(), message))
        });
        let fields: Vec<_> = open.collect();
        let message = match fields.as_slice() {
            [] => return Ok(()),
            [one] => format!("{} Nothing was sent.", one.message),
            many => format!("{} webhooks ask for your agreement. Nothing was sent.", many.len()),
        };
        Err(AppError::new(Fault::Validation { fields }, message)
            .advise("Agree to each of them in the review, or leave them out."))
    }
}

impl SeenPlan {
    /// The one exception to the rule that nothing is written unseen: switching a single webhook on or off, outside
    /// production, with nothing to warn of and nothing to agree to. Any other plan is handed back, to be shown.
    pub fn single_flip(plan: Plan) -> Result<Self, Box<Plan>> {
        let mild = |group: &PlanGroup| {
            let notices = group.notices.iter().chain(group.items.iter().flat_map(|item| &item.notices));
            group.failed.is_none()
                && group.connection.environment != Environment::Production
                && notices.into_iter().all(|notice| notice.level != NoticeLevel::Warning)
        };
        let at_once = match plan.view.groups.as_slice() {
            [group] => {
                let [item] = group.items.as_slice() else { return Err(Box::new(plan)) };
                plan.switches && item.state == ItemState::Ready && item.ask_again.is_none() && mild(group)
            }
            _ => false,
        };
        if at_once { Ok(Self { groups: plan.groups }) } else { Err(Box::new(plan)) }
    }

    /// The writes by organisation.
    pub fn groups(&self) -> &[PlannedGroup] {
        &self.groups
    }
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}
