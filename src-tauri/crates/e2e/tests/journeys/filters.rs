use super::support::{BUTLR_LABELS, EPILOT_LABELS, Outcome, OwnProfile, Vendor};
use serde_json::json;
use tacklebox_e2e::{DriveError, Window};

#[tokio::test]
async fn a_filter_of_five_conditions_is_built_on_the_sample_seen_to_match_and_not_and_saved() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("meridian", EPILOT_LABELS).await;
    let meridian = vendor.sandbox.epilot("meridian").unwrap();
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Meridian").await?;

    window.press("New webhook").await?;
    window.fill("Name", "Big orders in euro").await?;
    window.fill("URL", "https://erp.meridian.example/orders").await?;
    window.press("event_OrderPlaced").await?;
    window.see("\"_event_name\": \"OrderPlaced\"").await?;

    field_condition(&window, 1, "order.status", "is", Some("placed")).await?;
    field_condition(&window, 2, "order.amount_total", "is more than", Some("50000")).await?;
    field_condition(&window, 3, "order.currency", "is one of", Some("EUR")).await?;
    field_condition(&window, 4, "order.cancelled_at", "is empty", None).await?;
    window.press("Add JSONata condition").await?;
    let expression = "//*[@aria-label='JSONata expression of condition 5' and @contenteditable]";
    window.type_into(expression, "$contains(order.order_number, \"OR-\")").await?;
    window.see("Would be sent").await?;

    // One value too high: that condition says why, and the whole would not be sent.
    window.fill("Value of condition 2", "200000").await?;
    window.see("Would not be sent").await?;
    window.see("1 of 5 does not match the sample").await?;
    window.fill("Value of condition 2", "50000").await?;
    window.see("Would be sent").await?;

    window.press("Review").await?;
    window.see_no("was not tried").await?;
    window.press("Create in Meridian (Production)").await?;
    window.see("saved in the keyring").await?;
    window.press("Done").await?;
    let created = meridian.webhooks().into_iter().find(|w| w["name"] == json!("Big orders in euro")).unwrap();
    let filter = &created["filterConditions"];
    // All of them is what the vendor's document makes of a missing operator.
    assert_ne!(filter["logical_operator"], json!("OR"));
    let conditions = filter["conditions"].as_array().unwrap();
    let fields: Vec<_> = conditions.iter().map(|c| c["field"].as_str().unwrap_or("jsonata")).collect();
    assert_eq!(
        fields,
        ["order.status", "order.amount_total", "order.currency", "order.cancelled_at", "jsonata"]
    );
    assert_eq!(conditions[1]["operation"], json!("greater_than"));
    assert_eq!(conditions[1]["values"], json!(["50000"]));
    assert_eq!(conditions[4]["jsonata_expression"], json!("$contains(order.order_number, \"OR-\")"));
    window.close().await
}

#[tokio::test]
async fn a_floor_and_two_rooms_are_picked_by_name_saved_and_found_again() -> Outcome {
    let profile = OwnProfile::new();
    let vendor = Vendor::seeded("halden-offices", BUTLR_LABELS).await;
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Halden").await?;

    // This one counts the floors of everything; it gets a filter.
    window.fill("Filter webhooks", "Floor counts for facility").await?;
    window.press_path("//*[@role='row'][contains(., 'Floor counts')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    for (name, inside) in [("3rd floor", "Havnegata 12"), ("Fjordsalen (60 seats)", "1st floor")] {
        window.fill("Search places by name or ID", name).await?;
        window.see(inside).await?;
        window.press_path(&box_of(name)).await?;
    }
    window.fill("Search places by name or ID", "Kantine").await?;
    window.press_path(&box_of("Kantine (120 seats)")).await?;
    window.see("3 chosen").await?;

    window.press("Review changes").await?;
    window.press("Save to Halden (Production)").await?;
    window.see("All webhooks").await?;
    let stored = vendor.butlr().webhooks();
    let stored = stored.iter().find(|w| w.name.starts_with("Floor counts")).unwrap();
    let filters = serde_json::to_value(&stored.filters).unwrap();
    assert_eq!(filters["floor_ids"].as_array().map(Vec::len), Some(1));
    assert_eq!(filters["room_ids"].as_array().map(Vec::len), Some(2));

    window.press("Edit").await?;
    window.see("3 chosen").await?;
    for chip in
        ["Havnegata 12 / 3rd floor", "1st floor / Fjordsalen (60 seats)", "1st floor / Kantine (120 seats)"]
    {
        window.see(chip).await?;
    }
    window.see("No changes").await?;
    window.close().await
}

async fn field_condition(
    window: &Window,
    number: usize,
    field: &str,
    operation: &str,
    value: Option<&str>,
) -> Result<(), DriveError> {
    window.press("Add condition").await?;
    window.fill(&format!("Field of condition {number}"), field).await?;
    window.press(&format!("Operation of condition {number}")).await?;
    window.press_path(&format!("//*[@role='option'][normalize-space(.)='{operation}']")).await?;
    window.until("the closed list", "return !document.querySelector('[role=listbox]')", vec![]).await?;
    let Some(value) = value else { return Ok(()) };
    if operation.ends_with("of") {
        // Enter makes a value of what was typed.
        return window.fill(&format!("Values of condition {number}"), &format!("{value}\u{E007}")).await;
    }
    window.fill(&format!("Value of condition {number}"), value).await
}

fn box_of(name: &str) -> String {
    format!("//*[@role='treeitem'][@aria-label='{name}']/span[@data-state]")
}
