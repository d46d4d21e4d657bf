//! Marked secrets everywhere, and a search for them in every file, log line and answer.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use crate::common::{Bench, LAB, OFFICES, ZONES, draft, kinds, new_webhook, replace, text, update, url};
use serde::Serialize;
use serde_json::json;
use tacklebox_model::{FieldInput, FieldPath, OperationId};
use tacklebox_sandbox::{ButlrConfig, ButlrOrganisation, Fault as Trouble, FaultAction, SandboxConfig};
use tacklebox_workbench::view::{EditConnectionRequest, OpenRequest, RevealRequest, TestConnectionRequest};

/// Part of every marked secret and of nothing else.
const CANARY: &str = "kanarifugl";

/// The log of everything our crates say.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let crates = ["workbench", "providers", "http", "store", "vault", "model"];
        let filter = crates.map(|name| format!("tacklebox_{name}=trace")).join(",");
        let writer = log.clone();
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || writer.clone()).init();
        log
    })
}

/// Everything that would cross to the window.
#[derive(Default)]
struct Crossed(Mutex<Vec<String>>);

impl Crossed {
    fn see<T: Serialize + std::fmt::Debug>(&self, what: &T) {
        let mut seen = self.0.lock().unwrap();
        seen.push(serde_json::to_string(what).unwrap());
        seen.push(format!("{what:?}"));
    }

    fn outcome<T: Serialize + std::fmt::Debug>(&self, what: Result<T, tacklebox_model::AppError>) {
        match what {
            Ok(value) => self.see(&value),
            Err(error) => {
                self.see(&error);
                self.0.lock().unwrap().push(error.to_string());
            }
        }
    }
}

fn marked(what: &str) -> String {
    format!("{CANARY}-{what}-9f3")
}

async fn marked_bench() -> Bench {
    let mut offices = ButlrOrganisation::halden_offices();
    offices.client_secret = marked("client");
    for webhook in &mut offices.webhooks {
        let endpoint = &mut webhook.endpoint_config;
        endpoint.url =
            format!("{}?site=1&token={}", endpoint.url.split('?').next().unwrap(), marked("query"));
        endpoint.api_key.iter_mut().for_each(|key| key.value = marked("key"));
        endpoint.basic_auth.iter_mut().for_each(|basic| basic.password = marked("password"));
    }
    let mut lab = ButlrOrganisation::halden_lab();
    lab.client_secret = marked("lab");
    let butlr = ButlrConfig { organisations: vec![offices, lab], ..ButlrConfig::default() };
    Bench::with(SandboxConfig { butlr, ..SandboxConfig::default() }).await
}

/// A vendor that repeats what it was sent: what was typed, and the password that was kept.
fn echo(root: &str, status: u16) -> Trouble {
    let words = ["password", "typed", "typed-query"].map(marked).join(" ");
    let body =
        json!({ "data": null, "errors": [{ "message": words, "extensions": { "code": "BAD_USER_INPUT" } }] });
    Trouble::new(root, FaultAction::respond(status, &body.to_string()))
}

#[tokio::test]
async fn no_secret_leaves_by_any_way_but_reveal() {
    log();
    let bench = marked_bench().await;
    let crossed = Crossed::default();
    session(&bench, &crossed).await;
    bench.workbench.finish_writes().await;

    for text in crossed.0.lock().unwrap().iter() {
        assert!(!text.contains(CANARY), "crossed to the window: {text}");
    }
    let log = String::from_utf8(log().0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("tacklebox_http"), "the log was not captured");
    let line = log.lines().find(|line| line.contains(CANARY));
    assert!(line.is_none(), "logged: {line:?}");
    assert!(search(bench.folder.path()) > 0);
    assert!(bench.keyring.values().values().any(|value| value.contains(CANARY)), "the secrets were there");
}

async fn session(bench: &Bench, crossed: &Crossed) {
    let workbench = &bench.workbench;
    let input = || bench.input(OFFICES);
    let request = |input| TestConnectionRequest { operation: OperationId::random(), connection: None, input };
    crossed.outcome(workbench.test_connection(&request(input()), &|finding| crossed.see(&finding)).await);
    let refused = json!({ "message": format!("wrong secret {}", marked("client")) }).to_string();
    let login = Trouble::new("/api/v2/clients/login", FaultAction::respond(401, &refused));
    bench.sandbox.faults().push(login);
    crossed.outcome(workbench.test_connection(&request(input()), &|finding| crossed.see(&finding)).await);
    let mut bad = input();
    bad.base_url = "http://elsewhere.example".into();
    crossed.outcome(workbench.add_connection(&bad).await);
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    crossed.outcome(workbench.start(false));
    let edit = EditConnectionRequest { connection: offices.id.clone(), input: input() };
    crossed.outcome(workbench.edit_connection(&edit).await);
    bench.refresh(vec![]).await.iter().for_each(|event| crossed.see(event));
    bench.sandbox.faults().push(Trouble::new("webhooks", FaultAction::Html { status: 500 }));
    bench.refresh(vec![offices.id.clone()]).await.iter().for_each(|event| crossed.see(event));
    crossed.outcome(workbench.last_seen());
    crossed.outcome(workbench.offer(&offices.id).await);

    let pick = bench.pick(&offices, OFFICES, ZONES);
    for fresh in [false, true] {
        crossed.outcome(workbench.open_webhook(&OpenRequest { webhook: pick.clone(), fresh }).await);
    }
    let opened = bench.open(&pick).await;
    let reveal = RevealRequest { webhook: pick.clone(), path: FieldPath::from("auth.api_key.value") };
    assert_eq!(workbench.reveal(&reveal).await.unwrap(), marked("key"));
    let typed = || {
        draft([
            ("url", url(&format!("https://typed.example/x?token={}", marked("typed-query")))),
            ("auth.api_key.value", FieldInput::Secret(replace(&marked("typed")))),
        ])
    };
    crossed.see(&format!("{:?}", typed()));
    for trouble in [Some(echo("updateWebhooks", 200)), Some(echo("updateWebhooks", 500)), None] {
        let view = bench.workbench.plan(&update(&opened, typed())).await.unwrap();
        crossed.see(&view);
        trouble.into_iter().for_each(|trouble| bench.sandbox.faults().push(trouble));
        let outcomes = bench.apply_saying(&view, &|event| crossed.see(&event)).await;
        crossed.see(&outcomes);
    }
    let view = workbench.plan(&update(&opened, draft([("name", text("Mine"))]))).await.unwrap();
    crossed.see(&view);
    let mut new = new_webhook("New");
    new.fields.insert("auth.api_key.value".into(), FieldInput::Secret(replace(&marked("new"))));
    let view = bench.plan_create(&offices, new).await;
    crossed.see(&view);
    let outcomes = bench.apply_saying(&view, &|event| crossed.see(&event)).await;
    assert_eq!(kinds(&outcomes), ["done"]);
    let picks = vec![pick, bench.pick(&lab, LAB, "Traffic replay")];
    let view = bench.plan_delete(picks).await;
    crossed.see(&view);
    let outcomes = bench.apply_saying(&view, &|event| crossed.see(&event)).await;
    assert_eq!(kinds(&outcomes), ["done", "done"]);
    bench.journal().iter().for_each(|entry| crossed.see(entry));
    crossed.see(&workbench.vault_status());
}

/// Looks through every file; returns how many there were.
fn search(folder: &Path) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search(&path);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(CANARY), "on the disk: {}", path.display());
        files += 1;
    }
    files
}
