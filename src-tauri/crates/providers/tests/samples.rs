//! The samples of every event that the simulated organisations offer, held against the vendors' documents and against
//! what the simulators themselves send.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use async_trait::async_trait;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use tacklebox_model::{AppError, ConnectionId, EventId, EventType, FieldValue, ProviderId, Sample, Secret};
use tacklebox_providers::{NoMeter, SecretSource, Session, SessionContext, find};
use tacklebox_sandbox::{BooqableOrganisation, Sandbox, SandboxConfig};
use tokio_util::sync::CancellationToken;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

struct Kept(BTreeMap<String, String>);

#[async_trait]
impl SecretSource for Kept {
    async fn secret(&self, key: &str) -> Result<Secret, AppError> {
        Ok(Secret::from(self.0[key].as_str()))
    }
}

struct Offered {
    vendor: String,
    event: EventType,
    samples: Vec<Sample>,
}

/// Every session with a simulated organisation.
fn sessions(sandbox: &Sandbox) -> Vec<(String, Arc<dyn Session>)> {
    let organisations = sandbox.organisations().into_iter();
    let session = organisations.map(|organisation| {
        let provider = find(&ProviderId::new(organisation.provider.to_owned())).unwrap();
        let fields = provider.info().credentials;
        let is_secret = |key: &str| fields.iter().any(|field| field.key == key && field.secret);
        let credential = organisation.credential.into_iter();
        let (secret, public): (BTreeMap<_, _>, BTreeMap<_, _>) =
            credential.partition(|(key, _)| is_secret(key));
        let context = SessionContext {
            connection: ConnectionId::from("connection-1"),
            base_url: Some(organisation.base_url),
            public_credentials: public,
            secrets: Arc::new(Kept(secret)),
            meter: Arc::new(NoMeter),
        };
        (provider.info().id.to_string(), provider.session(context).unwrap())
    });
    session.collect()
}

/// Every event of every vendor once, with its samples.
async fn offered() -> Vec<Offered> {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let mut all = vec![];
    let mut seen = HashSet::new();
    for (vendor, session) in sessions(&sandbox) {
        session.list(&CancellationToken::new()).await.unwrap();
        let offer = session.offer(&CancellationToken::new()).await.unwrap();
        for event in offer.catalogue.events.clone() {
            if seen.insert((vendor.clone(), event.id.clone())) {
                let samples = session.samples(&event.id);
                all.push(Offered { vendor: vendor.clone(), event, samples });
            }
        }
    }
    all
}

async fn session_with(vendor: &str) -> Arc<dyn Session> {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    sessions(&sandbox).into_iter().find(|(name, _)| name == vendor).unwrap().1
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// As `keys` has them.
fn set<'a>(keys: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    keys.into_iter().collect()
}

#[tokio::test]
async fn every_event_of_the_three_catalogues_has_a_meaning_and_samples() {
    let offered = offered().await;
    let count = |vendor: &str| offered.iter().filter(|o| o.vendor == vendor).count();
    assert!(count("butlr") >= 10 && count("epilot") >= 26 && count("booqable") >= 45);
    for Offered { event, samples, .. } in &offered {
        assert!(!samples.is_empty(), "{}", event.id);
        assert!(event.description.is_some() || event.remark.is_some(), "{}", event.id);
        let labels: HashSet<_> = samples.iter().map(|sample| &sample.label).collect();
        assert_eq!(labels.len(), samples.len(), "{}: samples are told apart by their labels", event.id);
        for words in event.description.iter().chain(&event.remark) {
            assert!(words.ends_with('.') && !words.contains("  "), "{words}");
        }
    }
}

#[tokio::test]
async fn a_samples_text_is_its_value_as_it_goes_over_the_wire() {
    for Offered { event, samples, .. } in offered().await {
        for sample in samples {
            let read = match sample.content_type.as_str() {
                JSON => serde_json::from_str(&sample.text).unwrap(),
                FORM => form(&sample.text),
                other => panic!("{other}"),
            };
            assert_eq!(read, sample.value, "{}", event.id);
        }
    }
}

/// Reads a form as web frameworks in Ruby do: a repeated key in a list of objects begins another object.
fn form(text: &str) -> Value {
    let mut read = Value::Object(Map::new());
    for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let parts: Vec<_> = key.split('[').map(|part| part.trim_end_matches(']')).collect();
        put(&mut read, &parts, &value);
    }
    read
}

fn put(place: &mut Value, parts: &[&str], value: &str) {
    let [name, rest @ ..] = parts else {
        *place = Value::from(value);
        return;
    };
    if !name.is_empty() {
        return put(&mut place[*name], rest, value);
    }
    if place.is_null() {
        *place = Value::Array(vec![]);
    }
    let items = place.as_array_mut().unwrap();
    let fits = |item: &Value| rest.first().is_some_and(|next| item.get(next).is_none() || rest.len() > 1);
    if !items.last().is_some_and(fits) {
        items.push(Value::Null);
    }
    put(items.last_mut().unwrap(), rest, value);
}

#[tokio::test]
async fn ids_are_those_of_one_event_alone_and_the_same_each_time() {
    let id = |sample: &Sample| {
        let ids = ["id", "_event_id"].into_iter().find_map(|key| sample.value.get(key));
        ids.unwrap_or_else(|| &sample.value["metadata"]["execution_id"]).as_str().unwrap().to_owned()
    };
    let (offered, again) = (offered().await, offered().await);
    let mut seen = HashSet::new();
    for (one, other) in offered.iter().zip(&again) {
        let ids: HashSet<_> = one.samples.iter().map(id).collect();
        assert_eq!(ids.len(), 1, "{}: the same event in several forms", one.event.id);
        assert!(seen.insert(ids.into_iter().next().unwrap()), "{}", one.event.id);
        for (sample, other) in one.samples.iter().zip(&other.samples) {
            assert_eq!(sample.text, other.text);
        }
    }
}

#[tokio::test]
async fn nothing_in_a_sample_looks_like_a_secret_or_like_somebody_real() {
    for Offered { event, samples, .. } in offered().await {
        for sample in samples {
            let text = sample.value.to_string();
            let lower = text.to_lowercase();
            for word in ["secret", "password", "token", "bearer", "whsec_", "eyj", "api_key", "sk_"] {
                assert!(!lower.contains(word), "{}: {word}", event.id);
            }
            for word in text.split(|c: char| !c.is_ascii_hexdigit()) {
                assert!(word.len() < 32, "{}: {word}", event.id);
            }
            for address in text.split(['"', ' ']).filter(|word| word.contains('@') || word.contains("://")) {
                assert!(address.contains("example.com"), "{}: {address}", event.id);
            }
        }
    }
}

#[tokio::test]
async fn butlrs_data_is_a_number_an_object_coordinates_or_not_there() {
    let session = session_with("butlr").await;
    let samples = |event: &str| session.samples(&EventId::from(event));
    let envelope = ["id", "type", "timestamp", "version", "metadata"];
    for event in
        ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "ROOM_OCCUPANCY_1MIN", "zone_occupancy_1m"]
    {
        for sample in samples(event) {
            assert!(sample.value["data"].is_u64(), "{event}");
            assert_eq!(keys(&sample.value), set(envelope.into_iter().chain(["data"])));
            assert_eq!(sample.value["type"], event);
        }
    }
    assert_eq!(keys(&samples("TRAFFIC")[0].value["data"]), set(["in", "out"]));
    let points = samples("DETECTIONS")[0].value["data"].clone();
    assert_eq!(keys(&points), set(["local", "world"]));
    assert_eq!(points["local"].as_array().unwrap().len(), points["world"].as_array().unwrap().len());
    for event in ["PIR_MOTION", "PIR_NO_MOTION", "HIVE_OFFLINE"] {
        assert_eq!(keys(&samples(event)[0].value), set(envelope), "{event}");
    }
    assert!(samples("HIVE_OFFLINE")[0].label.contains("not documented"));
}

#[tokio::test]
async fn butlrs_metadata_names_the_place_and_leaves_out_what_is_optional() {
    let session = session_with("butlr").await;
    let metadata =
        |event: &str, form: usize| session.samples(&EventId::from(event))[form].value["metadata"].clone();
    let has = |event: &str, form, key: &str| metadata(event, form).get(key).is_some();
    for (event, form, key, wanted) in [
        ("FLOOR_OCCUPANCY", 0, "room_id", false),
        ("FLOOR_OCCUPANCY", 1, "floor_custom_id", false),
        ("ROOM_OCCUPANCY", 0, "zone_id", false),
        ("ROOM_OCCUPANCY", 1, "room_id", true),
        ("ZONE_OCCUPANCY", 0, "room_id", true),
        ("ZONE_OCCUPANCY", 1, "room_id", false),
        ("ZONE_OCCUPANCY", 1, "zone_name", true),
        ("DETECTIONS", 1, "room_name", false),
        ("DETECTIONS", 1, "mac_address", true),
        ("TRAFFIC", 0, "mac_address", false),
    ] {
        assert_eq!(has(event, form, key), wanted, "{event} {form} {key}");
    }
    let detections = metadata("DETECTIONS", 0);
    assert!(detections["floor_id"].as_str().unwrap().starts_with("space_"));
    assert_eq!(detections["sensor_id"].as_str().unwrap().len(), 27, "without a prefix here");
    let moment = session.samples(&EventId::from("DETECTIONS"))[0].value["timestamp"].as_u64().unwrap();
    assert!(moment > 1_500_000_000_000, "milliseconds");
}

#[tokio::test]
async fn epilots_automations_send_their_envelope_plain_and_with_everything() {
    let session = session_with("epilot").await;
    let samples = session.samples(&EventId::from("automation_flow_target"));
    let [plain, full] = &samples[..] else { panic!("{samples:?}") };
    assert_eq!(keys(&plain.value), set(["metadata", "entity", "relations"]));
    let further = ["activity", "changed_attributes"];
    assert_eq!(keys(&full.value), &keys(&plain.value) | &set(further));
    assert_eq!(keys(&full.value["changed_attributes"]), set(["added", "deleted", "updated"]));
    assert!(plain.value["entity"]["customer"]["$relation"].is_array(), "a reference");
    assert_eq!(full.value["entity"]["customer"][0]["_schema"], "contact", "the entity itself");
    assert_eq!(full.value["relations"][0], full.value["entity"]["customer"][0]);
    let portal = &session.samples(&EventId::from("portal_user_access"))[0].value;
    assert_eq!(portal["entity"]["_schema"], "contact");
}

#[tokio::test]
async fn epilots_catalogue_sends_its_envelope_with_an_entity_that_fits_the_name() {
    let session = session_with("epilot").await;
    let envelope = [
        "_org_id",
        "_event_time",
        "_event_id",
        "_event_name",
        "_event_version",
        "_event_source",
        "_ack_id",
        "_trigger_source_type",
        "_trigger_source",
    ];
    for (event, entity) in [
        ("FileCreated", "file"),
        ("MeterReadingAdded", "meter"),
        ("ContactUpdated", "contact"),
        ("OnDemandSyncCustomerRequested", "contact"),
        ("AccountCreated", "account"),
        ("OrderPlaced", "order"),
        ("ContractSigned", "contract"),
        ("InstallmentChanged", "billing_account"),
        ("TicketCreated", "ticket"),
        ("WallboxOffered", "opportunity"),
    ] {
        let samples = session.samples(&EventId::new(format!("event_{event}")));
        let value = &samples[0].value;
        assert_eq!(samples.len(), 1);
        assert!(keys(value).is_superset(&set(envelope)), "{event}");
        assert_eq!(
            (value["_event_name"].as_str(), value[entity]["_schema"].as_str()),
            (Some(event), Some(entity))
        );
    }
    let files = &session.samples(&EventId::from("event_FileCreated"))[0].value;
    assert_eq!(files["event_attachments"][0]["entity_id"], files["file"]["_id"]);
}

#[tokio::test]
async fn epilots_simulator_sends_the_same_keys() {
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let session = sessions(&sandbox).into_iter().find(|(vendor, _)| vendor == "epilot").unwrap().1;
    let org = sandbox.epilot("meridian").unwrap();
    let mut compared = (0, 0);
    for webhook in org.webhooks() {
        let name = EventId::from(webhook["eventName"].as_str().unwrap());
        let mine = session.samples(&name)[0].value.clone();
        for delivery in org.deliveries(webhook["id"].as_str().unwrap()) {
            let text = delivery.get("original_payload").unwrap_or(&delivery["payload"]);
            let sent: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
            if sent.get("metadata").is_some() {
                compared.0 += 1;
                assert_eq!(keys(&sent), keys(&mine), "{name}");
                assert!(keys(&mine["metadata"]).is_superset(&keys(&sent["metadata"])), "{name}");
            } else if sent.get("_event_id").is_some() {
                compared.1 += 1;
                let own =
                    |value| keys(value).into_iter().filter(|key| key.starts_with('_')).collect::<Vec<_>>();
                assert_eq!(own(&sent), own(&mine), "{name}");
            }
        }
    }
    assert!(compared.0 > 0 && compared.1 > 0, "{compared:?}");
}

/// Booqable's table of what version 4 nests in what.
const NESTED: [(&str, &[&str]); 9] = [
    ("bundles", &["bundle_items"]),
    ("bundle_items", &["bundle", "product", "product_group"]),
    ("carts", &["customer", "lines", "order"]),
    ("contracts", DOCUMENT),
    ("invoices", DOCUMENT),
    ("quotes", DOCUMENT),
    ("customers", &["barcode", "tax_region"]),
    ("products", &["barcode"]),
    ("product_groups", &["photo", "price_ruleset", "price_structure", "tax_category"]),
];
const DOCUMENT: &[&str] = &["coupon", "customer", "lines", "order", "tax_values"];
const ORDER: &[&str] = &[
    "barcode",
    "coupon",
    "customer",
    "lines",
    "notes",
    "plannings",
    "properties",
    "start_location",
    "stop_location",
    "tax_values",
];

#[tokio::test]
async fn booqable_sends_version_4_with_the_nested_things_of_its_table() {
    let relations: BTreeSet<&str> =
        NESTED.iter().flat_map(|(_, nested)| *nested).chain(ORDER).copied().collect();
    for Offered { event, samples, .. } in offered().await.into_iter().filter(|o| o.vendor == "booqable") {
        let [four, one] = &samples[..] else { panic!("{}", event.id) };
        let version = |sample: &Sample| {
            let shown_when = sample.shown_when.clone().unwrap();
            (shown_when.path.to_string(), shown_when.equals)
        };
        assert_eq!(version(four), ("version".to_owned(), FieldValue::Text("4".into())));
        assert_eq!(version(one), ("version".to_owned(), FieldValue::Text("1".into())));
        assert_eq!((four.content_type.as_str(), one.content_type.as_str()), (JSON, FORM));
        let top = ["id", "created_at", "event", "resource_type", "data"];
        assert!(keys(&four.value).is_superset(&set(top)), "{}", event.id);
        assert_eq!(keys(&one.value), set(["id", "created_at", "event", "object", "version", "data"]));
        assert_eq!(four.value["id"], one.value["id"]);
        let kind = four.value["resource_type"].as_str().unwrap();
        let of_kind = NESTED.iter().find(|(name, _)| *name == kind).map(|(_, nested)| *nested);
        let wanted = if kind == "orders" { ORDER } else { of_kind.unwrap_or_default() };
        let own = keys(&four.value["data"]);
        // Customers and apps have a property of that name, which is a table and not a related thing.
        let found = own.intersection(&relations).filter(|key| wanted.contains(key) || **key != "properties");
        assert_eq!(found.copied().collect::<BTreeSet<_>>(), set(wanted.iter().copied()), "{}", event.id);
    }
}

#[tokio::test]
async fn booqables_version_1_speaks_the_old_words() {
    let session = session_with("booqable").await;
    let data = |event: &str, form: usize| session.samples(&EventId::from(event))[form].value["data"].clone();
    let (draft, concept) = (data("order.saved_as_draft", 0), data("order.saved_as_draft", 1));
    assert_eq!((&draft["status"], &concept["status"]), (&Value::from("draft"), &Value::from("concept")));
    assert_eq!(
        (&draft["statuses"][0], &concept["statuses"][0]),
        (&Value::from("draft"), &Value::from("concept"))
    );
    assert!(
        draft["status_counts"].get("draft").is_some() && concept["status_counts"].get("concept").is_some()
    );
    let (now, then) = (data("product_group.updated", 0), data("product_group.updated", 1));
    assert_eq!(
        (&now["product_type"], &then["product_type"]),
        (&Value::from("sales_item"), &Value::from("consumable"))
    );
    assert_eq!(now["buffer_time_after"].to_string(), then["lag_time"].as_str().unwrap());
    assert!(then.get("lead_time").is_some() && then.get("buffer_time_before").is_none());
    let text = session.samples(&EventId::from("customer.created"))[1].text.clone();
    assert!(text.contains("data%5Bid%5D=") && text.contains("object=Customer") && text.contains("version=1"));
    let objects = |event: &str| session.samples(&EventId::from(event))[1].value["object"].clone();
    assert_eq!(objects("product_group.created"), "ProductGroup");
}

#[tokio::test]
async fn booqables_simulator_remembers_messages_of_the_same_shape() {
    let session = session_with("booqable").await;
    let notifications = BooqableOrganisation::kestrel_rentals().notifications;
    assert!(!notifications.is_empty());
    for notification in notifications {
        assert_eq!(notification.version, 4);
        let mine = session.samples(&EventId::from(notification.event.as_str()))[0].value.clone();
        assert_eq!(mine["resource_type"], notification.resource_type.as_str());
        assert!(keys(&mine["data"]).is_superset(&keys(&notification.data)));
    }
}

#[tokio::test]
async fn an_event_in_no_document_gets_what_can_be_said_of_it() {
    let session = session_with("booqable").await;
    let samples = |event: &str| session.samples(&EventId::from(event));
    assert_eq!(samples("order.exploded")[0].value["resource_type"], "orders");
    assert!(samples("order.exploded").iter().all(|sample| sample.label.contains("in no document")));
    assert_eq!(keys(&samples("warehouse.opened")[0].value), set(["id", "created_at", "event", "data"]));
}
