//! What is entered for a connection, and where its requests then go.

use super::common::{Calls, RENTALS, go, public, session, world};
use std::collections::BTreeMap;
use std::sync::Arc;
use tacklebox_model::{Fault, ProviderId};
use tacklebox_providers::{NoMeter, NoSecret, Provider, SessionContext, find};

fn provider() -> Arc<dyn Provider> {
    find(&ProviderId::from("booqable")).unwrap()
}

fn wrong(slug: &str, api: &str) -> Vec<(String, String)> {
    let errors = provider().check_credentials(&public(slug, api));
    errors.into_iter().map(|error| (error.path.as_str().to_owned(), error.message)).collect()
}

#[test]
fn a_connection_needs_a_slug_and_a_token_and_has_a_choice_of_path() {
    let info = provider().info();
    let fields: Vec<_> = info.credentials.iter().map(|field| (field.key.as_str(), field.secret)).collect();
    assert_eq!(fields, [("slug", false), ("api", false), ("access_token", true)]);
    let api = &info.credentials[1];
    let options: Vec<_> = api.options.iter().map(|option| option.value.as_str()).collect();
    assert_eq!((options, api.default.as_deref()), (vec!["4", "boomerang"], Some("4")));
}

#[test]
fn what_is_entered_is_checked() {
    assert_eq!(wrong("kestrel-rentals", "4"), []);
    assert_eq!(wrong("https://kestrel-rentals.booqable.com/employees", "boomerang"), []);
    assert_eq!(provider().check_credentials(&BTreeMap::from([("slug".to_owned(), "a".to_owned())])), []);
    let empty = wrong("", "4");
    assert_eq!(empty[0].0, "credentials.slug");
    assert!(empty[0].1.contains("kestrel in kestrel.booqable.com"), "{}", empty[0].1);
    assert_eq!(wrong("evil.example/x", "1").len(), 2);
    assert_eq!(wrong("a", "1"), [("credentials.api".to_owned(), "Choose 4 or boomerang.".to_owned())]);
}

#[tokio::test]
async fn no_session_is_made_with_a_slug_that_could_lead_elsewhere() {
    for (slug, api) in [("evil.example/", "4"), ("me@evil.example", "4"), ("kestrel", "../x")] {
        let context = SessionContext {
            connection: "c".into(),
            base_url: None,
            public_credentials: public(slug, api),
            secrets: Arc::new(NoSecret),
            meter: Arc::new(NoMeter),
        };
        let refused = provider().session(context).err().unwrap();
        assert!(matches!(refused.fault, Fault::Validation { .. }), "{slug}");
    }
    let refused = session("http://api.example.com", public("a", "4"), "t", &Arc::new(Calls::default())).err();
    assert!(
        matches!(refused.unwrap().fault, Fault::Validation { fields } if fields[0].path.as_str() == "base_url")
    );
}

#[tokio::test]
async fn a_pasted_address_leads_to_the_company() {
    let context = SessionContext {
        connection: "c".into(),
        base_url: None,
        public_credentials: public("https://Kestrel.booqable.com/x", "boomerang"),
        secrets: Arc::new(NoSecret),
        meter: Arc::new(NoMeter),
    };
    let session = provider().session(context).unwrap();
    let write = session.prepare_delete(&"e/1".into());
    let preview = session.preview(&[&write], &go()).await.unwrap().remove(0);
    assert_eq!(preview.url, "https://kestrel.booqable.com/api/boomerang/webhook_endpoints/e%2F1");
}

#[tokio::test]
async fn both_paths_lead_to_the_same_webhooks() {
    let world = world(RENTALS).await;
    for (api, start) in
        [("4", "/booqable/kestrel-rentals/api/4/"), ("boomerang", "/booqable/kestrel-rentals/api/boomerang/")]
    {
        let session = world.session_as(RENTALS, api, world.org.access_token());
        assert_eq!(session.list(&go()).await.unwrap().len(), 30);
        let asked = world.requests().pop().unwrap();
        assert!(asked.path.starts_with(&format!("{start}webhook_endpoints?")), "{}", asked.path);
    }
}

#[tokio::test]
async fn the_media_type_of_json_api_is_asked_for_and_plain_json_is_understood() {
    let world = world(RENTALS).await;
    world.next(tacklebox_sandbox::FaultAction::respond(200, r#"{"data":[]}"#));
    assert_eq!(world.list().await.len(), 0);
    world.list().await;
    let asked = world.requests().pop().unwrap();
    assert_eq!(asked.headers["accept"], "application/vnd.api+json");
    assert!(!asked.headers.contains_key("content-type"));
}

#[tokio::test]
async fn a_token_with_a_line_break_is_said_to_be_none_and_nothing_is_sent() {
    let world = world(RENTALS).await;
    let session = world.session_as(RENTALS, "4", "canary\nx");
    let error = session.list(&go()).await.unwrap_err();
    assert_eq!(error.fault, Fault::Unauthorised { vendor: None });
    assert!(world.requests().is_empty() && !super::common::everything(&error).contains("canary"));
    let padded = format!(" {}\n", world.org.access_token());
    assert_eq!(world.session_as(RENTALS, "4", &padded).list(&go()).await.unwrap().len(), 30);
}
