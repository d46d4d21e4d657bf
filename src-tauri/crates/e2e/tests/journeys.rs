//! Journeys in the real window, with a real keyring and a real database. Run them with `./dev e2e`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::unwrap_in_result, reason = "a journey that cannot go on ends there")]

mod journeys {
    mod booqable;
    mod connect;
    mod epilot;
    mod filters;
    mod forms;
    mod hostile;
    mod keyring;
    mod sandbox;
    mod support;
    mod write;
}
