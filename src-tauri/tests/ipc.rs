//! What crosses between the window and the host: shapes, errors, and that no secret does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tacklebox::{Host, Profile, dispatch};
use tacklebox_sandbox::{ButlrConfig, ButlrOrganisation, Sandbox, SandboxConfig, SandboxOrganisation};
use tacklebox_store::Store;
use tacklebox_vault::{AdaptiveVault, SessionVault};
use tacklebox_workbench::Workbench;
use tauri::test::{INVOKE_KEY, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tempfile::TempDir;

/// A host on a profile of its own, and everything that ever crossed to its window.
struct Desk {
    host: Arc<Host>,
    crossed: Arc<Mutex<Vec<Value>>>,
    _folder: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::find(Some(folder.path())).unwrap();
        let store = Store::open(&profile.database()).unwrap();
        let vault = AdaptiveVault::open(Arc::new(SessionVault::new()), "a keyring for tests").await;
        let about = tacklebox_workbench::Profile {
            name: profile.name.clone(),
            data_folder: profile.data.clone(),
            log_folder: profile.logs.clone(),
        };
        let providers = tacklebox_providers::registry();
        let workbench = Workbench::open(about, Arc::new(store), Arc::new(vault), providers).await.unwrap();
        Self { host: Arc::new(Host::over(workbench, profile)), crossed: Arc::default(), _folder: folder }
    }

    async fn call(&self, name: &str, args: Value) -> Result<Value, Value> {
        let crossed = self.crossed.clone();
        let send = Arc::new(move |progress| crossed.lock().unwrap().push(progress));
        let outcome =
            dispatch(&self.host, name, args, send).await.map_err(|e| serde_json::to_value(e).unwrap());
        let answer = match &outcome {
            Ok(value) | Err(value) => value.clone(),
        };
        self.crossed.lock().unwrap().push(answer);
        outcome
    }

    /// Everything that crossed since, and forgets it.
    fn crossed_since(&self) -> Vec<Value> {
        std::mem::take(&mut *self.crossed.lock().unwrap())
    }

    /// Connects a simulated organisation of any vendor.
    async fn connect(&self, organisation: &SandboxOrganisation) -> Value {
        let provider = tacklebox_model::ProviderId::new(organisation.provider.as_str());
        let fields = tacklebox_providers::find(&provider).unwrap().info().credentials;
        let (mut public, mut secret) = (serde_json::Map::new(), serde_json::Map::new());
        for (key, value) in &organisation.credential {
            if fields.iter().any(|field| &field.key == key && field.secret) {
                secret.insert(key.clone(), json!({ "move": "replace", "value": value }));
            } else {
                public.insert(key.clone(), json!(value));
            }
        }
        let input = json!({
            "provider": organisation.provider, "label": organisation.label, "environment": "staging",
            "baseUrl": organisation.base_url, "readOnly": false, "publicCredentials": public,
            "secretCredentials": secret,
        });
        self.call("connection_add", input).await.unwrap()
    }

    fn crossed_text(&self) -> String {
        serde_json::to_string(&*self.crossed.lock().unwrap()).unwrap()
    }
}

#[test]
fn the_one_tauri_command_carries_results_and_tagged_errors() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(Desk::new());
    let app = tacklebox::builder(mock_builder(), desk.host).build(mock_context(noop_assets())).unwrap();
    let window = tauri::WebviewWindowBuilder::new(&app, "main", Default::default()).build().unwrap();
    let invoke = |name: &str, args: Value| {
        let body = json!({ "name": name, "args": args, "channel": "__CHANNEL__:1" });
        let request = InvokeRequest {
            cmd: "call".into(),
            callback: tauri::ipc::CallbackFn(0),
            error: tauri::ipc::CallbackFn(1),
            url: if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }.parse().unwrap(),
            body: body.into(),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_string(),
        };
        get_ipc_response(&window, request).map(|body| body.deserialize::<Value>().unwrap())
    };
    let start = invoke("app_start", json!(null)).unwrap();
    assert_eq!(start["providers"][0]["id"], "butlr");
    assert_eq!(start["vault"]["mode"], "keyring");

    let error = invoke("connection_offer", json!({ "connection": "nobody" })).unwrap_err();
    let expected = json!({
        "kind": "notFound",
        "message": "This organisation is not connected any more.",
        "place": null,
        "advice": "Add it again to go on.",
    });
    assert_eq!(error, expected);
}

#[tokio::test]
async fn arguments_of_another_shape_are_refused_without_being_quoted() {
    let desk = Desk::new().await;
    let error = desk.call("connection_add", json!({ "clientSecret": "canary" })).await.unwrap_err();
    assert_eq!(error["kind"], "internal");
    assert!(!error.to_string().contains("canary"));
    let error = desk.call("no_such_command", json!(null)).await.unwrap_err();
    assert_eq!(error["kind"], "internal");
}

#[tokio::test]
async fn no_secret_ever_crosses_to_the_window_unless_it_is_revealed() {
    let butlr =
        ButlrConfig { organisations: vec![ButlrOrganisation::halden_offices()], ..ButlrConfig::default() };
    let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.unwrap();
    let organisation = sandbox.organisations().remove(0);
    let credential = |key: &str| organisation.credential.iter().find(|(k, _)| k == key).unwrap().1.clone();
    let mut secrets = vec![
        credential("client_secret"),
        "canary-key".into(),
        "canary-password".into(),
        "canary-token".into(),
    ];
    for webhook in sandbox.butlr(&organisation.key).unwrap().webhooks() {
        secrets.extend(webhook.endpoint_config.api_key.map(|k| k.value));
        secrets.extend(webhook.endpoint_config.basic_auth.map(|b| b.password));
        secrets.extend(webhook.endpoint_config.url.split_once("token=").map(|(_, token)| token.to_owned()));
    }
    let desk = Desk::new().await;
    let input = json!({
        "provider": "butlr", "label": "Halden", "environment": "staging", "baseUrl": organisation.base_url,
        "readOnly": false, "publicCredentials": { "client_id": credential("client_id") },
        "secretCredentials": { "client_secret": { "move": "replace", "value": credential("client_secret") } },
    });
    desk.call("connection_test", json!({ "operation": "t", "connection": null, "input": input }))
        .await
        .unwrap();
    let connection = desk.call("connection_add", input).await.unwrap()["id"].clone();
    desk.call("webhooks_refresh", json!({ "operation": "r", "connections": [] })).await.unwrap();
    let seen = desk.call("webhooks_last_seen", json!(null)).await.unwrap();
    desk.call("connection_offer", json!({ "connection": connection })).await.unwrap();
    desk.call("field_options", json!({ "connection": connection, "path": "filters.floor_ids" }))
        .await
        .unwrap();
    let mut revealed = None;
    for row in seen[0]["rows"].as_array().unwrap() {
        let pick = json!({ "connection": connection, "id": row["id"] });
        let webhook = desk.call("webhook_open", json!({ "webhook": pick, "fresh": true })).await.unwrap();
        desk.call("webhook_open", json!({ "webhook": pick, "fresh": false })).await.unwrap();
        let draft = json!({ "fields": { "name": { "type": "text", "value": "Renamed" } } });
        let update =
            json!({ "type": "update", "webhook": pick, "revision": webhook["revision"], "draft": draft });
        let plan = desk.call("plan_make", update).await.unwrap();
        let apply =
            json!({ "plan": plan["id"], "digest": plan["digest"], "operation": "a", "acknowledged": [] });
        let report = desk.call("plan_apply", apply).await.unwrap();
        assert_eq!(report["results"][0]["outcome"]["type"], "done");
        if webhook["fields"]["auth.api_key.value"] != Value::Null {
            revealed = Some(pick);
        }
    }
    let secret = |value: &str| json!({ "type": "secret", "value": { "move": "replace", "value": value } });
    let url = json!({ "base": "https://a.example/x", "keepUserinfo": false,
        "query": [{ "name": "token", "origin": null, "value": { "move": "replace", "value": "canary-token" } }] });
    let fields = json!({
        "name": { "type": "text", "value": "Canary" }, "url": { "type": "url", "value": url },
        "timeout": { "type": "integer", "value": 5 }, "events": { "type": "list", "value": ["TRAFFIC"] },
        "auth.api_key": { "type": "flag", "value": true }, "auth.api_key.header": { "type": "text", "value": "x-api-key" },
        "auth.api_key.value": secret("canary-key"), "auth.basic": { "type": "flag", "value": true },
        "auth.basic.username": { "type": "text", "value": "bob" }, "auth.basic.password": secret("canary-password"),
    });
    let create = json!({ "type": "create", "connection": connection, "draft": { "fields": fields } });
    let plan = desk.call("plan_make", create).await.unwrap();
    let apply = json!({ "plan": plan["id"], "digest": plan["digest"], "operation": "c", "acknowledged": [] });
    let report = desk.call("plan_apply", apply).await.unwrap();
    assert_eq!(report["results"][0]["outcome"]["type"], "done");
    desk.call("app_start", json!(null)).await.unwrap();

    let text = desk.crossed_text();
    let leaked: Vec<_> = secrets.iter().filter(|secret| text.contains(secret.as_str())).collect();
    assert!(secrets.len() > 8 && leaked.is_empty(), "{} of {} secrets crossed", leaked.len(), secrets.len());

    // The search can find: a value that was asked for does cross.
    let reveal = json!({ "webhook": revealed.unwrap(), "path": "auth.api_key.value" });
    let value = desk.call("webhook_reveal", reveal).await.unwrap();
    assert!(secrets.iter().any(|secret| value == *secret));
    assert!(desk.crossed_text().contains(value.as_str().unwrap()));
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn organisation(sandbox: &Sandbox, key: &str) -> SandboxOrganisation {
    sandbox.organisations().into_iter().find(|organisation| organisation.key == key).unwrap()
}

#[tokio::test]
async fn a_secret_told_once_crosses_as_its_name_and_place_until_it_is_revealed() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let connection = desk.connect(&organisation(&sandbox, "meridian")).await;
    assert_eq!(keys(&connection["facts"]), ["expiresAtMs", "name", "organisation", "readOnly"]);
    assert_eq!(connection["facts"]["organisation"], "731204");
    let url = json!({ "base": "https://signed.example/hook", "keepUserinfo": false, "query": [] });
    let fields = json!({
        "name": { "type": "text", "value": "Signed" }, "url": { "type": "url", "value": url },
        "events": { "type": "list", "value": ["erp_synchronization"] }, "auth.type": { "type": "text", "value": "NONE" },
    });
    let create = json!({ "type": "create", "connection": connection["id"], "draft": { "fields": fields } });
    let plan = desk.call("plan_make", create).await.unwrap();
    let apply = json!({ "plan": plan["id"], "digest": plan["digest"], "operation": "c", "acknowledged": [] });
    let report = desk.call("plan_apply", apply).await.unwrap();
    let outcome = &report["results"][0]["outcome"];
    let pick = json!({ "connection": connection["id"], "id": outcome["row"]["id"] });
    let secret = json!({
        "webhook": pick, "path": "signing_secret", "label": "Signing secret", "kept": { "type": "keyring" },
    });
    assert_eq!((&outcome["type"], &outcome["secrets"]), (&json!("done"), &json!([secret])));
    assert_eq!(desk.call("webhook_secrets", pick.clone()).await.unwrap(), json!([secret]));

    let stored = sandbox.epilot("meridian").unwrap().webhook(pick["id"].as_str().unwrap()).unwrap();
    let value = stored["signingSecret"].as_str().unwrap();
    assert!(!desk.crossed_text().contains(value));
    let reveal = json!({ "webhook": pick, "path": "signing_secret" });
    assert_eq!(desk.call("webhook_reveal", reveal).await.unwrap(), value);
    assert!(desk.crossed_text().contains(value), "the search can find");
}

#[tokio::test]
async fn deliveries_cross_by_page_one_by_one_and_as_the_report_of_a_replay() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let connection = desk.connect(&organisation(&sandbox, "meridian")).await;
    let id = sandbox.epilot("meridian").unwrap().webhooks()[0]["id"].clone();
    let pick = json!({ "connection": connection["id"], "id": id });
    let query = json!({ "status": "failed", "fromMs": 0, "toMs": null, "id": null, "cursor": null });
    let list = json!({ "webhook": pick, "query": query, "operation": "l" });
    let page = desk.call("deliveries_list", list).await.unwrap();
    assert_eq!(keys(&page), ["deliveries", "next"]);
    let delivery = &page["deliveries"][0];
    let parts = [
        "atMs",
        "code",
        "endpoint",
        "event",
        "httpStatus",
        "id",
        "message",
        "method",
        "reapply",
        "retries",
        "status",
    ];
    assert_eq!((keys(delivery), &delivery["status"]), (parts.to_vec(), &json!("failed")));
    let open = json!({ "webhook": pick, "delivery": delivery["id"] });
    let detail = desk.call("delivery_open", open).await.unwrap();
    assert_eq!(keys(&detail), ["delivery", "original", "payload", "response"]);
    assert_eq!(detail["delivery"]["id"], delivery["id"]);

    desk.crossed_since();
    let replay =
        json!({ "webhook": pick, "deliveries": [delivery["id"]], "reapply": false, "operation": "r" });
    desk.call("deliveries_replay", replay).await.unwrap();
    let report = json!({ "replayed": [delivery["id"]], "failed": [], "notAttempted": [] });
    assert_eq!(desk.crossed_since(), [json!({ "done": 1, "total": 1 }), report]);
}

#[tokio::test]
async fn the_number_of_calls_crosses_where_they_cost() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let metered = desk.connect(&organisation(&sandbox, "kestrel-trial")).await;
    let free = desk.connect(&organisation(&sandbox, "meridian")).await;
    desk.call("webhooks_refresh", json!({ "operation": "r", "connections": [] })).await.unwrap();
    let usage = desk.call("connection_usage", json!({ "connection": metered["id"] })).await.unwrap();
    assert_eq!(keys(&usage), ["allowance", "calls", "connection", "month"]);
    assert_eq!((&usage["connection"], usage["calls"].as_u64()), (&metered["id"], Some(1)));
    assert_eq!(keys(&usage["allowance"]), ["limit", "periodS", "remaining", "waitMs"]);
    assert_eq!(usage["month"].as_str().unwrap().len(), "2026-11".len());
    let usage = desk.call("connection_usage", json!({ "connection": free["id"] })).await.unwrap();
    assert_eq!(usage["calls"], Value::Null);
}

#[tokio::test]
async fn a_switch_outside_production_crosses_as_done() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let connection = desk.connect(&organisation(&sandbox, "meridian")).await;
    let pick = |webhook: &Value| json!({ "connection": connection["id"], "id": webhook["id"] });
    let webhooks = sandbox.epilot("meridian").unwrap().webhooks();
    let plain =
        webhooks.iter().find(|w| w["enabled"] == json!(true) && w["protected"] != json!(true)).unwrap();
    let switch = json!({ "webhook": pick(plain), "on": false, "operation": "s" });
    let switched = desk.call("webhook_switch", switch).await.unwrap();
    assert_eq!((&switched["type"], &switched["outcome"]["type"]), (&json!("done"), &json!("done")));
    assert_eq!(switched["outcome"]["row"]["on"], json!(false));
}

#[tokio::test]
async fn a_draft_crosses_back_without_the_secret_that_was_typed_in_it() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let connection = desk.connect(&organisation(&sandbox, "meridian")).await;
    let form = |secret: &str| {
        json!({
            "name": { "type": "text", "value": "Mine" },
            "auth.basic.password": { "type": "secret", "value": { "move": "replace", "value": secret } },
        })
    };
    let which = json!({ "connection": connection["id"], "webhook": null });
    assert_eq!(desk.call("draft_read", which.clone()).await.unwrap(), Value::Null);
    let keep = |form| json!({ "connection": connection["id"], "webhook": null, "form": form });
    assert_eq!(desk.call("draft_keep", keep(form("canary-draft"))).await.unwrap(), Value::Null);
    let kept = desk.call("draft_read", which.clone()).await.unwrap();
    assert_eq!(keys(&kept), ["form", "keptMs", "withheld"]);
    assert_eq!((&kept["form"], &kept["withheld"]), (&form(""), &json!(1)));
    let error = desk.call("draft_keep", keep(json!("canary-draft"))).await.unwrap_err();
    assert_eq!(error["kind"], "internal");
    let long = json!({ "name": { "type": "text", "value": "x".repeat(1024 * 1024) } });
    let error = desk.call("draft_keep", keep(long)).await.unwrap_err();
    assert_eq!((&error["kind"], &error["fields"]), (&json!("validation"), &json!([])));
    assert_eq!(desk.call("draft_discard", which.clone()).await.unwrap(), Value::Null);
    assert_eq!(desk.call("draft_read", which).await.unwrap(), Value::Null);
    assert!(!desk.crossed_text().contains("canary-draft"));
}

#[tokio::test]
async fn a_webhook_made_from_another_crosses_with_its_id_and_without_its_secrets() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let desk = Desk::new().await;
    let connection = desk.connect(&organisation(&sandbox, "halden-offices")).await;
    let butlr = sandbox.butlr("halden-offices").unwrap();
    let source = butlr.webhooks().into_iter().find(|w| w.endpoint_config.api_key.is_some()).unwrap();
    let key = source.endpoint_config.api_key.unwrap();
    let url = json!({ "base": "https://copy.example/x", "keepUserinfo": false, "query": [] });
    let fields = json!({
        "name": { "type": "text", "value": "Copy" }, "url": { "type": "url", "value": url },
        "timeout": { "type": "integer", "value": 5 }, "events": { "type": "list", "value": ["TRAFFIC"] },
        "auth.api_key": { "type": "flag", "value": true },
        "auth.api_key.header": { "type": "text", "value": "x-copy" },
        "auth.api_key.value": { "type": "secret", "value": { "move": "keep" } },
    });
    let create = |source: &str| {
        let draft = json!({ "fields": fields });
        json!({ "type": "create", "connection": connection["id"], "draft": draft, "source": source })
    };
    let error = desk.call("plan_make", create("nothing")).await.unwrap_err();
    assert_eq!(error["kind"], "notFound");
    let plan = desk.call("plan_make", create(&source.id)).await.unwrap();
    let apply = json!({ "plan": plan["id"], "digest": plan["digest"], "operation": "c", "acknowledged": [] });
    let report = desk.call("plan_apply", apply).await.unwrap();
    let made = report["results"][0]["outcome"]["row"]["id"].as_str().unwrap();
    assert_eq!(butlr.webhook(made).unwrap().endpoint_config.api_key.unwrap().value, key.value);
    assert!(!desk.crossed_text().contains(&key.value));
}
