use super::support::{Outcome, OwnProfile, Vendor};
use serde_json::json;
use tacklebox_sandbox::{ButlrOrganisation, Dialect};

#[tokio::test]
async fn a_hostile_name_is_shown_as_text_and_breaks_nothing() -> Outcome {
    let profile = OwnProfile::new();
    let mut organisation = ButlrOrganisation::empty("evil", "Evil", Dialect::default());
    let mut template = ButlrOrganisation::halden_offices().webhooks.remove(0);
    for (at, name) in [
        "<img src=x onerror=\"window.__pwned = true\">".to_owned(),
        "x".repeat(10_000),
        "\u{202E}gnirts desrever\u{202C} \u{2067}rtl\u{2069}".to_owned(),
        "{{constructor.constructor('window.__pwned = true')()}}".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        template.id = format!("webhook_2xltBJExiXDb5ptxWE7gj6b5T{at:02}");
        template.name = name;
        organisation.webhooks.push(template.clone());
    }
    let vendor = Vendor::start(organisation).await;
    let window = profile.launch().open().await?;
    vendor.connect(&window, "Evil").await?;
    window.see("<img src=x onerror=").await?;
    window.press_path("//*[@role='row'][contains(., '<img src=x')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.see("Edit webhook").await?;
    let pwned = window
        .client
        .execute("return window.__pwned === undefined && !document.querySelector('img')", vec![])
        .await?;
    assert_eq!(pwned, json!(true));
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
    assert_eq!(window.client.execute(fits, vec![]).await?, json!(true), "the layout holds");

    // The page itself cannot reach out, whatever ran in it.
    let fetch = "return fetch('https://example.com').then(() => 'reached', () => 'blocked')";
    assert_eq!(window.client.execute(fetch, vec![]).await?, json!("blocked"));
    window.close().await
}
