//! Lists of several pages.

use super::common::{RENTALS, TRIAL, World, go, world};
use std::collections::BTreeSet;
use tacklebox_sandbox::{Fault, FaultAction, ListShape};

/// The query of each list request, decoded as far as a reader needs.
fn asked(world: &World) -> Vec<String> {
    let query = |path: String| {
        let query = path.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
        query.replace("%5B", "[").replace("%5D", "]")
    };
    world.sent("GET").into_iter().map(|request| query(request.path)).collect()
}

fn query(size: u32, number: u32) -> String {
    format!("page[size]={size}&page[number]={number}&sort=created_at&stats[total]=count")
}

fn refuse_size(world: &World, words: &str) {
    let body = format!(
        r#"{{"errors":[{{"code":"bad_request","status":"400","title":"Request Error","detail":"{words}"}}]}}"#
    );
    world.next(FaultAction::respond(400, &body));
}

#[tokio::test]
async fn a_hundred_at_a_time_are_asked_for_with_the_total() {
    let world = world(RENTALS).await;
    assert_eq!(world.list().await.len(), 30);
    assert_eq!(asked(&world), [query(100, 1)]);
}

#[tokio::test]
async fn smaller_pages_bring_every_webhook_once_in_its_order() {
    for shape in [ListShape::JsonApi, ListShape::Flat] {
        let world = world(RENTALS).await;
        world.org.change_settings(|settings| settings.list_shape = shape);
        refuse_size(&world, "Requested page size 100 is greater than max supported size 7");
        let listed: Vec<_> = world.list().await.into_iter().map(|r| r.webhook.id.to_string()).collect();
        let stored: Vec<_> = world.org.endpoints().into_iter().map(|endpoint| endpoint.id).collect();
        assert_eq!(listed, stored);
        let mut expected = vec![query(100, 1)];
        expected.extend((1..=5).map(|number| query(7, number)));
        assert_eq!(asked(&world), expected);
    }
}

#[tokio::test]
async fn a_refused_size_falls_back_to_the_default_and_is_not_asked_for_again() {
    let world = world(RENTALS).await;
    refuse_size(&world, "page should be an object");
    assert_eq!(world.list().await.len(), 30);
    assert_eq!(world.list().await.len(), 30);
    assert_eq!(asked(&world), [query(100, 1), query(25, 1), query(25, 2), query(25, 1), query(25, 2)]);
}

#[tokio::test]
async fn a_refusal_that_is_not_about_the_size_stays_one_and_changes_nothing() {
    let world = world(RENTALS).await;
    let body = r#"{"errors":[{"code":"bad_request","status":"400","title":"Request Error","detail":"invalid filter"}]}"#;
    world.sandbox.faults().push(Fault::new("*", FaultAction::respond(400, body)).times(2));
    let error = world.session.list(&go()).await.unwrap_err();
    assert_eq!(error.message, "Booqable answered with an error (400).");
    world.list().await;
    assert_eq!(asked(&world), [query(100, 1), query(25, 1), query(100, 1)]);
}

#[tokio::test]
async fn pages_that_are_smaller_than_asked_for_are_read_to_the_end() {
    // A vendor that cuts pages short without a word: its first page is played, the rest is real.
    let world = world(TRIAL).await;
    let first = &world.org.endpoints()[0];
    let row = serde_json::json!({ "id": first.id, "url": first.url, "events": first.events, "version": 1 });
    let page = serde_json::json!({ "data": [row], "meta": { "stats": { "total": { "count": 4 } } } });
    world.next(FaultAction::respond(200, &page.to_string()));
    world.sandbox.faults().push(Fault::new("*", FaultAction::respond(200, &page_of(&world, 1, 4))));
    let listed = world.list().await;
    let ids: BTreeSet<_> = listed.iter().map(|remote| remote.webhook.id.clone()).collect();
    assert_eq!((listed.len(), ids.len()), (4, 4));
    assert_eq!(asked(&world), [query(100, 1), query(100, 2)]);
}

/// Some of the endpoints as a flat page.
fn page_of(world: &World, from: usize, to: usize) -> String {
    let row = |e: &tacklebox_sandbox::BooqableEndpoint| {
        serde_json::json!({ "id": e.id, "created_at": e.created_at, "updated_at": e.updated_at, "url": e.url,
            "events": e.events, "version": e.version })
    };
    let rows: Vec<_> = world.org.endpoints()[from..to].iter().map(row).collect();
    serde_json::json!({ "data": rows, "meta": { "stats": { "total": { "count": 4 } } } }).to_string()
}

#[tokio::test]
async fn a_total_that_disagrees_is_read_on_until_the_list_is_stable() {
    // Another admin deletes the first webhook between two pages: without a second reading the third would be lost.
    let world = world(TRIAL).await;
    let all = world.org.endpoints();
    world.next(FaultAction::respond(200, &page_of(&world, 0, 2)));
    world.org.delete_endpoint(&all[0].id).unwrap();
    let listed: Vec<_> = world.list().await.into_iter().map(|r| r.webhook.id.to_string()).collect();
    let left: Vec<_> = all[1..].iter().map(|endpoint| endpoint.id.clone()).collect();
    assert_eq!(listed, left);
}

#[tokio::test]
async fn a_list_without_a_total_ends_at_an_empty_page() {
    let world = world(TRIAL).await;
    let page = page_of(&world, 0, 4).replace("stats", "other");
    world.next(FaultAction::respond(200, &page));
    assert_eq!(world.list().await.len(), 4);
    assert_eq!(asked(&world), [query(100, 1), query(100, 2)]);
}
