//! Refusals of a write: at their fields where the vendor names them, in its words otherwise.

use super::common::{RENTALS, World, everything, go, list, minimal, minimal_but, replace, world};
use tacklebox_model::{AppError, Fault};
use tacklebox_sandbox::FaultAction;

async fn refused(world: &World, status: u16, body: &str) -> AppError {
    let prepared = world.prepare(minimal(), None).await;
    world.next(FaultAction::respond(status, body));
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(!failed.uncertain, "{body}");
    failed.error
}

fn fields(error: &AppError) -> Vec<(&str, &str)> {
    let Fault::Validation { fields } = &error.fault else { panic!("{error:?}") };
    fields.iter().map(|f| (f.path.as_str(), f.message.as_str())).collect()
}

#[tokio::test]
async fn an_event_the_vendor_does_not_know_is_refused_at_its_field() {
    let world = world(RENTALS).await;
    let prepared = world.prepare(minimal_but("events", list(&["order.created"])), None).await;
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(!failed.uncertain);
    let found = fields(&failed.error);
    assert_eq!((found.len(), found[0].0), (1, "events"));
    assert!(found[0].1.starts_with("Booqable says: "), "{}", found[0].1);
    // Where such an event is kept, it is written.
    world.org.change_settings(|settings| settings.accept_unknown_events = true);
    world.session.write(&prepared.write, &go()).await.unwrap();
}

#[tokio::test]
async fn pointers_lead_to_fields_with_a_slash_and_without() {
    let world = world(RENTALS).await;
    let entry = |pointer: &str, detail: &str| {
        format!(
            r#"{{"code":"x","status":"422","title":"Validation Error","detail":"{detail}","source":{{"pointer":"{pointer}"}}}}"#
        )
    };
    let blank = entry("/data/attributes/url", "Url can't be blank");
    let odd = entry("data/attributes/events/1", "Events is not included");
    let error = refused(&world, 422, &format!(r#"{{"errors":[{blank}]}}"#)).await;
    assert_eq!(fields(&error), [("url", "Booqable says: Url can't be blank")]);
    assert_eq!(error.message, "Booqable says: Url can't be blank");
    let error = refused(&world, 422, &format!(r#"{{"errors":[{blank},{odd}]}}"#)).await;
    assert_eq!(
        fields(&error),
        [("url", "Booqable says: Url can't be blank"), ("events", "Booqable says: Events is not included")]
    );
    let base = entry("/data", "Too many endpoints");
    let error = refused(&world, 422, &format!(r#"{{"errors":[{blank},{base}]}}"#)).await;
    let Fault::Vendor { status: Some(422), vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!(vendor.text, "Url can't be blank Too many endpoints");
    assert_eq!(vendor.code.as_deref(), Some("x"));
}

#[tokio::test]
async fn an_attribute_an_older_account_does_not_have_is_named_in_the_form() {
    let world = world(RENTALS).await;
    let body = r#"{"errors":[{"code":"bad_request","status":"400","title":"Request Error","detail":"data.attributes.version is an unknown attribute","source":{"pointer":"data/attributes/version"},"meta":{"attribute":"data.attributes.version","message":"is an unknown attribute","code":"unknown_attribute"}}]}"#;
    let error = refused(&world, 400, body).await;
    assert_eq!(
        fields(&error),
        [("version", "Booqable says: data.attributes.version is an unknown attribute")]
    );
    let error = refused(
        &world,
        400,
        &body
            .replace("attributes.version", "attributes.more")
            .replace("attributes/version", "attributes/more"),
    )
    .await;
    let Fault::Vendor { vendor, .. } = &error.fault else { panic!("{error:?}") };
    assert_eq!(vendor.code.as_deref(), Some("unknown_attribute"));
}

#[tokio::test]
async fn every_tolerated_form_of_an_error_is_quoted() {
    let world = world(RENTALS).await;
    for (body, text) in [
        (r#"{"errors":"all wrong"}"#, "all wrong"),
        (r#"{"errors":["one","two"]}"#, "one two"),
        (r#"{"errors":{"base":["one","two"]}}"#, "base one base two"),
        (r#"{"message":"m"}"#, "m"),
        (r#"{"error":"e"}"#, "e"),
        (r#"{"error":"invalid_grant","error_description":"d"}"#, "d"),
        ("plain words", "plain words"),
        ("<html><body>page</body></html>", ""),
        ("", ""),
    ] {
        let error = refused(&world, 422, body).await;
        let Fault::Vendor { vendor, .. } = &error.fault else { panic!("{error:?}") };
        assert_eq!(vendor.text, text);
        assert_eq!(error.message, "Booqable answered with an error (422).");
    }
    let error = refused(&world, 422, r#"{"errors":{"url":["can't be blank"],"events":"is odd"}}"#).await;
    assert_eq!(
        fields(&error),
        [("url", "Booqable says: url can't be blank"), ("events", "Booqable says: events is odd")]
    );
}

#[tokio::test]
async fn secrets_the_vendor_repeats_are_hidden() {
    let world = world(RENTALS).await;
    let address = "https://me:pw-canary@a.example/x?secret=q%2Dcanary&t=t-canary";
    let prepared = world.prepare(minimal_but("url", replace(address)), None).await;
    let words = format!("Url {address} with q-canary and token {} is taken", world.org.access_token());
    for body in [
        serde_json::json!({ "errors": [{ "detail": words, "source": { "pointer": "/data/attributes/url" } }] }),
        serde_json::json!({ "errors": [{ "title": "Taken", "detail": words, "code": words }] }),
        serde_json::json!({ "message": words }),
    ] {
        for status in [401, 402, 404, 409, 422, 500] {
            world.next(FaultAction::respond(status, &body.to_string()));
            let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
            let shown = everything(&failed.error);
            assert!(!shown.contains("canary") && !shown.contains(world.org.access_token()), "{shown}");
        }
    }
}
