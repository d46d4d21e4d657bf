//! One webhook per event, where a vendor's webhooks have exactly one.

use crate::common::{Bench, OFFICES, draft, kinds, new_webhook, only, text};
use crate::vendor::UNHEARD_OF;
use tacklebox_model::{FieldInput, FieldPath, ItemState, NoticeLevel, PlanView, WebhookDraft};

fn with_events(name: &str, events: &[&str]) -> WebhookDraft {
    let mut draft = new_webhook(name);
    let events = events.iter().map(ToString::to_string).collect();
    draft.fields.insert(FieldPath::from("events"), FieldInput::List(events));
    draft
}

fn titles(view: &PlanView) -> Vec<&str> {
    view.groups[0].items.iter().map(|item| item.title.as_str()).collect()
}

#[tokio::test]
async fn several_events_become_several_webhooks_in_their_order() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let events = ["TRAFFIC", "DETECTIONS", "TRAFFIC", "ROOM_OCCUPANCY"];
    let view = bench.plan_create(&connection, with_events("Orders", &events)).await;
    let named = ["Orders · Traffic", "Orders · Detections", "Orders · Room occupancy"];
    assert_eq!((titles(&view), view.writable), (named.to_vec(), 3));
    assert_eq!(view.groups[0].items.iter().map(|item| item.index).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(view.groups[0].requests.len(), 3);
    let [notice] = &view.groups[0].notices[..] else { panic!("{:?}", view.groups[0].notices) };
    assert_eq!(notice.level, NoticeLevel::Info);
    assert!(notice.words.contains("Other") && notice.words.contains("3 webhooks"), "{}", notice.words);

    assert_eq!(kinds(&bench.apply(&view).await), ["done", "done", "done"]);
    let stored: Vec<_> = bench.butlr(OFFICES).webhooks().split_off(9);
    assert_eq!(stored.iter().map(|w| w.name.as_str()).collect::<Vec<_>>(), named);
    assert_eq!(
        stored.iter().map(|w| w.event_types.join(",")).collect::<Vec<_>>(),
        ["TRAFFIC", "DETECTIONS", "ROOM_OCCUPANCY"]
    );
    let keys: Vec<_> =
        stored.into_iter().filter_map(|w| w.endpoint_config.api_key).map(|key| key.value).collect();
    assert_eq!(keys, ["new-key-value"; 3], "each has the secret that was typed once");
    assert_eq!(bench.journal().len(), 3);
}

#[tokio::test]
async fn one_event_keeps_the_name_as_it_is_however_often_it_was_chosen() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, with_events("Orders", &["TRAFFIC", "TRAFFIC"])).await;
    assert_eq!((only(&view).title.as_str(), view.groups[0].notices.len()), ("Orders", 0));
    assert_eq!(kinds(&bench.apply(&view).await), ["done"]);
    assert_eq!(bench.butlr(OFFICES).webhooks().last().unwrap().event_types, ["TRAFFIC"]);
}

#[tokio::test]
async fn a_vendor_that_takes_several_events_gets_one_webhook() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, with_events("Orders", &["TRAFFIC", "DETECTIONS"])).await;
    assert_eq!(only(&view).title, "Orders");
}

#[tokio::test]
async fn what_is_wrong_with_all_of_them_is_said_once() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let mut wrong = with_events("  ", &["TRAFFIC", "DETECTIONS"]);
    wrong.fields.extend(draft([("auth.api_key.header", text(""))]).fields);
    let view = bench.plan_create(&connection, wrong).await;
    let ItemState::Blocked { errors } = &only(&view).state else { panic!("{view:?}") };
    let mut paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!((paths, view.writable), (vec!["auth.api_key.header", "name"], 0));
}

#[tokio::test]
async fn an_event_that_cannot_be_had_does_not_stop_the_others() {
    let (bench, _) = Bench::other().await;
    let connection = bench.connect(OFFICES).await;
    let view = bench.plan_create(&connection, with_events("Orders", &["TRAFFIC", UNHEARD_OF])).await;
    let states: Vec<_> =
        view.groups[0].items.iter().map(|item| matches!(item.state, ItemState::Blocked { .. })).collect();
    assert_eq!((states, view.writable), (vec![false, true], 1));
    assert_eq!(titles(&view)[1], "Orders · UNHEARD_OF");
}
