//! Samples of events: at hand without asking the vendor.

use crate::common::{Bench, OFFICES};
use tacklebox_model::{ConnectionId, EventId, Fault};
use tacklebox_workbench::view::SamplesRequest;

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
