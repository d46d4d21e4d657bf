//! The commands a review offers, run for real: they do what the plan does.

use super::common::{LAB, OFFICES, World, go, list, minimal_and, on, own, replace, text, world};
use super::shell::{HOSTILE, in_json, run, to_set};
use serde_json::{Value, json};
use tacklebox_model::{FieldInput, RequestPreview};
use tacklebox_providers::Write;
use tacklebox_sandbox::Dialect;

async fn previews(world: &World, writes: &[&Write]) -> Vec<RequestPreview> {
    let previews = world.session.preview(writes, &go()).await.unwrap();
    for preview in &previews {
        // The GraphQL form is the readable one with variables in it.
        let (document, variables) =
            preview.graphql.as_ref().unwrap().split_once("\n\n# variables\n").unwrap();
        assert!(preview.body.starts_with(document));
        assert!(serde_json::from_str::<Value>(variables).unwrap().is_object());
    }
    previews
}

/// A token, fetched by a command as well.
async fn token(world: &World) -> String {
    let body = json!({ "client_id": world.org.config().client_id, "client_secret": world.org.config().client_secret,
        "audience": "https://butlrauth/", "grant_type": "client_credentials" });
    let url = format!("{}/api/v2/clients/login", world.sandbox.butlr_url());
    let curl =
        format!("curl --request POST '{url}' --header 'Content-Type: application/json' --data-raw '{body}'");
    let login = RequestPreview {
        title: String::new(),
        method: "POST".into(),
        url,
        headers: vec![],
        body: String::new(),
        curl,
        graphql: None,
    };
    let answer: Value = serde_json::from_str(&run(&login, &[]).await).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// The last mutation the vendor got: what it was sent, as JSON, and as what.
fn last_sent(world: &World) -> (Value, Option<String>) {
    let mutation = |kind: &str| kind == "mutation";
    let log = world.sandbox.log().requests();
    let last = log.iter().rfind(|r| r.operation.as_ref().is_some_and(|o| mutation(&o.kind))).unwrap();
    (serde_json::from_str(&last.body).unwrap(), last.headers.get("content-type").cloned())
}

#[tokio::test]
async fn a_create_works_when_copied() {
    let mut steps = vec![];
    for key in [OFFICES, LAB] {
        let world = world(key).await;
        let (api_key, password) = ("k\"canary\\'$HOME`id`", "p canary");
        let write = world
            .prepare(
                minimal_and(vec![
                    ("name", text(HOSTILE)),
                    (
                        "url",
                        replace("https://bob:pw-canary@a.example/it's/$HOME/`id`?a=q-canary&b&a=r'canary"),
                    ),
                    ("auth.api_key", on(true)),
                    ("auth.api_key.header", text("x-api-key")),
                    ("auth.api_key.value", replace(api_key)),
                    ("auth.basic", on(true)),
                    ("auth.basic.username", text("bob'$(id)")),
                    ("auth.basic.password", replace(password)),
                    ("filters.floor_ids", list(&["space_'1"])),
                ]),
                None,
            )
            .await
            .write;
        let previews = previews(&world, &[&write]).await;
        assert!(!format!("{previews:?}").contains("canary"));
        let names = to_set(&previews[0]);
        let wanted = ["ACCESS_TOKEN", "URL_CREDENTIALS", "QUERY_A", "QUERY_A_2", "API_KEY", "PASSWORD"];
        assert_eq!(names, wanted);
        let before: Vec<_> = world.org.webhooks().into_iter().map(|webhook| webhook.id).collect();
        let token = token(&world).await;
        let api_key = in_json(api_key);
        let mut variables = vec![
            ("ACCESS_TOKEN", token.as_str()),
            ("URL_CREDENTIALS", "bob:pw-canary"),
            ("QUERY_A", "q-canary"),
            ("QUERY_A_2", "r'canary"),
            ("API_KEY", &api_key),
            ("PASSWORD", password),
        ];
        run(&previews[0], &variables).await;
        let mut made = world.org.webhooks();
        made.retain(|webhook| !before.contains(&webhook.id));
        let [made] = made.as_slice() else { panic!("{made:?}") };
        variables.push(("WEBHOOK_ID", &made.id));
        for preview in &previews[1..] {
            run(preview, &variables).await;
        }
        let sent = last_sent(&world);
        // The session's own write, beside it.
        let own = world.session.write(&write, &go()).await.unwrap().remote.unwrap();
        let (mut wanted, content_type) = last_sent(&world);
        if previews.len() > 1 {
            wanted["variables"]["input"][0]["id"] = json!(made.id);
        }
        assert_eq!(sent, (wanted, content_type));
        let mut own = world.stored(&own);
        own.id.clone_from(&made.id);
        let made = world.org.webhook(&made.id).unwrap();
        assert!(made == own && made.name == HOSTILE);
        assert!(made.filters.is_some());
        steps.push(previews.len());
    }
    assert_eq!(steps, [1, 2]);
}

#[tokio::test]
async fn an_update_works_when_copied_and_needs_the_kept_secrets() {
    let world = world(OFFICES).await;
    let base = world.remote("Desk zones").await;
    let write = world.prepare(vec![("timeout", FieldInput::Integer(Some(2)))], Some(&base)).await.write;
    let previews = previews(&world, &[&write]).await;
    let mut wanted = world.stored(&base);
    assert_eq!(to_set(&previews[0]), ["ACCESS_TOKEN", "API_KEY", "PASSWORD"]);
    let endpoint = &wanted.endpoint_config;
    let (api_key, password) =
        (&endpoint.api_key.as_ref().unwrap().value, &endpoint.basic_auth.as_ref().unwrap().password);
    let token = token(&world).await;
    run(&previews[0], &[("ACCESS_TOKEN", &token), ("API_KEY", api_key), ("PASSWORD", password)]).await;
    wanted.endpoint_config.http_timeout = 2;
    assert!(world.stored(&base) == wanted);
}

#[tokio::test]
async fn what_is_not_understood_is_given_as_json() {
    let world = own(Dialect { extra_endpoint_fields: vec!["headers".into()], ..Dialect::default() }).await;
    let write = world.prepare(minimal_and(vec![("filters.room_ids", list(&["room_1"]))]), None).await.write;
    let created = world.session.write(&write, &go()).await.unwrap().remote.unwrap().webhook.id;
    let patch = json!({ "filters": { "unknown": "u-canary" },
        "endpoint_config": { "extra": { "headers": ["x'canary"] } } });
    world.org.edit_webhook(created.as_str(), patch).unwrap();
    let base = world.list().await.remove(0);
    let mut wanted = world.stored(&base);
    let edits = vec![("timeout", FieldInput::Integer(Some(2))), ("filters.room_ids", list(&["room_2"]))];
    let write = world.prepare(edits, Some(&base)).await.write;
    let previews = previews(&world, &[&write]).await;
    assert!(!format!("{previews:?}").contains("canary"));
    assert!(previews[0].graphql.as_ref().unwrap().contains("\"headers\": \"$KEPT_HEADERS\""));
    let token = token(&world).await;
    let variables = [
        ("ACCESS_TOKEN", token.as_str()),
        ("KEPT_HEADERS", r#"["x'canary"]"#),
        ("KEPT_UNKNOWN", r#""u-canary""#),
    ];
    let mut names = to_set(&previews[0]);
    names.sort_unstable();
    assert_eq!(names, variables.map(|(name, _)| name));
    run(&previews[0], &variables).await;
    wanted.endpoint_config.http_timeout = 2;
    wanted.filters.as_mut().unwrap()["room_ids"] = json!(["room_2"]);
    assert!(world.stored(&base) == wanted);
}

#[tokio::test]
async fn several_deletes_work_when_copied() {
    let world = world(OFFICES).await;
    let all = world.list().await;
    let ids: Vec<_> = all.iter().take(2).map(|remote| remote.webhook.id.clone()).collect();
    let writes: Vec<_> = ids.iter().map(|id| world.session.prepare_delete(id)).collect();
    let previews = previews(&world, &writes.iter().collect::<Vec<_>>()).await;
    run(&previews[0], &[("ACCESS_TOKEN", &token(&world).await)]).await;
    assert!(ids.iter().all(|id| world.org.webhook(id.as_str()).is_none()));
    assert_eq!(world.org.webhooks().len(), all.len() - 2);
}
