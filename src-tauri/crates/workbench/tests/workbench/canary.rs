//! Marked secrets everywhere, and a search for them in every file, log line and answer.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use crate::common::{Bench, LAB, OFFICES, ZONES, draft, kinds, new_webhook, replace, text, update, url};
use crate::drafts::with_secrets;
use serde::Serialize;
use serde_json::{Value, json};
use tacklebox_model::{
    Connection, FieldInput, FieldPath, ItemOutcome, OperationId, PairInput, PlanView, WebhookDraft,
    WebhookId, WebhookPick,
};
use tacklebox_sandbox::{
    BooqableConfig, BooqableOrganisation, ButlrConfig, ButlrOrganisation, EpilotConfig, EpilotOrganisation,
    Fault as Trouble, FaultAction, SandboxConfig,
};
use tacklebox_workbench::view::{
    DeliveriesRequest, DraftRequest, EditConnectionRequest, KeepDraftRequest, OpenRequest, RevealRequest,
    TestConnectionRequest,
};

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
    let epilot = EpilotConfig { organisations: vec![marked_epilot()], ..EpilotConfig::default() };
    let mut rentals = BooqableOrganisation::kestrel_rentals();
    rentals.access_token = format!("{}0000", marked("rentals"));
    for endpoint in &mut rentals.endpoints {
        endpoint.url = format!("https://me:{}@b.example/x?token={}", marked("userinfo"), marked("query"));
    }
    let booqable = BooqableConfig { organisations: vec![rentals] };
    Bench::with(SandboxConfig { butlr, epilot, booqable, ..SandboxConfig::default() }).await
}

/// With every secret there can be at a webhook.
fn marked_epilot() -> EpilotOrganisation {
    let mut organisation = EpilotOrganisation::meridian();
    for webhook in &mut organisation.webhooks {
        webhook["signingSecret"] = json!(marked("signing"));
        webhook["url"] = json!(format!("https://e.example/x?token={}", marked("query")));
        webhook["payloadConfiguration"]["custom_headers"] =
            json!({ "x-kept": marked("kept-header"), "x-typed": marked("old-header") });
        let auth = &mut webhook["auth"];
        for (config, secret) in
            [("basicAuthConfig", "password"), ("apiKeyConfig", "keyValue"), ("oauthConfig", "clientSecret")]
        {
            if let Some(config) = auth.get_mut(config).filter(|config| config.is_object()) {
                config[secret] = json!(marked(secret));
            }
        }
        let parameters = auth.pointer_mut("/oauthConfig/customParameterList");
        for parameter in parameters.and_then(Value::as_array_mut).into_iter().flatten() {
            parameter["value"] = json!(marked("parameter"));
        }
    }
    organisation
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
    let told = epilot_session(&bench, &crossed).await;
    booqable_session(&bench, &crossed).await;
    bench.workbench.finish_writes().await;
    let secrets = [CANARY.to_owned(), bench.sandbox.epilot(MERIDIAN).unwrap().access_token(), told];

    for text in crossed.0.lock().unwrap().iter() {
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "crossed to the window: {text}");
    }
    let log = String::from_utf8(log().0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("tacklebox_http"), "the log was not captured");
    let line = log.lines().find(|line| secrets.iter().any(|secret| line.contains(secret)));
    assert!(line.is_none(), "logged: {line:?}");
    assert!(search(bench.folder.path(), &secrets) > 0);
    let kept = bench.keyring.values();
    let is_kept = |secret| kept.values().any(|value: &String| value.contains(secret));
    assert!(secrets.iter().all(is_kept), "the secrets were there");
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
    copied_and_drafted(bench, crossed, &pick, vec![], echo("createWebhooks", 200)).await;
    let picks = vec![pick, bench.pick(&lab, LAB, "Traffic replay")];
    let view = bench.plan_delete(picks).await;
    crossed.see(&view);
    let outcomes = bench.apply_saying(&view, &|event| crossed.see(&event)).await;
    assert_eq!(kinds(&outcomes), ["done", "done"]);
    bench.journal().iter().for_each(|entry| crossed.see(entry));
    crossed.see(&workbench.vault_status());
}

/// Makes a copy of a webhook, which is refused with the words of `refusal` first, and keeps a form that was not saved.
async fn copied_and_drafted(
    bench: &Bench,
    crossed: &Crossed,
    source: &WebhookPick,
    typed: Vec<(&str, FieldInput)>,
    refusal: Trouble,
) {
    let mut copy = bench.copied(&bench.open(source).await).await;
    copy.fields.extend(typed.into_iter().map(|(path, input)| (FieldPath::from(path), input)));
    crossed.see(&format!("{copy:?}"));
    for (refusal, end) in [(Some(refusal), "failed"), (None, "done")] {
        let view = bench.plan_from(source, copy.clone()).await;
        refusal.into_iter().for_each(|refusal| bench.sandbox.faults().push(refusal));
        let outcomes = apply(bench, crossed, &view).await;
        assert_eq!(kinds(&outcomes), [end], "{outcomes:?}");
    }
    let (connection, webhook) = (source.connection.clone(), Some(source.id.clone()));
    let form = with_secrets(&marked("draft"));
    let keep = KeepDraftRequest { connection: connection.clone(), webhook: webhook.clone(), form };
    crossed.outcome(bench.workbench.keep_draft(keep));
    let kept = bench.workbench.kept_draft(&DraftRequest { connection, webhook }).unwrap();
    assert_eq!(kept.as_ref().map(|kept| kept.withheld), Some(5));
    crossed.see(&kept);
}

const MERIDIAN: &str = "meridian";
const RENTALS: &str = "kestrel-rentals";
/// Has custom headers and a password.
const ERP: &str = "mErpSync1hook000000001";

/// A refusal whose words repeat what was sent.
fn repeats(target: &str, status: u16, words: &[&str]) -> Trouble {
    let said = json!({ "message": words.join(" "), "errors": [{ "detail": words.join(" ") }] });
    Trouble::new(target, FaultAction::respond(status, &said.to_string()))
}

/// Applies a plan, and looks at all that is said of it.
async fn apply(bench: &Bench, crossed: &Crossed, view: &PlanView) -> Vec<ItemOutcome> {
    crossed.see(view);
    let outcomes = bench.apply_saying(view, &|event| crossed.see(&event)).await;
    crossed.see(&outcomes);
    outcomes
}

/// Connects, tries and lists an organisation; `wrong` is a refusal of its credential.
async fn connected(bench: &Bench, crossed: &Crossed, key: &str, wrong: Trouble) -> Connection {
    let connection = bench.connect(key).await;
    crossed.see(&connection);
    for trouble in [None, Some(wrong)] {
        trouble.into_iter().for_each(|trouble| bench.sandbox.faults().push(trouble));
        let input = bench.input(key);
        let test = TestConnectionRequest { operation: OperationId::random(), connection: None, input };
        crossed.outcome(bench.workbench.test_connection(&test, &|finding| crossed.see(&finding)).await);
        bench.refresh(vec![connection.id.clone()]).await.iter().for_each(|event| crossed.see(event));
    }
    crossed.outcome(bench.workbench.offer(&connection.id).await);
    crossed.outcome(bench.workbench.last_seen());
    connection
}

/// Edits a webhook three times, of which the first two are refused with everything repeated, then makes and deletes
/// one. Returns what was made.
async fn written(
    bench: &Bench,
    crossed: &Crossed,
    pick: &WebhookPick,
    typed: impl Fn() -> WebhookDraft,
    refused: [Trouble; 2],
) -> WebhookId {
    let opened = bench.open(pick).await;
    crossed.see(&opened);
    crossed.see(&format!("{:?}", typed()));
    for trouble in refused.into_iter().map(Some).chain([None]) {
        let view = bench.workbench.plan(&update(&opened, typed())).await.unwrap();
        let is_refused = trouble.is_some();
        trouble.into_iter().for_each(|trouble| bench.sandbox.faults().push(trouble));
        let outcomes = apply(bench, crossed, &view).await;
        assert_eq!(kinds(&outcomes), [if is_refused { "failed" } else { "done" }], "{outcomes:?}");
    }
    let stale = bench.workbench.plan(&update(&opened, typed())).await.unwrap();
    crossed.see(&stale);
    let connection = bench.store().connection(&pick.connection).unwrap().unwrap();
    let view = bench.plan_create(&connection, typed()).await;
    let outcomes = apply(bench, crossed, &view).await;
    let [ItemOutcome::Done { row: Some(row), .. }] = &outcomes[..] else { panic!("{outcomes:?}") };
    let outcomes = apply(bench, crossed, &bench.plan_delete(vec![pick.clone()]).await).await;
    assert_eq!(kinds(&outcomes), ["done"]);
    bench.journal().iter().for_each(|entry| crossed.see(entry));
    row.id.clone()
}

/// Returns the secret that was told once.
async fn epilot_session(bench: &Bench, crossed: &Crossed) -> String {
    let epilot = bench.sandbox.epilot(MERIDIAN).unwrap();
    let token = epilot.access_token();
    let wrong = repeats("GET /v1/webhooks/configs", 401, &[&token]);
    let connection = connected(bench, crossed, MERIDIAN, wrong).await;
    let pair = |name: &str, origin, value| PairInput { group: None, name: name.into(), origin, value };
    let parameter =
        PairInput { group: Some("body".into()), ..pair("p", None, replace(&marked("typed-parameter"))) };
    let typed = || {
        let headers = vec![pair("x-typed", Some(1), replace(&marked("typed-header")))];
        draft([
            ("name", text("Typed")),
            ("events", FieldInput::List(vec!["erp_synchronization".into()])),
            ("url", url(&format!("https://typed.example/x?token={}", marked("typed-query")))),
            ("payload.custom_headers", FieldInput::Pairs(headers)),
            ("auth.type", text("OAUTH_CLIENT_CREDENTIALS")),
            ("auth.oauth.client_id", text("c")),
            ("auth.oauth.client_secret", FieldInput::Secret(replace(&marked("typed")))),
            ("auth.oauth.endpoint", url(&format!("https://login.example/?k={}", marked("typed-endpoint")))),
            ("auth.oauth.parameters", FieldInput::Pairs(vec![parameter.clone()])),
        ])
    };
    let said = ["typed", "typed-header", "typed-query", "typed-endpoint", "typed-parameter"].map(marked);
    let said: Vec<&str> = said.iter().map(String::as_str).chain([token.as_str()]).collect();
    let refused = [400, 422].map(|status| repeats("PUT /v1/webhooks/configs/{id}", status, &said));
    let pick = WebhookPick { connection: connection.id.clone(), id: WebhookId::from(ERP) };
    let header = FieldPath::from("payload.custom_headers.x-kept");
    let reveal = RevealRequest { webhook: pick.clone(), path: header };
    assert_eq!(bench.workbench.reveal(&reveal).await.unwrap(), marked("kept-header"));
    let list = DeliveriesRequest {
        webhook: pick.clone(),
        query: Default::default(),
        operation: OperationId::random(),
    };
    crossed.outcome(bench.workbench.deliveries(&list).await);
    let password = vec![("auth.basic.password", FieldInput::Secret(replace(&marked("typed"))))];
    let said = ["typed", "kept-header", "old-header", "query"].map(marked);
    let refusal = repeats("POST /v1/webhooks/configs", 400, &said.each_ref().map(String::as_str));
    copied_and_drafted(bench, crossed, &pick, password, refusal).await;
    let made = written(bench, crossed, &pick, typed, refused).await;
    let made = WebhookPick { connection: connection.id, id: made };
    crossed.outcome(bench.workbench.kept_secrets(&made).await);
    epilot.webhook(made.id.as_str()).unwrap()["signingSecret"].as_str().unwrap().to_owned()
}

async fn booqable_session(bench: &Bench, crossed: &Crossed) {
    let booqable = bench.sandbox.booqable(RENTALS).unwrap();
    let token = booqable.access_token().to_owned();
    let wrong = repeats("GET /api/4/webhook_endpoints", 401, &[&token]);
    let connection = connected(bench, crossed, RENTALS, wrong).await;
    let typed = || {
        draft([
            ("url", url(&format!("https://typed.example/x?token={}", marked("typed-query")))),
            ("events", FieldInput::List(vec!["order.updated".into()])),
        ])
    };
    let said = marked("typed-query");
    let target = "PUT /api/4/webhook_endpoints/{id}";
    let refused = [422, 400].map(|status| repeats(target, status, &["Url", &said, &token]));
    let id = WebhookId::from(booqable.endpoints()[0].id.as_str());
    let pick = WebhookPick { connection: connection.id.clone(), id };
    let reveal = RevealRequest { webhook: pick.clone(), path: FieldPath::from("url") };
    assert!(bench.workbench.reveal(&reveal).await.unwrap().contains(&marked("userinfo")));
    let said = ["userinfo", "query"].map(marked);
    let refusal = repeats("POST /api/4/webhook_endpoints", 422, &said.each_ref().map(String::as_str));
    copied_and_drafted(bench, crossed, &pick, vec![], refusal).await;
    written(bench, crossed, &pick, typed, refused).await;
    crossed.outcome(bench.workbench.usage(&connection.id));
}

/// Looks through every file; returns how many there were.
fn search(folder: &Path, secrets: &[String]) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search(&path, secrets);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "on the disk: {}", path.display());
        files += 1;
    }
    files
}
