use super::support::{Outcome, OwnProfile};

#[tokio::test]
async fn a_newcomer_explores_the_sandbox() -> Outcome {
    let profile = OwnProfile::new();
    let window = profile.launch().open().await?;
    window.see("Welcome to Tacklebox").await?;
    window.press("Explore the sandbox").await?;
    window.see("Room occupancy to booking board").await?;
    window.see("Lab room occupancy").await?;
    window.see("15 webhooks").await?;

    window.fill("Filter webhooks", "lab room").await?;
    window.see_no("Room occupancy to booking board").await?;
    window.see("Lab room occupancy").await?;
    window.fill("Filter webhooks", "no such thing").await?;
    window.press("Clear filters").await?;
    window.see("Room occupancy to booking board").await?;
    window.close().await?;

    // The sandbox comes back with the next start, at another address, without being asked for.
    let window = profile.launch().open().await?;
    window.see("Room occupancy to booking board").await?;
    window.settled().await?;
    window.see("15 webhooks").await?;
    window.see_no("Try again").await?;
    window.close().await
}
