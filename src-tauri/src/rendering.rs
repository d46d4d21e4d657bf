//! How the page is drawn where there is no graphics device.

use std::fs;
use std::path::Path;

/// Turns accelerated compositing off; only `0` and absence leave it on.
const VARIABLE: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
const DEVICES: &str = "/dev/dri";

/// Lets the page be drawn without layers where OpenGL would itself be software, as in most virtual machines and remote
/// desktops: WebKitGTK then spends several times as long on each frame, and on some drivers shows an empty window.
/// Whoever has set the variable keeps what it says. Must be called before any other thread starts.
pub fn suit_the_machine() {
    if cfg!(target_os = "linux") && std::env::var_os(VARIABLE).is_none() && !has_device(Path::new(DEVICES)) {
        // SAFETY: nothing else runs yet that could read the environment at the same time.
        #[expect(unsafe_code, reason = "the engine offers no other way before its first window")]
        unsafe {
            std::env::set_var(VARIABLE, "1");
        }
    }
}

/// Whether the system has a device that draws.
fn has_device(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_render_node_is_a_device_and_a_bare_display_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_device(&folder.path().join("absent")));
        fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!has_device(folder.path()));
        fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_device(folder.path()));
    }
}
