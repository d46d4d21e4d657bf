//! The organisation's places inside each other, for choosing them in a tree.

use super::operations::{places, sensors};
use super::places::{SENSORS, named};
use super::schema::FILTERS;
use std::collections::HashMap;
use tacklebox_model::{FieldPath, TreeNode};

/// Builds the tree: sites, buildings, floors; in a floor its rooms, its zones and the sensors of no known room. Butlr
/// has zones beside rooms, so a zone that lies in a room says so and stays beside it. Sensors of no known floor stand
/// at the end.
pub fn build(sites: &places::ResponseData, sensors: Option<&sensors::ResponseData>) -> Vec<TreeNode> {
    let mut sensors = Sensors::of(sites, sensors);
    let sites = sites.sites.iter().flat_map(|sites| &sites.data).map(|site| {
        let buildings = site.buildings.iter().flatten().map(|building| {
            let floors = building.floors.iter().flatten().map(|floor| {
                let name = named(floor.name.as_ref(), &floor.id);
                node("floor_ids", &floor.id, name, inside(floor, &mut sensors))
            });
            let name = named(building.name.as_ref(), &building.id);
            node("building_ids", &building.id, name, floors.collect())
        });
        node("site_ids", &site.id, named(site.name.as_ref(), &site.id), buildings.collect())
    });
    let mut tree: Vec<TreeNode> = sites.collect();
    tree.append(&mut sensors.elsewhere);
    tree
}

fn inside(floor: &places::PlacesSitesDataBuildingsFloors, sensors: &mut Sensors) -> Vec<TreeNode> {
    let rooms: HashMap<&str, &str> = floor
        .rooms
        .iter()
        .flatten()
        .map(|room| (room.id.as_str(), named(room.name.as_ref(), &room.id)))
        .collect();
    let room_nodes = floor.rooms.iter().flatten().map(|room| {
        let children = sensors.by_room.remove(&room.id).unwrap_or_default();
        node("room_ids", &room.id, named(room.name.as_ref(), &room.id), children)
    });
    let mut nodes: Vec<TreeNode> = room_nodes.collect();
    nodes.extend(floor.zones.iter().flatten().map(|zone| {
        let room = zone.room_id.as_deref().and_then(|id| rooms.get(id));
        let zone_node = node("zone_ids", &zone.id, named(zone.name.as_ref(), &zone.id), vec![]);
        TreeNode { detail: room.map(|name| format!("in {name}")), ..zone_node }
    }));
    nodes.extend(sensors.by_floor.remove(&floor.id).unwrap_or_default());
    nodes
}

/// Sensors by the place they are in.
#[derive(Default)]
struct Sensors {
    by_room: HashMap<String, Vec<TreeNode>>,
    by_floor: HashMap<String, Vec<TreeNode>>,
    elsewhere: Vec<TreeNode>,
}

impl Sensors {
    fn of(sites: &places::ResponseData, sensors: Option<&sensors::ResponseData>) -> Self {
        let buildings = sites.sites.iter().flat_map(|sites| &sites.data).flat_map(|site| &site.buildings);
        let floors: Vec<_> = buildings.flatten().flat_map(|building| &building.floors).flatten().collect();
        let rooms = floors.iter().flat_map(|floor| &floor.rooms).flatten();
        let mut sorted = Self {
            by_room: rooms.map(|room| (room.id.clone(), vec![])).collect(),
            by_floor: floors.iter().map(|floor| (floor.id.clone(), vec![])).collect(),
            elsewhere: vec![],
        };
        for sensor in sensors.iter().flat_map(|s| &s.sensors).flat_map(|s| &s.data) {
            let Some(mac) = &sensor.mac_address else { continue };
            let name = named(sensor.name.as_ref(), mac);
            let detail = (name != mac).then(|| mac.clone());
            let leaf = TreeNode { detail, ..node(SENSORS, mac, name, vec![]) };
            sorted.place(sensor.room_id.as_deref(), sensor.floor_id.as_deref()).push(leaf);
        }
        sorted
    }

    /// The innermost place that is known.
    fn place(&mut self, room: Option<&str>, floor: Option<&str>) -> &mut Vec<TreeNode> {
        let room = room.and_then(|id| self.by_room.get_mut(id));
        let floor = floor.and_then(|id| self.by_floor.get_mut(id));
        room.or(floor).unwrap_or(&mut self.elsewhere)
    }
}

fn node(key: &str, id: &str, name: &str, children: Vec<TreeNode>) -> TreeNode {
    let list = FieldPath::new(format!("{FILTERS}.{key}"));
    TreeNode { id: id.to_owned(), list, label: name.to_owned(), detail: None, children }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::{Value, json};

    fn tree(floors: Value, sensors: Option<Value>) -> Vec<TreeNode> {
        let sites = json!({ "sites": { "data": [{ "id": "site_1", "name": "Oslo", "org_id": "org_1", "buildings": [
            { "id": "building_1", "name": " ", "floors": floors }, { "id": "building_2", "name": "Kai", "floors": null }] }] } });
        let sites = places::ResponseData::deserialize(sites).unwrap();
        let sensors = sensors.map(|list| json!({ "sensors": { "data": list } }));
        let sensors = sensors.map(|sensors| sensors::ResponseData::deserialize(sensors).unwrap());
        build(&sites, sensors.as_ref())
    }

    /// Every node in one line: how deep, its list, id, label and detail.
    fn lines(nodes: &[TreeNode], depth: usize) -> Vec<String> {
        let line = |node: &TreeNode| {
            let list = node.list.as_str().trim_start_matches("filters.");
            let detail = node.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
            format!("{}{list} {} {}{detail}", "- ".repeat(depth), node.id, node.label)
        };
        nodes.iter().flat_map(|node| [vec![line(node)], lines(&node.children, depth + 1)].concat()).collect()
    }

    #[test]
    fn places_and_sensors_stand_where_they_are() {
        let floors = json!([{ "id": "space_1", "name": "1st", "rooms": [
            { "id": "room_1", "name": "Fjord" }, { "id": "room_2", "name": null }], "zones": [
            { "id": "zone_1", "name": "Desk", "room_id": "room_1" }, { "id": "zone_2", "name": "Queue", "room_id": null },
            { "id": "zone_3", "name": "Lost", "room_id": "room_9" }] }, { "id": "space_2", "name": "2nd" }]);
        let sensor = |mac: Option<&str>, name: Option<&str>, floor: Option<&str>, room: Option<&str>| json!({ "id": "s", "name": name, "mac_address": mac, "floor_id": floor, "room_id": room });
        let sensors = json!([
            sensor(Some("m1"), Some("Ceiling"), Some("space_1"), Some("room_1")),
            sensor(Some("m2"), None, Some("space_1"), None),
            sensor(Some("m3"), Some("Stray"), Some("space_2"), Some("room_9")),
            sensor(Some("m4"), Some("Spare"), None, None),
            sensor(Some("m5"), Some("Gone"), Some("space_9"), None),
            sensor(None, Some("Without an address"), Some("space_1"), None),
            sensor(Some("m6"), Some("In a room alone"), None, Some("room_2")),
        ]);
        let wanted = [
            "site_ids site_1 Oslo",
            "- building_ids building_1 building_1",
            "- - floor_ids space_1 1st",
            "- - - room_ids room_1 Fjord",
            "- - - - mac_addresses m1 Ceiling (m1)",
            "- - - room_ids room_2 room_2",
            "- - - - mac_addresses m6 In a room alone (m6)",
            "- - - zone_ids zone_1 Desk (in Fjord)",
            "- - - zone_ids zone_2 Queue",
            "- - - zone_ids zone_3 Lost",
            "- - - mac_addresses m2 m2",
            "- - floor_ids space_2 2nd",
            "- - - mac_addresses m3 Stray (m3)",
            "- building_ids building_2 Kai",
            "mac_addresses m4 Spare (m4)",
            "mac_addresses m5 Gone (m5)",
        ];
        assert_eq!(lines(&tree(floors.clone(), Some(sensors)), 0), wanted);
        let without: Vec<_> = wanted.into_iter().filter(|line| !line.contains("mac_addresses")).collect();
        assert_eq!(lines(&tree(floors, None), 0), without);
    }

    #[test]
    fn a_building_of_thousands_of_rooms_keeps_each_with_its_sensor() {
        let room = |floor: usize, at: usize| json!({ "id": format!("room_{floor}_{at}"), "name": format!("Room {at}") });
        let floor = |floor: usize| {
            let rooms: Vec<_> = (0..100).map(|at| room(floor, at)).collect();
            json!({ "id": format!("space_{floor}"), "name": null, "rooms": rooms, "zones": [] })
        };
        let sensor = |at: usize| json!({ "id": "s", "mac_address": format!("m{at}"), "room_id": format!("room_{}_{}", at / 100, at % 100) });
        let floors: Vec<_> = (0..50).map(floor).collect();
        let tree = tree(json!(floors), Some((0..5_000).map(sensor).collect()));
        let rooms = tree[0].children[0].children.iter().flat_map(|floor| &floor.children);
        let macs: Vec<_> = rooms.map(|room| room.children[0].id.clone()).collect();
        assert_eq!(macs, (0..5_000).map(|at| format!("m{at}")).collect::<Vec<_>>());
    }
}
