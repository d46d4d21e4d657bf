//! Each kind of violation is found, and nothing else is.

use serde_json::{Value, json};
use tacklebox_openapi::{Document, Exchange, LoadError, Tolerated, Violation, epilot_document};

const PATH: &str = "/v1/webhooks/configs";

fn epilot() -> Document {
    match Document::load(&epilot_document()) {
        Ok(document) => document,
        Err(error) => panic!("{error}"),
    }
}

fn created() -> String {
    json!({ "id": "a", "name": "A", "eventName": "e", "signingSecret": "whsec_eA==" }).to_string()
}

fn create<'a>(request: &'a str, answer: &'a str) -> Exchange<'a> {
    Exchange {
        method: "POST",
        path: PATH,
        request_content_type: Some("application/json"),
        request_body: request,
        status: 201,
        answer_content_type: Some("application/json; charset=utf-8"),
        answer_body: answer,
    }
}

fn list(answer: &str) -> Exchange<'_> {
    Exchange {
        method: "GET",
        path: PATH,
        request_content_type: None,
        request_body: "",
        status: 200,
        answer_content_type: Some("application/json"),
        answer_body: answer,
    }
}

fn deletion(status: u16) -> Exchange<'static> {
    Exchange {
        method: "DELETE",
        path: "/v1/webhooks/configs/a1",
        status,
        answer_content_type: None,
        ..list("")
    }
}

fn check(exchange: &Exchange<'_>) -> Vec<Violation> {
    epilot().check(exchange, &Tolerated::default())
}

/// Pointer and rule of the one violation of a create's body.
fn refused_body(request: &Value) -> (String, String) {
    let violations = check(&create(&request.to_string(), &created()));
    match violations.as_slice() {
        [Violation::RequestBody(problem)] => (problem.at.clone(), problem.rule.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_correct_exchange_passes() {
    let request = json!({ "name": "A", "eventName": "e", "eventVersion": null,
        "auth": { "authType": "BASIC", "basicAuthConfig": { "username": "u", "password": null } },
        "payloadConfiguration": { "custom_headers": { "x-any": "v" } } });
    assert_eq!(check(&create(&request.to_string(), &created())), []);
    assert_eq!(check(&list("[]")), []);
    assert_eq!(check(&Exchange { path: "/v1/webhooks/configs?eventName=a%20b", ..list("[]") }), []);
    assert_eq!(check(&deletion(204)), []);
    assert_eq!(check(&deletion(404)), []);
}

#[test]
fn the_documents_own_example_of_a_webhook_breaks_its_schema() {
    let text = std::fs::read(epilot_document()).expect("run ./dev test once: it installs the document");
    let document: Value = serde_json::from_slice(&text).expect("JSON");
    let example = &document["components"]["schemas"]["WebhookConfig"]["example"];
    assert_eq!(refused_body(example), (String::new(), "\"name\" is a required property".to_owned()));
}

#[test]
fn unknown_paths_and_methods_are_found() {
    let other = Exchange { path: "/v1/webhooks/hooks", ..list("[]") };
    assert_eq!(check(&other), [Violation::UnknownPath("/v1/webhooks/hooks".to_owned())]);
    let empty_id = Exchange { path: "/v1/webhooks/configs/", ..list("[]") };
    assert_eq!(check(&empty_id), [Violation::UnknownPath("/v1/webhooks/configs/".to_owned())]);
    let patch = Exchange { method: "PATCH", ..deletion(204) };
    assert_eq!(check(&patch), [Violation::UnknownMethod("PATCH".to_owned())]);
}

#[test]
fn a_concrete_path_goes_before_a_template() {
    // `replay-batch` would also be an event id, which cannot be posted to.
    let path = "/v1/webhooks/configs/a/events/replay-batch";
    let answer = r#"{"replayed_event_ids":["x"]}"#;
    let batch = Exchange { path, status: 202, ..create(r#"{"eventIds":["x"]}"#, answer) };
    assert_eq!(check(&batch), []);
}

#[test]
fn query_parameters_are_known_required_and_of_their_type() {
    let unknown = Exchange { path: "/v1/webhooks/configs?page=2", ..list("[]") };
    assert_eq!(check(&unknown), [Violation::UnexpectedQuery("page".to_owned())]);
    let twice = Exchange { path: "/v1/webhooks/configs?eventName=a&eventName=b", ..list("[]") };
    assert_eq!(check(&twice), [Violation::UnexpectedQuery("eventName".to_owned())]);
    let key = r#"{"public_key":"k","algorithm":"ed25519"}"#;
    let missing = Exchange { path: "/v1/webhooks/.well-known/public-key", ..list(key) };
    assert_eq!(check(&missing), [Violation::MissingQuery("orgId".to_owned())]);
    let trigger = |path| Exchange {
        path,
        status: 200,
        ..create(r#"{"metadata":{"organization_id":"1"},"free":1}"#, r#"{"event_id":"e"}"#)
    };
    assert_eq!(check(&trigger("/v1/webhooks/configs/a/trigger?sync=true")), []);
    let wrong = check(&trigger("/v1/webhooks/configs/a/trigger?sync=yes"));
    assert!(
        matches!(wrong.as_slice(), [Violation::QueryValue(problem)] if problem.at == "sync"),
        "{wrong:?}"
    );
    let status = Exchange { path: "/v1/webhooks/configs/a/events?status=skipped", ..list("{}") };
    assert!(matches!(check(&status).as_slice(), [Violation::QueryValue(_)]));
}

#[test]
fn a_request_body_is_present_when_required_and_absent_when_not_declared() {
    assert_eq!(check(&create("", &created())), [Violation::MissingRequestBody]);
    let body = Exchange { request_body: "{}", ..deletion(204) };
    assert_eq!(check(&body), [Violation::UnexpectedRequestBody]);
    let optional = Exchange { path: "/v1/webhooks/configs/a/events/b/replay", status: 204, ..create("", "") };
    assert_eq!(check(&optional), []);
    let answer = created();
    let form = Exchange {
        request_content_type: Some("text/plain"),
        ..create(r#"{"name":"a","eventName":"e"}"#, &answer)
    };
    assert_eq!(check(&form), [Violation::RequestContentType(Some("text/plain".to_owned()))]);
}

#[test]
fn unknown_and_read_only_properties_may_not_be_sent() {
    let (at, rule) = refused_body(&json!({ "name": "A", "eventName": "e", "extra": 1 }));
    assert!(at.is_empty() && rule.contains("'extra'"), "{rule}");
    let nested =
        json!({ "name": "A", "eventName": "e", "filterConditions": { "conditions": [{ "path": "x" }] } });
    assert_eq!(refused_body(&nested).0, "/filterConditions/conditions/0");
    for name in ["id", "signingSecret"] {
        let (at, rule) = refused_body(&json!({ "name": "A", "eventName": "e", name: "x" }));
        assert_eq!((at, rule.as_str()), (format!("/{name}"), "not allowed in this direction"));
    }
}

#[test]
fn types_formats_patterns_and_limits_are_checked_without_quoting_values() {
    for (field, value) in [
        ("url", json!(7)),
        ("httpMethod", json!("FETCH-secret")),
        ("eventVersion", json!("secret")),
        ("retryPolicy", json!({ "enabled": true, "maxAttempts": 6 })),
        ("secureProxy", json!({ "integration_id": "secret", "use_case_slug": "s" })),
    ] {
        let (at, rule) = refused_body(&json!({ "name": "A", "eventName": "e", field: value }));
        assert!(at.starts_with(&format!("/{field}")), "{at}");
        assert!(!rule.contains("secret"), "{rule}");
    }
    let violations = check(&create("{", &created()));
    assert!(
        matches!(violations.as_slice(), [Violation::RequestBody(problem)] if problem.rule.contains("JSON"))
    );
}

#[test]
fn only_declared_or_tolerated_statuses_pass() {
    let forbidden = Exchange { status: 403, ..list("<html>") };
    assert_eq!(check(&forbidden), [Violation::UndeclaredStatus(403)]);
    assert_eq!(epilot().check(&forbidden, &Tolerated::gateway()), []);
    let teapot = Exchange { status: 418, ..list("") };
    assert_eq!(epilot().check(&teapot, &Tolerated::gateway()), [Violation::UndeclaredStatus(418)]);
}

#[test]
fn answers_keep_to_the_schema_of_their_status() {
    let unknown = check(&list(r#"[{"name":"a","eventName":"e","next_month":1}]"#));
    assert!(
        matches!(unknown.as_slice(), [Violation::AnswerBody(problem)] if problem.at == "/0"),
        "{unknown:?}"
    );
    // Read-only properties are for answers, and tolerating a declared status does not excuse its body.
    assert_eq!(check(&list(r#"[{"name":"a","eventName":"e","id":"i"}]"#)), []);
    let error = Exchange { status: 500, ..list(r#"{"error":"x"}"#) };
    let violations = epilot().check(&error, &Tolerated::gateway());
    assert!(matches!(violations.as_slice(), [Violation::AnswerBody(_)]), "{violations:?}");
    let html = Exchange { answer_content_type: Some("text/html"), ..list("<html>") };
    assert_eq!(check(&html), [Violation::AnswerContentType(Some("text/html".to_owned()))]);
    let body = Exchange { answer_body: "{}", ..deletion(404) };
    assert_eq!(check(&body), [Violation::UnexpectedAnswerBody]);
}

#[test]
fn of_a_refused_request_only_path_and_method_are_checked() {
    let refused = Exchange { status: 400, ..create(r#"{"extra":1}"#, r#"{"message":"no"}"#) };
    assert_eq!(check(&refused), []);
    assert!(matches!(epilot().check_request(&refused).as_slice(), [Violation::RequestBody(_), ..]));
    let path = Exchange { path: "/elsewhere", ..refused };
    assert_eq!(check(&path), [Violation::UnknownPath("/elsewhere".to_owned())]);
}

#[test]
fn a_document_that_is_absent_or_not_understood_is_refused() {
    let error = Document::load(std::path::Path::new("/nowhere/webhooks.json")).expect_err("absent");
    assert!(error.to_string().contains("run ./dev test once: it installs the document"), "{error}");
    let schema = json!({ "allOf": [{ "type": "string" }] });
    let answer = json!({ "content": { "application/json": { "schema": schema } } });
    let document = json!({ "paths": { "/a": { "get": { "responses": { "200": answer } } } } });
    let error = Document::from_json(&document).expect_err("composition");
    assert!(matches!(error, LoadError::Unsupported { place, .. } if place == "get /a"));
}
