//! What only some vendors have, over their simulators: secrets told once, logs of deliveries, calls that cost.

use crate::common::{Bench, OFFICES, draft, keep, kinds, replace, text, url};
use tacklebox_model::{
    Connection, DeliveryId, DeliveryQuery, DeliveryStatus, Fault, FieldInput, ItemOutcome, JournalAction,
    JournalOutcome, KeptWhere, OperationId, PlanRequest, WebhookDraft, WebhookPick,
};
use tacklebox_workbench::view::{
    DeliveriesRequest, DeliveryRequest, EditConnectionRequest, ReplayRequest, RevealRequest,
};

const MERIDIAN: &str = "meridian";
const RENTALS: &str = "kestrel-rentals";

impl Bench {
    /// Makes a webhook at epilot; what it told once, and its value as epilot has it.
    async fn signed(&self, connection: &Connection) -> (tacklebox_model::OneTimeSecret, String) {
        let outcomes = self.apply(&self.plan_create(connection, signed_webhook()).await).await;
        let [ItemOutcome::Done { row: Some(row), secrets, .. }] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        let stored = self.sandbox.epilot(MERIDIAN).unwrap().webhook(row.id.as_str()).unwrap();
        (secrets[0].clone(), stored["signingSecret"].as_str().unwrap().to_owned())
    }
}

fn signed_webhook() -> WebhookDraft {
    draft([
        ("name", text("Signed")),
        ("url", url("https://signed.example/hook")),
        ("events", FieldInput::List(vec!["erp_synchronization".into()])),
        ("auth.type", text("NONE")),
    ])
}

fn reveal(secret: &tacklebox_model::OneTimeSecret) -> RevealRequest {
    RevealRequest { webhook: secret.webhook.clone(), path: secret.path.clone() }
}

/// The webhook of the seed with the most deliveries, and their ids, newest first.
fn busiest(bench: &Bench, connection: &Connection) -> (WebhookPick, Vec<DeliveryId>) {
    let epilot = bench.sandbox.epilot(MERIDIAN).unwrap();
    let id = epilot.webhooks()[0]["id"].as_str().unwrap().to_owned();
    let deliveries = epilot.deliveries(&id);
    let ids = deliveries.iter().map(|d| DeliveryId::from(d["event_id"].as_str().unwrap()));
    (WebhookPick { connection: connection.id.clone(), id: id.as_str().into() }, ids.collect())
}

#[tokio::test]
async fn a_signing_secret_can_be_shown_again_without_the_vendor_until_its_webhook_goes() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let (secret, value) = bench.signed(&connection).await;
    assert_eq!(secret.kept, KeptWhere::Keyring);
    bench.reopen().await;
    bench.sandbox.log().clear();
    assert_eq!(bench.workbench.reveal(&reveal(&secret)).await.unwrap(), value);
    assert_eq!(bench.workbench.kept_secrets(&secret.webhook).await.unwrap(), std::slice::from_ref(&secret));
    assert!(bench.sandbox.log().requests().is_empty(), "epilot was not asked");
    let plan = bench.plan_delete(vec![secret.webhook.clone()]).await;
    assert_eq!(kinds(&bench.apply(&plan).await), ["done"]);
    assert!(bench.workbench.reveal(&reveal(&secret)).await.is_err());
    assert!(!bench.keyring.values().into_values().any(|kept| kept == value));
}

#[tokio::test]
async fn a_token_that_may_only_read_refuses_every_write_until_another_is_entered() {
    let bench = Bench::start().await;
    let epilot = bench.sandbox.epilot(MERIDIAN).unwrap();
    let with = |token: &str| {
        let mut input = bench.input(MERIDIAN);
        input.secret_credentials.insert("access_token".into(), replace(token));
        input
    };
    let reader = with(&epilot.token("Tacklebox read only").unwrap());
    let connection = bench.workbench.add_connection(&reader).await.unwrap();
    assert_eq!(connection.facts.name.as_deref(), Some("Tacklebox read only"));
    assert_eq!(connection.facts.organisation.as_deref(), Some("731204"));
    let create =
        PlanRequest::Create { connection: connection.id.clone(), draft: signed_webhook(), source: None };
    let (webhook, ids) = busiest(&bench, &connection);
    let replay = ReplayRequest { webhook, deliveries: ids, reapply: false, operation: OperationId::random() };
    bench.sandbox.log().clear();
    let refusals = [
        bench.workbench.plan(&create).await.unwrap_err(),
        bench.workbench.replay(&replay, &|_| {}).await.unwrap_err(),
    ];
    for refusal in refusals {
        assert_eq!(refusal.fault, Fault::ReadOnly);
        assert!(refusal.message.contains("token that may only read"), "{}", refusal.message);
    }
    assert!(bench.sandbox.log().requests().is_empty());

    let edit = |input| EditConnectionRequest { connection: connection.id.clone(), input };
    let mut kept = with("");
    kept.secret_credentials.insert("access_token".into(), keep());
    assert!(bench.workbench.edit_connection(&edit(kept)).await.unwrap().is_read_only());
    let writer = with(&epilot.access_token());
    assert!(!bench.workbench.edit_connection(&edit(writer)).await.unwrap().is_read_only());
    bench.plan_create(&connection, signed_webhook()).await;
}

#[tokio::test]
async fn deliveries_are_listed_by_page_opened_and_sent_again_under_the_webhooks_name() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    bench.refresh(vec![connection.id.clone()]).await;
    let (webhook, ids) = busiest(&bench, &connection);
    let list =
        |query| DeliveriesRequest { webhook: webhook.clone(), query, operation: OperationId::random() };
    let first = bench.workbench.deliveries(&list(DeliveryQuery::default())).await.unwrap();
    let cursor = first.next.clone();
    let rest = bench
        .workbench
        .deliveries(&list(DeliveryQuery { cursor, ..DeliveryQuery::default() }))
        .await
        .unwrap();
    let listed: Vec<_> = first.deliveries.iter().chain(&rest.deliveries).map(|d| d.id.clone()).collect();
    assert_eq!((listed, rest.next), (ids.clone(), None));
    let failed = DeliveryQuery { status: Some(DeliveryStatus::Failed), ..DeliveryQuery::default() };
    let failed = bench.workbench.deliveries(&list(failed)).await.unwrap().deliveries;
    assert!(!failed.is_empty() && failed.iter().all(|d| d.status == DeliveryStatus::Failed));
    let open = DeliveryRequest { webhook: webhook.clone(), delivery: failed[0].id.clone() };
    assert!(bench.workbench.delivery(&open).await.unwrap().payload.is_some());

    let before = bench.sandbox.epilot(MERIDIAN).unwrap().deliveries(webhook.id.as_str()).len();
    let deliveries: Vec<_> = failed.iter().take(3).map(|d| d.id.clone()).collect();
    let operation = OperationId::random();
    let replay =
        ReplayRequest { webhook: webhook.clone(), deliveries: deliveries.clone(), reapply: false, operation };
    let report = bench.workbench.replay(&replay, &|_| {}).await.unwrap();
    assert_eq!((report.replayed, report.failed.len()), (deliveries, 0));
    assert_eq!(bench.sandbox.epilot(MERIDIAN).unwrap().deliveries(webhook.id.as_str()).len(), before + 3);
    let entry = bench.journal().remove(0);
    assert_eq!(
        (entry.action, entry.outcome),
        (JournalAction::Replay, JournalOutcome::Done { recovered: false })
    );
    assert_ne!(entry.title, webhook.id.as_str(), "the name it was listed under");
}

#[tokio::test]
async fn a_vendor_without_a_log_says_so() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let webhook = bench.pick(&connection, OFFICES, crate::common::ROOMS);
    let operation = OperationId::random();
    let list = DeliveriesRequest { webhook: webhook.clone(), query: DeliveryQuery::default(), operation };
    let error = bench.workbench.deliveries(&list).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
    assert!(error.place.unwrap().contains("reading deliveries"));
    assert!(bench.workbench.kept_secrets(&webhook).await.unwrap().is_empty());
}

#[tokio::test]
async fn calls_are_counted_as_the_vendor_counts_them() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(RENTALS).await;
    let counted = |bench: &Bench| bench.workbench.usage(&connection.id).unwrap().calls;
    assert_eq!(counted(&bench), Some(0));
    for _ in 0..2 {
        bench.refresh(vec![connection.id.clone()]).await;
    }
    let charged = bench.sandbox.booqable(RENTALS).unwrap().metered_calls();
    assert!(charged >= 2);
    assert_eq!(counted(&bench), Some(charged));
    let allowance = bench.workbench.usage(&connection.id).unwrap().allowance.unwrap();
    assert!(allowance.remaining.is_some_and(|left| left < 50), "{allowance:?}");
    bench.reopen().await;
    assert_eq!(counted(&bench), Some(charged));
    let offices = bench.connect(OFFICES).await;
    bench.refresh(vec![offices.id.clone()]).await;
    assert_eq!(bench.workbench.usage(&offices.id).unwrap().calls, None);
    assert_eq!(bench.sandbox.booqable(RENTALS).unwrap().metered_calls(), charged, "asking costs nothing");
}
