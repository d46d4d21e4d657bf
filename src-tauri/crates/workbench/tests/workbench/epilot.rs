//! What only a vendor like epilot has, over its simulator: one event per webhook, a switch, protected webhooks, pairs
//! with secret values, signing secrets told once, a request for each delete.

use crate::common::{Bench, draft, kinds, only, request, text, update, url};
use serde_json::json;
use tacklebox_model::{
    ApplyEvent, Connection, Fault, FieldInput, ItemOutcome, ItemState, JournalOutcome, KeptWhere,
    PlanRequest, Shown, ThreeWayVerdict, WebhookId, WebhookPick,
};
use tacklebox_sandbox::{Fault as Trouble, FaultAction};
use tacklebox_workbench::view::{ApplyRequest, SwitchOutcome};

const MERIDIAN: &str = "meridian";
const TRIAL: &str = "meridian-sandbox";
/// Has two custom headers and a password.
const ERP: &str = "mErpSync1hook000000001";
const FILES: &str = "mFilesKey1hook00000003";
const METERS: &str = "mMeterKey1hook00000004";
const PROTECTED: &str = "mStaticIp1hook00000007";
const HEADER: &str = "payload.custom_headers.Ocp-Apim-Subscription-Key";

fn pick(connection: &Connection, id: &str) -> WebhookPick {
    WebhookPick { connection: connection.id.clone(), id: WebhookId::from(id) }
}

fn asked(bench: &Bench, method: &str) -> usize {
    let of_webhooks = |path: &str| path.contains("/v1/webhooks/configs");
    bench.sandbox.log().requests().iter().filter(|r| r.method == method && of_webhooks(&r.path)).count()
}

fn enabled(bench: &Bench, key: &str, id: &str) -> bool {
    bench.sandbox.epilot(key).unwrap().webhook(id).unwrap()["enabled"] == json!(true)
}

#[tokio::test]
async fn a_draft_with_three_events_becomes_three_webhooks_each_with_its_secret_kept() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let events = ["event_OrderPlaced", "event_ContractSigned", "event_FileCreated"];
    let new = draft([
        ("name", text("Archive")),
        ("events", FieldInput::List(events.map(str::to_owned).into())),
        ("url", url("https://archive.example/hook")),
        ("method", text("POST")),
        ("auth.type", text("NONE")),
    ]);
    let view = bench.plan_create(&connection, new).await;
    let titles: Vec<_> = view.groups[0].items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Archive · Order placed", "Archive · Contract signed", "Archive · File created"]);
    assert_eq!((asked(&bench, "POST"), view.writable), (0, 3));
    let outcomes = bench.apply(&view).await;
    assert_eq!((kinds(&outcomes), asked(&bench, "POST")), (vec!["done".to_owned(); 3], 3));
    for outcome in &outcomes {
        let ItemOutcome::Done { row: Some(row), secrets, .. } = outcome else { panic!("{outcome:?}") };
        let [secret] = &secrets[..] else { panic!("{secrets:?}") };
        assert_eq!((&secret.webhook.id, &secret.kept), (&row.id, &KeptWhere::Keyring));
        let stored = bench.sandbox.epilot(MERIDIAN).unwrap().webhook(row.id.as_str()).unwrap();
        let signing = stored["signingSecret"].as_str().unwrap();
        assert!(bench.keyring.values().values().any(|kept| kept == signing));
        assert!(!serde_json::to_string(&outcomes).unwrap().contains(signing));
    }
}

#[tokio::test]
async fn a_flip_goes_at_once_and_comes_back_the_same_way() {
    let bench = Bench::start().await;
    let connection = bench.connect(TRIAL).await;
    let pick = pick(&connection, "mSbx0Probe01hook000004");
    for on in [false, true] {
        let SwitchOutcome::Done { outcome } = bench.switch(&pick, on).await else { panic!("a review") };
        assert!(matches!(outcome, ItemOutcome::Done { recovered: false, .. }), "{outcome:?}");
        assert_eq!(enabled(&bench, TRIAL, pick.id.as_str()), on);
    }
    assert_eq!((bench.journal().len(), asked(&bench, "PUT")), (2, 2));
}

#[tokio::test]
async fn several_are_switched_in_two_organisations_and_a_protected_one_asks() {
    let bench = Bench::start().await;
    let (meridian, trial) = (bench.connect(MERIDIAN).await, bench.connect(TRIAL).await);
    let legacy = "mSbx0Legacy01hook00003";
    let webhooks = vec![pick(&meridian, METERS), pick(&trial, legacy), pick(&meridian, PROTECTED)];
    let view = bench.plan_switch(webhooks, false).await;
    let states: Vec<_> = view.groups.iter().flat_map(|g| &g.items).map(|i| i.state.clone()).collect();
    assert_eq!(states, [ItemState::Ready, ItemState::Ready, ItemState::Unchanged]);
    let error = bench.workbench.apply(&request(&view), &|_| {}).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Validation { .. }), "{error:?}");
    assert!(enabled(&bench, MERIDIAN, METERS) && asked(&bench, "PUT") == 0, "nothing was sent");
    let agreed = ApplyRequest { acknowledged: vec![1], ..request(&view) };
    let report = bench.workbench.apply(&agreed, &|_| {}).await.unwrap();
    assert_eq!(report.results.len(), 2);
    assert!(!enabled(&bench, MERIDIAN, METERS) && !enabled(&bench, MERIDIAN, PROTECTED));
    let one = bench.switch(&pick(&meridian, PROTECTED), true).await;
    assert!(matches!(one, SwitchOutcome::Review { .. }), "a protected one is never switched unseen");
}

#[tokio::test]
async fn a_header_value_that_somebody_else_changed_is_theirs_and_the_others_are_not() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let opened = bench.open(&pick(&connection, ERP)).await;
    let theirs = json!({ "payloadConfiguration": { "custom_headers": {
        "Ocp-Apim-Subscription-Key": "their-key", "X-Meridian-Tenant": "energie" } } });
    bench.sandbox.epilot(MERIDIAN).unwrap().edit_webhook(ERP, theirs).unwrap();
    let plan: PlanRequest = update(&opened, draft([("name", text("Mine"))]));
    let view = bench.workbench.plan(&plan).await.unwrap();
    let ItemState::Stale { fields, .. } = &only(&view).state else { panic!("{view:?}") };
    let headers = fields.iter().find(|f| f.path.as_str() == "payload.custom_headers").unwrap();
    assert_eq!(headers.verdict, ThreeWayVerdict::Theirs);
    let Shown::List { items } = &headers.now else { panic!("{headers:?}") };
    assert_eq!(items.iter().filter(|item| item.ends_with("new value")).count(), 1, "{items:?}");
    assert!(!serde_json::to_string(&view).unwrap().contains("their-key"));
}

#[tokio::test]
async fn header_values_are_kept_for_a_revert_and_go_with_the_connection() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let view = bench.plan_edit(&pick(&connection, ERP), draft([("name", text("Mine"))])).await;
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    let entry = bench.journal().remove(0);
    let key = tacklebox_vault::VaultKey::journal(&entry.id, HEADER);
    assert_eq!(bench.keyring.of_journal().get(key.as_str()).unwrap(), "sandbox-gateway-key-93b1d7");
    bench.workbench.remove_connection(&connection.id).await.unwrap();
    assert!(bench.keyring.values().is_empty(), "{:?}", bench.keyring.values().keys());
}

#[tokio::test]
async fn deletes_that_meet_the_limit_half_way_go_on_where_they_were() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let view = bench.plan_delete([FILES, METERS, ERP].map(|id| pick(&connection, id)).into()).await;
    let target = "DELETE /v1/webhooks/configs/{id}";
    bench.sandbox.faults().push(Trouble::new(target, FaultAction::Delay { millis: 0 }));
    bench.sandbox.faults().push(Trouble::new(target, FaultAction::respond(429, "{}")));
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done", "done"]);
    assert_eq!(bench.clock.waits_ms(), [60_000]);
    let recovered = |e: &tacklebox_model::JournalEntry| e.outcome == JournalOutcome::Done { recovered: true };
    let journal = bench.journal();
    assert_eq!((journal.len(), journal.iter().filter(|e| recovered(e)).count()), (3, 1));
}

#[tokio::test]
async fn one_that_cannot_be_deleted_does_not_keep_the_others() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let view = bench.plan_delete([FILES, METERS, ERP].map(|id| pick(&connection, id)).into()).await;
    let refused = FaultAction::respond(400, r#"{"message":"in use"}"#);
    bench.sandbox.faults().push(Trouble::new(&format!("/v1/webhooks/configs/{METERS}"), refused).times(2));
    assert_eq!(kinds(&bench.apply(&view).await), ["done", "failed", "done"]);
    assert!(bench.sandbox.epilot(MERIDIAN).unwrap().webhook(METERS).is_some());
}

#[tokio::test]
async fn deletes_of_which_nobody_can_tell_are_uncertain_and_not_sent_again() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let view = bench.plan_delete([FILES, METERS].map(|id| pick(&connection, id)).into()).await;
    let refused = FaultAction::respond(400, r#"{"message":"in use"}"#);
    bench.sandbox.faults().push(Trouble::new(&format!("/v1/webhooks/configs/{METERS}"), refused).times(2));
    let say = |event| {
        // The reading before the deletes has happened by now.
        if matches!(event, ApplyEvent::Started { index: 0 }) {
            let unreadable = FaultAction::respond(400, "{}");
            bench.sandbox.faults().push(Trouble::new("GET /v1/webhooks/configs", unreadable));
        }
    };
    assert_eq!(kinds(&bench.apply_saying(&view, &say).await), ["failed", "failed"]);
    assert!(bench.journal().iter().all(|e| matches!(e.outcome, JournalOutcome::Uncertain { .. })));
    assert_eq!(asked(&bench, "DELETE"), 2);
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_without_its_signing_secret() {
    let bench = Bench::start().await;
    let connection = bench.connect(TRIAL).await;
    let new = draft([
        ("name", text("Archive")),
        ("events", FieldInput::List(vec!["event_FileCreated".to_owned()])),
        ("url", url("https://archive.example/hook")),
        ("method", text("POST")),
        ("auth.type", text("NONE")),
    ]);
    let view = bench.plan_create(&connection, new).await;
    bench.sandbox.faults().push(Trouble::new("POST /v1/webhooks/configs", FaultAction::Drop).after_effect());
    let outcomes = bench.apply(&view).await;
    let [ItemOutcome::Done { recovered: true, incomplete: Some(error), secrets, .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(error.message.contains("signing secret") && secrets.is_empty(), "{error:?}");
    assert_eq!(asked(&bench, "POST"), 1, "nothing is sent twice");
}
