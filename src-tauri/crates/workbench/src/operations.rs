//! Operations that can be cancelled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tacklebox_model::OperationId;
use tokio_util::sync::CancellationToken;

/// The running operations by the id their caller chose.
#[derive(Clone, Default)]
pub struct Operations(Arc<Mutex<HashMap<OperationId, CancellationToken>>>);

/// A running operation; it is forgotten when this is dropped.
pub struct Running {
    id: OperationId,
    operations: Operations,
    /// Fires when the user stops the operation.
    pub cancel: CancellationToken,
}

impl Operations {
    /// Begins an operation.
    pub fn begin(&self, id: &OperationId) -> Running {
        let cancel = CancellationToken::new();
        self.lock().insert(id.clone(), cancel.clone());
        Running { id: id.clone(), operations: self.clone(), cancel }
    }

    /// Stops an operation, if it runs.
    pub fn cancel(&self, id: &OperationId) {
        if let Some(cancel) = self.lock().get(id) {
            cancel.cancel();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<OperationId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.operations.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_can_be_stopped_while_it_runs_and_is_forgotten_after() {
        let operations = Operations::default();
        let id = OperationId::random();
        let running = operations.begin(&id);
        operations.cancel(&id);
        assert!(running.cancel.is_cancelled());
        drop(running);
        assert!(operations.lock().is_empty());
    }
}
