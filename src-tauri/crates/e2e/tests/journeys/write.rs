use super::support::{Outcome, OwnProfile, Vendor};
use tacklebox_sandbox::{ButlrOrganisation, Dialect};

#[tokio::test]
async fn a_webhook_is_created_edited_with_its_key_kept_and_deleted() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::start(ButlrOrganisation::empty("acme", "Acme", Dialect::default())).await;
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Acme").await?;

    // Create: an http address is refused beside the field, the review shows the request without the key.
    window.press("New webhook").await?;
    window.fill("Name", "Rooms to BMS").await?;
    window.fill("URL", "http://bms.acme.example/rooms").await?;
    window.press("ROOM_OCCUPANCY").await?;
    window.see("Only HTTPS addresses are accepted").await?;
    window.fill("URL", "https://bms.acme.example/rooms").await?;
    window.tick("API key").await?;
    window.fill("Header name", "x-api-key").await?;
    window.fill("Key", "canary-key-51c7").await?;
    window.press("Review").await?;
    window.press_path("//button[contains(normalize-space(.), 'exact request')]").await?;
    window.see("mutation CreateWebhooks").await?;
    window.see("<API key>").await?;
    window.see_no("canary-key-51c7").await?;
    window.press("Create in Acme (Production)").await?;
    window.see("Rooms to BMS").await?;
    let created = vendor.butlr().webhooks().remove(0);
    assert_eq!(created.endpoint_config.api_key.as_ref().unwrap().value, "canary-key-51c7");

    // Edit the timeout alone: endpoint_config goes whole, so the key must have been read and sent back.
    window.press_path("//*[@role='row'][contains(., 'Rooms to BMS')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.fill("Timeout", "15").await?;
    window.press("Review changes").await?;
    window.see("kept").await?;
    window.press("Save to Acme (Production)").await?;
    window.see("All webhooks").await?;
    let edited = vendor.butlr().webhooks().remove(0);
    assert_eq!(edited.endpoint_config.http_timeout, 15);
    assert!(edited.endpoint_config.api_key == created.endpoint_config.api_key, "the key was kept");

    // Somebody else changes it while the form is open: refused, and shown as what was, is and is wanted.
    window.press("Edit").await?;
    window.fill("Name", "Rooms to the BMS").await?;
    vendor
        .butlr()
        .edit_webhook(&edited.id, serde_json::json!({"endpoint_config": {"http_timeout": 3}}))
        .unwrap();
    window.press("Review changes").await?;
    window.see("At Butlr now").await?;
    window.press("Apply my changes to the current version").await?;
    window.press("Save to Acme (Production)").await?;
    window.see("All webhooks").await?;
    let merged = vendor.butlr().webhooks().remove(0);
    assert_eq!((merged.name.as_str(), merged.endpoint_config.http_timeout), ("Rooms to the BMS", 3));

    // Delete: production asks for the organisation's name.
    window.press("Delete").await?;
    window.fill("Type Acme to confirm", "Acme").await?;
    window.press("Delete 1 from Acme").await?;
    window.see("No webhooks in Acme").await?;
    assert!(vendor.butlr().webhooks().is_empty());
    assert_eq!(profile.files_holding(&["canary-key-51c7"]), Vec::<std::path::PathBuf>::new());
    window.close().await
}
