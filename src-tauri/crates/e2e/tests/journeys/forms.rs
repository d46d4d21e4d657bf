use super::support::{BUTLR_LABELS, Outcome, OwnProfile, Vendor};

/// The line of the JSON view that holds a text.
fn line(text: &str) -> String {
    format!("//*[contains(concat(' ', @class, ' '), ' cm-line ')][contains(., '{text}')]")
}

/// One of the two views of the editor.
fn view(name: &str) -> String {
    format!("//label[.//input[@type='radio']][normalize-space(.)='{name}']")
}

#[tokio::test]
async fn a_webhook_is_edited_through_json_and_back_with_its_key_kept() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("halden-offices", BUTLR_LABELS).await;
    let find =
        || vendor.butlr().webhooks().into_iter().find(|w| w.name.starts_with("Room occupancy")).unwrap();
    let before = find();
    let key = before.endpoint_config.api_key.clone().unwrap();
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Halden").await?;

    window.fill("Filter webhooks", "Room occupancy to booking").await?;
    window.press_path("//*[@role='row'][contains(., 'Room occupancy')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.press_path(&view("JSON")).await?;
    window.see("<kept>").await?;
    window.see_no(&key.value).await?;

    // A number the vendor would refuse is said at its place; the review waits for a good one.
    window.press_path(&line("\"timeout\"")).await?;
    let end_of_number = "\u{E010}\u{E012}";
    window.keys(&format!("{end_of_number}\u{E003}\u{E003}99")).await?;
    window.see("1 to 15").await?;
    window.keys("\u{E003}\u{E003}12").await?;
    window.see("1 change").await?;

    // The form has it, and what the form changes is in the JSON.
    window.press_path(&view("Form")).await?;
    assert_eq!(window.field("Timeout").await?.prop("value").await?.as_deref(), Some("12"));
    window.fill("Name", "Room occupancy by JSON").await?;
    window.press_path(&view("JSON")).await?;
    window.see("\"name\": \"Room occupancy by JSON\"").await?;
    window.press("Review changes").await?;
    window.see("kept").await?;
    window.press("Save to Halden (Production)").await?;
    window.see("All webhooks").await?;

    let after = find();
    assert_eq!((after.name.as_str(), after.endpoint_config.http_timeout), ("Room occupancy by JSON", 12));
    assert!(after.endpoint_config.api_key == Some(key), "the key was kept");
    assert_eq!(after.filters, before.filters);
    window.close().await
}

#[tokio::test]
async fn changes_survive_the_end_of_the_program_and_a_duplicate_keeps_the_key() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("halden-offices", BUTLR_LABELS).await;
    let find = |name: &str| vendor.butlr().webhooks().into_iter().find(|w| w.name == name);
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Halden").await?;

    // The window is closed in the middle of a change, with a secret typed.
    window.fill("Filter webhooks", "Room occupancy to booking").await?;
    window.press_path("//*[@role='row'][contains(., 'Room occupancy')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.fill("Name", "Room occupancy, half done").await?;
    window.press_path("//label[.//input[@type='radio']][normalize-space(.)='Replace']").await?;
    window.type_into("//input[@type='password']", "canary-typed-91b2").await?;
    window.see("2 changes").await?;
    window.keys("\u{E004}").await?;
    profile.until_kept("Room occupancy, half done").await?;
    window.close().await?;
    assert_eq!(profile.files_holding(&["canary-typed-91b2"]), Vec::<std::path::PathBuf>::new());

    let window = profile.launch().open().await?;
    window.settled().await?;
    window.fill("Filter webhooks", "Room occupancy to booking").await?;
    window.press_path("//*[@role='row'][contains(., 'Room occupancy')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.see("are back").await?;
    window.see("1 change").await?;
    assert_eq!(
        window.field("Name").await?.prop("value").await?.as_deref(),
        Some("Room occupancy, half done")
    );
    window.press("Start over").await?;
    window.see("No changes").await?;
    window.press("Close").await?;
    window.see("All webhooks").await?;

    // The key of a duplicate is the original's, and the window never sees it.
    window.press("More actions").await?;
    window.press("Duplicate").await?;
    window.see("Copied from “Room occupancy to booking board”").await?;
    window.fill("Name", "Room occupancy, second board").await?;
    window.press("Review").await?;
    window.press("Create in Halden (Production)").await?;
    window.see("All webhooks").await?;
    let original = find("Room occupancy to booking board").unwrap();
    let copy = find("Room occupancy, second board").unwrap();
    assert!(copy.endpoint_config.api_key == original.endpoint_config.api_key, "the key went along");
    assert_eq!(copy.filters, original.filters);
    let key = original.endpoint_config.api_key.unwrap();
    window.see_no(&key.value).await?;
    assert_eq!(profile.files_holding(&[&key.value]), Vec::<std::path::PathBuf>::new());
    window.close().await
}
