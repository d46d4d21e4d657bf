use super::support::{Outcome, OwnProfile, Vendor};
use tacklebox_sandbox::ButlrOrganisation;

#[tokio::test]
async fn without_a_keyring_the_window_says_so_and_keeps_the_secret_in_memory_alone() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::start(ButlrOrganisation::halden_lab()).await;
    // An address where no bus is, rather than none: GTK would start one of its own.
    let no_bus =
        |launch: tacklebox_e2e::Launch| launch.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    let window = no_bus(profile.launch()).open().await?;
    window.see("Welcome to Tacklebox").await?;
    window.press("Connect an organisation").await?;
    window.see("memory").await?;
    vendor.fill_in(&window, "Lab").await?;
    window.press("Add for this session").await?;
    window.see("Lab room occupancy").await?;
    window.see("No keyring, session only").await?;
    assert_eq!(
        profile.files_holding(&[vendor.credential("client_secret")]),
        Vec::<std::path::PathBuf>::new()
    );
    window.close().await?;

    // The next start has the rows and no secret, and says what to do.
    let window = no_bus(profile.launch()).open().await?;
    window.see("Lab room occupancy").await?;
    window.see("Try again").await?;
    window.close().await
}
