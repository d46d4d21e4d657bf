//! Creating, changing and deleting, as epilot stores it.

use super::common::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tacklebox_model::{
    Fault, FieldInput, FieldPath, FieldValue, QueryParamInput, SecretChange, UrlInput, WebhookId,
};
use tacklebox_providers::Written;
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction};

/// The secrets a create tells, by path and label.
fn told(written: &Written) -> Vec<(&str, &str, &str)> {
    let told = written.told_once.iter();
    told.map(|told| (told.path.as_str(), told.label.as_str(), told.value.expose_secret())).collect()
}

#[tokio::test]
async fn the_least_webhook_is_created_with_what_was_entered_and_nothing_more() {
    let world = world(MERIDIAN).await;
    let (written, stored) = world.create(minimal()).await;
    let wanted =
        json!({ "name": "New", "eventName": "customer_request_created", "url": "https://new.example/hook" });
    assert_eq!(world.sent("POST", "/configs"), wanted);
    assert_eq!(written.remote.unwrap().webhook.id.as_str(), stored["id"]);
}

#[tokio::test]
async fn every_field_can_be_created() {
    let world = world(MERIDIAN).await;
    let conditions =
        json!({ "conditions": [{ "field": "a.b", "operation": "is_empty" }], "logical_operator": "OR" });
    let fields = vec![
        ("name", text("Whole")),
        ("url", url("https://new.example/hook?k=v")),
        ("method", text("PATCH")),
        ("events", list(&["event_FileCreated"])),
        ("event_version", text("1.0")),
        ("auth.type", text("OAUTH_CLIENT_CREDENTIALS")),
        ("auth.oauth.client_id", text("me")),
        ("auth.oauth.client_secret", replace("s3cret")),
        ("auth.oauth.client_secret_is_env", on(false)),
        ("auth.oauth.endpoint", url("https://login.example/token")),
        ("auth.oauth.method", text("GET")),
        (
            "auth.oauth.parameters",
            pairs(vec![new_pair(Some("header"), "x-a", "1"), new_pair(Some("body"), "scope", "2")]),
        ),
        ("payload.hydrate_entity", on(true)),
        ("payload.include_relations", on(true)),
        ("payload.include_activity", on(true)),
        ("payload.include_changed_attributes", on(true)),
        ("payload.apply_changesets", on(true)),
        ("payload.custom_headers", pairs(vec![new_pair(None, "X-Key", "{{ env.key }}")])),
        ("payload.jsonata", text("$merge([entity])")),
        ("filter.conditions", FieldInput::Json(conditions.clone())),
        ("filter.key", text("a.b")),
        ("filter.values", list(&["1", "2"])),
        ("delivery.mode", text("binary_multipart")),
        ("delivery.file_field", text("document")),
        ("delivery.file_strategy", text("multi")),
        ("delivery.file_source", text("event_attachments[0]")),
        ("delivery.extra_fields", pairs(vec![new_pair(None, "kind", "'a'")])),
        ("delivery.retry", on(false)),
        ("delivery.retry_attempts", FieldInput::Integer(Some(5))),
        ("delivery.static_ip", on(true)),
        ("delivery.proxy_integration", text("6b0c1f9e-5d7a-4f1b-9a52-3c8c54f0a911")),
        ("delivery.proxy_use_case", text("orders")),
        ("enabled", on(false)),
        ("status", text("inactive")),
        ("protected", on(true)),
    ];
    let paths: Vec<String> = fields.iter().map(|(path, _)| (*path).to_owned()).collect();
    let (written, _) = world.create(fields).await;
    let wanted = json!({
        "name": "Whole", "eventName": "event_FileCreated", "eventVersion": "1.0", "url": "https://new.example/hook?k=v",
        "httpMethod": "PATCH", "enabled": false, "status": "inactive", "protected": true, "enableStaticIP": true,
        "auth": { "authType": "OAUTH_CLIENT_CREDENTIALS", "oauthConfig": { "clientId": "me", "clientSecret": "s3cret",
            "endpoint": "https://login.example/token", "httpMethod": "GET", "customParameterList": [
                { "type": "header", "key": "x-a", "value": "1" }, { "type": "body", "key": "scope", "value": "2" }] } },
        "payloadConfiguration": { "hydrate_entity": true, "include_relations": true, "include_activity": true,
            "include_changed_attributes": true, "apply_changesets": true, "custom_headers": { "X-Key": "{{ env.key }}" } },
        "jsonataExpression": "$merge([entity])", "filterConditions": conditions,
        "filter": { "keyToFilter": "a.b", "supportedValues": ["1", "2"] }, "deliveryMode": "binary_multipart",
        "multipartConfig": { "fileFieldName": "document", "fileFieldStrategy": "multi",
            "fileSource": "event_attachments[0]", "extraFields": { "kind": "'a'" } },
        "retryPolicy": { "enabled": false, "maxAttempts": 5 },
        "secureProxy": { "integration_id": "6b0c1f9e-5d7a-4f1b-9a52-3c8c54f0a911", "use_case_slug": "orders" },
    });
    assert_eq!(world.sent("POST", "/configs"), wanted);
    // And read back, nothing of it is lost; the switch was never a statement.
    let fields = written.remote.unwrap().webhook.fields;
    for path in paths.iter().filter(|path| *path != "auth.oauth.client_secret_is_env") {
        assert!(fields.contains_key(&FieldPath::from(path.as_str())), "{path}");
    }
}

#[tokio::test]
async fn the_defaults_of_the_form_create_what_epilot_creates_by_itself() {
    let world = world(MERIDIAN).await;
    let capabilities = world.session.offer(&go()).await.unwrap().capabilities.clone();
    let defaults = capabilities.fields().filter(|field| field.shown_when.is_none()).filter_map(|field| {
        let input = match field.default.clone()? {
            FieldValue::Text(text) => FieldInput::Text(text),
            FieldValue::Flag(flag) => FieldInput::Flag(flag),
            FieldValue::Integer(number) => FieldInput::Integer(Some(number)),
            FieldValue::List(_)
            | FieldValue::Url(_)
            | FieldValue::Secret(_)
            | FieldValue::Pairs(_)
            | FieldValue::Conditions(_)
            | FieldValue::Json(_) => panic!("{}", field.path),
        };
        Some((field.path.as_str(), input))
    });
    world.create(defaults.chain(minimal()).collect()).await;
    let wanted = json!({ "name": "New", "eventName": "customer_request_created", "url": "https://new.example/hook",
        "httpMethod": "POST", "enabled": true });
    assert_eq!(world.sent("POST", "/configs"), wanted);
}

#[tokio::test]
async fn the_signing_secret_is_told_once_and_is_nowhere_else() {
    let world = world(MERIDIAN).await;
    let (written, stored) = world.create(minimal()).await;
    let secret = stored["signingSecret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"));
    assert_eq!(told(&written), [("signing_secret", "Signing secret", secret)]);
    let remote = written.remote.as_ref().unwrap();
    assert!(
        !format!("{remote:?} {} {:?}", serde_json::to_string(&remote.webhook).unwrap(), written)
            .contains(secret)
    );
    // What was created is what is read: the answer's raw form has it neither.
    assert_eq!(world.remote(remote.webhook.id.as_str()).await.webhook.revision, remote.webhook.revision);
}

#[tokio::test]
async fn an_update_sends_the_whole_webhook_back_without_what_is_not_ours_to_send() {
    let world = world(MERIDIAN).await;
    let before = world.list().await;
    for remote in &before {
        let id = remote.webhook.id.as_str();
        let stored = world.stored(id);
        let after = world.edit(id, vec![("name", text("Renamed"))]).await;
        let body = world.sent("PUT", id);
        for absent in ["id", "signingSecret"] {
            assert!(body.get(absent).is_none(), "{id}");
        }
        // Everything is as it was, the secrets included, but the name and the time.
        let unchanged = |mut webhook: Value| {
            webhook["name"] = Value::Null;
            webhook["updatedTime"] = Value::Null;
            webhook
        };
        assert_eq!(unchanged(after), unchanged(stored), "{id}");
    }
}

#[tokio::test]
async fn unknown_fields_survive_byte_for_byte() {
    let world = world(MERIDIAN).await;
    let odd = json!({ "z": [1, 2.5, { "b": null, "a": "é\u{1F600}" }], "": false });
    world.org.edit_webhook(TICKETS, json!({ "newField": odd })).unwrap();
    let strange = |webhook: &Value| (webhook["newField"].to_string(), webhook["deliveryWindow"].to_string());
    let before = strange(&world.stored(TICKETS));
    assert!(before.0.contains("2.5") && before.1.contains("06:00"));
    let stored = world.edit(TICKETS, vec![("enabled", on(false))]).await;
    assert_eq!(stored["enabled"], json!(false));
    assert_eq!(strange(&stored), before);
    assert_eq!(strange(&world.sent("PUT", TICKETS)), before);
}

#[tokio::test]
async fn the_switch_alone_switches() {
    let world = world(MERIDIAN).await;
    let stored = world.edit(BLUEPRINT, vec![("enabled", on(false))]).await;
    assert_eq!((&stored["enabled"], &stored["status"]), (&json!(false), &json!("incomplete")));
    let stored = world.edit(PORTAL, vec![("enabled", on(true))]).await;
    assert_eq!(stored["enabled"], json!(true));
}

#[tokio::test]
async fn what_is_emptied_is_left_out() {
    let world = world(MERIDIAN).await;
    let stored = world.edit(METER, vec![("payload.jsonata", text(""))]).await;
    assert!(stored.get("jsonataExpression").is_none());
    let stored = world.edit(ORDERS, vec![("filter.conditions", FieldInput::Json(Value::Null))]).await;
    assert!(stored.get("filterConditions").is_none());
    let emptied = vec![("delivery.proxy_integration", text("")), ("delivery.proxy_use_case", text(""))];
    assert!(world.edit(SAP, emptied).await.get("secureProxy").is_none());
    let stored = world.edit(CRM, vec![("event_version", text(""))]).await;
    assert_eq!(stored.get("eventVersion").unwrap_or(&Value::Null), &Value::Null);
    let stored = world.edit(ERP, vec![("payload.custom_headers", pairs(vec![]))]).await;
    assert_eq!(stored["payloadConfiguration"]["custom_headers"], json!({}));
}

#[tokio::test]
async fn what_epilot_keeps_although_it_was_left_out_is_said() {
    let world = world(MERIDIAN).await;
    let base = world.remote(METER).await;
    let prepared = world.prepare(vec![("payload.jsonata", text(""))], Some(&base)).await;
    let mut kept = world.stored(METER);
    kept.as_object_mut().unwrap().shift_remove("signingSecret");
    world.fault(Sandboxed::new(UPDATE, FaultAction::respond(200, &kept.to_string())));
    let written = world.session.write(&prepared.write, &go()).await.unwrap();
    let incomplete = written.incomplete.unwrap();
    assert!(incomplete.message.contains("jsonataExpression"), "{incomplete}");
}

#[tokio::test]
async fn a_policy_is_kept_changed_and_left_out_where_there_was_none() {
    let world = world(REHEARSAL).await;
    let legacy = world.list().await.into_iter().find(|r| r.webhook.title.starts_with("Legacy")).unwrap();
    let id = legacy.webhook.id.as_str();
    assert!(world.edit(id, vec![("name", text("L"))]).await.get("retryPolicy").is_none());
    let stored = world
        .edit(
            id,
            vec![("delivery.retry", on(true)), ("delivery.retry_attempts", FieldInput::Integer(Some(2)))],
        )
        .await;
    assert_eq!(stored["retryPolicy"], json!({ "enabled": true, "maxAttempts": 2 }));
    let stored = world.edit(id, vec![("delivery.retry", on(false))]).await;
    assert_eq!(stored["retryPolicy"], json!({ "enabled": false, "maxAttempts": 2 }));
}

#[tokio::test]
async fn addresses_keep_their_references_and_hidden_values() {
    let world = world(MERIDIAN).await;
    let query = vec![
        QueryParamInput { name: "tenant".into(), origin: Some(0), value: SecretChange::Keep },
        QueryParamInput {
            name: "k".into(),
            origin: None,
            value: SecretChange::Replace { value: "{{ env.k }}".to_owned().into() },
        },
    ];
    let address =
        UrlInput { base: "https://{{ env.erp_host }}/{{ env.path }}".into(), keep_userinfo: false, query };
    let stored = world.edit(ERP, vec![("url", FieldInput::Url(address))]).await;
    assert_eq!(
        stored["url"],
        "https://{{ env.erp_host }}/{{ env.path }}?tenant=sandbox-tenant-key-77&k={{ env.k }}"
    );
    let erp = world.remote(ERP).await;
    assert_eq!(erp.webhook.endpoint, "{{ env.erp_host }}/{{ env.path }}?tenant=•••&k=•••");
    let stored = world.edit(SAP, vec![("name", text("SAP"))]).await;
    assert_eq!(stored["url"], "https://{{ env.sap_host }}/epilot/instalments");
}

#[tokio::test]
async fn headers_and_parameters_are_kept_replaced_and_removed_one_by_one() {
    let world = world(MERIDIAN).await;
    let mut replaced = new_pair(None, "X-Meridian-Tenant", "other");
    replaced.origin = Some(1);
    let headers =
        vec![kept_pair(None, "Ocp-Apim-Subscription-Key", 0), replaced, new_pair(None, "X-New", "n")];
    let base = world.remote(ERP).await;
    let prepared = world.prepare(vec![("payload.custom_headers", pairs(headers))], Some(&base)).await;
    let Some(FieldValue::Pairs(shown)) = prepared.fields.get(&FieldPath::from("payload.custom_headers"))
    else {
        panic!()
    };
    assert_eq!(shown.iter().map(|pair| pair.replaced).collect::<Vec<_>>(), [false, true, true]);
    world.session.write(&prepared.write, &go()).await.unwrap();
    let wanted = json!({ "Ocp-Apim-Subscription-Key": "sandbox-gateway-key-93b1d7", "X-Meridian-Tenant": "other", "X-New": "n" });
    assert_eq!(world.stored(ERP)["payloadConfiguration"]["custom_headers"], wanted);

    let parameters =
        vec![kept_pair(Some("header"), "X-Client-Assertion", 2), kept_pair(Some("query"), "scope", 0)];
    let stored = world.edit(CRM, vec![("auth.oauth.parameters", pairs(parameters))]).await;
    let wanted = json!([{ "type": "header", "key": "X-Client-Assertion", "value": "sandbox-assertion-4471" },
        { "type": "query", "key": "scope", "value": "crm.write" }]);
    assert_eq!(stored["auth"]["oauthConfig"]["customParameterList"], wanted);
}

#[tokio::test]
async fn an_event_may_stay_although_it_is_not_offered_and_a_fresh_one_is_found() {
    let world = world(MERIDIAN).await;
    let stored =
        world.edit(IVY, vec![("events", list(&["AutomationRule_Triggered"])), ("name", text("I"))]).await;
    assert_eq!(stored["eventName"], "AutomationRule_Triggered");
    world.session.offer(&go()).await.unwrap();
    // One that the held catalogue does not have is looked for once more.
    let wrong = world.wrong(vec![("events", list(&["event_Nothing"]))], Some(&world.remote(ERP).await)).await;
    assert_eq!(wrong[0].0, "events");
    assert_eq!(world.requests("GET", "/configured-events").len(), 2);
    assert_eq!(
        world.edit(ERP, vec![("events", list(&["portal_user_access"]))]).await["eventName"],
        "portal_user_access"
    );
}

#[tokio::test]
async fn deletes_go_one_by_one_and_a_missing_one_does_not_stop_the_rest() {
    let world = world(MERIDIAN).await;
    let ids = [IVY, TICKETS].map(WebhookId::from);
    world.session.delete(&ids, &go()).await.unwrap();
    assert!(world.org.webhook(IVY).is_none() && world.org.webhook(TICKETS).is_none());
    let write = world.session.prepare_delete(&WebhookId::from(PORTAL));
    assert!(world.session.write(&write, &go()).await.unwrap().remote.is_none());

    // A 404 has no body.
    let gone = world.session.delete(&[WebhookId::from(IVY)], &go()).await.unwrap_err();
    assert_eq!((gone.error.fault, gone.uncertain), (Fault::NotFound, false));
    assert!(gone.error.message.contains("no such webhook"));
    let ids = [ORDERS, IVY, METER].map(WebhookId::from);
    let failed = world.session.delete(&ids, &go()).await.unwrap_err();
    // Some are gone: what became of each shows only in a fresh list.
    assert!(failed.uncertain);
    assert!(world.org.webhook(ORDERS).is_none() && world.org.webhook(METER).is_none());
}

#[tokio::test]
async fn a_write_tells_what_to_know_about_it() {
    let world = world(MERIDIAN).await;
    let notices = |prepared: tacklebox_providers::Prepared| {
        prepared.notices.into_iter().map(|n| n.words).collect::<Vec<_>>().join("\n")
    };
    let plain = world.prepare(minimal_and(vec![("url", url("http://plain.example/"))]), None).await;
    assert!(notices(plain).contains("unencrypted"));
    assert_eq!(notices(world.prepare(minimal(), None).await), "");
    let base = world.remote(AUTOMATION).await;
    let kept = world.prepare(vec![("name", text("A"))], Some(&base)).await;
    assert!(notices(kept).contains("own id"));
    let emptied = vec![("filter.key", text("")), ("filter.values", list(&[]))];
    assert!(notices(world.prepare(emptied, Some(&base)).await).contains("goes"));
    let foreign = vec![("filter.key", text("metadata.webhook_id")), ("filter.values", list(&[AUTOMATION]))];
    assert!(notices(world.prepare(minimal_and(foreign), None).await).contains("another webhook"));
    let headers = pairs(vec![new_pair(None, "X-Amz-Date", "1"), new_pair(None, "Authorization", "2")]);
    let words = notices(world.prepare(minimal_and(vec![("payload.custom_headers", headers)]), None).await);
    assert!(words.contains("X-Amz-Date, Authorization"), "{words}");
    let crm = world.remote(CRM).await;
    let other_event = world.prepare(vec![("events", list(&["event_FileCreated"]))], Some(&crm)).await;
    assert!(notices(other_event).contains("2.1"));
    let meter = world.remote(METER).await;
    let multipart = world.prepare(vec![("delivery.mode", text("binary_multipart"))], Some(&meter)).await;
    assert!(notices(multipart).contains("does not apply the expression"));
}

#[tokio::test]
async fn a_twin_is_pointed_out() {
    let world = world(MERIDIAN).await;
    let others: Vec<_> = world.list().await.into_iter().map(|remote| remote.webhook).collect();
    let twin = vec![
        ("name", text("Twin")),
        ("url", url("https://erp.meridian-energie.example/epilot/orders")),
        ("events", list(&["erp_synchronization"])),
    ];
    let prepared = world.prepare(twin, None).await;
    let advice = world.session.advise(&prepared.fields, &others);
    assert_eq!(advice.len(), 1);
    assert!(advice[0].words.contains("ERP synchronisation"));
    assert!(world.session.advise(&world.prepare(minimal(), None).await.fields, &others).is_empty());
}
