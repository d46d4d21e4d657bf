//! The built-in sandbox, started on demand and kept for as long as the program runs.

use tacklebox_model::{AppError, Connection, Fault, ProviderId};
use tacklebox_sandbox::{Sandbox, SandboxConfig};
use tacklebox_workbench::{BuiltInOrganisation, Workbench};
use tokio::sync::Mutex;

/// The sandbox, once it runs.
#[derive(Default)]
pub struct BuiltInSandbox(Mutex<Option<Sandbox>>);

impl BuiltInSandbox {
    /// Starts it if need be and connects its organisations.
    pub async fn start(&self, workbench: &Workbench) -> Result<Vec<Connection>, AppError> {
        let mut running = self.0.lock().await;
        let sandbox = match running.take() {
            Some(sandbox) => sandbox,
            None => Sandbox::start(SandboxConfig::default()).await.map_err(|error| {
                AppError::new(Fault::Internal, format!("The sandbox could not be started: {error}."))
                    .advise("Check that programs on this computer may listen on 127.0.0.1.")
            })?,
        };
        let organisations: Vec<_> = sandbox.organisations().into_iter().map(organisation).collect();
        *running = Some(sandbox);
        workbench.attach_sandbox(&organisations).await
    }

    /// Stops it. Its organisations must be removed first.
    pub async fn stop(&self) {
        *self.0.lock().await = None;
    }

    /// Whether it runs.
    pub async fn is_running(&self) -> bool {
        self.0.lock().await.is_some()
    }
}

fn organisation(found: tacklebox_sandbox::SandboxOrganisation) -> BuiltInOrganisation {
    BuiltInOrganisation {
        key: found.key,
        provider: ProviderId::new(found.provider),
        label: found.label,
        base_url: found.base_url,
        credentials: found.credential.into_iter().collect(),
    }
}
