//! Keys in the pickers of the editor: 5,000 event types, and a building of 5,000 rooms.

use crate::{TYPE, figures, launch};
use serde_json::{Value, json};
use std::path::Path;
use tacklebox_e2e::{DriveError, Window};
use tacklebox_sandbox::{
    ButlrConfig, ButlrOrganisation, EpilotConfig, EpilotOrganisation, Sandbox, SandboxConfig,
    SandboxOrganisation,
};

const MANY: usize = 5_000;
const FLOORS: usize = 20;
const BUDGET_MS: u32 = 50;
/// How often the keys are pressed: the 95th percentile of a few dozen is but the second slowest of them.
const ROUNDS: usize = 4;

/// Presses keys on whatever has the focus, and measures each until the second frame after it.
const PRESS: &str = "
    const [selector, keys, done] = arguments;
    document.querySelector(selector).focus();
    const times = [];
    const next = () => {
        if (keys.length === 0) return done(times);
        const key = keys.shift();
        const began = performance.now();
        const on = document.activeElement;
        on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        on.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, cancelable: true }));
        requestAnimationFrame(() => requestAnimationFrame(() => { times.push(performance.now() - began); setTimeout(next, 30); }));
    };
    next();";

const EVENT_SEARCH: &str = "input[aria-label='Search events'], input[placeholder='Search events']";
const EVENT_ROW: &str = "[data-path='events'] [tabindex='0']:not(input):not(button)";
const PLACE_SEARCH: &str = "input[placeholder='Search places by name or ID']";
const PLACE_ROW: &str = "[role='treeitem'][tabindex='0']";

/// Measures both pickers in profiles below a folder.
pub async fn keys(program: &Path, folder: &Path) -> Result<(), DriveError> {
    let sandbox = Sandbox::start(config()).await.map_err(|e| DriveError::Setup(e.to_string()))?;
    let organisations = sandbox.organisations();
    for organisation in &organisations {
        let window = launch(program, &folder.join(&organisation.key)).open().await?;
        connect(&window, organisation).await?;
        let measured =
            if organisation.key == "tower" { places(&window).await } else { events(&window).await };
        window.close().await?;
        measured?;
    }
    Ok(())
}

async fn events(window: &Window) -> Result<(), DriveError> {
    window.press("New webhook").await?;
    window.see("event_Thing0001").await?;
    window.settled().await?;
    let words = json!(["thing", "event_thing4", "updated", "zzz"]);
    report("typing, 5,000 events", window, TYPE, &[json!(EVENT_SEARCH), words]).await?;
    report("keys, 5,000 events", window, PRESS, &[json!(EVENT_ROW), pressed()]).await
}

async fn places(window: &Window) -> Result<(), DriveError> {
    window.press_path("//*[@role='row'][contains(., 'Bulk')]//*[@role='gridcell'][2]").await?;
    window.press("Edit").await?;
    window.see("Tower").await?;
    window.settled().await?;
    let words = json!(["room", "room 17.", "floor 3", "zzz"]);
    report("typing, 5,000 rooms", window, TYPE, &[json!(PLACE_SEARCH), words]).await?;
    report("keys, 5,000 rooms", window, PRESS, &[json!(PLACE_ROW), pressed()]).await
}

/// Through the list, with boxes ticked on the way, to its end and back.
fn pressed() -> Value {
    let mut keys: Vec<&str> = vec!["ArrowRight", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowRight"];
    keys.extend(["ArrowDown"; 20]);
    keys.extend([" ", "ArrowDown", " ", "ArrowDown", " ", "End", "ArrowUp", " ", "Home", " ", " "]);
    json!(keys)
}

/// The first round, in which the window does everything for the first time, and all of them together.
async fn report(what: &str, window: &Window, script: &str, arguments: &[Value]) -> Result<(), DriveError> {
    let mut times: Vec<f64> = Vec::new();
    for round in 0..ROUNDS {
        let round_times = window.run(script, arguments.to_vec()).await?;
        times.extend(round_times.as_array().into_iter().flatten().filter_map(Value::as_f64));
        times.sort_by(f64::total_cmp);
        if round == 0 {
            figures(&format!("{what}, at first"), &times, BUDGET_MS);
        }
    }
    figures(what, &times, BUDGET_MS);
    Ok(())
}

fn config() -> SandboxConfig {
    let events: Vec<String> = (1..=MANY)
        .map(|n| format!("event_Thing{n:04}{}", if n % 2 == 0 { "Updated" } else { "Created" }))
        .collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    let mut tower = ButlrOrganisation::bulk(1);
    tower.key = "tower".into();
    tower.assets.sites = vec![site()];
    tower.assets.sensors.clear();
    let mut config = SandboxConfig {
        butlr: ButlrConfig { organisations: vec![tower], ..ButlrConfig::default() },
        epilot: EpilotConfig {
            organisations: vec![EpilotOrganisation::empty("many-events", "Many events", &events)],
            ..EpilotConfig::default()
        },
        ..SandboxConfig::default()
    };
    config.booqable.organisations.clear();
    config
}

/// One building with twenty floors, the rooms shared out among them.
fn site() -> Value {
    let per_floor = MANY / FLOORS;
    let floor = |floor: usize| {
        let room = |room: usize| {
            let id = format!("room_{floor:02}{room:025}");
            json!({ "id": id, "name": format!("Room {floor}.{room:03}"), "floor_id": format!("space_{floor:027}") })
        };
        json!({
            "id": format!("space_{floor:027}"), "name": format!("Floor {floor}"), "floorNumber": floor,
            "building_id": format!("building_{:027}", 1),
            "rooms": (1..=per_floor).map(room).collect::<Vec<_>>(), "zones": [],
        })
    };
    json!({
        "id": format!("site_{:027}", 1), "name": "City", "org_id": format!("org_{:027}", 1),
        "buildings": [{
            "id": format!("building_{:027}", 1), "name": "Tower", "building_number": 1,
            "site_id": format!("site_{:027}", 1), "floors": (1..=FLOORS).map(floor).collect::<Vec<_>>(),
        }],
    })
}

async fn connect(window: &Window, organisation: &SandboxOrganisation) -> Result<(), DriveError> {
    let provider = &organisation.provider;
    window.press("Connect an organisation").await?;
    window.press_path(&format!("//label[.//input[@type='radio' and @value='{provider}']]")).await?;
    window.fill("Name", "Many").await?;
    for (key, label) in
        [("client_id", "Client ID"), ("client_secret", "Client secret"), ("access_token", "Access token")]
    {
        if let Some((_, value)) = organisation.credential.iter().find(|(name, _)| name == key) {
            window.fill(label, value).await?;
        }
    }
    window.press_path("//button[starts-with(normalize-space(.), 'Advanced')]").await?;
    window.fill("Base URL", &organisation.base_url).await?;
    window.press("Add Many").await?;
    window.see("All webhooks").await?;
    window.settled().await
}
