use super::support::{Outcome, OwnProfile, Vendor};
use secrecy::ExposeSecret;
use tacklebox_sandbox::{ButlrOrganisation, Fault, FaultAction};
use tacklebox_vault::{KeyringVault, Vault, VaultKey};

#[tokio::test]
async fn an_organisation_is_added_with_its_secret_in_the_keyring_and_comes_back_after_a_restart() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::start(ButlrOrganisation::halden_offices()).await;
    let secret = vendor.credential("client_secret");

    let window = profile.launch().open().await?;
    window.press("Connect an organisation").await?;
    vendor.fill_in(&window, "Halden").await?;
    window.press("Test connection").await?;
    window.see("Signed in.").await?;
    window.see("Fields are spelled like event_types").await?;
    window.see("9 webhooks.").await?;
    window.press("Add Halden").await?;
    window.see("Room occupancy to booking board").await?;
    window.settled().await?;
    window.close().await?;

    // The keyring has the secret; no file of the profile does, and none has a webhook's secret.
    let (connection, service) = profile.connection();
    let keyring = KeyringVault::native(Some(&service));
    let kept = keyring.get(&VaultKey::connection(&connection, "client_secret")).await.unwrap();
    assert_eq!(kept.unwrap().expose_secret(), secret);
    let mut secrets: Vec<String> = vec![secret.to_owned()];
    for webhook in vendor.butlr().webhooks() {
        secrets.extend(webhook.endpoint_config.api_key.map(|k| k.value));
        secrets.extend(webhook.endpoint_config.basic_auth.map(|b| b.password));
        secrets.extend(webhook.endpoint_config.url.split_once("token=").map(|(_, token)| token.to_owned()));
    }
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    assert!(secrets.len() > 6, "the seed has secrets to look for");
    assert_eq!(profile.files_holding(&secrets), Vec::<std::path::PathBuf>::new());

    // After a restart the rows seen last are there although the vendor is not.
    vendor.sandbox.faults().push(Fault::new("*", FaultAction::Drop).times(1000));
    let window = profile.launch().open().await?;
    window.see("Room occupancy to booking board").await?;
    window.see("Try again").await?;
    vendor.sandbox.faults().clear();
    window.press("Try again").await?;
    window.see_no("Try again").await?;
    window.see("9 webhooks").await?;

    // Removing it takes the secret out of the keyring.
    window.press("Actions for Halden").await?;
    window.press("Remove").await?;
    window
        .press_path(
            "//*[@role='alertdialog' or @role='dialog']//button[starts-with(normalize-space(.), 'Remove')]",
        )
        .await?;
    window.see("Welcome to Tacklebox").await?;
    window.close().await?;
    let kept = keyring.get(&VaultKey::connection(&connection, "client_secret")).await.unwrap();
    assert!(kept.is_none());
    Ok(())
}

#[tokio::test]
async fn wrong_credentials_are_said_in_the_form_and_nothing_is_lost() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::start(ButlrOrganisation::halden_offices()).await;
    let window = profile.launch().open().await?;
    window.press("Connect an organisation").await?;
    window.press_path("//button[starts-with(normalize-space(.), 'Add ')]").await?;
    window.see("Enter the client ID of a Butlr API token.").await?;
    vendor.fill_in(&window, "Halden").await?;
    window.fill("Client secret", "not the secret").await?;
    window.press("Test connection").await?;
    window.see("does not accept this client ID and secret").await?;
    let id = window.field("Client ID").await?.prop("value").await?;
    assert_eq!(id.as_deref(), Some(vendor.credential("client_id")));
    window.close().await
}
