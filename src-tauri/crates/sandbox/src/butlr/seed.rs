//! The webhooks of the seeded organisations. Ids and secrets follow from the names, so they never change.

use serde_json::{Map, Value, json};

use super::seed_assets::{id, mac};
use super::{ApiKey, BasicAuth, EndpointConfig, Webhook, fake};

/// Event types with a page of their own in the vendor's documents that no documented enum lists.
pub(super) const EXTRA_EVENT_TYPES: [&str; 5] =
    ["PIR_MOTION", "PIR_NO_MOTION", "FLOOR_OCCUPANCY_1MIN", "ROOM_OCCUPANCY_1MIN", "ZONE_OCCUPANCY_1MIN"];

pub(super) fn offices(key: &str) -> Vec<Webhook> {
    let token = fake::secret("token", "heatmap");
    vec![
        Draft::new(key, "Room occupancy to booking board", "https://ingest.halden.example/rooms", 10)
            .events(&["ROOM_OCCUPANCY"])
            .api_key("x-api-key")
            .filters(json!({ "floor_ids": [
                id("space", key, "Havnegata 12/2nd floor"), id("space", key, "Havnegata 12/3rd floor"),
            ] }))
            .on_change(),
        Draft::new(
            key,
            "Floor counts for facility dashboard",
            "https://dashboard.halden.example/hooks/floors",
            5,
        )
        .events(&["FLOOR_OCCUPANCY"])
        .basic_auth("dashboard"),
        Draft::new(key, "Desk zones to seat finder", "https://seats.halden.example/api/zones", 8)
            .events(&["ZONE_OCCUPANCY"])
            .api_key("X-Seat-Key")
            .basic_auth("seat-finder")
            .filters(json!({ "zone_ids": [
                id("zone", key, "Havnegata 12/2nd floor/Desk 2.01"),
                id("zone", key, "Havnegata 12/2nd floor/Desk 2.02"),
            ] }))
            .on_change(),
        Draft::new(key, "Entrance traffic to visitor count", "https://ingest.halden.example/traffic", 15)
            .events(&["TRAFFIC"])
            .filters(json!({ "mac_addresses": [
                mac(key, "Havnegata 12/1st floor"), mac(key, "Kai 4/Ground floor"),
            ] })),
        Draft::new(
            key,
            "Detections to heatmap archive",
            &format!("https://heatmap.halden.example/v1/detections?site=oslo&token={token}"),
            3,
        )
        .events(&["DETECTIONS"]),
        Draft::new(key, "Cleaning rota Bergen", "https://cleaning.fjordrent.example/events", 10)
            .events(&["ROOM_OCCUPANCY", "ZONE_OCCUPANCY"])
            .api_key("X-Cleaning-Key")
            // `schedule` is no documented key: it has to survive an edit.
            .filters(json!({
                "building_ids": [id("building", key, "Kai 4")],
                "schedule": { "weekdays_only": true, "after": "17:30" },
            })),
        Draft::new(key, "Ventilation control", "https://bms.kulde.example/butlr", 2)
            .events(&["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY"])
            .basic_auth("bms")
            .filters(json!({ "room_ids": [
                id("room", key, "Havnegata 12/1st floor/Fjordsalen (60 seats)"),
                id("room", key, "Havnegata 12/1st floor/Kantine (120 seats)"),
            ] }))
            .on_change(),
        Draft::new(key, "Data warehouse, all events", "https://warehouse.halden.example/ingest/butlr", 15)
            .events(&["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"])
            .api_key("Authorization")
            .basic_auth("warehouse"),
        Draft::new(key, "Old proof of concept", "https://poc-2023.halden.example/hook", 1)
            .events(&["ROOM_OCCUPANCY"]),
    ]
    .into_iter()
    .map(|draft| draft.0)
    .collect()
}

pub(super) fn lab(key: &str) -> Vec<Webhook> {
    vec![
        Draft::new(key, "Lab room occupancy", "https://ingest-lab.halden.example/rooms", 10)
            .events(&["ROOM_OCCUPANCY"])
            .api_key("x-api-key")
            .on_change(),
        Draft::new(key, "Minute rollups to notebook", "https://notebook.halden.example/rollups", 12)
            .events(&["ROOM_OCCUPANCY_1MIN", "FLOOR_OCCUPANCY_1MIN"])
            .basic_auth("notebook"),
        Draft::new(key, "Motion to lighting trial", "https://lys.kulde.example/api/motion", 2)
            .events(&["PIR_MOTION", "PIR_NO_MOTION"])
            .api_key("X-Lys-Token")
            .filters(json!({ "room_ids": [
                id("room", key, "Havnegata 12/2nd floor/Testcelle A (2 seats)"),
            ] })),
        Draft::new(key, "Detections sink", "https://sink.halden.example/detections", 15)
            .events(&["DETECTIONS"])
            .api_key("x-api-key")
            .basic_auth("sink")
            .filters(json!({ "mac_addresses": [
                mac(key, "Havnegata 12/2nd floor/Galdhøpiggen (12 seats)"),
            ] })),
        Draft::new(key, "Zone trial Bergen", "https://ingest-lab.halden.example/zones", 6)
            .events(&["ZONE_OCCUPANCY", "ZONE_OCCUPANCY_1MIN"])
            .filters(json!({
                "site_ids": [id("site", key, "Bergen")], "floor_ids": [id("space", key, "Kai 4/Ground floor")],
            })),
        Draft::new(key, "Traffic replay", "https://replay.halden.example/traffic", 4).events(&["TRAFFIC"]),
    ]
    .into_iter()
    .map(|draft| draft.0)
    .collect()
}

/// Webhooks that differ in everything a list shows or searches.
pub(super) fn bulk(key: &str, count: usize) -> Vec<Webhook> {
    const TARGETS: [&str; 5] = ["ingest", "dashboard", "seats", "cleaning", "warehouse"];
    const EVENTS: [&str; 5] =
        ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"];
    let pick = |list: &[&'static str; 5], index: usize| list.get(index % 5).copied().unwrap_or_default();
    let one = |index: usize| {
        let target = pick(&TARGETS, index / 5);
        let url = format!("https://{target}-{}.halden.example/hooks/{index}", index / 25);
        let name = format!("Bulk {index:05} to {target}");
        let timeout = i64::try_from(index % 15).unwrap_or_default() + 1;
        let mut draft = Draft::new(key, &name, &url, timeout).events(&[pick(&EVENTS, index)]);
        if index.is_multiple_of(2) {
            draft = draft.api_key("x-api-key");
        }
        if index.is_multiple_of(3) {
            draft = draft.basic_auth("bulk");
        }
        if index.is_multiple_of(4) {
            draft = draft.filters(json!({ "floor_ids": [id("space", key, "Kai 4/1st floor")] })).on_change();
        }
        draft.0
    };
    (0..count).map(one).collect()
}

/// A webhook under construction.
struct Draft(Webhook);

impl Draft {
    fn new(key: &str, name: &str, url: &str, http_timeout: i64) -> Self {
        Self(Webhook {
            id: fake::id("webhook", &format!("{key}/{name}")),
            name: name.to_owned(),
            event_types: Vec::new(),
            endpoint_config: EndpointConfig {
                url: url.to_owned(),
                http_timeout,
                api_key: None,
                basic_auth: None,
                extra: Map::new(),
            },
            filters: None,
            send_on_value_change: false,
            extra: Map::new(),
        })
    }

    fn events(mut self, events: &[&str]) -> Self {
        self.0.event_types = events.iter().map(ToString::to_string).collect();
        self
    }

    fn api_key(mut self, header: &str) -> Self {
        let value = fake::secret("key", &self.0.id);
        self.0.endpoint_config.api_key = Some(ApiKey { key: header.to_owned(), value });
        self
    }

    fn basic_auth(mut self, username: &str) -> Self {
        let password = fake::secret("password", &self.0.id);
        self.0.endpoint_config.basic_auth = Some(BasicAuth { username: username.to_owned(), password });
        self
    }

    fn filters(mut self, filters: Value) -> Self {
        self.0.filters = Some(filters);
        self
    }

    fn on_change(mut self) -> Self {
        self.0.send_on_value_change = true;
        self
    }
}
