//! Secrets stay where they belong: a search for marked ones in everything that leaves the provider.

use super::common::*;
use secrecy::ExposeSecret;
use serde_json::json;
use tacklebox_model::{FieldPath, WebhookId};
use tacklebox_sandbox::{Fault as Sandboxed, FaultAction};

/// Everything secret in the seeds: they all begin so, references to variables aside.
const SEEDED: &str = "sandbox-";
const CANARY: &str = "canary-5e3a";

#[tokio::test]
async fn nothing_that_is_read_shows_a_secret() {
    let world = world(MERIDIAN).await;
    world
        .org
        .edit_webhook(ERP, json!({ "url": format!("https://me:{CANARY}@a.example/?k={CANARY}#x") }))
        .unwrap();
    for remote in world.list().await {
        let shown = format!("{remote:?} {}", serde_json::to_string(&remote.webhook).unwrap());
        for secret in [SEEDED, CANARY, "whsec_", "crm.write", "{{ env.archive_key }}"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    let page = world.session.deliveries(&WebhookId::from(ERP), &Default::default(), &go()).await.unwrap();
    assert!(!serde_json::to_string(&page).unwrap().contains("sandbox-tenant-key"));
}

#[tokio::test]
async fn nothing_that_is_written_shows_a_secret() {
    let world = world(MERIDIAN).await;
    let marked = |n: u32| format!("{CANARY}-{n}");
    let fields = vec![
        ("auth.type", text("OAUTH_CLIENT_CREDENTIALS")),
        ("auth.oauth.client_id", text("c")),
        ("auth.oauth.client_secret", replace(&marked(1))),
        ("auth.oauth.endpoint", url(&format!("https://login.example/?k={}", marked(2)))),
        ("auth.oauth.parameters", pairs(vec![new_pair(Some("body"), "a", &marked(3))])),
        ("payload.custom_headers", pairs(vec![new_pair(None, "x-a", &marked(4))])),
        ("url", url(&format!("https://new.example/?k={}", marked(5)))),
    ];
    let prepared = world.prepare(minimal_and(fields), None).await;
    let preview = world.session.preview(&[&prepared.write], &go()).await.unwrap();
    let shown = format!(
        "{prepared:?} {} {}",
        serde_json::to_string(&prepared.fields).unwrap(),
        serde_json::to_string(&preview).unwrap()
    );
    assert!(!shown.contains(CANARY), "{shown}");
    let written = world.session.write(&prepared.write, &go()).await.unwrap();
    assert!(!format!("{written:?}").contains(CANARY));
    assert!(world.sent("POST", "/configs").to_string().matches(CANARY).count() == 5);
}

#[tokio::test]
async fn epilots_words_do_not_repeat_a_secret() {
    let world = world(MERIDIAN).await;
    let token = world.org.access_token();
    let base = world.remote(ERP).await;
    let edits = || {
        vec![
            ("auth.basic.password", replace("hunter2-password")),
            ("url", url("https://a.example/?k=query%2Dvalue")),
            ("payload.custom_headers", pairs(vec![kept_pair(None, "Ocp-Apim-Subscription-Key", 0)])),
        ]
    };
    for status in [400, 401, 403, 404, 422, 500] {
        let words =
            format!("bad: hunter2-password sandbox-gateway-key-93b1d7 query%2Dvalue query-value {token}");
        for body in [json!({ "message": words }).to_string(), words.clone()] {
            let prepared = world.prepare(edits(), Some(&base)).await;
            world.fault(Sandboxed::new(UPDATE, FaultAction::respond(status, &body)));
            let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
            let said = everything(&failed.error);
            for secret in ["hunter2", "93b1d7", "query%2D", "query-value", &token] {
                assert!(!said.contains(secret), "{status} {secret}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn what_epilot_returns_can_be_revealed_and_is_kept_for_a_revert() {
    let world = world(MERIDIAN).await;
    let found = |remote: &tacklebox_providers::Remote| -> Vec<(String, String)> {
        let secrets = world.session.revert_secrets(remote);
        secrets.iter().map(|(path, secret)| (path.to_string(), secret.expose_secret().to_owned())).collect()
    };
    let erp = world.remote(ERP).await;
    let wanted = [
        ("payload.custom_headers.Ocp-Apim-Subscription-Key", "sandbox-gateway-key-93b1d7"),
        ("payload.custom_headers.X-Meridian-Tenant", "energie"),
        ("url", "https://erp.meridian-energie.example/epilot/orders?tenant=sandbox-tenant-key-77"),
    ];
    assert_eq!(found(&erp), wanted.map(|(path, value)| (path.to_owned(), value.to_owned())));
    for (path, value) in wanted {
        let revealed = world.session.reveal(&erp, &FieldPath::from(path)).unwrap();
        assert_eq!(revealed.expose_secret(), value);
    }
    // What can only be written is not among it, whatever epilot returns.
    for (id, path) in
        [(ERP, "auth.basic.password"), (FILES, "auth.api_key.value"), (SAP, "auth.oauth.client_secret")]
    {
        let remote = world.remote(id).await;
        assert!(world.session.reveal(&remote, &FieldPath::from(path)).is_none());
    }
    let paths: Vec<String> = found(&world.remote(CRM).await).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "auth.oauth.parameters.body.scope",
            "auth.oauth.parameters.query.resource",
            "auth.oauth.parameters.header.X-Client-Assertion"
        ]
    );
}

#[tokio::test]
async fn a_revert_gives_a_whole_address_back() {
    let world = world(MERIDIAN).await;
    let whole = "https://me:pw@{{ env.h }}/x?k=v#f";
    world.org.edit_webhook(ERP, json!({ "url": whole })).unwrap();
    let before = world.remote(ERP).await;
    let kept = world.session.reveal(&before, &FieldPath::from("url")).unwrap();
    world.edit(ERP, vec![("url", url("https://other.example/"))]).await;
    let stored = world.edit(ERP, vec![("url", replace(kept.expose_secret()))]).await;
    assert_eq!(stored["url"], whole);
}
