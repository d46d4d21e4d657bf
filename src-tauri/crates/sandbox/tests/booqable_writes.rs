//! Booqable: create, update, delete, and what is refused of them.

mod booqable_common;

use std::time::Duration;

use booqable_common::{ENDPOINTS, NOT_FOUND, answer, create, own, refusal, update};
use reqwest::Method;
use serde_json::{Value, json};
use tacklebox_sandbox::BooqableEndpoint;

const JSON: &str = "application/json; charset=utf-8";
const JSON_API: &str = "application/vnd.api+json; charset=utf-8";

fn hook() -> BooqableEndpoint {
    BooqableEndpoint::new("https://a.example/", 4, &["customer.created", "customer.updated"])
}

/// The body of a refused request: one attribute, pointer without a leading slash.
fn in_request(status: &str, attribute: &str, message: &str, code: &str) -> Value {
    json!({
        "code": "bad_request", "status": status, "title": "Request Error",
        "detail": format!("{attribute} {message}"),
        "source": { "pointer": attribute.replace('.', "/") },
        "meta": { "attribute": attribute, "message": message, "code": code },
    })
}

fn in_record(attribute: &str, label: &str, message: &str, code: &str) -> Value {
    json!({
        "code": "unprocessable_entity", "status": "422", "title": "Validation Error",
        "detail": format!("{label} {message}"),
        "source": { "pointer": format!("/data/attributes/{attribute}") },
        "meta": { "attribute": attribute, "message": message, "code": code },
    })
}

#[tokio::test]
async fn a_create_answers_201_with_the_resource_and_an_empty_meta() {
    let (_sandbox, client, handle) = own().await;
    let body =
        create(&json!({ "url": "http://a.example/?secret=x", "version": 4, "events": ["order.started"] }));
    let created = client.post(&body).await;
    assert_eq!((created.status, created.content_type.as_str()), (201, JSON_API));
    let stored = handle.endpoints().pop().expect("it is stored");
    assert_eq!(
        created.body,
        json!({ "data": { "id": stored.id, "type": "webhook_endpoints", "attributes": {
            "created_at": stored.created_at, "updated_at": stored.created_at,
            "url": "http://a.example/?secret=x", "events": ["order.started"], "version": 4,
        } }, "meta": {} })
    );
    assert_eq!(stored.id.len(), 36);
    let form = "2000-00-00T00:00:00.000000+00:00";
    assert!(stored.created_at.len() == form.len() && stored.created_at.ends_with("000+00:00"));
}

#[tokio::test]
async fn an_endpoint_without_a_version_has_version_1() {
    let (_sandbox, client, _) = own().await;
    let body = create(&json!({ "url": "https://a.example/", "events": ["order.saved_as_concept"] }));
    assert_eq!(client.post(&body).await.body["data"]["attributes"]["version"], 1);
}

#[tokio::test]
async fn both_media_types_and_both_versions_of_the_path_are_accepted() {
    let (_sandbox, client, handle) = own().await;
    let body = create(&json!({ "url": "https://a.example/", "events": ["order.started"] })).to_string();
    for (path, media_type, status) in [
        ("/api/4/webhook_endpoints", "application/vnd.api+json", 201),
        ("/api/boomerang/webhook_endpoints", "application/json; charset=utf-8", 201),
        ("/api/4/webhook_endpoints", "application/x-www-form-urlencoded", 415),
        ("/api/1/webhook_endpoints", "application/json", 404),
        ("/webhook_endpoints", "application/json", 404),
    ] {
        let request = client.request(Method::POST, path).header("content-type", media_type);
        assert_eq!(answer(request.body(body.clone())).await.status, status, "{path} {media_type}");
    }
    assert_eq!(handle.endpoints().len(), 2);
}

#[tokio::test]
async fn an_update_replaces_events_whole_and_keeps_what_is_left_out() {
    let (sandbox, client, handle) = own().await;
    let id = handle.add_endpoint(hook());
    let before = handle.endpoint(&id).expect("added");
    sandbox.clock().advance(Duration::from_secs(60));
    let answered = client.put(&id, &update(&id, &json!({ "events": ["order.started"] }))).await;
    assert_eq!((answered.status, answered.content_type.as_str()), (200, JSON_API));
    let after = handle.endpoint(&id).expect("still there");
    assert_eq!(
        (after.events.as_slice(), &after.url, after.version),
        (&["order.started".to_owned()][..], &before.url, 4)
    );
    assert!(after.created_at == before.created_at && after.updated_at > before.updated_at);
    assert_eq!(answered.body["data"]["attributes"]["updated_at"], json!(after.updated_at));
    assert_eq!(answered.body["meta"], json!({}));
    let request = client.request(Method::PATCH, &format!("{ENDPOINTS}/{id}"));
    let patched =
        answer(request.json(&update(&id, &json!({ "url": "https://b.example/", "version": 1 })))).await;
    assert_eq!(patched.status, 200);
    let after = handle.endpoint(&id).expect("still there");
    assert_eq!((after.url.as_str(), after.version, after.events.len()), ("https://b.example/", 1, 1));
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_the_time_of_the_last_change() {
    let (sandbox, client, handle) = own().await;
    let id = handle.add_endpoint(hook());
    let before = handle.endpoint(&id);
    sandbox.clock().advance(Duration::from_secs(60));
    assert_eq!(client.put(&id, &update(&id, &json!({ "url": "https://a.example/" }))).await.status, 200);
    assert!(handle.endpoint(&id) == before);
}

#[tokio::test]
async fn a_delete_answers_200_with_the_resource_without_its_events() {
    let (_sandbox, client, handle) = own().await;
    let id = handle.add_endpoint(hook());
    let deleted = client.delete(&id).await;
    assert_eq!((deleted.status, deleted.content_type.as_str()), (200, JSON));
    assert_eq!(deleted.body["data"]["id"], json!(id));
    assert_eq!(deleted.body["data"]["attributes"]["events"], json!([]));
    assert_eq!(deleted.body["data"]["attributes"]["url"], "https://a.example/");
    assert_eq!(deleted.body["meta"], json!({}));
    assert!(handle.endpoints().is_empty());
    assert_eq!(client.delete(&id).await.status, 404);
}

#[tokio::test]
async fn an_id_that_is_not_there_is_not_found() {
    let (_sandbox, client, handle) = own().await;
    let id = "00000000-0000-4000-8000-000000000000";
    let attributes = json!({ "url": "https://a.example/" });
    for found in [client.put(id, &update(id, &attributes)).await, client.delete(id).await] {
        assert_eq!((found.status, found.content_type.as_str()), (404, JSON_API));
        assert_eq!(found.body.to_string(), NOT_FOUND);
    }
    let there = handle.add_endpoint(hook());
    let shown = client.get(&format!("{ENDPOINTS}/{there}")).await;
    assert_eq!(
        (shown.status, shown.body.to_string().as_str()),
        (404, NOT_FOUND),
        "not a documented operation"
    );
}

#[tokio::test]
async fn unknown_read_only_and_mistyped_attributes_refuse_the_whole_request() {
    let (_sandbox, client, handle) = own().await;
    for (name, value, message, code) in [
        ("invalid_field", json!(1), "is an unknown attribute", "unknown_attribute"),
        ("enabled", json!(true), "is an unknown attribute", "unknown_attribute"),
        ("created_at", json!("2025-01-01"), "cannot be written", "unwrittable_attribute"),
        ("updated_at", json!(null), "cannot be written", "unwrittable_attribute"),
        ("id", json!("x"), "cannot be written", "unwrittable_attribute"),
        ("url", json!(["https://a.example/"]), "should be type string", "type_error"),
        ("events", json!("order.started"), "should be type array_of_strings", "type_error"),
        ("events", json!([1]), "should be type array_of_strings", "type_error"),
        ("version", json!("four"), "should be type integer", "type_error"),
    ] {
        let mut attributes = json!({ "url": "https://a.example/", "events": ["order.started"] });
        attributes[name] = value;
        let refused = client.post(&create(&attributes)).await;
        let expected = in_request("400", &format!("data.attributes.{name}"), message, code);
        assert_eq!((refused.status, refused.content_type.as_str()), (400, JSON), "{name}");
        assert_eq!(refused.body, refusal(&expected));
    }
    assert!(handle.endpoints().is_empty());
    let id = handle.add_endpoint(hook());
    let refused = client.put(&id, &update(&id, &json!({ "url": "https://b.example/", "name": "B" }))).await;
    assert_eq!(refused.status, 400);
    assert_eq!(handle.endpoint(&id).expect("there").url, "https://a.example/");
}

#[tokio::test]
async fn the_recorded_refusal_of_an_unknown_attribute_comes_back_byte_for_byte() {
    let (_sandbox, client, _) = own().await;
    let attributes = json!({ "url": "https://a.example/", "events": ["order.started"], "invalid_field": 1 });
    assert_eq!(
        client.post(&create(&attributes)).await.body.to_string(),
        r#"{"errors":[{"code":"bad_request","status":"400","title":"Request Error","detail":"data.attributes.invalid_field is an unknown attribute","source":{"pointer":"data/attributes/invalid_field"},"meta":{"attribute":"data.attributes.invalid_field","message":"is an unknown attribute","code":"unknown_attribute"}}]}"#
    );
}

#[tokio::test]
async fn a_broken_rule_of_the_record_is_422_with_its_attribute() {
    let (_sandbox, client, handle) = own().await;
    let blank_url = in_record("url", "Url", "can't be blank", "blank");
    let unknown = in_record("events", "Events", "is not included in the list", "inclusion");
    for (name, value, expected) in [
        ("url", json!(null), &blank_url),
        ("url", json!("  "), &blank_url),
        ("events", json!([]), &in_record("events", "Events", "can't be blank", "blank")),
        ("events", json!(["order.started", "order.created"]), &unknown),
        ("version", json!(2), &in_record("version", "Version", "is not included in the list", "inclusion")),
    ] {
        let mut attributes = json!({ "url": "https://a.example/", "events": ["order.started"] });
        attributes[name] = value;
        let refused = client.post(&create(&attributes)).await;
        assert_eq!((refused.status, &refused.body), (422, &refusal(expected)));
    }
    let refused = client.post(&create(&json!({}))).await;
    let attributes: Vec<_> =
        refused.body["errors"].as_array().into_iter().flatten().map(|e| &e["meta"]["attribute"]).collect();
    assert_eq!(attributes, ["url", "events"]);
    assert!(handle.endpoints().is_empty());
    let id = handle.add_endpoint(hook());
    assert_eq!(client.put(&id, &update(&id, &json!({ "events": [] }))).await.status, 422);
    assert!(handle.endpoint(&id).expect("there").events == hook().events);
}

#[tokio::test]
async fn an_organisation_can_be_told_to_keep_unknown_events() {
    let (_sandbox, client, handle) = own().await;
    handle.change_settings(|settings| settings.accept_unknown_events = true);
    let body = create(&json!({ "url": "https://a.example/", "events": ["order.created"] }));
    assert_eq!(client.post(&body).await.status, 201);
    assert_eq!(handle.endpoints()[0].events, ["order.created"]);
}

#[tokio::test]
async fn an_update_that_contradicts_its_path_is_a_conflict() {
    let (_sandbox, client, handle) = own().await;
    let id = handle.add_endpoint(hook());
    let attributes = json!({ "url": "https://b.example/" });
    let conflict =
        |path: &str| in_request("409", path, "does not match the server endpoint", "attribute_mismatch");
    for (data, paths) in [
        (json!({ "type": "webhook_endpoints", "id": "other", "attributes": attributes }), &["data.id"][..]),
        (json!({ "type": "webhooks", "id": id, "attributes": attributes }), &["data.type"]),
        (json!({ "type": "webhook_endpoints", "attributes": attributes }), &["data.id"]),
        (json!({ "attributes": attributes }), &["data.type", "data.id"]),
        (json!(null), &["data", "data.type", "data.id"]),
    ] {
        let refused = client.put(&id, &json!({ "data": data })).await;
        assert_eq!(refused.status, 409);
        let errors: Vec<Value> = paths.iter().map(|path| conflict(path)).collect();
        assert_eq!(refused.body, json!({ "errors": errors }));
    }
    assert_eq!(handle.endpoint(&id).expect("there").url, "https://a.example/");
}

#[tokio::test]
async fn a_create_needs_its_type_and_attributes_and_gives_no_id() {
    let (_sandbox, client, handle) = own().await;
    let attributes = json!({ "url": "https://a.example/", "events": ["order.started"] });
    for (data, path, status) in [
        (json!({ "attributes": attributes }), "data.type", 400),
        (json!({ "type": "webhook_endpoints" }), "data.attributes", 400),
        (
            json!({ "type": "webhook_endpoints", "id": "mine", "attributes": attributes }),
            "data.attributes.id",
            400,
        ),
        (json!({ "type": "webhooks", "attributes": attributes }), "data.type", 409),
        (
            json!({ "type": "webhook_endpoints", "attributes": attributes, "relationships": { "owner": {} } }),
            "data.relationships.owner",
            400,
        ),
    ] {
        let refused = client.post(&json!({ "data": data })).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["meta"]["attribute"]), (status, &json!(path)));
    }
    let flat = client.post(&attributes).await;
    assert_eq!((flat.status, &flat.body["errors"][0]["meta"]["attribute"]), (400, &json!("data")));
    let broken = client.request(Method::POST, ENDPOINTS).header("content-type", "application/json").body("{");
    assert_eq!(answer(broken).await.status, 400);
    assert!(handle.endpoints().is_empty());
}
