//! One driver process per window: WebKitWebDriver keeps a single session.

use crate::DriveError;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// How to start the program.
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Environment variables for the program, on top of this process's own; an empty value removes one.
    pub environment: Vec<(String, String)>,
    /// The window's size.
    pub size: (u32, u32),
    profile: PathBuf,
}

/// The program's window under a driver. Close it with [`Window::close`]; dropping kills it.
pub struct Window {
    /// Speaks WebDriver.
    pub client: Client,
    driver: Child,
    lock: PathBuf,
}

impl Launch {
    /// The program built beside this one, on a profile of its own.
    pub fn of_profile(profile: &Path) -> Self {
        Self {
            program: program(),
            arguments: vec!["--profile".into(), profile.display().to_string()],
            environment: vec![],
            size: (1280, 800),
            profile: profile.to_owned(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts a driver and, through it, the program.
    ///
    /// # Errors
    /// The driver or the program cannot be started.
    pub async fn open(self) -> Result<Window, DriveError> {
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        for (name, value) in &self.environment {
            if value.is_empty() {
                command.env_remove(name);
            } else {
                command.env(name, value);
            }
        }
        let driver = command.spawn().map_err(|e| {
            DriveError::Setup(format!("WebKitWebDriver cannot be started ({e}). ./dev e2e installs it."))
        })?;
        listening(port).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(self.capabilities())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        client.set_window_size(self.size.0, self.size.1).await?;
        Ok(Window { client, driver, lock: self.profile.join("lock") })
    }

    fn capabilities(&self) -> Capabilities {
        let options = json!({ "binary": self.program.display().to_string(), "args": self.arguments });
        let mut capabilities = Capabilities::new();
        capabilities.insert("webkitgtk:browserOptions".into(), options);
        capabilities
    }
}

impl Window {
    /// The driver's process, whose child the program is.
    pub(crate) fn driver_id(&self) -> Option<u32> {
        self.driver.id()
    }

    /// Ends the program and its driver, and waits until the program has let go of its profile.
    ///
    /// # Errors
    /// The driver failed, or the program does not end.
    pub async fn close(mut self) -> Result<(), DriveError> {
        let ended = self.client.close().await;
        if let Ok(lock) = std::fs::File::open(&self.lock) {
            let released = tokio::task::spawn_blocking(move || lock.lock());
            let waited = tokio::time::timeout(crate::PATIENCE, released).await;
            waited.map_err(|_| DriveError::Setup("The program did not end.".into()))?.ok();
        }
        self.driver.start_kill()?;
        self.driver.wait().await?;
        Ok(ended?)
    }
}

/// The program as `cargo build` leaves it, or the one `TACKLEBOX_PROGRAM` names.
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("TACKLEBOX_PROGRAM") {
        return PathBuf::from(named);
    }
    let own = std::env::current_exe().unwrap_or_default();
    let folder = own.ancestors().find(|f| f.ends_with("debug") || f.ends_with("release"));
    folder.unwrap_or(Path::new("target/debug")).join("tacklebox")
}

fn free_port() -> Result<u16, DriveError> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Waits until the driver accepts connections; it does not say so in any other way.
async fn listening(port: u16) -> Result<(), DriveError> {
    let connect = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let waited = tokio::time::timeout(crate::PATIENCE, connect).await;
    waited.map_err(|_| DriveError::Setup("WebKitWebDriver does not listen.".into()))
}
