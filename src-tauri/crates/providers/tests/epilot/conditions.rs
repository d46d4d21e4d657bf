//! Filter conditions as a set, as epilot stores it.

use super::common::*;
use serde_json::{Value, json};
use tacklebox_model::{Condition, ConditionSet, FieldInput, FieldKind, FieldPath, FieldValue, LocalTrial};
use tacklebox_providers::Remote;
use tacklebox_sandbox::{Fault, FaultAction};

fn set_of(remote: &Remote) -> ConditionSet {
    match remote.webhook.field("filter.conditions") {
        Some(FieldValue::Conditions(set)) => set.clone(),
        other => panic!("{other:?}"),
    }
}

fn input(all: bool, rows: Vec<Condition>) -> Vec<(&'static str, FieldInput)> {
    vec![("filter.conditions", FieldInput::Conditions(ConditionSet { all, rows }))]
}

fn compares(
    field: &str,
    operation: &str,
    values: &[&str],
    field_type: &str,
    item: Option<&str>,
) -> Condition {
    Condition::Field {
        field: field.into(),
        operation: operation.into(),
        values: values.iter().map(ToString::to_string).collect(),
        field_type: field_type.into(),
        is_array: item.is_some(),
        item: item.map(str::to_owned),
        origin: None,
    }
}

#[tokio::test]
async fn five_conditions_are_created_as_entered_and_read_back() {
    let world = world(MERIDIAN).await;
    let rows = vec![
        compares("entity.status", "any_of", &["open", "won"], "string", None),
        compares("entity.total", "greater_than_or_equals", &["100"], "number", None),
        compares("entity.tags", "contains", &["vip"], "string", Some("each")),
        compares("entity.items", "length_less_than", &["3"], "string", Some("whole")),
        Condition::Expression { expression: "$exists(entity.email)".into(), origin: None },
    ];
    let fields = minimal_and(input(false, rows.clone()));
    let (written, stored) = world.create(fields).await;
    let wanted = json!({ "conditions": [
        { "field": "entity.status", "operation": "any_of", "values": ["open", "won"] },
        { "field": "entity.total", "operation": "greater_than_or_equals", "values": ["100"], "field_type": "number" },
        { "field": "entity.tags", "operation": "contains", "values": ["vip"], "is_array_field": true,
          "repeatable_item_op": true },
        { "field": "entity.items", "operation": "length_less_than", "values": ["3"], "is_array_field": true },
        { "jsonata_expression": "$exists(entity.email)" },
    ], "logical_operator": "OR" });
    assert_eq!(world.sent("POST", "/configs")["filterConditions"], wanted);
    assert_eq!(stored["filterConditions"], wanted);
    let set = set_of(&written.remote.unwrap());
    let entered: Vec<_> = rows.into_iter().zip(0..).map(|(row, at)| row.at(Some(at))).collect();
    assert_eq!((set.all, set.rows), (false, entered));
}

#[tokio::test]
async fn one_condition_is_changed_and_the_others_go_back_as_they_came() {
    let world = world(MERIDIAN).await;
    let mut wanted = world.stored(ORDERS)["filterConditions"].clone();
    let mut set = set_of(&world.remote(ORDERS).await);
    let Condition::Field { values, .. } = &mut set.rows[1] else { panic!() };
    *values = vec!["70000".into()];
    wanted["conditions"][1]["values"] = json!(["70000"]);
    let stored = world.edit(ORDERS, input(set.all, set.rows.clone())).await;
    assert_eq!(stored["filterConditions"].to_string(), wanted.to_string());
    assert_eq!(world.sent("PUT", ORDERS)["filterConditions"].to_string(), wanted.to_string());

    set.rows.remove(0);
    wanted["conditions"].as_array_mut().unwrap().remove(0);
    let stored = world.edit(ORDERS, input(set.all, set.rows)).await;
    assert_eq!(stored["filterConditions"].to_string(), wanted.to_string());
}

#[tokio::test]
async fn an_unchanged_set_is_no_change_and_an_empty_one_removes_them() {
    let world = world(MERIDIAN).await;
    let base = world.remote(ORDERS).await;
    let set = set_of(&base);
    let prepared = world.prepare(input(set.all, set.rows), Some(&base)).await;
    assert_eq!(prepared.fields, base.webhook.fields);
    let stored = world.edit(ORDERS, input(true, vec![])).await;
    assert_eq!(stored.get("filterConditions"), None);
    assert_eq!(world.remote(ORDERS).await.webhook.field("filter.conditions"), None);
}

#[tokio::test]
async fn conditions_of_an_unknown_form_are_told_of_and_kept() {
    let world = world(MERIDIAN).await;
    // An answer the document does not have.
    let odd = json!({ "conditions": [{ "all_of": [] }] });
    let answer =
        json!({ "id": ORDERS, "name": "Odd", "eventName": "event_OrderPlaced", "filterConditions": odd });
    let read_one = "GET /v1/webhooks/configs/{id}";
    world.fault(Fault::new(read_one, FaultAction::respond(200, &answer.to_string())));
    let base = world.remote(ORDERS).await;
    assert_eq!(base.webhook.field("filter.conditions"), Some(&FieldValue::Json(odd.clone())));
    assert_eq!(base.webhook.preserved, ["filterConditions"]);
    let prepared = world.prepare(vec![("name", text("Renamed"))], Some(&base)).await;
    let words: Vec<_> = prepared.notices.iter().map(|notice| notice.words.as_str()).collect();
    assert!(words.iter().any(|words| words.contains("a form Tacklebox does not know")), "{words:?}");
    assert_eq!(prepared.fields[&FieldPath::from("filter.conditions")], FieldValue::Json(odd));
    let refused = world.wrong(input(true, vec![]), Some(&base)).await;
    assert_eq!(refused[0].0, "filter.conditions");
    let removed = vec![("filter.conditions", FieldInput::Json(Value::Null))];
    let prepared = world.prepare(removed, Some(&base)).await;
    assert!(!prepared.fields.contains_key(&FieldPath::from("filter.conditions")));
}

#[tokio::test]
async fn the_form_says_what_conditions_can_be_and_what_can_be_tried() {
    let world = world(MERIDIAN).await;
    let offer = world.session.offer(&go()).await.unwrap();
    let path = FieldPath::from("filter.conditions");
    let field = offer.capabilities.fields().find(|field| field.path == path).unwrap();
    let FieldKind::Conditions { spec } = &field.kind else { panic!("{field:?}") };
    assert_eq!((spec.max, spec.operations.len(), spec.field_types.len()), (10, 20, 5));
    assert_eq!((spec.item_modes.len(), spec.expression_max_length), (2, Some(15_000)));
    let transformation = Some(FieldPath::from("payload.jsonata"));
    let trial = LocalTrial { conditions: Some(path), transformation };
    assert_eq!(offer.capabilities.local_trial, Some(trial));
}
