//! The three mutations and the changes made behind the client's back.

mod common;

use common::{CREATE, DELETE, LIST, OFFICES, UPDATE, client, draft, sandbox, sandbox_with};
use serde_json::{Value, json};
use tacklebox_sandbox::{ButlrConfig, ButlrOrganisation, Dialect, Sandbox, SandboxConfig};

#[tokio::test]
async fn what_is_created_is_listed_and_can_be_deleted() {
    let sandbox = sandbox_with(Dialect::default()).await;
    let client = client(&sandbox, "own").await;
    let mut input = draft("A", "https://a.example/");
    input["endpoint_config"]["basic_auth"] = json!({ "username": "u", "password": "p" });
    let created = client.data(CREATE, json!({ "input": [input] })).await;
    let id = created["createWebhooks"][0]["id"].clone();
    assert!(id.as_str().is_some_and(|id| id.starts_with("webhook_") && id.len() == 8 + 27));
    let listed = client.data(LIST, json!({})).await;
    let expected = json!([{
        "id": id, "name": "A", "event_types": ["ROOM_OCCUPANCY"],
        "endpoint_config": { "url": "https://a.example/", "http_timeout": 10, "api_key": null,
            "basic_auth": { "username": "u", "password": "p" } },
        "filters": null, "send_on_value_change": false,
    }]);
    assert_eq!(listed["webhooks"], expected);
    assert_eq!(client.data(DELETE, json!({ "input": [id] })).await, json!({ "deleteWebhooks": true }));
    assert_eq!(client.data(LIST, json!({})).await["webhooks"], json!([]));
}

#[tokio::test]
async fn an_update_replaces_the_endpoint_whole_and_nothing_else() {
    let sandbox = sandbox().await;
    let handle = sandbox.butlr(OFFICES).expect("seeded");
    let before = handle.webhooks().into_iter().find(|w| w.name.starts_with("Desk zones")).expect("seeded");
    assert!(before.endpoint_config.api_key.is_some() && before.endpoint_config.basic_auth.is_some());
    let client = client(&sandbox, OFFICES).await;
    let input = json!([{ "id": before.id, "endpoint_config": {
        "url": "https://moved.example/", "http_timeout": 15, "basic_auth": { "username": "u", "password": "p" },
    } }]);
    let data = client.data(UPDATE, json!({ "input": input })).await;
    let endpoint = &data["updateWebhooks"][0]["endpoint_config"];
    let expected =
        json!({ "url": "https://moved.example/", "api_key": null, "basic_auth": { "username": "u" } });
    assert_eq!(*endpoint, expected);
    let after = handle.webhook(&before.id).expect("still there");
    assert_eq!((&after.name, &after.filters), (&before.name, &before.filters));
    assert_eq!((after.endpoint_config.http_timeout, after.send_on_value_change), (15, true));
}

#[tokio::test]
async fn null_clears_filters_and_leaving_them_out_keeps_them() {
    let sandbox = sandbox().await;
    let handle = sandbox.butlr(OFFICES).expect("seeded");
    let id = handle.webhooks()[0].id.clone();
    let client = client(&sandbox, OFFICES).await;
    client.data(UPDATE, json!({ "input": [{ "id": id, "name": "Renamed" }] })).await;
    assert!(handle.webhook(&id).expect("there").filters.is_some());
    client.data(UPDATE, json!({ "input": [{ "id": id, "filters": null }] })).await;
    let webhook = handle.webhook(&id).expect("there");
    assert_eq!((webhook.name.as_str(), webhook.filters), ("Renamed", None));
}

#[tokio::test]
async fn unknown_filter_keys_come_back_verbatim() {
    let sandbox = sandbox_with(Dialect::default()).await;
    let client = client(&sandbox, "own").await;
    let filters =
        r#"{"zz":[{"b":1.50,"a":null}],"room_ids":["room_1"],"æ key":true,"n":12345678901234567890}"#;
    let mut input = draft("A", "https://a.example/");
    input["filters"] = serde_json::from_str(filters).expect("JSON");
    client.data(CREATE, json!({ "input": [input] })).await;
    let listed = client.data(LIST, json!({})).await;
    let expected: Value = serde_json::from_str(filters).expect("JSON");
    assert_eq!(listed["webhooks"][0]["filters"].to_string(), expected.to_string());
}

#[tokio::test]
async fn broken_rules_are_named_by_field_in_an_http_200() {
    let sandbox = sandbox_with(Dialect::default()).await;
    let client = client(&sandbox, "own").await;
    let mut bad = draft(" ", "http://plain.example/");
    bad["endpoint_config"]["http_timeout"] = json!(16);
    bad["event_types"] = json!([]);
    bad["filters"] = json!("none");
    let (status, answer) =
        client.run(CREATE, json!({ "input": [draft("A", "https://a.example/"), bad] })).await;
    assert_eq!((status, &answer["data"]), (200, &json!({ "createWebhooks": null })));
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    let fields: Vec<_> = errors.iter().filter_map(|error| error["extensions"]["field"].as_str()).collect();
    assert_eq!(
        fields,
        [
            "input.1.name",
            "input.1.event_types",
            "input.1.endpoint_config.url",
            "input.1.endpoint_config.http_timeout",
            "input.1.filters",
        ]
    );
    assert!(errors.iter().all(|error| error["extensions"]["code"] == "BAD_USER_INPUT"));
    assert!(errors.iter().all(|error| error["path"] == json!(["createWebhooks"])));
    assert_eq!(errors[2]["message"], "endpoint_config.url must be an HTTPS URL");
}

#[tokio::test]
async fn a_batch_with_one_bad_item_changes_nothing() {
    let sandbox = sandbox().await;
    let handle = sandbox.butlr(OFFICES).expect("seeded");
    let before = handle.webhooks();
    let client = client(&sandbox, OFFICES).await;
    let good = &before[0].id;
    let (_, answer) = client
        .run(CREATE, json!({ "input": [draft("A", "https://a.example/"), draft("B", "ftp://b.example/")] }))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let renames = json!([{ "id": good, "name": "X" }, { "id": "webhook_gone", "name": "Y" }]);
    let (_, answer) = client.run(UPDATE, json!({ "input": renames })).await;
    assert_eq!(answer["errors"][0]["message"], "webhook webhook_gone does not exist");
    let (status, answer) = client.run(DELETE, json!({ "input": [good, "webhook_gone"] })).await;
    assert_eq!((status, &answer["data"]), (200, &Value::Null));
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "BAD_USER_INPUT", "field": "ids.1" }));
    assert_eq!(answer["errors"][0]["path"], json!(["deleteWebhooks"]));
    assert_eq!(handle.webhooks(), before);
}

#[tokio::test]
async fn another_admins_edit_is_seen_by_the_client() {
    let sandbox = sandbox().await;
    let handle = sandbox.butlr(OFFICES).expect("seeded");
    let id = handle.webhooks()[7].id.clone();
    let client = client(&sandbox, OFFICES).await;
    let url = format!("{}/__sandbox/butlr/{OFFICES}/webhooks/{id}", sandbox.url());
    let patch = json!({ "name": "Taken over", "endpoint_config": { "http_timeout": 4, "api_key": null } });
    let edited = client.http.post(&url).json(&patch).send().await.expect("an answer");
    assert_eq!(edited.status(), 200);
    let listed = client.data(LIST, json!({})).await;
    let endpoint = &listed["webhooks"][7]["endpoint_config"];
    assert_eq!(listed["webhooks"][7]["name"], "Taken over");
    assert_eq!((&endpoint["http_timeout"], &endpoint["api_key"]), (&json!(4), &Value::Null));
    assert_eq!(endpoint["url"], "https://warehouse.halden.example/ingest/butlr");
    let refused = client.http.post(&url).json(&json!({ "nome": "typo" })).send().await.expect("an answer");
    assert_eq!(refused.status(), 400);
    handle.delete_webhook(&id).expect("it was there");
    assert!(handle.delete_webhook(&id).is_err());
    sandbox.reset();
    assert_eq!(handle.webhook(&id).expect("back after a reset").name, "Data warehouse, all events");
}

#[tokio::test]
async fn ten_thousand_generated_webhooks_are_listed() {
    let butlr =
        ButlrConfig { organisations: vec![ButlrOrganisation::bulk(10_000)], ..ButlrConfig::default() };
    let sandbox = Sandbox::start(SandboxConfig { butlr, ..SandboxConfig::default() }).await.expect("starts");
    let data = client(&sandbox, "bulk").await.data(LIST, json!({})).await;
    let ids: std::collections::HashSet<_> =
        data["webhooks"].as_array().into_iter().flatten().filter_map(|w| w["id"].as_str()).collect();
    assert_eq!(ids.len(), 10_000);
}
