//! Both spellings, strictness, assets and partial answers.

mod common;

use std::collections::HashSet;

use common::{CREATE, LAB, LIST, OFFICES, client, draft, sandbox, sandbox_with};
use serde_json::{Value, json};
use tacklebox_sandbox::{Dialect, Spelling};

const PROBE: &str = r#"{
    w: __type(name: "Webhook") { fields { name type { name kind ofType { name } } } }
    c: __type(name: "WebhookCreateInput") { inputFields { name } }
    u: __type(name: "WebhookUpdateInput") { inputFields { name } }
    e: __type(name: "EventType") { enumValues { name } }
}"#;

fn names(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(|item| item["name"].as_str()).collect()
}

#[tokio::test]
async fn introspection_tells_the_snake_case_organisation() {
    let sandbox = sandbox().await;
    let data = client(&sandbox, OFFICES).await.data(PROBE, json!({})).await;
    let all = ["id", "name", "event_types", "endpoint_config", "filters", "send_on_value_change"];
    assert_eq!(names(&data["w"]["fields"]), all);
    assert_eq!(names(&data["c"]["inputFields"]), all[1..]);
    assert_eq!(names(&data["u"]["inputFields"]), all);
    assert_eq!(names(&data["e"]["enumValues"]).len(), 5);
}

#[tokio::test]
async fn introspection_tells_the_camel_case_organisation() {
    let sandbox = sandbox().await;
    let data = client(&sandbox, LAB).await.data(PROBE, json!({})).await;
    let all = ["id", "name", "eventTypes", "endpointConfig", "filters", "send_on_value_change"];
    assert_eq!(names(&data["w"]["fields"]), all);
    assert_eq!(names(&data["c"]["inputFields"]), all[1..4]);
    assert_eq!(names(&data["u"]["inputFields"]), all);
    assert!(names(&data["e"]["enumValues"]).contains(&"ROOM_OCCUPANCY_1MIN"));
}

#[tokio::test]
async fn the_older_schema_has_no_filters_at_all() {
    let sandbox = sandbox_with(Dialect { has_filters: false, ..Dialect::default() }).await;
    let data = client(&sandbox, "own").await.data(PROBE, json!({})).await;
    for (types, fields) in [("w", "fields"), ("c", "inputFields"), ("u", "inputFields")] {
        assert!(!names(&data[types][fields]).contains(&"filters"), "{types}");
    }
}

#[tokio::test]
async fn the_camel_case_organisation_executes_in_its_spelling() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, LAB).await;
    let create = "mutation($input: [WebhookCreateInput!]!) { createWebhooks(input: $input) { \
        id eventTypes endpointConfig { httpTimeout apiKey { key value } basicAuth { username } } } }";
    let input = json!([{ "name": "New", "eventTypes": ["PIR_MOTION"], "endpointConfig": {
        "url": "https://new.example/", "httpTimeout": 7, "apiKey": { "key": "k", "value": "v" } } }]);
    let data = client.data(create, json!({ "input": input })).await;
    let created = &data["createWebhooks"][0];
    assert_eq!(created["eventTypes"], json!(["PIR_MOTION"]));
    assert_eq!(
        created["endpointConfig"],
        json!({ "httpTimeout": 7, "apiKey": { "key": "k", "value": "v" }, "basicAuth": null })
    );
    let update = "mutation($input: [WebhookUpdateInput!]!) { updateWebhooks(input: $input) { \
        name filters send_on_value_change } }";
    let input = json!([{ "id": created["id"], "filters": { "room_ids": [] }, "send_on_value_change": true }]);
    let data = client.data(update, json!({ "input": input })).await;
    let expected = json!({ "name": "New", "filters": { "room_ids": [] }, "send_on_value_change": true });
    assert_eq!(data["updateWebhooks"][0], expected);
}

#[tokio::test]
async fn one_unknown_field_fails_the_whole_document() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, LAB).await;
    let (status, answer) = client.run("{ webhooks { id } sites { data { id } } }", json!({})).await;
    assert_eq!((status, answer.get("errors")), (200, None));
    let (status, answer) =
        client.run("{ webhooks { id event_types } sites { data { id } } }", json!({})).await;
    assert_eq!((status, &answer["data"]), (400, &Value::Null));
    assert!(answer["errors"][0]["message"].as_str().is_some_and(|text| text.contains("event_types")));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn inputs_are_checked_against_the_schema() {
    let sandbox = sandbox_with(Dialect { create_accepts_filters: false, ..Dialect::default() }).await;
    let client = client(&sandbox, "own").await;
    let good = draft("A", "https://a.example/");
    let with = |field: &str, value: Value| {
        let mut input = good.clone();
        input[field] = value;
        input
    };
    let mut no_timeout = good.clone();
    no_timeout["endpoint_config"] = json!({ "url": "https://a.example/" });
    for (input, culprit) in [
        (with("filters", json!({})), "filters"),
        (with("eventTypes", json!(["TRAFFIC"])), "eventTypes"),
        (with("event_types", json!(["ROOM_OCCUPANCY_1MIN"])), "ROOM_OCCUPANCY_1MIN"),
        (with("name", Value::Null), "name"),
        (no_timeout, "http_timeout"),
    ] {
        let (status, answer) = client.run(CREATE, json!({ "input": [input] })).await;
        assert_eq!(status, 400, "{culprit}");
        let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(culprit), "{message}");
    }
    assert_eq!(sandbox.butlr("own").expect("seeded").webhooks(), []);
}

#[tokio::test]
async fn a_field_can_fail_while_the_others_answer() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    sandbox.butlr(OFFICES).expect("seeded").set_failing_fields(["sensors"]);
    let query = "{ sites { data { name } } sensors { data { id } } }";
    let (status, answer) = client.run(query, json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(answer["data"]["sites"]["data"][0]["name"], "Oslo");
    assert_eq!(answer["data"]["sensors"], Value::Null);
    assert_eq!(answer["errors"][0]["path"], json!(["sensors"]));
    sandbox.butlr(OFFICES).expect("seeded").set_failing_fields([""; 0]);
    assert!(client.data(query, json!({})).await["sensors"]["data"].is_array());
}

#[tokio::test]
async fn the_picker_queries_answer_with_documented_ids() {
    let sandbox = sandbox().await;
    for key in [OFFICES, LAB] {
        let client = client(&sandbox, key).await;
        let tree = client
            .data(
                "{ sites { data { id name timezone customID org_id buildings { id name building_number site_id \
                 floors { id name floorNumber building_id rooms { id name floor_id roomType customID } \
                 zones { id name floor_id room_id customID } } } } } \
                 sensors { data { id name mac_address mode model floor_id room_id hive_serial is_entrance \
                 is_online } } hives { data { id name serialNumber floor_id room_id isOnline } } \
                 tags { id name organization_id rooms { id name } zones { id } floors { id } } \
                 rooms { data { id } } }",
                json!({}),
            )
            .await;
        let site = &tree["sites"]["data"][0];
        let floor = &site["buildings"][0]["floors"][0];
        for (id, prefix) in [
            (&site["org_id"], "org_"),
            (&site["id"], "site_"),
            (&site["buildings"][0]["id"], "building_"),
            (&floor["id"], "space_"),
            (&floor["rooms"][0]["id"], "room_"),
            (&floor["zones"][0]["id"], "zone_"),
            (&tree["sensors"]["data"][0]["id"], "sensor_"),
            (&tree["hives"]["data"][0]["id"], "hive_"),
            (&tree["tags"][0]["id"], "tag_"),
        ] {
            assert!(is_ksuid_id(id.as_str().unwrap_or_default(), prefix), "{id} {prefix}");
        }
        let macs: HashSet<&str> = tree["sensors"]["data"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|s| s["mac_address"].as_str())
            .collect();
        assert_eq!(macs.len(), tree["sensors"]["data"].as_array().map_or(0, Vec::len));
        assert!(macs.iter().all(|mac| mac.len() == 23));
        let site_id = site["id"].as_str().unwrap_or_default();
        let one = client.data("query($id: ID!) { site(id: $id) { name } }", json!({ "id": site_id })).await;
        assert_eq!(one["site"]["name"], "Oslo");
    }
}

#[tokio::test]
async fn seeded_ids_and_secrets_are_unique_and_the_same_at_every_start() {
    let (first, second) = (sandbox().await, sandbox().await);
    let mut seen = HashSet::new();
    for key in [OFFICES, LAB] {
        let webhooks = first.butlr(key).expect("seeded").webhooks();
        assert_eq!(webhooks, second.butlr(key).expect("seeded").webhooks());
        for webhook in webhooks {
            assert!(is_ksuid_id(&webhook.id, "webhook_"), "{}", webhook.id);
            let config = webhook.endpoint_config;
            let secrets = [config.api_key.map(|a| a.value), config.basic_auth.map(|b| b.password)];
            for secret in secrets.into_iter().flatten() {
                assert!(secret.starts_with("sandbox-") && seen.insert(secret));
            }
            assert!(seen.insert(webhook.id));
        }
    }
    let data = client(&first, OFFICES).await.data(LIST, json!({})).await;
    assert_eq!(data["webhooks"][0]["name"], "Room occupancy to booking board");
}

#[tokio::test]
async fn spelling_can_be_chosen_for_an_organisation_of_ones_own() {
    let sandbox = sandbox_with(Dialect { spelling: Spelling::CamelCase, ..Dialect::default() }).await;
    let client = client(&sandbox, "own").await;
    assert_eq!(client.data("{ webhooks { eventTypes } }", json!({})).await["webhooks"], json!([]));
    assert_eq!(client.run(LIST, json!({})).await.0, 400);
}

#[tokio::test]
async fn extra_fields_are_introspected_and_kept_until_the_endpoint_is_replaced() {
    let sandbox = sandbox_with(Dialect {
        extra_endpoint_fields: vec!["retries".to_owned()],
        extra_webhook_fields: vec!["owner".to_owned()],
        ..Dialect::default()
    })
    .await;
    let client = client(&sandbox, "own").await;
    let probe = client
        .data(
            r#"{ w: __type(name: "Webhook") { fields { name } } e: __type(name: "EndpointConfig") { fields { name } }
                i: __type(name: "EndpointConfigInput") { inputFields { name } }
                c: __type(name: "WebhookCreateInput") { inputFields { name } } }"#,
            json!({}),
        )
        .await;
    assert!(names(&probe["w"]["fields"]).contains(&"owner"));
    assert!(!names(&probe["c"]["inputFields"]).contains(&"owner"));
    for fields in [&probe["e"]["fields"], &probe["i"]["inputFields"]] {
        assert!(names(fields).contains(&"retries"));
    }

    let retries = json!({ "zz": [1.5, null], "a": "x" });
    let mut input = draft("A", "https://a.example/");
    input["endpoint_config"]["retries"] = retries.clone();
    let created = client.data(CREATE, json!({ "input": [input.clone()] })).await;
    let id = created["createWebhooks"][0]["id"].as_str().expect("an id").to_owned();
    let handle = sandbox.butlr("own").expect("it exists");
    handle.edit_webhook(&id, json!({ "extra": { "owner": "team" } })).expect("a valid patch");
    let query = "{ webhooks { owner endpoint_config { retries } } }";
    let listed = client.data(query, json!({})).await;
    let expected = json!([{ "owner": "team", "endpoint_config": { "retries": retries } }]);
    assert_eq!(listed["webhooks"].to_string(), expected.to_string());

    let update = json!({ "id": id, "endpoint_config": draft("A", "https://b.example/")["endpoint_config"] });
    client.data(common::UPDATE, json!({ "input": [update] })).await;
    let listed = client.data(query, json!({})).await;
    assert_eq!(listed["webhooks"], json!([{ "owner": "team", "endpoint_config": { "retries": null } }]));
}

#[tokio::test]
async fn introspection_can_be_forbidden_while_everything_else_answers() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, OFFICES).await;
    let control = format!("{}/__sandbox/butlr/{OFFICES}/introspection", sandbox.url());
    client.http.post(control).json(&false).send().await.expect("an answer");
    let (status, answer) = client.run(PROBE, json!({})).await;
    assert_eq!((status, &answer["data"]), (400, &Value::Null));
    assert!(answer["errors"][0]["message"].as_str().is_some_and(|text| text.contains("introspection")));
    assert_eq!(client.run(LIST, json!({})).await.0, 200);
    sandbox.reset();
    let client = common::client(&sandbox, OFFICES).await;
    assert_eq!(client.run(PROBE, json!({})).await.0, 200);
}

fn is_ksuid_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix)
        .is_some_and(|ksuid| ksuid.len() == 27 && ksuid.chars().all(|c| c.is_ascii_alphanumeric()))
}
