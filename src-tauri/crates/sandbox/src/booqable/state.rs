use std::sync::{Arc, Mutex};

use super::events::{EVENTS, default_version};
use super::rate::{RateState, Window};
use super::refusal::Refusal;
use super::write::Changes;
use super::{BooqableEndpoint, BooqableNotification, BooqableOrganisation, BooqableSettings, moment};
use crate::control::{Clock, lock};

/// A running organisation: how it was seeded and what it is now.
#[derive(Debug)]
pub(crate) struct Organisation {
    pub(super) config: BooqableOrganisation,
    clock: Arc<Clock>,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) endpoints: Vec<BooqableEndpoint>,
    pub(super) notifications: Vec<BooqableNotification>,
    pub(super) settings: BooqableSettings,
    pub(super) metered_calls: u64,
    window: Window,
}

impl Inner {
    fn new(config: &BooqableOrganisation) -> Self {
        Self {
            endpoints: config.endpoints.clone(),
            notifications: config.notifications.clone(),
            settings: config.settings.clone(),
            metered_calls: 0,
            window: Window::default(),
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.endpoints.iter().position(|endpoint| endpoint.id == id)
    }
}

impl Organisation {
    pub(super) fn new(config: &BooqableOrganisation, clock: Arc<Clock>) -> Self {
        Self { config: config.clone(), clock, inner: Mutex::new(Inner::new(config)) }
    }

    pub(super) fn reset(&self) {
        *lock(&self.inner) = Inner::new(&self.config);
    }

    /// Reads or changes the state; nobody else does meanwhile.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut lock(&self.inner))
    }

    pub(super) fn now(&self) -> String {
        moment::from_ms(self.clock.now_ms())
    }

    pub(super) fn settings(&self) -> BooqableSettings {
        lock(&self.inner).settings.clone()
    }

    pub(super) fn take_from_allowance(&self) -> (bool, RateState) {
        let mut inner = lock(&self.inner);
        let limit = inner.settings.rate_limit;
        inner.window.take(limit, self.clock.now_ms())
    }

    pub(super) fn rate(&self) -> RateState {
        let inner = lock(&self.inner);
        inner.window.state(inner.settings.rate_limit, self.clock.now_ms())
    }

    /// Assumption: a call is charged once its token is known to be valid, whatever comes of it.
    pub(super) fn meter(&self) {
        lock(&self.inner).metered_calls += 1;
    }

    pub(super) fn endpoints(&self) -> Vec<BooqableEndpoint> {
        lock(&self.inner).endpoints.clone()
    }

    pub(super) fn notification(&self, id: &str) -> Option<BooqableNotification> {
        lock(&self.inner).notifications.iter().find(|notification| notification.id == id).cloned()
    }

    /// Assumption: a URL that another endpoint has too is accepted.
    pub(super) fn create(&self, changes: Changes) -> Result<BooqableEndpoint, Refusal> {
        let mut inner = lock(&self.inner);
        // What is left out is blank, but for the version.
        let changes = Changes {
            url: Some(changes.url.unwrap_or_default()),
            events: Some(changes.events.unwrap_or_default()),
            version: Some(changes.version.unwrap_or(default_version())),
        };
        self.check(&inner.settings, &changes)?;
        let now = self.now();
        let mut created = BooqableEndpoint {
            id: new_id(),
            created_at: now.clone(),
            updated_at: now,
            ..BooqableEndpoint::new("", default_version(), &[])
        };
        changes.apply(&mut created);
        inner.endpoints.push(created.clone());
        Ok(created)
    }

    /// Assumption: only what is sent is checked, and an update that changes nothing leaves `updated_at`.
    pub(super) fn update(&self, id: &str, changes: Changes) -> Result<BooqableEndpoint, Refusal> {
        let mut inner = lock(&self.inner);
        let place = inner.place(id).ok_or_else(Refusal::not_found)?;
        self.check(&inner.settings, &changes)?;
        let endpoint = inner.endpoints.get_mut(place).ok_or_else(Refusal::not_found)?;
        if changes.apply(endpoint) {
            endpoint.updated_at = self.now();
        }
        Ok(endpoint.clone())
    }

    pub(super) fn delete(&self, id: &str) -> Result<BooqableEndpoint, Refusal> {
        let mut inner = lock(&self.inner);
        let place = inner.place(id).ok_or_else(Refusal::not_found)?;
        Ok(inner.endpoints.remove(place))
    }

    fn check(&self, settings: &BooqableSettings, changes: &Changes) -> Result<(), Refusal> {
        changes.check(|event| {
            settings.accept_unknown_events
                || EVENTS.contains(&event)
                || self.config.extra_events.iter().any(|extra| extra == event)
        })
    }
}

/// A new random id, as the vendor would give.
pub(super) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
