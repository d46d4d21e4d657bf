//! Webhooks: list, create, read, update, delete, and what is refused.

mod epilot_support;

use epilot_support::{CONFIGS, NEXT_MONTH, bench, bench_with, draft, message};
use serde_json::{Value, json};
use tacklebox_openapi::Violation;
use tacklebox_sandbox::{EpilotConfig, SandboxConfig};

const ERP: &str = "mErpSync1hook000000001";
const OAUTH: &str = "mCrmOauth1hook00000002";
const REFERENCE: &str = "mFilesKey1hook00000003";
const UNKNOWN_EVENT: &str = "mUnknownE1hook00000012";

fn strings_with<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if text.contains("sandbox-") => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| strings_with(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings_with(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_list_is_whole_filters_by_event_and_has_no_write_only_secret() {
    let bench = bench().await;
    let (status, webhooks) = bench.get(CONFIGS).await;
    assert_eq!((status, webhooks.as_array().map(Vec::len)), (200, Some(11)));
    let mut shown = Vec::new();
    strings_with(&webhooks, &mut shown);
    // A URL, a custom header and an OAuth parameter come back in clear; nothing else does.
    assert_eq!(
        shown,
        [
            "https://erp.meridian-energie.example/epilot/orders?tenant=sandbox-tenant-key-77",
            "sandbox-gateway-key-93b1d7",
            "sandbox-assertion-4471",
        ]
    );
    let (_, filtered) = bench.get(&format!("{CONFIGS}?eventName=event_FileCreated")).await;
    assert_eq!((filtered[0]["id"].as_str(), filtered.as_array().map(Vec::len)), (Some(REFERENCE), Some(1)));
    assert_eq!(bench.get(&format!("{CONFIGS}?limit=1")).await.0, 400);
    let (_, events) = bench.get("/v1/webhooks/configured-events").await;
    assert_eq!(events.as_array().map(Vec::len), Some(26));
}

#[tokio::test]
async fn a_created_webhook_tells_its_signing_secret_once() {
    let bench = bench().await;
    let mut body = draft("New");
    body["url"] = json!("https://a.example");
    body["auth"] = json!({ "authType": "API_KEY", "apiKeyConfig": { "keyName": "k", "keyValue": "hidden" } });
    let created = bench.created(&body).await;
    let secret = created["signingSecret"].as_str().expect("told");
    assert!(secret.strip_prefix("whsec_").is_some_and(|rest| rest.len() == 32), "{secret}");
    assert_eq!(created["retryPolicy"], json!({ "enabled": true, "maxAttempts": 3 }));
    assert_eq!((&created["status"], &created["creationTime"]), (&json!("active"), &created["updatedTime"]));
    assert_eq!(created["auth"]["apiKeyConfig"], json!({ "keyName": "k" }));
    let id = created["id"].as_str().expect("an id");
    let (_, read) = bench.get(&format!("{CONFIGS}/{id}")).await;
    let mut expected = created.clone();
    expected.as_object_mut().expect("an object").shift_remove("signingSecret");
    assert_eq!(read, expected);
    let stored = bench.meridian().webhook(id).expect("stored");
    assert_eq!(stored["auth"]["apiKeyConfig"]["keyValue"], "hidden");
    assert_eq!(bench.created(&draft("Bare")).await["status"], "incomplete");
}

#[tokio::test]
async fn a_put_replaces_the_whole_webhook() {
    let bench = bench().await;
    let before = bench.editable(OAUTH).await;
    let (status, after) =
        bench.put(OAUTH, &json!({ "name": "Less", "eventName": "event_ContactUpdated" })).await;
    assert_eq!(status, 200);
    for gone in ["url", "auth", "enabled", "httpMethod", "eventVersion"] {
        assert!(before.get(gone).is_some() && after.get(gone).is_none(), "{gone}");
    }
    assert_eq!((&after["id"], &after["status"]), (&json!(OAUTH), &json!("incomplete")));
    assert_eq!(after["creationTime"], before["creationTime"]);
    assert_eq!(after["retryPolicy"], before["retryPolicy"]);
    assert_ne!(after["updatedTime"], before["updatedTime"]);
    assert!(bench.meridian().webhook(OAUTH).expect("there")["signingSecret"].is_string());
}

#[tokio::test]
async fn secrets_are_kept_cleared_and_set() {
    let bench = bench().await;
    let password =
        || bench.meridian().webhook(ERP).expect("there")["auth"]["basicAuthConfig"]["password"].clone();
    let mut webhook = bench.editable(ERP).await;
    assert!(webhook["auth"]["basicAuthConfig"].get("password").is_none());
    for (sent, stored) in [
        (None, json!("sandbox-epilot-basic-5f19c0a4")),
        (Some(json!("new")), json!("new")),
        (Some(Value::Null), Value::Null),
        (None, Value::Null),
    ] {
        // Each time it is read before it is written, as `updatedTime` has to be the server's.
        webhook = bench.editable(ERP).await;
        if let Some(sent) = sent {
            webhook["auth"]["basicAuthConfig"]["password"] = sent;
        }
        let (status, answer) = bench.put(ERP, &webhook).await;
        assert_eq!((status, answer["auth"]["basicAuthConfig"].get("password")), (200, None));
        assert_eq!(password(), stored);
    }
}

#[tokio::test]
async fn references_to_variables_come_back_in_clear_unless_switched_off() {
    let key = |webhook: Value| webhook["auth"]["apiKeyConfig"].get("keyValue").cloned();
    let bench = bench().await;
    assert_eq!(key(bench.editable(REFERENCE).await), Some(json!("{{ env.archive_key }}")));
    let unflagged = json!({ "auth": { "apiKeyConfig": { "keyValueIsEnvVar": false } } });
    bench.meridian().edit_webhook(REFERENCE, unflagged).expect("seeded");
    assert_eq!(key(bench.editable(REFERENCE).await), None);
    let epilot = EpilotConfig { readable_references: false, ..EpilotConfig::default() };
    let hidden = bench_with(SandboxConfig { epilot, ..SandboxConfig::default() }).await;
    assert_eq!(key(hidden.editable(REFERENCE).await), None);
}

#[tokio::test]
async fn everything_read_can_be_sent_back_unchanged() {
    let bench = bench_with(SandboxConfig::default()).await;
    let ids: Vec<_> =
        bench.meridian().webhooks().iter().map(|w| w["id"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(ids.len(), 12);
    for id in ids {
        let stored = bench.meridian().webhook(&id).expect("stored");
        let webhook = bench.editable(&id).await;
        assert_eq!(bench.put(&id, &webhook).await.0, 200, "{id}");
        let mut after = bench.meridian().webhook(&id).expect("stored");
        after["updatedTime"] = stored["updatedTime"].clone();
        assert_eq!(after, stored, "{id}");
    }
    // Only next month's field contradicts the document: as read, as sent and as answered.
    let violations = bench.violations();
    assert_eq!(violations.len(), 3, "{violations:?}");
    for (exchange, violation) in violations {
        assert!(exchange.ends_with(NEXT_MONTH), "{exchange}");
        let (Violation::AnswerBody(problem) | Violation::RequestBody(problem)) = violation else {
            panic!("{violation}")
        };
        assert!(problem.rule.contains("deliveryWindow"), "{problem}");
    }
}

#[tokio::test]
async fn a_deleted_webhook_is_gone_and_both_answers_are_empty() {
    let bench = bench().await;
    assert_eq!(bench.delete(ERP).await, (204, Value::Null));
    assert_eq!(bench.delete(ERP).await, (404, Value::Null));
    assert_eq!(bench.get(&format!("{CONFIGS}/{ERP}")).await.0, 404);
    assert_eq!(bench.put(ERP, &draft("Gone")).await.0, 404);
    assert_eq!(bench.meridian().webhooks().len(), 10);
}

#[tokio::test]
async fn bodies_that_break_the_schema_are_refused() {
    let bench = bench().await;
    for (field, value) in [
        ("surprise", json!(1)),
        ("id", json!("x")),
        ("signingSecret", json!("whsec_x")),
        ("creationTime", json!("2021-04-27T12:01:13.000Z")),
        ("_manifest", json!([])),
        ("name", json!(7)),
        ("url", Value::Null),
        ("enabled", json!("true")),
        ("status", json!("error")),
        ("httpMethod", json!("FETCH")),
        ("eventVersion", json!("1")),
        ("auth", json!({})),
        ("auth", json!({ "authType": "BEARER" })),
        ("filter", json!({ "keyToFilter": "a" })),
        ("payloadConfiguration", json!({ "customHeaders": {} })),
        ("payloadConfiguration", json!({ "custom_headers": { "a": 1 } })),
        ("secureProxy", json!({ "integration_id": "no-uuid", "use_case_slug": "s" })),
        ("retryPolicy", json!({ "maxAttempts": 3 })),
        ("retryPolicy", json!({ "enabled": true, "maxAttempts": 6 })),
        ("multipartConfig", json!({ "fileFieldStrategy": "all" })),
        ("deliveryMode", json!("json")),
        ("filterConditions", json!({ "logical_operator": "XOR" })),
    ] {
        let mut body = draft("Refused");
        body[field] = value.clone();
        let answer = bench.post(CONFIGS, &body).await;
        assert!(message(&answer).contains(field), "{field} {value}: {answer:?}");
    }
    for field in ["name", "eventName"] {
        let mut body = draft("Refused");
        body.as_object_mut().expect("an object").shift_remove(field);
        assert_eq!(message(&bench.post(CONFIGS, &body).await), format!("body.{field} is required"));
    }
    assert_eq!(bench.post(CONFIGS, &json!([])).await.0, 400);
    assert_eq!(bench.meridian().webhooks().len(), 11);
}

#[tokio::test]
async fn what_the_document_says_in_prose_is_enforced() {
    let bench = bench().await;
    let basic = json!({ "username": "u" });
    let condition = |condition: Value| json!({ "conditions": [condition] });
    let classic = json!({ "field": "a", "operation": "equals", "values": ["1"] });
    let mut both = classic.clone();
    both["jsonata_expression"] = json!("true");
    for (field, value, words) in [
        ("auth", json!({ "authType": "BASIC" }), "basicAuthConfig is required"),
        ("auth", json!({ "authType": "OAUTH_CLIENT_CREDENTIALS" }), "oauthConfig is required"),
        ("auth", json!({ "authType": "API_KEY" }), "apiKeyConfig is required"),
        ("auth", json!({ "authType": "NONE", "basicAuthConfig": basic }), "is not for NONE"),
        ("filterConditions", condition(both), "either"),
        ("filterConditions", condition(json!({ "field": "a" })), "needs field and operation"),
        (
            "filterConditions",
            condition(json!({ "field": "a", "operation": "length_equals", "values": ["x"] })),
            "non-negative",
        ),
        ("filterConditions", json!({ "conditions": vec![classic; 11] }), "0 to 10"),
        ("filterConditions", condition(json!({ "jsonata_expression": "x".repeat(15_001) })), "15000"),
        ("eventName", json!("event_Unheard"), "not a configured event"),
        ("multipartConfig", json!({ "fileSource": "a[" }), "JSONata"),
    ] {
        let mut body = draft("Refused");
        body[field] = value;
        let answer = bench.post(CONFIGS, &body).await;
        assert!(message(&answer).contains(words), "{words}: {answer:?}");
    }
    let version = json!({ "name": "A", "eventName": "erp_synchronization", "eventVersion": "1.0" });
    assert!(message(&bench.post(CONFIGS, &version).await).contains("Event Catalog"));
}

#[tokio::test]
async fn an_event_no_longer_offered_may_stay_but_not_be_chosen() {
    let bench = bench().await;
    let mut webhook = bench.editable(UNKNOWN_EVENT).await;
    webhook["name"] = json!("Renamed");
    assert_eq!(bench.put(UNKNOWN_EVENT, &webhook).await.0, 200);
    let mut other = bench.editable(ERP).await;
    other["eventName"] = webhook["eventName"].clone();
    assert!(message(&bench.put(ERP, &other).await).contains("not a configured event"));
}

#[tokio::test]
async fn what_the_server_sets_may_be_sent_back_but_not_changed() {
    let bench = bench().await;
    let id = "mBlueprnt1hook00000009";
    for field in ["_manifest", "creationTime", "updatedTime"] {
        let mut webhook = bench.editable(id).await;
        let mut other = webhook[field].clone();
        match other.as_array_mut() {
            Some(list) => list.clear(),
            None => other = json!("2020-01-01T00:00:00.000Z"),
        }
        webhook[field] = other;
        assert!(message(&bench.put(id, &webhook).await).contains("set by the server"), "{field}");
    }
    // Protection is a hint to people.
    let protected = "mStaticIp1hook00000007";
    let webhook = bench.editable(protected).await;
    assert_eq!((webhook["protected"].clone(), bench.put(protected, &webhook).await.0), (json!(true), 200));
}
