//! The assets of the two seeded organisations. Lab has some of the names of Offices, with other ids, so that
//! a copy between them can find places by name.

use serde_json::{Value, json};

use super::{ButlrAssets, fake};

struct Building {
    site: &'static str,
    timezone: Option<&'static str>,
    name: &'static str,
    number: i64,
    floors: &'static [Floor],
}

struct Floor {
    name: &'static str,
    number: i64,
    /// Name with its seats, and room type.
    rooms: &'static [(&'static str, &'static str)],
    zones: &'static [&'static str],
}

const OFFICES: [Building; 2] = [
    Building {
        site: "Oslo",
        timezone: Some("Europe/Oslo"),
        name: "Havnegata 12",
        number: 1,
        floors: &[
            Floor {
                name: "1st floor",
                number: 1,
                rooms: &[
                    ("Resepsjon (6 seats)", "lobby"),
                    ("Fjordsalen (60 seats)", "auditorium"),
                    ("Kantine (120 seats)", "cafeteria"),
                    ("Akershus (8 seats)", "meeting_room"),
                ],
                zones: &["Visitor lounge", "Queue at the counter"],
            },
            Floor {
                name: "2nd floor",
                number: 2,
                rooms: &[
                    ("Galdhøpiggen (12 seats)", "meeting_room"),
                    ("Glittertind (8 seats)", "meeting_room"),
                    ("Besseggen (4 seats)", "focus_room"),
                    ("Åpent landskap nord (32 seats)", "open_office"),
                    ("Åpent landskap sør (28 seats)", "open_office"),
                ],
                zones: &["Desk 2.01", "Desk 2.02", "Desk 2.03", "Desk 2.04", "Standing desks"],
            },
            Floor {
                name: "3rd floor",
                number: 3,
                rooms: &[
                    ("Snøhetta (10 seats)", "meeting_room"),
                    ("Rondeslottet (6 seats)", "meeting_room"),
                    ("Stillerom (1 seat)", "phone_booth"),
                    ("Prosjektrom (16 seats)", "project_room"),
                ],
                zones: &["Desk 3.01", "Desk 3.02", "Desk 3.03", "Coffee corner"],
            },
        ],
    },
    Building {
        site: "Bergen",
        timezone: Some("Europe/Oslo"),
        name: "Kai 4",
        number: 4,
        floors: &[
            Floor {
                name: "Ground floor",
                number: 0,
                rooms: &[
                    ("Bryggen (14 seats)", "meeting_room"),
                    ("Fløyen (8 seats)", "meeting_room"),
                    ("Verksted (20 seats)", "workshop"),
                    ("Sjøbod (40 seats)", "cafeteria"),
                ],
                zones: &["Bike parking", "Hot desks"],
            },
            Floor {
                name: "1st floor",
                number: 1,
                rooms: &[
                    ("Ulriken (10 seats)", "meeting_room"),
                    ("Løvstakken (4 seats)", "focus_room"),
                    ("Sandviken (24 seats)", "open_office"),
                    ("Nordnes (6 seats)", "meeting_room"),
                ],
                zones: &["Desk 1.01", "Desk 1.02", "Desk 1.03"],
            },
        ],
    },
];

const LAB: [Building; 2] = [
    Building {
        site: "Oslo",
        timezone: Some("Europe/Oslo"),
        name: "Havnegata 12",
        number: 1,
        floors: &[Floor {
            name: "2nd floor",
            number: 2,
            rooms: &[
                ("Galdhøpiggen (12 seats)", "meeting_room"),
                ("Glittertind (8 seats)", "meeting_room"),
                ("Testcelle A (2 seats)", "lab"),
            ],
            zones: &["Desk 2.01", "Desk 2.02", "Calibration grid"],
        }],
    },
    Building {
        site: "Bergen",
        // The vendor's documents say that a site's time zone may be null.
        timezone: None,
        name: "Kai 4",
        number: 4,
        floors: &[Floor {
            name: "Ground floor",
            number: 0,
            rooms: &[("Bryggen (14 seats)", "meeting_room"), ("Klimakammer (1 seat)", "lab")],
            zones: &["Hot desks", "Door trial"],
        }],
    },
];

pub(super) fn offices(key: &str) -> ButlrAssets {
    assets(key, &OFFICES)
}

pub(super) fn lab(key: &str) -> ButlrAssets {
    assets(key, &LAB)
}

/// The id of a place, from its path of names: `Kai 4`, `Kai 4/1st floor`, `Kai 4/1st floor/Desk 1.01`.
pub(super) fn id(prefix: &str, key: &str, path: &str) -> String {
    fake::id(prefix, &format!("{key}/{path}"))
}

/// The MAC address of the sensor in a room or, for a floor's path, at its entrance.
pub(super) fn mac(key: &str, path: &str) -> String {
    let mac = fake::mac(&format!("{key}/{path}"));
    // The vendor's material shows both cases.
    if key == "halden-lab" { mac.to_uppercase() } else { mac }
}

fn assets(key: &str, buildings: &[Building]) -> ButlrAssets {
    let mut assets = ButlrAssets::default();
    for building in buildings {
        let site_id = id("site", key, building.site);
        let building_id = id("building", key, building.name);
        let mut floors = Vec::new();
        for floor in building.floors {
            let path = format!("{}/{}", building.name, floor.name);
            devices(&mut assets, key, &path, floor);
            floors.push(floor_json(key, &path, &building_id, floor));
        }
        assets.sites.push(json!({
            "id": site_id, "name": building.site, "timezone": building.timezone,
            "customID": building.site.to_lowercase(), "org_id": fake::id("org", key),
            "buildings": [{
                "id": building_id, "name": building.name, "building_number": building.number,
                "site_id": site_id, "floors": floors,
            }],
        }));
    }
    assets.tags.push(meeting_tag(key, buildings));
    assets
}

fn floor_json(key: &str, path: &str, building_id: &str, floor: &Floor) -> Value {
    let floor_id = id("space", key, path);
    let room = |(name, kind): &(&str, &str)| {
        json!({
            "id": id("room", key, &format!("{path}/{name}")), "name": name, "floor_id": floor_id,
            "roomType": kind, "customID": null,
        })
    };
    let zone = |name: &&str| {
        json!({
            "id": id("zone", key, &format!("{path}/{name}")), "name": name, "floor_id": floor_id,
            "room_id": null, "customID": null,
        })
    };
    json!({
        "id": floor_id, "name": floor.name, "floorNumber": floor.number, "building_id": building_id,
        "rooms": floor.rooms.iter().map(room).collect::<Vec<_>>(),
        "zones": floor.zones.iter().map(zone).collect::<Vec<_>>(),
    })
}

/// One hive for the floor, one sensor in each room and one at the floor's entrance.
fn devices(assets: &mut ButlrAssets, key: &str, path: &str, floor: &Floor) {
    let floor_id = id("space", key, path);
    let hive_id = id("hive", key, path);
    let serial = hive_id.bytes().rev().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    assets.hives.push(json!({
        "id": hive_id, "name": format!("Hive {path}"), "serialNumber": serial, "floor_id": floor_id,
        "room_id": null, "isOnline": true,
    }));
    let mut sensor = |path: &str, name: String, room_id: Option<String>| {
        let (id, entrance) = (id("sensor", key, path), room_id.is_none());
        // One sensor of each organisation is offline.
        let online = !path.contains("Glittertind");
        assets.sensors.push(json!({
            "id": id, "sensor_id": id, "name": name, "mac_address": mac(key, path),
            "mode": if entrance { "traffic" } else { "presence" }, "model": "Heatic 2+",
            "floor_id": floor_id, "room_id": room_id, "hive_id": hive_id, "hive_serial": serial,
            "is_entrance": entrance, "is_online": online,
        }));
    };
    sensor(path, format!("Entrance {path}"), None);
    for (name, _) in floor.rooms {
        let room_path = format!("{path}/{name}");
        let short = name.split(" (").next().unwrap_or(name);
        sensor(&room_path, format!("{short} ceiling"), Some(id("room", key, &room_path)));
    }
}

fn meeting_tag(key: &str, buildings: &[Building]) -> Value {
    let mut rooms = Vec::new();
    for building in buildings {
        for floor in building.floors {
            for (name, _) in floor.rooms.iter().filter(|(_, kind)| *kind == "meeting_room") {
                let path = format!("{}/{}/{name}", building.name, floor.name);
                rooms.push(json!({ "id": id("room", key, &path), "name": name }));
            }
        }
    }
    json!({
        "id": fake::id("tag", &format!("{key}/bookable")), "name": "Bookable",
        "organization_id": fake::id("org", key), "rooms": rooms, "zones": [], "floors": [],
    })
}
