//! Measures the real window against a bare one, side by side in one run: start, memory, typing; and keys in the
//! pickers.
//! Figures are for reading, not for passing: nothing here fails because something is slow.
#![allow(clippy::print_stdout, reason = "a measuring program says what it measured")]

mod editors;

use serde_json::json;
use std::path::{Path, PathBuf};
use tacklebox_e2e::{DriveError, Launch};
use tacklebox_sandbox::{ButlrConfig, ButlrOrganisation, Sandbox, SandboxConfig, SandboxOrganisation};

const PAIRS: usize = 7;
const FIRST_PAINT: &str = "const paint = performance.getEntriesByType('paint').find((p) => p.name === 'first-contentful-paint'); return performance.timeOrigin + (paint ? paint.startTime : NaN)";
const FIRST_ROWS: &str = "const mark = performance.getEntriesByName('rows')[0]; return performance.timeOrigin + (mark ? mark.startTime : NaN)";
/// Types into the box found by a selector, one letter after the other, and measures each key until the second frame
/// after the last change it made in the page: what was found is then drawn.
const TYPE: &str = "
    const [selector, words, done] = arguments;
    const box = document.querySelector(selector);
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const times = [];
    const steps = words.flatMap((word) => [...word].map((_, at) => word.slice(0, at + 1)).concat(''));
    const QUIET_MS = 80;
    let changed = 0, painted = 0;
    const paint = () => requestAnimationFrame(() => requestAnimationFrame(() => { painted = performance.now(); }));
    const watch = new MutationObserver(() => { changed = performance.now(); paint(); });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const next = () => {
        if (steps.length === 0) { watch.disconnect(); return done(times); }
        const began = performance.now();
        changed = began;
        painted = 0;
        paint();
        set.call(box, steps.shift());
        box.dispatchEvent(new Event('input', { bubbles: true }));
        const look = () => {
            if (performance.now() - changed < QUIET_MS || painted < changed) return setTimeout(look, 10);
            times.push(painted - began);
            next();
        };
        look();
    };
    box.focus();
    next();";

const LIST_SEARCH: &str = "input[type=search], input[aria-label='Filter webhooks']";

#[tokio::main]
async fn main() -> Result<(), DriveError> {
    let arguments: Vec<String> = std::env::args().collect();
    let program = arguments.iter().position(|a| a == "--program").and_then(|at| arguments.get(at + 1));
    let program = std::path::absolute(program.map_or("target/release/tacklebox", String::as_str))?;
    let bare = program.with_file_name("examples").join("bare");
    let folder = tempfile::tempdir()?;
    if arguments.iter().any(|a| a == "editors") {
        return editors::keys(&program, folder.path()).await;
    }

    start(&program, &bare, &folder.path().join("start")).await?;
    let filled = folder.path().join("filled");
    let vendor = vendor(10_000).await?;
    connect(&program, &filled, &vendor.1).await?;
    memory(&program, &bare, &filled).await?;
    typing(&program, &filled).await?;
    editors::keys(&program, folder.path()).await
}

/// Start to first rows from the last-seen cache of 500 webhooks, against a bare window's first paint.
async fn start(program: &Path, bare: &Path, profile: &Path) -> Result<(), DriveError> {
    let vendor = vendor(500).await?;
    connect(program, profile, &vendor.1).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..=PAIRS {
        let window = launch(program, profile).open().await?;
        window.until("rows", "return performance.getEntriesByName('rows').length > 0", vec![]).await?;
        ours.push(window.since_start(FIRST_ROWS).await?);
        window.close().await?;
        let window = launch(bare, profile).open().await?;
        window.until("a paint", "return performance.getEntriesByType('paint').length > 0", vec![]).await?;
        theirs.push(window.since_start(FIRST_PAINT).await?);
        window.close().await?;
    }
    // The first pair warms the caches of the system.
    let (ours, theirs) = (&ours[1..], &theirs[1..]);
    let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a / b).collect();
    println!(
        "start, 500 webhooks: first rows {:.0} ms, bare window {:.0} ms, ratio {:.2} ({:.2} to {:.2}), budget 1.50",
        median(ours),
        median(theirs),
        median(&ratios),
        least(&ratios),
        most(&ratios)
    );
    Ok(())
}

/// Memory with 10,000 webhooks listed and refreshed, against a bare window.
async fn memory(program: &Path, bare: &Path, profile: &Path) -> Result<(), DriveError> {
    let window = launch(program, profile).open().await?;
    window.until("rows", "return performance.getEntriesByName('rows').length > 0", vec![]).await?;
    window.settled().await?;
    let ours = window.memory_mb()?;
    window.close().await?;
    let window = launch(bare, profile).open().await?;
    let theirs = window.memory_mb()?;
    window.close().await?;
    println!(
        "memory, 10,000 webhooks: {ours:.0} MB, bare window {theirs:.0} MB, ratio {:.2}, budget 1.30",
        ours / theirs
    );
    Ok(())
}

/// Keystroke in search over 10,000 webhooks to the second frame after it.
async fn typing(program: &Path, profile: &Path) -> Result<(), DriveError> {
    let window = launch(program, profile).open().await?;
    window.until("rows", "return performance.getEntriesByName('rows').length > 0", vec![]).await?;
    window.settled().await?;
    let words = json!(["occupancy", "ingest", "webhook 77", "traffic", "zzz"]);
    let times = window.run(TYPE, vec![json!(LIST_SEARCH), words]).await?;
    window.close().await?;
    let mut times: Vec<f64> =
        times.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    figures("typing, 10,000 webhooks", &times, 50);
    Ok(())
}

async fn vendor(webhooks: usize) -> Result<(Sandbox, SandboxOrganisation), DriveError> {
    let butlr =
        ButlrConfig { organisations: vec![ButlrOrganisation::bulk(webhooks)], ..ButlrConfig::default() };
    let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await;
    let sandbox = sandbox.map_err(|e| DriveError::Setup(e.to_string()))?;
    let organisation = sandbox.organisations().remove(0);
    Ok((sandbox, organisation))
}

/// Connects an organisation through the window and waits until its webhooks are listed.
async fn connect(
    program: &Path,
    profile: &Path,
    organisation: &SandboxOrganisation,
) -> Result<(), DriveError> {
    let credential =
        |key: &str| organisation.credential.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
    let window = launch(program, profile).open().await?;
    window.press("Connect an organisation").await?;
    window.fill("Name", "Bulk").await?;
    window.fill("Client ID", credential("client_id").unwrap_or_default()).await?;
    window.fill("Client secret", credential("client_secret").unwrap_or_default()).await?;
    window.press_path("//button[starts-with(normalize-space(.), 'Advanced')]").await?;
    window.fill("Base URL", &organisation.base_url).await?;
    window.press("Add Bulk").await?;
    window.see("All webhooks").await?;
    window.until("rows", "return performance.getEntriesByName('rows').length > 0", vec![]).await?;
    window.settled().await?;
    window.close().await
}

/// Says the median and the 95th percentile of sorted times.
fn figures(what: &str, sorted: &[f64], budget_ms: u32) {
    let p95 = sorted.get(sorted.len() * 95 / 100).copied().unwrap_or(f64::NAN);
    println!(
        "{what}: median {:.0} ms, 95th percentile {p95:.0} ms over {} keys, budget {budget_ms} ms",
        median(sorted),
        sorted.len()
    );
}

fn launch(program: &Path, profile: &Path) -> Launch {
    let mut launch = Launch::of_profile(profile);
    launch.program = PathBuf::from(program);
    launch
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}
