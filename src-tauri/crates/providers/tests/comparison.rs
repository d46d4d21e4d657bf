//! The comparison of the providers in ARCHITECTURE.md is made from their capabilities, so that it cannot go stale.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write;
use std::path::Path;
use tacklebox_model::{
    Capabilities, DeliveryLog, EventsPerWebhook, FieldKind, FieldPath, FieldSpec, OnOff, ServerTest, Signing,
    StoredSecrets,
};
use tacklebox_providers::registry;

const BEGIN: &str = "<!-- The tables below are written by `./dev bindings` from the capabilities. -->\n";
const END: &str = "<!-- End of the tables. -->\n";

/// With `TACKLEBOX_WRITE_BINDINGS` set it writes the tables instead: `./dev bindings`.
#[test]
fn the_comparison_in_the_architecture_is_that_of_the_capabilities() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("ARCHITECTURE.md has a place for the tables");
    let (tables, after) = rest.split_once(END).expect("the place has an end");
    let fresh = comparison();
    if std::env::var_os("TACKLEBOX_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{fresh}{END}{after}")).unwrap();
    } else {
        assert_eq!(tables, fresh, "the comparison is stale: run ./dev bindings");
    }
}

/// What a row tells of each provider.
type Fact = fn(&Capabilities) -> String;

fn comparison() -> String {
    let providers: Vec<_> = registry().iter().map(|p| (p.info().name, p.documented())).collect();
    let names: Vec<_> = providers.iter().map(|(name, _)| name.as_str()).collect();
    let facts: [(&str, Fact); 7] = [
        ("Event types in one webhook", |c| events(c.events_per_webhook).into()),
        ("Switched off", |c| on_off(c)),
        ("Stored secrets", |c| stored_secrets(c.stored_secrets).into()),
        ("Signs what it sends", |c| signing(&c.signing)),
        ("Log of deliveries", |c| c.deliveries.as_ref().map_or_else(none, deliveries)),
        ("Tests by the vendor", |c| server_tests(&c.server_tests)),
        ("Calls are charged for", |c| if c.metered { "by the month".into() } else { none() }),
    ];
    let mut text = String::from("\n");
    head(&mut text, "", &names);
    for (label, fact) in facts {
        row(&mut text, label, providers.iter().map(|(_, c)| fact(c)));
    }
    text.push('\n');
    head(&mut text, "Field", &names);
    for path in paths(&providers) {
        let specs: Vec<_> = providers.iter().map(|(_, c)| c.fields().find(|f| f.path == path)).collect();
        let label = specs.iter().flatten().next().map_or(path.as_str(), |spec| spec.label.as_str());
        row(&mut text, &format!("{label} (`{path}`)"), specs.iter().map(|s| s.map_or_else(none, kind)));
    }
    text.push('\n');
    text
}

/// Every path, those of earlier providers first, each in the order of its form.
fn paths(providers: &[(String, Capabilities)]) -> Vec<FieldPath> {
    let mut paths: Vec<FieldPath> = Vec::new();
    for spec in providers.iter().flat_map(|(_, c)| c.fields()) {
        if !paths.contains(&spec.path) {
            paths.push(spec.path.clone());
        }
    }
    paths
}

fn head(text: &mut String, first: &str, names: &[&str]) {
    let _ = writeln!(text, "| {first} | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
}

fn row(text: &mut String, label: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<_> = cells.map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(text, "| {} | {} |", label.replace('|', "\\|"), cells.join(" | "));
}

fn none() -> String {
    "no".into()
}

fn events(per_webhook: EventsPerWebhook) -> &'static str {
    match per_webhook {
        EventsPerWebhook::One => "exactly one",
        EventsPerWebhook::Many => "one or more",
    }
}

fn on_off(capabilities: &Capabilities) -> String {
    match &capabilities.on_off {
        OnOff::AlwaysOn => "no: it sends as long as it exists".into(),
        OnOff::Field { path } => format!("by `{path}`"),
    }
}

fn stored_secrets(stored: StoredSecrets) -> &'static str {
    match stored {
        StoredSecrets::Returned => "returned when read",
        StoredSecrets::WriteOnly => "written, never read",
        StoredSecrets::None => "none",
    }
}

fn signing(signing: &Signing) -> String {
    match signing {
        Signing::None => none(),
        Signing::SecretShownOnce { label, .. } => format!("{label}, told once at creation"),
    }
}

fn deliveries(log: &DeliveryLog) -> String {
    let mut words = vec![format!("{} outcomes to filter by", log.statuses.len())];
    words.extend(log.kept_days.map(|days| format!("kept {days} days")));
    words.extend(log.replay_at_once.map(|most| format!("sent again, {most} at once")));
    words.extend(log.reapply.then(|| "made anew".to_owned()));
    words.join(", ")
}

fn server_tests(tests: &[ServerTest]) -> String {
    let words = tests.iter().map(|test| match test {
        ServerTest::OAuth => "token",
        ServerTest::Example => "example",
        ServerTest::Trigger => "delivery",
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() { none() } else { words.join(", ") }
}

fn kind(spec: &FieldSpec) -> String {
    let kind = match &spec.kind {
        FieldKind::Text { .. } => "text".to_owned(),
        FieldKind::Url { https_only: true } => "HTTPS address".to_owned(),
        FieldKind::Url { https_only: false } => "address".to_owned(),
        FieldKind::Integer { min, max, unit } => {
            format!("{min} to {max}{}", unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default())
        }
        FieldKind::Switch => "switch".to_owned(),
        FieldKind::Choice { options } => {
            let labels: Vec<_> = options.iter().map(|option| option.label.as_str()).collect();
            labels.join(", ")
        }
        FieldKind::Events => "event types".to_owned(),
        FieldKind::Secret => "secret".to_owned(),
        FieldKind::IdList { noun, .. } => format!("ids of {noun}s"),
        FieldKind::TextList { noun } => format!("{noun}s"),
        FieldKind::Pairs { noun, secret, .. } => {
            format!("{noun}s{}", if *secret { ", values secret" } else { "" })
        }
        FieldKind::Code { language: tacklebox_model::CodeLanguage::Jsonata, .. } => "JSONata".to_owned(),
        FieldKind::Conditions { spec } => format!("up to {} conditions", spec.max),
        FieldKind::Json => "JSON".to_owned(),
    };
    if spec.required { format!("{kind}, required") } else { kind }
}
