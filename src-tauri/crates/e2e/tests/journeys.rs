//! Journeys in the real window, with a real keyring and a real database. Run them with `./dev e2e`.
#![cfg(target_os = "linux")]

mod journeys {
    mod connect;
    mod hostile;
    mod keyring;
    mod sandbox;
    mod support;
    mod write;
}
