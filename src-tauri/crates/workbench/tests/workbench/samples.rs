//! What helps to fill a form: samples of events, at hand without asking the vendor, and trees of places.

use crate::common::{Bench, OFFICES};
use tacklebox_model::{ConnectionId, EventId, Fault};
use tacklebox_workbench::view::{SamplesRequest, TreeRequest};

#[tokio::test]
async fn samples_are_there_without_a_request_and_for_a_known_connection_alone() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    bench.sandbox.log().clear();
    let request = |connection: &ConnectionId, event: &str| SamplesRequest {
        connection: connection.clone(),
        event: EventId::from(event),
    };
    let samples = bench.workbench.event_samples(&request(&connection.id, "TRAFFIC")).unwrap();
    assert_eq!(samples[0].value["type"], "TRAFFIC");
    assert!(bench.sandbox.log().requests().is_empty());
    let error = bench.workbench.event_samples(&request(&"nobody".into(), "TRAFFIC")).unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
}

#[tokio::test]
async fn the_tree_of_a_section_is_read_and_a_failure_names_its_organisation() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let request = |section: &str| TreeRequest { connection: connection.id.clone(), section: section.into() };
    bench.butlr(OFFICES).set_failing_fields(["sites"]);
    let error = bench.workbench.field_tree(&request("filter")).await.unwrap_err();
    assert!(error.place.unwrap().contains(&connection.label));
    bench.butlr(OFFICES).set_failing_fields([""; 0]);
    let tree = bench.workbench.field_tree(&request("filter")).await.unwrap();
    assert_eq!(tree[0].list.as_str(), "filters.site_ids");
    assert!(bench.workbench.field_tree(&request("endpoint")).await.unwrap().is_empty());
}
