//! Drives the real window: WebKitWebDriver starts the program, tests find things as a user does, by
//! role and label. Linux only: it is where WebKit has a driver for embedded windows.

mod driver;
mod measure;
mod page;

pub use driver::{Launch, Window, program};

use std::time::Duration;

/// How long a journey waits for something to appear before it says that it did not.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Why a journey broke off.
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    /// Something is not installed or not built.
    #[error("{0}")]
    Setup(String),
    /// The driver did not begin a session.
    #[error("no session with the window: {0}")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// A command of the driver failed.
    #[error("the driver failed: {0}")]
    Command(#[from] fantoccini::error::CmdError),
    /// Something did not appear in time; with what the window showed instead.
    #[error("{wanted} did not appear within {} s. The window shows:\n{shown}", PATIENCE.as_secs())]
    Missing {
        /// What was waited for.
        wanted: String,
        /// The window's text at the end.
        shown: String,
    },
    /// A file could not be read or written.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
}
