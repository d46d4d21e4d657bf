use super::support::{EPILOT_LABELS, Outcome, OwnProfile, Vendor};
use secrecy::ExposeSecret;
use serde_json::json;
use tacklebox_vault::{KeyringVault, Vault, VaultKey};

#[tokio::test]
async fn one_form_creates_a_webhook_for_each_event_and_their_signing_secrets_are_in_the_keyring() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("meridian", EPILOT_LABELS).await;
    let meridian = vendor.sandbox.epilot("meridian").unwrap();
    let before = meridian.webhooks().len();
    let window = profile.launch().open().await?;

    // The token says whose it is; it is never shown.
    window.press("Connect an organisation").await?;
    vendor.fill_in(&window, "Meridian").await?;
    window.press("Test connection").await?;
    window.see("731204").await?;
    window.see("12 webhooks.").await?;
    window.see_no(vendor.credential("access_token")).await?;
    window.press("Add Meridian").await?;
    window.see("All webhooks").await?;
    window.settled().await?;

    window.press("New webhook").await?;
    window.fill("Name", "Orders to ERP").await?;
    window.fill("URL", "https://erp.meridian.example/hook").await?;
    window.press("event_ContractSigned").await?;
    window.press("event_ContactUpdated").await?;
    window.see("creates 2 webhooks").await?;
    window.press("Review 2 webhooks").await?;
    window.press("Create 2 webhooks in Meridian (Production)").await?;
    window.see("saved in the keyring").await?;
    window.press("Done").await?;
    window.see("Orders to ERP").await?;
    let created: Vec<_> = meridian
        .webhooks()
        .into_iter()
        .filter(|w| w["name"].as_str().unwrap().starts_with("Orders to ERP"))
        .collect();
    assert_eq!((created.len(), meridian.webhooks().len()), (2, before + 2));
    window.close().await?;

    // The keyring has what was told once; no file of the profile does.
    let (connection, service) = profile.connection();
    let keyring = KeyringVault::native(Some(&service));
    let mut secrets = Vec::new();
    for webhook in &created {
        let key = VaultKey::webhook(&connection, webhook["id"].as_str().unwrap(), "signing_secret");
        let kept = keyring.get(&key).await.unwrap().unwrap();
        assert_eq!(kept.expose_secret(), webhook["signingSecret"].as_str().unwrap());
        secrets.push(kept.expose_secret().to_owned());
    }
    let secrets: Vec<_> =
        secrets.iter().map(String::as_str).chain([vendor.credential("access_token")]).collect();
    assert_eq!(profile.files_holding(&secrets), Vec::<std::path::PathBuf>::new());
    Ok(())
}

#[tokio::test]
async fn a_protected_webhook_asks_again_and_a_failed_delivery_is_sent_again() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("meridian", EPILOT_LABELS).await;
    let meridian = vendor.sandbox.epilot("meridian").unwrap();
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Meridian").await?;

    // Switching in production shows the plan; a protected webhook asks for a tick first.
    let billing = "Billing (static IP)";
    window.fill("Filter webhooks", billing).await?;
    window.press("Billing (static IP) on or off").await?;
    window.see("Protected").await?;
    window.press_path("//*[@role='dialog']//label[.//input[@type='checkbox']]").await?;
    window.press_path("//*[@role='dialog']//button[contains(., 'Meridian')]").await?;
    window.see("10 on, 2 off").await?;
    let stored = meridian.webhooks().into_iter().find(|w| w["name"] == json!(billing)).unwrap();
    assert_eq!(stored["enabled"], json!(false));

    // The log of a webhook whose endpoint failed: what was sent is shown, and is sent again after a question.
    let of = |webhook: &serde_json::Value| meridian.deliveries(webhook["id"].as_str().unwrap());
    let failing =
        meridian.webhooks().into_iter().find(|w| of(w).iter().any(|d| d["status"] == json!("failed")));
    let failing = failing.unwrap();
    let (name, before) = (failing["name"].as_str().unwrap(), of(&failing).len());
    window.fill("Filter webhooks", name).await?;
    window.press_path(&format!("//*[@role='row'][contains(., '{name}')]//*[@role='gridcell'][2]")).await?;
    window.press("Deliveries").await?;
    let failed = "//li[contains(., 'Failed') or contains(., 'failed')]";
    window.press_path(&format!("({failed}//button[starts-with(@aria-label, 'Open delivery')])[1]")).await?;
    window.see("Payload").await?;
    window.press("Send again").await?;
    window
        .press_path(
            "//*[@role='dialog' or @role='alertdialog']//button[contains(., 'in Meridian (Production)')]",
        )
        .await?;
    window.see("Sent again").await?;
    window.press("Done").await?;
    assert_eq!(of(&failing).len(), before + 1);
    window.close().await
}
