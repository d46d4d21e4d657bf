//! Marked webhooks: writes that must be agreed to a second time.

use crate::common::{Bench, LAB, OFFICES, ROOMS, ZONES, draft, kinds, only, request, text};
use tacklebox_model::{Fault, MarkAsks, PlanView};
use tacklebox_workbench::view::ApplyRequest;

const OLD: &str = "Old proof of concept";

fn agreeing(view: &PlanView, items: &[u32]) -> ApplyRequest {
    ApplyRequest { acknowledged: items.to_vec(), ..request(view) }
}

#[tokio::test]
async fn nothing_is_sent_before_every_question_is_agreed_to_and_the_review_stays_open() {
    let (bench, habits) = Bench::other().await;
    habits.mark(ROOMS, "The vendor made it.", MarkAsks::BeforeDelete);
    habits.mark(ZONES, "It is protected.", MarkAsks::BeforeAnyWrite);
    habits.mark(ZONES, "It belongs to Zapier.", MarkAsks::BeforeDelete);
    habits.mark(ZONES, "Its address is odd.", MarkAsks::Never);
    let (offices, lab) = (bench.connect(OFFICES).await, bench.connect(LAB).await);
    let picks = vec![
        bench.pick(&lab, LAB, "Traffic replay"),
        bench.pick(&offices, OFFICES, ROOMS),
        bench.pick(&offices, OFFICES, ZONES),
    ];
    let view = bench.plan_delete(picks).await;
    let questions: Vec<_> =
        view.groups.iter().flat_map(|g| &g.items).map(|item| item.ask_again.as_deref()).collect();
    let both = "It is protected. It belongs to Zapier.";
    assert_eq!(questions, [None, Some("The vendor made it."), Some(both)]);

    for agreed in [&[][..], &[1], &[0, 2]] {
        let error = bench.workbench.apply(&agreeing(&view, agreed), &|_| {}).await.unwrap_err();
        let Fault::Validation { fields } = &error.fault else { panic!("{error:?}") };
        let open = [1_u32, 2].into_iter().filter(|index| !agreed.contains(index));
        let open: Vec<_> = open.map(|index| format!("acknowledged.{index}")).collect();
        assert_eq!(fields.iter().map(|f| f.path.to_string()).collect::<Vec<_>>(), open);
        assert!(error.message.contains("Nothing was sent"));
    }
    assert_eq!((bench.sandbox.log().count("deleteWebhooks"), bench.journal().len()), (0, 0));
    let report = bench.workbench.apply(&agreeing(&view, &[1, 2]), &|_| {}).await.unwrap();
    let outcomes: Vec<_> = report.results.into_iter().map(|r| r.outcome).collect();
    assert_eq!(kinds(&outcomes), ["done", "done", "done"]);
}

#[tokio::test]
async fn a_question_is_asked_for_the_writes_it_is_about() {
    let (bench, habits) = Bench::other().await;
    habits.mark(OLD, "It belongs to Zapier.", MarkAsks::BeforeDelete);
    habits.mark(ROOMS, "It is protected.", MarkAsks::BeforeAnyWrite);
    let connection = bench.connect(OFFICES).await;
    let rename = |name| bench.pick(&connection, OFFICES, name);
    let mild = bench.plan_edit(&rename(OLD), draft([("name", text("Renamed"))])).await;
    assert_eq!(only(&mild).ask_again, None);
    assert_eq!(kinds(&bench.apply(&mild).await), ["done"]);
    let asking = bench.plan_edit(&rename(ROOMS), draft([("name", text("Renamed too"))])).await;
    assert_eq!(only(&asking).ask_again.as_deref(), Some("It is protected."));
    assert!(bench.workbench.apply(&request(&asking), &|_| {}).await.is_err());
    let unchanged = bench.plan_edit(&rename(ROOMS), draft([("name", text(ROOMS))])).await;
    assert_eq!(only(&unchanged).ask_again, None, "nothing is written");
    assert!(bench.apply(&unchanged).await.is_empty());
}
