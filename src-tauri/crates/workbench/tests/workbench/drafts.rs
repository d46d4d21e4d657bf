//! What was changed in forms and not saved, over a real database.

use std::path::Path;

use crate::common::{Bench, LAB, OFFICES, ROOMS, kinds};
use serde_json::{Value, json};
use tacklebox_model::{Connection, Fault, WebhookId};
use tacklebox_workbench::BuiltInOrganisation;
use tacklebox_workbench::view::{DraftRequest, KeepDraftRequest, KeptDraft};

const TYPED: &str = "kanarifugl-typed-7a1";

impl Bench {
    fn keep_form(&self, connection: &Connection, webhook: Option<&str>, form: Value) {
        let webhook = webhook.map(WebhookId::from);
        let request = KeepDraftRequest { connection: connection.id.clone(), webhook, form };
        self.workbench.keep_draft(request).unwrap();
    }

    fn kept_form(&self, connection: &Connection, webhook: Option<&str>) -> Option<KeptDraft> {
        self.workbench.kept_draft(&form(connection, webhook)).unwrap()
    }
}

fn form(connection: &Connection, webhook: Option<&str>) -> DraftRequest {
    DraftRequest { connection: connection.id.clone(), webhook: webhook.map(WebhookId::from) }
}

fn named(name: &str) -> Value {
    json!({ "name": { "type": "text", "value": name } })
}

/// A form with a typed secret wherever there can be one.
pub fn with_secrets(value: &str) -> Value {
    let replace = json!({ "move": "replace", "value": value });
    let userinfo = if value.is_empty() { String::new() } else { format!("me:{value}@") };
    let query = if value.is_empty() { String::new() } else { format!("?token={value}") };
    json!({
        "name": { "type": "text", "value": "Mine" },
        "auth.basic.password": { "type": "secret", "value": replace },
        "auth.api_key.value": { "type": "secret", "value": { "move": "keep" } },
        "url": { "type": "url", "value": {
            "base": format!("https://{userinfo}typed.example/x{query}"), "keepUserinfo": false,
            "query": [{ "name": "k", "origin": null, "value": replace }],
        } },
        "payload.custom_headers": { "type": "pairs", "value": [
            { "group": null, "name": "x-a", "origin": null, "value": replace },
            { "group": null, "name": "x-b", "origin": 1, "value": { "move": "keep" } },
        ] },
    })
}

fn bytes_hold(folder: &Path, text: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.is_file()).collect();
    assert!(files.iter().any(|path| path.ends_with("tacklebox.db-wal")), "{files:?}");
    files.iter().any(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(text))
}

#[tokio::test]
async fn a_draft_survives_a_restart_until_it_is_replaced_or_thrown_away() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    assert_eq!(bench.kept_form(&connection, None), None);
    bench.keep_form(&connection, None, named("New"));
    bench.keep_form(&connection, Some("w"), named("First"));
    bench.keep_form(&connection, Some("w"), named("Second"));
    bench.reopen().await;
    let kept = bench.kept_form(&connection, Some("w")).unwrap();
    assert_eq!((&kept.form, kept.withheld), (&named("Second"), 0));
    assert!(kept.kept_ms > 1_700_000_000_000, "{}", kept.kept_ms);
    bench.workbench.discard_draft(&form(&connection, Some("w"))).unwrap();
    assert_eq!(bench.kept_form(&connection, Some("w")), None);
    assert_eq!(bench.kept_form(&connection, None).unwrap().form, named("New"));
}

#[tokio::test]
async fn no_typed_secret_reaches_the_disk() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.keep_form(&connection, Some("w"), with_secrets(TYPED));
    assert!(bytes_hold(bench.folder.path(), "typed.example"), "the search can find");
    assert!(!bytes_hold(bench.folder.path(), TYPED));
    let kept = bench.kept_form(&connection, Some("w")).unwrap();
    assert_eq!((kept.form, kept.withheld), (with_secrets(""), 5));
}

#[tokio::test]
async fn what_is_no_form_or_too_long_is_refused_and_what_was_kept_stays() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.keep_form(&connection, None, named("Before"));
    let keep = |form| {
        let request = KeepDraftRequest { connection: connection.id.clone(), webhook: None, form };
        bench.workbench.keep_draft(request)
    };
    assert_eq!(keep(json!(["name"])).unwrap_err().fault, Fault::Internal);
    let error = keep(named(&"x".repeat(1024 * 1024))).unwrap_err();
    assert!(matches!(error.fault, Fault::Validation { .. }) && error.message.contains("1 MiB"), "{error}");
    assert_eq!(bench.kept_form(&connection, None).unwrap().form, named("Before"));
    keep(named(&"x".repeat(1000 * 1000))).unwrap();
}

#[tokio::test]
async fn drafts_go_with_their_organisation_and_none_is_kept_after_it() {
    let bench = Bench::start().await;
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    bench.keep_form(&offices, Some("w"), named("Offices"));
    bench.keep_form(&lab, Some("w"), named("Lab"));
    bench.workbench.remove_connection(&offices.id).await.unwrap();
    assert_eq!(bench.kept_form(&offices, Some("w")), None);
    assert_eq!(bench.kept_form(&lab, Some("w")).unwrap().form, named("Lab"));
    assert!(!rows_hold(&bench, "Offices"));
    let late = KeepDraftRequest { connection: offices.id.clone(), webhook: None, form: named("Late") };
    assert_eq!(bench.workbench.keep_draft(late).unwrap_err().fault, Fault::NotFound);
}

/// Whether a row of the drafts has this text in it.
fn rows_hold(bench: &Bench, text: &str) -> bool {
    let database = rusqlite::Connection::open(bench.folder.path().join("tacklebox.db")).unwrap();
    let count = "SELECT count(*) FROM drafts WHERE instr(draft, ?1) > 0";
    database.query_row(count, [text], |row| row.get::<_, u32>(0)).unwrap() > 0
}

#[tokio::test]
async fn the_draft_of_a_webhook_goes_when_the_webhook_is_deleted() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    bench.keep_form(&connection, Some(pick.id.as_str()), named("Mine"));
    bench.keep_form(&connection, None, named("New"));
    let view = bench.plan_delete(vec![pick.clone()]).await;
    assert!(bench.kept_form(&connection, Some(pick.id.as_str())).is_some(), "planning deletes nothing");
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    assert_eq!(bench.kept_form(&connection, Some(pick.id.as_str())), None);
    assert_eq!(bench.kept_form(&connection, None).unwrap().form, named("New"));
}

#[tokio::test]
async fn organisations_of_the_sandbox_keep_theirs_over_a_restart_too() {
    let mut bench = Bench::start().await;
    let organisation = bench.sandbox.organisations().remove(0);
    let built_in = BuiltInOrganisation {
        key: organisation.key,
        provider: tacklebox_model::ProviderId::new(organisation.provider),
        label: organisation.label,
        base_url: organisation.base_url,
        credentials: organisation.credential.into_iter().collect(),
    };
    let connection = bench.workbench.attach_sandbox(std::slice::from_ref(&built_in)).await.unwrap().remove(0);
    bench.keep_form(&connection, Some("w"), named("Mine"));
    bench.reopen().await;
    bench.workbench.attach_sandbox(&[built_in]).await.unwrap();
    assert_eq!(bench.kept_form(&connection, Some("w")).unwrap().form, named("Mine"));
    bench.workbench.remove_sandbox().await.unwrap();
    assert_eq!(bench.kept_form(&connection, Some("w")), None);
}
