use super::super::conditions::spec;
use super::*;

fn field(field: &str, operation: &str, values: &[&str]) -> Condition {
    Condition::Field {
        field: field.into(),
        operation: operation.into(),
        values: values.iter().map(ToString::to_string).collect(),
        field_type: "string".into(),
        is_array: false,
        item: None,
        origin: None,
    }
}

fn expression(expression: &str) -> Condition {
    Condition::Expression { expression: expression.into(), origin: None }
}

/// Conditions with keys no document has, one operation nobody knows, and nothing that has its default.
fn stored() -> Value {
    json!({ "new_group": 1, "conditions": [
        { "new_a": [1], "field": "a", "operation": "sounds_like", "values": ["x"], "field_type": "name" },
        { "field": "b", "operation": "length_equals", "values": ["2"], "is_array_field": true,
          "repeatable_item_op": true, "new_b": null },
        { "jsonata_expression": "c", "new_c": {} },
    ], "logical_operator": "OR" })
}

/// What is stored after an edit of what is read.
fn edited(stored: &Value, edit: impl FnOnce(&mut ConditionSet)) -> Value {
    let mut set = read(stored).unwrap();
    edit(&mut set);
    match change(Some(stored), &set) {
        Ok(Change::Set(value)) => value,
        other => panic!("{other:?}"),
    }
}

fn refused(stored: Option<&Value>, all: bool, rows: Vec<Condition>) -> String {
    change(stored, &ConditionSet { all, rows }).unwrap_err()
}

#[test]
fn every_part_of_a_condition_is_read_and_defaults_stand_for_what_is_absent() {
    let set = read(&stored()).unwrap();
    assert!(!set.all);
    let Condition::Field { operation, field_type, item, origin, .. } = &set.rows[0] else {
        panic!("{set:?}")
    };
    assert_eq!(
        (operation.as_str(), field_type.as_str(), item, origin),
        ("sounds_like", "name", &None, &Some(0))
    );
    let Condition::Field { field_type, is_array, item, .. } = &set.rows[1] else { panic!("{set:?}") };
    assert_eq!((field_type.as_str(), is_array, item.as_deref()), ("string", &true, Some("each")));
    assert_eq!(set.rows[2], expression("c").at(Some(2)));
    let list = json!({ "conditions": [{ "field": "a", "operation": "is_empty", "is_array_field": true, "values": null }] });
    let set = read(&list).unwrap();
    let Condition::Field { values, item, .. } = &set.rows[0] else { panic!("{set:?}") };
    assert!(set.all && values.is_empty() && item.as_deref() == Some("whole"));
    assert_eq!(
        strange(&stored()),
        ["new_group", "conditions[0].new_a", "conditions[1].new_b", "conditions[2].new_c"]
            .map(|key| format!("filterConditions.{key}"))
    );
}

#[test]
fn what_is_no_list_of_conditions_is_left_as_json() {
    let row = |row: Value| json!({ "conditions": [{ "jsonata_expression": "a" }, row] });
    for odd in [
        json!([]),
        json!("a"),
        json!({ "conditions": {} }),
        json!({ "conditions": [], "logical_operator": "XOR" }),
        row(json!(7)),
        row(json!({})),
        row(json!({ "operation": "equals" })),
        row(json!({ "field": "a", "operation": "equals", "jsonata_expression": "a" })),
        row(json!({ "operation": "equals", "jsonata_expression": "a" })),
        row(json!({ "field": "a", "operation": 1 })),
        row(json!({ "field": "a", "operation": "equals", "values": [1] })),
        row(json!({ "field": "a", "operation": "equals", "field_type": 1 })),
        row(json!({ "field": "a", "operation": "equals", "is_array_field": "yes" })),
        row(json!({ "field": "a", "operation": "equals", "repeatable_item_op": "any" })),
    ] {
        assert_eq!(value(&odd), Some(FieldValue::Json(odd.clone())));
        assert_eq!(strange(&odd), ["filterConditions"]);
        // A form that could not show them must not remove them either.
        assert!(refused(Some(&odd), true, vec![]).contains("as JSON"), "{odd}");
        assert!(refused(Some(&odd), true, vec![expression("a")]).contains("as JSON"), "{odd}");
    }
    assert_eq!((value(&json!({})), value(&json!({ "conditions": null }))), (None, None));
}

#[test]
fn an_unchanged_set_changes_nothing_whatever_it_says_of_its_origins() {
    let mut set = read(&stored()).unwrap();
    assert_eq!(change(Some(&stored()), &set), Ok(Change::None));
    set.rows = set.rows.into_iter().map(|row| row.at(None)).collect();
    assert_eq!(change(Some(&stored()), &set), Ok(Change::None));
    let none = ConditionSet { all: false, rows: vec![] };
    for empty in [None, Some(&json!({ "conditions": [], "new": 1 }))] {
        assert_eq!(change(empty, &none), Ok(Change::None));
    }
    assert_eq!(change(Some(&stored()), &none), Ok(Change::Remove));
}

#[test]
fn an_edit_sets_what_changed_and_nothing_else() {
    let after = edited(&stored(), |set| {
        let Condition::Field { values, .. } = &mut set.rows[0] else { panic!() };
        *values = vec!["y".into()];
    });
    let mut wanted = stored();
    wanted["conditions"][0]["values"] = json!(["y"]);
    assert_eq!(after.to_string(), wanted.to_string());

    let after = edited(&stored(), |set| set.all = true);
    let mut wanted = stored();
    wanted["logical_operator"] = json!("AND");
    assert_eq!(after.to_string(), wanted.to_string());

    // What has its default and is there says so; what is not there is not added.
    let after = edited(&stored(), |set| {
        let Condition::Field { field_type, is_array, item, .. } = &mut set.rows[1] else { panic!() };
        (*field_type, *is_array, *item) = ("string".into(), false, None);
    });
    let mut wanted = stored();
    wanted["conditions"][1]["is_array_field"] = json!(false);
    wanted["conditions"][1]["repeatable_item_op"] = json!(false);
    assert_eq!(after.to_string(), wanted.to_string());
}

#[test]
fn what_is_not_understood_follows_its_condition() {
    let swapped = edited(&stored(), |set| {
        set.rows.swap(0, 2);
        set.rows.remove(1);
        set.rows.push(field("new", "is_empty", &[]));
    });
    let rows = stored()["conditions"].clone();
    let wanted = json!([rows[2], rows[0], { "field": "new", "operation": "is_empty" }]);
    assert_eq!(swapped["conditions"].to_string(), wanted.to_string());
    assert_eq!((&swapped["new_group"], &swapped["logical_operator"]), (&json!(1), &json!("OR")));
    // Also where nobody says where it came from, as after an edit as JSON.
    let rewritten = edited(&stored(), |set| {
        set.rows.remove(1);
        set.rows = set.rows.drain(..).map(|row| row.at(None)).collect();
    });
    assert_eq!(rewritten["conditions"].to_string(), json!([rows[0], rows[2]]).to_string());
}

#[test]
fn a_comparison_that_becomes_an_expression_leaves_nothing_of_it_and_the_other_way_round() {
    let after = edited(&stored(), |set| {
        set.rows[1] = expression("b > 1").at(Some(1));
        set.rows[2] = field("c", "equals", &["1"]).at(Some(2));
    });
    assert_eq!(after["conditions"][1], json!({ "new_b": null, "jsonata_expression": "b > 1" }));
    let wanted = json!({ "new_c": {}, "field": "c", "operation": "equals", "values": ["1"] });
    assert_eq!(after["conditions"][2], wanted);
}

#[test]
fn a_new_set_says_no_more_than_it_must() {
    let one = Condition::Field {
        field: "a".into(),
        operation: "greater_than".into(),
        values: vec!["1".into()],
        field_type: "number".into(),
        is_array: true,
        item: Some("each".into()),
        origin: Some(7),
    };
    let rows = vec![one, field("b", "is_empty", &[])];
    let set = change(None, &ConditionSet { all: true, rows: rows.clone() });
    let list = json!([
        { "field": "a", "operation": "greater_than", "values": ["1"], "field_type": "number", "is_array_field": true,
          "repeatable_item_op": true },
        { "field": "b", "operation": "is_empty" },
    ]);
    assert_eq!(set, Ok(Change::Set(json!({ "conditions": list }))));
    let set = change(None, &ConditionSet { all: false, rows });
    assert_eq!(set, Ok(Change::Set(json!({ "conditions": list, "logical_operator": "OR" }))));
}

#[test]
fn every_documented_operation_and_type_goes_both_ways() {
    let spec = spec();
    assert_eq!((spec.operations.len(), spec.field_types.len(), spec.max), (20, 5, 10));
    for operation in &spec.operations {
        for kind in &spec.field_types {
            let values = if operation.id.starts_with("is_") { vec![] } else { vec!["3".to_owned()] };
            let row = Condition::Field {
                field: "a".into(),
                operation: operation.id.clone(),
                values,
                field_type: kind.value.clone(),
                is_array: true,
                item: Some("whole".into()),
                origin: Some(0),
            };
            let set = ConditionSet { all: true, rows: vec![row] };
            let Ok(Change::Set(made)) = change(None, &set) else { panic!("{set:?}") };
            assert_eq!(read(&made), Some(set));
        }
    }
}

#[test]
fn a_condition_that_is_not_right_is_named_by_its_number_unless_it_was_so() {
    let good = || expression("a");
    for (row, words) in [
        (field(" ", "equals", &["1"]), "Condition 2: “field”"),
        (field("a", "", &[]), "Condition 2: “operation”"),
        (field("a", "matches", &["1"]), "Condition 2: “operation”"),
        (field("a", "equals", &[]), "Condition 2: “equals” needs"),
        (field("a", "length_equals", &["many"]), "Condition 2: “length_equals” compares with a count"),
        (expression("  "), "Condition 2: “jsonata_expression”"),
        (expression(&"a".repeat(15_001)), "Condition 2: “jsonata_expression” has at most 15000"),
    ] {
        let problem = refused(None, true, vec![good(), row]);
        assert!(problem.starts_with(words), "{problem}");
    }
    let Condition::Field { field, operation, values, field_type, .. } = field("a", "equals", &["1"]) else {
        panic!()
    };
    let item = Some("most".to_owned());
    let odd = Condition::Field { field, operation, values, field_type, is_array: true, item, origin: None };
    assert!(refused(None, true, vec![odd]).starts_with("Condition 1: items"));
    assert!(refused(None, true, vec![good(); 11]).contains("at most 10"));
    // Stored so, it goes back beside what is new; changed, it must be right.
    let broken = json!({ "conditions": [{ "field": "a", "operation": "equals" }] });
    assert_eq!(edited(&broken, |set| set.rows.push(good()))["conditions"][0], broken["conditions"][0]);
    let mut set = read(&broken).unwrap();
    let Condition::Field { field, .. } = &mut set.rows[0] else { panic!() };
    *field = "b".into();
    assert!(change(Some(&broken), &set).unwrap_err().starts_with("Condition 1: “equals” needs"));
}
