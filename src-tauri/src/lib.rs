//! The shell: wires the workbench to a window and carries commands, errors and progress across IPC.

pub mod bindings;
mod cli;
mod commands;
mod host;
mod logging;
mod profile;
mod rendering;
mod sandbox;
mod window;

pub use commands::{COMMANDS, dispatch};
pub use host::Host;
pub use profile::Profile;

use cli::Arguments;
use std::process::ExitCode;
use std::sync::Arc;
use tacklebox_model::AppError;
use tauri::Manager;
use tauri::ipc::Channel;

/// Runs the program until its window closes.
pub fn run() -> ExitCode {
    rendering::suit_the_machine();
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(text) => return cli::say(&text),
    };
    let host = Arc::new(Host::new(arguments.profile, arguments.sandbox, arguments.theme));
    let outcome = builder(tauri::Builder::default(), host.clone())
        .setup(move |app| Ok(window::open(app, host)?))
        .run(tauri::generate_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            cli::say(&format!("Tacklebox cannot open its window: {error}\n"))
        }
    }
}

/// What every window needs, a test's included: the host and the one command.
pub fn builder<R: tauri::Runtime>(builder: tauri::Builder<R>, host: Arc<Host>) -> tauri::Builder<R> {
    builder.manage(host).invoke_handler(tauri::generate_handler![call])
}

/// Carries every entry of the command table.
#[tauri::command]
async fn call<R: tauri::Runtime>(
    app: tauri::AppHandle<R>,
    name: String,
    args: serde_json::Value,
    channel: Channel<serde_json::Value>,
) -> Result<serde_json::Value, AppError> {
    let host = app.state::<Arc<Host>>().inner().clone();
    let send = Arc::new(move |progress| {
        // A window that is gone needs no progress.
        let _ = channel.send(progress);
    });
    dispatch(&host, &name, args, send).await
}
