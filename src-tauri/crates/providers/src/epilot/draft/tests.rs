use super::*;
use proptest::prelude::*;
use tacklebox_model::{Condition, ConnectionId, Secret};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter_map("finite", |number| serde_json::Number::from_f64(number).map(Value::from)),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("\\PC{0,6}", inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Fields no document has; their names cannot meet those that it has.
fn strangers() -> impl Strategy<Value = Vec<(String, Value)>> {
    prop::collection::vec(("new_[a-zA-Z.]{0,6}", any_json()), 0..4)
}

fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 {}.]{1,8}"
}

/// A webhook with known fields of the right kind, or without them, and unknown ones everywhere.
fn any_webhook() -> impl Strategy<Value = Map<String, Value>> {
    let auth = prop_oneof![
        Just(json!({ "authType": "NONE" })),
        (text(), any::<Option<bool>>()).prop_map(|(user, is_env)| {
            let mut config = json!({ "username": user, "password": "stored" });
            is_env.into_iter().for_each(|flag| config["passwordIsEnvVar"] = json!(flag));
            json!({ "authType": "BASIC", "basicAuthConfig": config })
        }),
        text().prop_map(|key| json!({ "authType": "API_KEY", "apiKeyConfig": { "keyName": key, "keyValue": null } })),
        text().prop_map(|value| json!({ "authType": "OAUTH_CLIENT_CREDENTIALS", "oauthConfig": {
            "clientId": "c", "endpoint": "https://t.example/", "httpMethod": "GET",
            "customParameterList": [{ "type": "body", "key": "scope", "value": value, "new_hint": [1] }] } })),
        Just(json!({ "authType": "MUTUAL_TLS", "new_mtlsConfig": { "certificate": "x" } })),
    ];
    let known =
        (text(), any::<bool>(), prop::option::of(auth), prop::option::of(any::<bool>()), any::<bool>());
    (known, prop::collection::vec(strangers(), 7), any::<prop::sample::Index>()).prop_map(
        |((name, enabled, auth, retry, payload), mut strangers, at)| {
            let mut raw = json!({ "id": "w1", "name": name, "eventName": "event_A", "signingSecret": "whsec_x",
                "url": "https://a.example/?k={{ env.k }}&k=%20", "enabled": enabled, "eventVersion": null,
                "_manifest": ["b"], "creationTime": "t", "updatedTime": "t" });
            let mut add = |raw: &mut Value, key: &str, mut inner: Value| {
                let new = strangers.pop().unwrap_or_default();
                inner.as_object_mut().into_iter().for_each(|inner| inner.extend(new.clone()));
                raw[key] = inner;
            };
            auth.into_iter().for_each(|auth| add(&mut raw, "auth", auth));
            retry.into_iter().for_each(|on| add(&mut raw, "retryPolicy", json!({ "enabled": on })));
            if payload {
                add(&mut raw, "payloadConfiguration", json!({ "custom_headers": { "x-a": "1", "x-b": "2" } }));
                let row = json!({ "new_1": name, "field": "a", "operation": "sounds_like", "values": [name],
                    "is_array_field": false });
                let rows = json!([row, { "jsonata_expression": "b", "new_2": { "c": null } }]);
                add(&mut raw, "filterConditions", json!({ "logical_operator": "OR", "conditions": rows }));
                add(&mut raw, "filter", json!({ "keyToFilter": "a", "supportedValues": ["b", "b"] }));
            }
            let mut fields: Vec<(String, Value)> = raw.as_object().into_iter().flatten().map(own).collect();
            fields.extend(strangers.pop().unwrap_or_default());
            let turn = at.index(fields.len());
            fields.rotate_left(turn);
            fields.into_iter().collect()
        },
    )
}

fn own((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

fn read(raw: &Map<String, Value>) -> Remote {
    wire::remote(&ConnectionId::from("c"), Value::Object(raw.clone())).unwrap().0
}

fn sent(remote: &Remote, path: &str, input: FieldInput) -> Map<String, Value> {
    let draft = WebhookDraft { fields: [(FieldPath::from(path), input)].into() };
    let prepared = prepare(&draft, Some(remote), None).unwrap();
    prepared.write.body.value()[BODY].as_object().unwrap().clone()
}

/// What must go back of a webhook nobody changed, said anew: all but what epilot alone sets and what is secret.
fn goes_back(raw: &Map<String, Value>) -> Value {
    let mut object = Value::Object(raw.clone());
    let fields = object.as_object_mut().unwrap();
    fields.shift_remove("id");
    fields.shift_remove("signingSecret");
    for (config, secret) in [("basicAuthConfig", "password"), ("apiKeyConfig", "keyValue")] {
        if let Some(Value::Object(config)) = object.get_mut("auth").and_then(|auth| auth.get_mut(config)) {
            config.shift_remove(secret);
        }
    }
    object
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_edit_changes_one_field_and_nothing_else(raw in any_webhook(), choice in 0..8_usize, typed in "[a-z]{1,6}") {
        let remote = read(&raw);
        let (path, input, pointer, value) = match choice {
            0 => ("name", FieldInput::Text(typed.clone()), "/name", json!(typed)),
            1 => (JSONATA, FieldInput::Text(typed.clone()), "/jsonataExpression", json!(typed)),
            2 => (PROTECTED, FieldInput::Flag(true), "/protected", json!(true)),
            3 => (METHOD, FieldInput::Text("PUT".into()), "/httpMethod", json!("PUT")),
            4 => (STATUS, FieldInput::Text("active".into()), "/status", json!("active")),
            5 => (STATIC_IP, FieldInput::Flag(true), "/enableStaticIP", json!(true)),
            6 => (EVENT_VERSION, FieldInput::Text("2.0".into()), "/eventVersion", json!("2.0")),
            _ => (DELIVERY_MODE, FieldInput::Text(MULTIPART.into()), "/deliveryMode", json!(MULTIPART)),
        };
        let mut wanted = goes_back(&raw);
        wanted[pointer.trim_start_matches('/')] = value;
        // As text: the order of fields stays, too.
        prop_assert_eq!(Value::Object(sent(&remote, path, input)).to_string(), wanted.to_string());
    }

    #[test]
    fn a_nested_edit_leaves_its_neighbours(raw in any_webhook(), attempts in 1..=5_i64) {
        let remote = read(&raw);
        let mut wanted = goes_back(&raw);
        wanted["payloadConfiguration"]["hydrate_entity"] = json!(true);
        let body = sent(&remote, HYDRATE, FieldInput::Flag(true));
        prop_assert_eq!(Value::Object(body).to_string(), wanted.to_string());

        let mut wanted = goes_back(&raw);
        let enabled = wanted["retryPolicy"]["enabled"].as_bool().unwrap_or(false);
        wanted["retryPolicy"]["enabled"] = json!(enabled);
        wanted["retryPolicy"]["maxAttempts"] = json!(attempts);
        let body = sent(&remote, RETRY_ATTEMPTS, FieldInput::Integer(Some(attempts)));
        prop_assert_eq!(Value::Object(body).to_string(), wanted.to_string());
    }

    #[test]
    fn one_value_of_a_list_is_replaced_alone(raw in any_webhook(), typed in "[a-z]{1,6}") {
        let pair = |name: &str, origin, value| PairInput { group: None, name: name.into(), origin: Some(origin), value };
        prop_assume!(raw.contains_key("payloadConfiguration"));
        let inputs = vec![
            pair("x-a", 0, SecretChange::Keep),
            pair("x-b", 1, SecretChange::Replace { value: Secret::from(typed.as_str()) }),
        ];
        let mut wanted = goes_back(&raw);
        wanted["payloadConfiguration"]["custom_headers"]["x-b"] = json!(typed);
        let body = sent(&read(&raw), HEADERS, FieldInput::Pairs(inputs));
        prop_assert_eq!(Value::Object(body).to_string(), wanted.to_string());
    }

    #[test]
    fn one_condition_is_changed_alone(raw in any_webhook(), typed in "[a-z]{1,6}", moved in any::<bool>()) {
        prop_assume!(raw.contains_key("filterConditions"));
        let remote = read(&raw);
        let Some(FieldValue::Conditions(mut set)) = remote.webhook.field(CONDITIONS).cloned() else { panic!() };
        let unchanged = sent(&remote, CONDITIONS, FieldInput::Conditions(set.clone()));
        prop_assert_eq!(Value::Object(unchanged).to_string(), goes_back(&raw).to_string());

        let mut wanted = goes_back(&raw);
        let rows = wanted["filterConditions"]["conditions"].as_array_mut().unwrap();
        let Condition::Field { field, .. } = &mut set.rows[0] else { panic!() };
        field.push_str(&typed);
        rows[0]["field"] = json!(field);
        if moved {
            set.rows.reverse();
            rows.reverse();
        }
        let body = sent(&remote, CONDITIONS, FieldInput::Conditions(set));
        prop_assert_eq!(Value::Object(body).to_string(), wanted.to_string());
    }

    #[test]
    fn an_empty_draft_changes_nothing(raw in any_webhook()) {
        let remote = read(&raw);
        let prepared = prepare(&WebhookDraft::default(), Some(&remote), None).unwrap();
        prop_assert_eq!(prepared.write.body.value()[BODY].to_string(), goes_back(&raw).to_string());
        prop_assert_eq!(prepared.fields, remote.webhook.fields);
    }

    #[test]
    fn no_webhook_however_odd_brings_it_down(known in prop::collection::vec(any_json(), 23), typed in "[a-z]{1,6}") {
        let keys = ["name", "eventName", "eventVersion", "url", "creationTime", "updatedTime", "httpMethod", "enabled",
            "auth", "filter", "payloadConfiguration", "enableStaticIP", "protected", "secureProxy", "status",
            "jsonataExpression", "deliveryMode", "multipartConfig", "retryPolicy", "filterConditions", "_manifest"];
        let mut raw: Map<String, Value> = keys.into_iter().map(str::to_owned).zip(known).collect();
        raw.insert("id".into(), json!("w1"));
        let body = sent(&read(&raw), "name", FieldInput::Text(typed.clone()));
        prop_assert_eq!(&body["name"], &json!(typed));
        // A null of a known field is the one thing that may go, and only there.
        for (key, value) in raw.iter().filter(|(key, value)| !value.is_null() && !["id", "name"].contains(&key.as_str())) {
            if !value.is_object() {
                prop_assert_eq!(body.get(key), Some(value));
            }
        }
    }
}

#[test]
fn nulls_that_may_not_be_written_are_left_out_and_others_go_back() {
    let raw = json!({ "id": "w1", "name": "A", "eventName": "e", "url": null, "filter": null, "eventVersion": null,
        "newField": null, "payloadConfiguration": { "custom_headers": null, "newField": null },
        "auth": { "authType": "BASIC", "oauthConfig": null, "basicAuthConfig": { "username": "u", "password": null } } });
    let remote = read(raw.as_object().unwrap());
    assert!(!remote.webhook.fields.contains_key(&FieldPath::from(FieldPath::URL)));
    let body = sent(&remote, "name", FieldInput::Text("B".into()));
    let wanted = json!({ "name": "B", "eventName": "e", "eventVersion": null, "newField": null,
        "payloadConfiguration": { "newField": null }, "auth": { "authType": "BASIC", "basicAuthConfig": { "username": "u" } } });
    assert_eq!(Value::Object(body), wanted);
}
