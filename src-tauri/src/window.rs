//! The one window.

use crate::Host;
use std::sync::Arc;
use tacklebox_workbench::view::Theme;
use tauri::{App, Manager, Theme as Look, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

const SIZE: (f64, f64) = (1280.0, 800.0);
const LEAST_SIZE: (f64, f64) = (960.0, 640.0);

/// Opens the window; the workbench opens behind it.
pub fn open(app: &App, host: Arc<Host>) -> tauri::Result<()> {
    let (look, script) = match host.first_theme() {
        Theme::System => (None, ""),
        Theme::Light => (Some(Look::Light), "document.documentElement.dataset.theme = 'light'"),
        Theme::Dark => (Some(Look::Dark), "document.documentElement.dataset.theme = 'dark'"),
    };
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Tacklebox")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .theme(look)
        .initialization_script(script)
        .data_directory(host.webview_folder())
        .on_navigation(is_own_page)
        .build()?;
    finish_writes_before_closing(&window, host.clone());
    tauri::async_runtime::spawn(async move {
        // The window asks too and shows what went wrong; this only saves it the wait.
        let _ = host.opened().await;
    });
    Ok(())
}

/// The window shows its own page and goes nowhere else, whatever asks it to.
fn is_own_page(url: &Url) -> bool {
    let own = matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    );
    own || (cfg!(debug_assertions) && url.host_str() == Some("localhost")) || url.as_str() == "about:blank"
}

/// A write under way ends before the window goes, so that its outcome is known.
fn finish_writes_before_closing(window: &WebviewWindow, host: Arc<Host>) {
    let handle = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            let (handle, host) = (handle.clone(), host.clone());
            let _ = handle.hide();
            tauri::async_runtime::spawn(async move {
                if let Ok(opened) = host.opened().await {
                    opened.workbench.finish_writes().await;
                }
                handle.app_handle().exit(0);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let may = |url: &str| is_own_page(&url.parse().unwrap());
        assert!(may("tauri://localhost/index.html"));
        assert!(may("http://tauri.localhost/"));
        assert!(!may("https://example.com/"));
        assert!(!may("tauri://example.com/"));
        assert!(!may("data:text/html,x"));
        assert!(!may("file:///etc/passwd"));
    }
}
