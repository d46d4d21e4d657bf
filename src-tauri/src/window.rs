//! The one window.

use crate::Host;
use std::sync::Arc;
use tacklebox_workbench::view::Theme;
use tauri::{App, Manager, Theme as Look, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

const SIZE: (f64, f64) = (1280.0, 800.0);
const LEAST_SIZE: (f64, f64) = (960.0, 640.0);

/// Opens the window; the workbench opens behind it.
pub fn open(app: &App, host: Arc<Host>, theme: Option<Theme>) -> tauri::Result<()> {
    let look = theme.and_then(|theme| match theme {
        Theme::System => None,
        Theme::Light => Some(Look::Light),
        Theme::Dark => Some(Look::Dark),
    });
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Tacklebox")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .theme(look)
        .build()?;
    finish_writes_before_closing(&window, host.clone());
    tauri::async_runtime::spawn(async move {
        // The window asks too and shows what went wrong; this only saves it the wait.
        let _ = host.opened().await;
    });
    Ok(())
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
