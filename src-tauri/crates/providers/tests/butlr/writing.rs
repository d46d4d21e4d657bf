//! Creating, changing and deleting, and what survives of what is not touched.

use super::common::{
    LAB, OFFICES, go, keep, keep_param, list, minimal, minimal_and, on, own, replace, replace_param, text,
    world,
};
use serde_json::{Value, json};
use tacklebox_model::{Fault, FieldInput, FieldPath, FieldValue, Fields, SecretState, UrlInput};
use tacklebox_providers::WriteAction;
use tacklebox_sandbox::{ApiKey, BasicAuth, Dialect, Fault as Sandboxed, FaultAction};

fn value<'a>(fields: &'a Fields, path: &str) -> Option<&'a FieldValue> {
    fields.get(&FieldPath::from(path))
}

#[tokio::test]
async fn both_spellings_create_what_was_entered() {
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let before = world.org.webhooks().len();
        let more = vec![
            ("auth.api_key", on(true)),
            ("auth.api_key.header", text(" x-api-key ")),
            ("auth.api_key.value", replace("k-1")),
            ("auth.basic", on(true)),
            ("auth.basic.username", text("bob")),
            ("auth.basic.password", replace("p-1")),
            ("filters.floor_ids", list(&["space_1", "space_2"])),
            ("send_on_value_change", on(true)),
        ];
        let prepared = world.prepare(minimal_and(more), None).await;
        assert_eq!(prepared.write.action, WriteAction::Create);
        assert_eq!((prepared.title.as_str(), prepared.endpoint.as_str()), ("New", "new.example/hook"));
        assert_eq!(
            value(&prepared.fields, "auth.api_key.value"),
            Some(&FieldValue::Secret(SecretState::REPLACED))
        );
        let written = world.session.write(&prepared.write, &go()).await.unwrap();
        assert!(written.incomplete.is_none());
        let remote = written.remote.unwrap();
        let stored = world.stored(&remote);
        assert_eq!(world.org.webhooks().len(), before + 1);
        assert_eq!(
            (stored.name.as_str(), stored.endpoint_config.url.as_str()),
            ("New", "https://new.example/hook")
        );
        assert_eq!(stored.event_types, ["TRAFFIC", "DETECTIONS"]);
        let endpoint = stored.endpoint_config;
        assert!(endpoint.api_key == Some(ApiKey { key: "x-api-key".into(), value: "k-1".into() }));
        assert!(endpoint.basic_auth == Some(BasicAuth { username: "bob".into(), password: "p-1".into() }));
        assert_eq!(stored.filters, Some(json!({ "floor_ids": ["space_1", "space_2"] })));
        assert!(stored.send_on_value_change);
        assert_eq!(world.sandbox.log().count("updateWebhooks"), usize::from(key == LAB));
        assert_eq!(prepared.notices.len(), usize::from(key == LAB));
        assert!(world.session.achieved(&prepared.write, &remote));
    }
}

#[tokio::test]
async fn a_create_without_filters_takes_one_step_everywhere() {
    let world = world(LAB).await;
    let form = minimal_and(vec![("send_on_value_change", on(false)), ("filters.room_ids", list(&[]))]);
    let prepared = world.prepare(form, None).await;
    assert!(prepared.notices.is_empty());
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.sandbox.log().count("updateWebhooks"), 0);
}

#[tokio::test]
async fn a_second_step_that_fails_leaves_a_webhook_that_is_not_all_it_should_be() {
    for action in [
        FaultAction::Drop,
        FaultAction::respond(500, "{}"),
        FaultAction::respond(400, r#"{"errors":[{"message":"no"}]}"#),
    ] {
        let world = world(LAB).await;
        let prepared = world.prepare(minimal_and(vec![("filters.room_ids", list(&["room_1"]))]), None).await;
        assert!(prepared.notices[0].words.contains("unfiltered"));
        world.sandbox.faults().push(Sandboxed::new("updateWebhooks", action));
        let written = world.session.write(&prepared.write, &go()).await.unwrap();
        let remote = written.remote.unwrap();
        assert_eq!(world.stored(&remote).filters, None);
        let incomplete = written.incomplete.unwrap();
        assert!(incomplete.advice.unwrap().contains("set its filter"));
        assert_eq!(world.sandbox.log().count("createWebhooks"), 1);
        assert_eq!(world.sandbox.log().count("updateWebhooks"), 1);
    }
}

#[tokio::test]
async fn an_edit_keeps_both_secrets_although_the_endpoint_is_replaced_whole() {
    for (key, name) in [(OFFICES, "Desk zones"), (LAB, "Detections sink")] {
        let world = world(key).await;
        let base = world.remote(name).await;
        let before = world.stored(&base);
        let edits = vec![
            ("timeout", FieldInput::Integer(Some(3))),
            ("auth.api_key.value", keep()),
            ("auth.basic.password", keep()),
        ];
        let prepared = world.prepare(edits, Some(&base)).await;
        assert_eq!(
            value(&prepared.fields, "auth.api_key.value"),
            Some(&FieldValue::Secret(SecretState::STORED))
        );
        world.session.write(&prepared.write, &go()).await.unwrap();
        let mut wanted = before;
        wanted.endpoint_config.http_timeout = 3;
        assert!(world.stored(&base) == wanted, "{key}");
    }
}

#[tokio::test]
async fn an_edit_elsewhere_does_not_send_the_endpoint() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let before = world.stored(&base);
    let after = world.edit(&base, vec![("name", text("Renamed"))]).await;
    assert!(after.endpoint_config == before.endpoint_config && after.filters == before.filters);
    let sent = world.sent("updateWebhooks");
    let wanted = json!([{ "id": base.webhook.id.as_str(), "name": "Renamed" }]);
    assert_eq!(sent[0]["variables"]["input"], wanted);
}

#[tokio::test]
async fn a_replaced_secret_changes_alone() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let mut wanted = world.stored(&base);
    let after = world.edit(&base, vec![("auth.basic.password", replace("new-password"))]).await;
    wanted.endpoint_config.basic_auth.as_mut().unwrap().password = "new-password".into();
    assert!(after == wanted);
}

#[tokio::test]
async fn a_secret_replaced_by_itself_is_no_change() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let stored = world.stored(&base).endpoint_config.basic_auth.unwrap().password;
    let prepared = world.prepare(vec![("auth.basic.password", replace(&stored))], Some(&base)).await;
    assert_eq!(prepared.fields, base.webhook.fields);
}

#[tokio::test]
async fn switching_an_authentication_off_removes_it_and_leaves_the_other() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let before = world.stored(&base).endpoint_config;
    let after = world.edit(&base, vec![("auth.api_key", on(false))]).await.endpoint_config;
    assert!(after.api_key.is_none() && after.basic_auth == before.basic_auth);
    let sent = world.sent("updateWebhooks");
    assert_eq!(sent[0]["variables"]["input"][0]["endpoint_config"].get("api_key"), Some(&Value::Null));
}

#[tokio::test]
async fn switching_an_authentication_on_needs_both_its_parts() {
    let world = world(OFFICES).await;
    let base = world.remote("Old proof").await;
    let wrong =
        world.wrong(vec![("auth.basic", on(true)), ("auth.basic.password", keep())], Some(&base)).await;
    let paths: Vec<_> = wrong.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["auth.basic.username", "auth.basic.password"]);
}

#[tokio::test]
async fn query_values_are_kept_and_replaced_one_by_one() {
    let world = world(OFFICES).await;
    let base = world.remote("Detections to heatmap").await;
    let stored = world.stored(&base).endpoint_config.url;
    let address = "https://heatmap.halden.example/v2/detections";
    let input = |query| FieldInput::Url(UrlInput { base: address.into(), keep_userinfo: false, query });

    let kept = vec![keep_param("site", 0), keep_param("token", 1)];
    let after = world.edit(&base, vec![("url", input(kept))]).await;
    assert_eq!(after.endpoint_config.url, stored.replace("/v1/", "/v2/"));

    let base = world.remote("Detections to heatmap").await;
    let replaced = vec![keep_param("site", 0), replace_param("token", 1, "t 2")];
    let prepared = world.prepare(vec![("url", input(replaced))], Some(&base)).await;
    let Some(FieldValue::Url(shown)) = value(&prepared.fields, "url") else { panic!("no URL") };
    assert_eq!(shown.query.iter().map(|q| q.replaced).collect::<Vec<_>>(), [false, true]);
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.stored(&base).endpoint_config.url, format!("{address}?site=oslo&token=t%202"));

    let base = world.remote("Detections to heatmap").await;
    let same = vec![keep_param("site", 0), replace_param("token", 1, "t 2")];
    let prepared = world.prepare(vec![("url", input(same))], Some(&base)).await;
    assert_eq!(prepared.fields, base.webhook.fields);
}

#[tokio::test]
async fn a_whole_address_as_it_was_revealed_is_written_back() {
    let world = world(OFFICES).await;
    let base = world.remote("Old proof").await;
    let address = "https://bob:pw@back.example/a?token=t%20%2b1#x";
    let after = world.edit(&base, vec![("url", replace(address))]).await;
    assert_eq!(after.endpoint_config.url, address);
    let prepared = world.prepare(minimal_and(vec![("url", replace(address))]), None).await;
    assert_eq!(prepared.endpoint, "•••@back.example/a?token=•••#x");
}

#[tokio::test]
async fn fields_we_do_not_know_survive_an_edit() {
    let world = own(Dialect {
        extra_endpoint_fields: vec!["retries".into(), "headers".into()],
        ..Dialect::default()
    })
    .await;
    let prepared = world.prepare(minimal(), None).await;
    world.session.write(&prepared.write, &go()).await.unwrap();
    let id = world.org.webhooks()[0].id.clone();
    let filters = json!({ "zz": [{ "b": 1.5, "a": null }], "room_ids": ["room_1"], "æ key": true, "n": 12345678901234567890_u64 });
    let extra = json!({ "retries": { "b": [1, null], "a": "x" }, "headers": "secret: 1" });
    let patch = json!({ "filters": filters, "endpoint_config": { "extra": extra.clone() } });
    world.org.edit_webhook(&id, patch).unwrap();
    let before = world.org.webhook(&id).unwrap();

    let base = world.list().await.remove(0);
    let edits = vec![("timeout", FieldInput::Integer(Some(4))), ("filters.floor_ids", list(&["space_9"]))];
    let after = world.edit(&base, edits).await;
    assert_eq!(after.endpoint_config.http_timeout, 4);
    let text =
        |webhook: &tacklebox_sandbox::Webhook| serde_json::to_string(&webhook.endpoint_config.extra).unwrap();
    assert_eq!(text(&after), text(&before));
    let mut wanted = before.filters.unwrap();
    wanted["floor_ids"] = json!(["space_9"]);
    assert_eq!(after.filters.unwrap().to_string(), wanted.to_string());
}

#[tokio::test]
async fn clearing_the_last_filter_clears_it_and_leaves_unknown_keys() {
    let world = world(OFFICES).await;
    let base = world.remote("Room occupancy").await;
    let after = world.edit(&base, vec![("filters.floor_ids", list(&[]))]).await;
    assert_eq!(after.filters, Some(json!({})));
    let base = world.remote("Cleaning rota").await;
    let schedule = world.stored(&base).filters.unwrap()["schedule"].clone();
    let after = world.edit(&base, vec![("filters.building_ids", list(&[]))]).await;
    assert_eq!(after.filters, Some(json!({ "schedule": schedule })));
}

#[tokio::test]
async fn a_filter_that_was_never_there_is_not_invented() {
    let world = world(OFFICES).await;
    let base = world.remote("Old proof").await;
    let form =
        vec![("name", text("Older")), ("filters.room_ids", list(&[])), ("send_on_value_change", on(false))];
    assert_eq!(world.edit(&base, form).await.filters, None);
    let input = &world.sent("updateWebhooks")[0]["variables"]["input"][0];
    assert_eq!(input.as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn many_are_deleted_in_one_request() {
    let world = world(OFFICES).await;
    let ids: Vec<_> = world.list().await.into_iter().take(4).map(|r| r.webhook.id).collect();
    world.session.delete(&ids, &go()).await.unwrap();
    assert_eq!((world.org.webhooks().len(), world.sandbox.log().count("deleteWebhooks")), (5, 1));
}

#[tokio::test]
async fn one_is_deleted_by_its_write() {
    let world = world(LAB).await;
    let id = world.remote("Traffic replay").await.webhook.id;
    let written = world.session.write(&world.session.prepare_delete(&id), &go()).await.unwrap();
    assert!(written.remote.is_none() && written.incomplete.is_none());
    assert!(world.org.webhook(id.as_str()).is_none());
    let failed = world.session.write(&world.session.prepare_delete(&id), &go()).await.unwrap_err();
    assert!(!failed.uncertain);
    let Fault::Vendor { vendor, .. } = &failed.error.fault else { panic!("{:?}", failed.error) };
    assert!(vendor.text.contains("does not exist"));
}
