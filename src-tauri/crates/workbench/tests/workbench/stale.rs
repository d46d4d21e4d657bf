//! Somebody else changes a webhook: before the review, and between review and confirmation.

use crate::common::{Bench, OFFICES, ROOMS, draft, kinds, only, text, update};
use serde_json::json;
use tacklebox_model::{Fault, ItemState, PlanRequest, Shown, ThreeWay, ThreeWayVerdict};

fn found<'a>(fields: &'a [ThreeWay], path: &str) -> &'a ThreeWay {
    fields.iter().find(|f| f.path.as_str() == path).unwrap()
}

#[tokio::test]
async fn a_conflict_is_shown_three_ways_and_planning_again_keeps_what_they_changed() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let opened = bench.open(&pick).await;
    let theirs = json!({ "endpoint_config": { "http_timeout": 7, "api_key": { "value": "their-key" } } });
    bench.butlr(OFFICES).edit_webhook(pick.id.as_str(), theirs).unwrap();
    let mine = || draft([("name", text("Mine"))]);
    let view = bench.workbench.plan(&update(&opened, mine())).await.unwrap();
    let ItemState::Stale { revision, fields } = &only(&view).state else { panic!("{view:?}") };
    assert_eq!(fields.len(), 3);
    assert_eq!(found(fields, "name").verdict, ThreeWayVerdict::Yours);
    assert_eq!(found(fields, "timeout").verdict, ThreeWayVerdict::Theirs);
    let key = found(fields, "auth.api_key.value");
    assert_eq!(
        (key.verdict, &key.now),
        (ThreeWayVerdict::Theirs, &Shown::Secret { words: "another value".into() })
    );
    assert!(!serde_json::to_string(&view).unwrap().contains("their-key"));
    assert!(bench.apply(&view).await.is_empty(), "there is nothing to write");

    let again = PlanRequest::Update { webhook: pick.clone(), revision: revision.clone(), draft: mine() };
    let view = bench.workbench.plan(&again).await.unwrap();
    assert_eq!(only(&view).state, ItemState::Ready);
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    let stored = bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap();
    assert_eq!((stored.name.as_str(), stored.endpoint_config.http_timeout), ("Mine", 7));
    assert_eq!(stored.endpoint_config.api_key.unwrap().value, "their-key");
}

#[tokio::test]
async fn a_second_conflict_is_compared_with_what_the_first_showed() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let opened = bench.open(&pick).await;
    let butlr = bench.butlr(OFFICES);
    butlr.edit_webhook(pick.id.as_str(), json!({ "endpoint_config": { "http_timeout": 7 } })).unwrap();
    let view = bench.workbench.plan(&update(&opened, draft([("name", text("Mine"))]))).await.unwrap();
    let ItemState::Stale { revision, .. } = &only(&view).state else { panic!("{view:?}") };
    butlr.edit_webhook(pick.id.as_str(), json!({ "send_on_value_change": false })).unwrap();
    let draft = draft([("name", text("Mine"))]);
    let again = PlanRequest::Update { webhook: pick, revision: revision.clone(), draft };
    let view = bench.workbench.plan(&again).await.unwrap();
    let ItemState::Stale { fields, .. } = &only(&view).state else { panic!("{view:?}") };
    assert_eq!(fields.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["name", "send_on_value_change"]);
}

#[tokio::test]
async fn only_the_query_value_that_changed_counts_as_theirs() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, "Detections to heatmap archive");
    let opened = bench.open(&pick).await;
    let url = "https://heatmap.halden.example/v1/detections?site=oslo&token=another";
    bench
        .butlr(OFFICES)
        .edit_webhook(pick.id.as_str(), json!({ "endpoint_config": { "url": url } }))
        .unwrap();
    let view = bench.workbench.plan(&update(&opened, draft([("name", text("Mine"))]))).await.unwrap();
    let ItemState::Stale { fields, .. } = &only(&view).state else { panic!("{view:?}") };
    let Shown::Text { text } = &found(fields, "url").now else { panic!("{fields:?}") };
    assert!(text.ends_with("(new value for token)"), "{text}");
}

#[tokio::test]
async fn a_change_between_review_and_confirmation_is_refused_and_nothing_is_written() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let edit = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    let delete = bench.plan_delete(vec![pick.clone()]).await;
    let theirs = json!({ "endpoint_config": { "api_key": { "value": "their-key" } } });
    bench.butlr(OFFICES).edit_webhook(pick.id.as_str(), theirs).unwrap();
    assert_eq!(kinds(&bench.apply(&edit).await), ["stale"]);
    assert_eq!(kinds(&bench.apply(&delete).await), ["stale"]);
    assert_eq!(bench.butlr(OFFICES).webhook(pick.id.as_str()).unwrap().name, ROOMS);
    let log = bench.sandbox.log();
    assert_eq!((log.count("updateWebhooks"), log.count("deleteWebhooks"), bench.journal().len()), (0, 0, 0));
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_gone_in_the_plan_and_not_attempted_in_a_delete() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let pick = bench.pick(&connection, OFFICES, ROOMS);
    let opened = bench.open(&pick).await;
    let delete = bench.plan_delete(vec![pick.clone()]).await;
    let edit = bench.plan_edit(&pick, draft([("name", text("Mine"))])).await;
    bench.butlr(OFFICES).delete_webhook(pick.id.as_str()).unwrap();
    assert_eq!(kinds(&bench.apply(&delete).await), ["notAttempted"]);
    assert_eq!(kinds(&bench.apply(&edit).await), ["stale"]);
    let view = bench.workbench.plan(&update(&opened, draft([("name", text("Mine"))]))).await.unwrap();
    assert_eq!((only(&view).state.clone(), only(&view).title.as_str()), (ItemState::Gone, ROOMS));
    assert_eq!(only(&bench.plan_delete(vec![pick]).await).state, ItemState::Gone);
}

#[tokio::test]
async fn a_form_of_which_nothing_is_remembered_cannot_be_compared() {
    let mut bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let opened = bench.open(&bench.pick(&connection, OFFICES, ROOMS)).await;
    bench.reopen().await;
    bench.butlr(OFFICES).edit_webhook(opened.id.as_str(), json!({ "name": "Theirs" })).unwrap();
    let error = bench.workbench.plan(&update(&opened, draft([("name", text("Mine"))]))).await.unwrap_err();
    assert_eq!(error.fault, Fault::Stale);
}
