use super::support::{Outcome, OwnProfile};

#[tokio::test]
async fn a_newcomer_explores_the_sandbox() -> Outcome {
    let profile = OwnProfile::new();
    let window = profile.launch().open().await?;
    window.see("Welcome to Tacklebox").await?;
    window.press("Explore the sandbox").await?;
    // The webhooks of six organisations of three vendors, in one list.
    window.see("65 webhooks").await?;
    window.see("Cleaning rota Bergen").await?;
    window.see("Contract documents").await?;

    window.fill("Filter webhooks", "lab room").await?;
    window.see_no("Cleaning rota Bergen").await?;
    window.see("Lab room occupancy").await?;
    window.fill("Filter webhooks", "hooks.zapier.com").await?;
    window.see("Zapier").await?;
    window.fill("Filter webhooks", "no such thing").await?;
    window.press("Clear filters").await?;
    window.see("Cleaning rota Bergen").await?;

    // Everything that can be switched off, of two organisations, in one plan.
    window.press("Select all shown").await?;
    window.press_path("//button[starts-with(normalize-space(.), 'Disable ')]").await?;
    window.see("Meridian Energie").await?;
    window.see("Meridian Sandbox").await?;
    window.press("Cancel").await?;
    window.close().await?;

    // The sandbox comes back with the next start, at another address, without being asked for.
    let window = profile.launch().open().await?;
    window.see("Cleaning rota Bergen").await?;
    window.settled().await?;
    window.see("65 webhooks").await?;
    window.see_no("Try again").await?;
    window.close().await
}
