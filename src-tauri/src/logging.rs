//! The log: a file per day in the profile, a week of them, never a secret and never a request's body.

use crate::Profile;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Ours in detail; of other crates only what went wrong, because they may log what they carry.
const DEFAULT_FILTER: &str = "warn,tacklebox=debug,tacklebox_workbench=debug,tacklebox_http=debug,tacklebox_providers=debug,tacklebox_vault=debug";

/// Begins to log. Keep the guard: dropping it writes what is left.
pub fn start(profile: &Profile) -> Option<WorkerGuard> {
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("tacklebox")
        .filename_suffix("log")
        .max_log_files(7)
        .build(&profile.logs)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(DEFAULT_FILTER))
        .with_writer(writer)
        .with_ansi(false)
        .try_init()
        .ok()?;
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may hold a value; its place is enough to find it.
        tracing::error!(place = panic.location().map(tracing::field::display), "panic");
    }));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Some(guard)
}
