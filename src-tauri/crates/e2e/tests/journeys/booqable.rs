use super::support::{Outcome, OwnProfile, Vendor};

const LABELS: &[(&str, &str)] = &[("slug", "Company slug"), ("access_token", "Access token")];

#[tokio::test]
async fn an_endpoint_is_created_and_another_tools_is_not_deleted_by_accident() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("kestrel-rentals", LABELS).await;
    let kestrel = vendor.sandbox.booqable("kestrel-rentals").unwrap();
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Kestrel").await?;
    window.see("30 webhooks").await?;

    window.press("New webhook").await?;
    window.fill("URL", "https://hooks.kestrel.example/orders?secret=canary-url-77").await?;
    window.press("order.reserved").await?;
    window.press("Review").await?;
    window.see("sends").await?;
    window.see_no("canary-url-77").await?;
    window.press("Create in Kestrel (Production)").await?;
    window.see("31 webhooks").await?;
    let created = kestrel.endpoints().into_iter().find(|e| e.url.contains("hooks.kestrel.example/orders"));
    let created = created.unwrap();
    assert_eq!(
        (created.url.as_str(), created.events.as_slice()),
        (
            "https://hooks.kestrel.example/orders?secret=canary-url-77",
            ["order.reserved".to_owned()].as_slice(),
        )
    );

    // What Zapier made is marked, and deleting it asks for a tick beside the organisation's name.
    window.fill("Filter webhooks", "hooks.zapier.com").await?;
    window
        .press_path("(//*[@role='row'][contains(., 'hooks.zapier.com')]//*[@role='gridcell'][2])[1]")
        .await?;
    window.press("Delete").await?;
    window.see("Zapier").await?;
    window.fill("Type Kestrel to confirm", "Kestrel").await?;
    window.see("Delete 1 from Kestrel").await?;
    let blocked = window
        .find("the blocked button", "//button[contains(., 'Delete 1 from Kestrel') and @disabled]")
        .await?;
    drop(blocked);
    window
        .press_path("//*[@role='alertdialog' or @role='dialog']//label[.//input[@type='checkbox']][contains(., 'Zapier')]")
        .await?;
    window.press("Delete 1 from Kestrel").await?;
    window.see("30 webhooks").await?;
    assert_eq!(profile.files_holding(&["canary-url-77"]), Vec::<std::path::PathBuf>::new());
    window.close().await
}
