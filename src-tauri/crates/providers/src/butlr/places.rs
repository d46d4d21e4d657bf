//! The organisation's sites, buildings, floors, rooms, zones and sensors, for finding ids by name.

use super::answer::{self, AskError};
use super::client::Client;
use super::operations::{Places as PlacesQuery, Sensors, places, sensors};
use super::tree;
use graphql_client::GraphQLQuery;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::BTreeMap;
use tacklebox_model::{AppError, FieldOption, TreeNode};
use tokio_util::sync::CancellationToken;

/// What can be named in filters, by the filter's key.
pub type Places = BTreeMap<&'static str, Vec<FieldOption>>;

/// The filter key of the sensors, which are asked for apart.
pub const SENSORS: &str = "mac_addresses";

/// What was found.
pub struct Found {
    pub places: Places,
    /// The same inside each other, without the organisation.
    pub tree: Vec<TreeNode>,
    /// Why there are no sensors: without them the places are still worth showing.
    pub no_sensors: Option<AppError>,
}

/// Reads all places, and the sensors in a request of their own.
pub async fn read(client: &Client, cancel: &CancellationToken) -> Result<Found, AppError> {
    let query = PlacesQuery::build_query(places::Variables {}).query;
    let sites: places::ResponseData = ask(client, "read places", query, cancel).await?;
    let query = Sensors::build_query(sensors::Variables {}).query;
    let (sensors, no_sensors) = match ask(client, "read sensors", query, cancel).await {
        Ok(sensors) => (Some(sensors), None),
        Err(error) => (None, Some(error)),
    };
    let tree = tree::build(&sites, sensors.as_ref());
    Ok(Found { places: collect(sites, sensors), tree, no_sensors })
}

async fn ask<T: DeserializeOwned>(
    client: &Client,
    operation: &'static str,
    query: &str,
    cancel: &CancellationToken,
) -> Result<T, AppError> {
    let answer =
        client.ask(operation, query, &json!({}), true, cancel).await.map_err(AskError::into_app_error)?;
    T::deserialize(answer).map_err(|_| answer::odd())
}

/// Sorts what the picker queries return under the filter keys. Butlr's collections are not paged.
fn collect(sites: places::ResponseData, sensors: Option<sensors::ResponseData>) -> Places {
    let mut found = Places::new();
    let mut floors: BTreeMap<String, String> = BTreeMap::new();
    for site in sites.sites.map(|s| s.data).unwrap_or_default() {
        let site_name = named(site.name.as_ref(), &site.id).to_owned();
        if let Some(org) = site.org_id {
            let entry = found.entry("org_ids").or_default();
            if entry.iter().all(|o| o.value != org) {
                entry.push(option(&org, "This organisation", String::new()));
            }
        }
        add(&mut found, "site_ids", &site.id, &site_name, String::new());
        for building in site.buildings.unwrap_or_default() {
            let building_name = named(building.name.as_ref(), &building.id).to_owned();
            add(&mut found, "building_ids", &building.id, &building_name, site_name.clone());
            for floor in building.floors.unwrap_or_default() {
                let floor_name = named(floor.name.as_ref(), &floor.id).to_owned();
                let path = format!("{site_name} / {building_name}");
                add(&mut found, "floor_ids", &floor.id, &floor_name, path.clone());
                let path = format!("{path} / {floor_name}");
                for room in floor.rooms.unwrap_or_default() {
                    add(&mut found, "room_ids", &room.id, named(room.name.as_ref(), &room.id), path.clone());
                }
                for zone in floor.zones.unwrap_or_default() {
                    add(&mut found, "zone_ids", &zone.id, named(zone.name.as_ref(), &zone.id), path.clone());
                }
                floors.insert(floor.id, path);
            }
        }
    }
    for sensor in sensors.and_then(|s| s.sensors).map(|s| s.data).unwrap_or_default() {
        let Some(mac) = sensor.mac_address else { continue };
        let path = sensor.floor_id.and_then(|id| floors.get(&id).cloned()).unwrap_or_default();
        add(&mut found, SENSORS, &mac, named(sensor.name.as_ref(), &mac), path);
    }
    found
}

fn add(found: &mut Places, key: &'static str, id: &str, name: &str, path: String) {
    found.entry(key).or_default().push(option(id, name, path));
}

fn option(id: &str, name: &str, path: String) -> FieldOption {
    FieldOption { value: id.to_owned(), label: name.to_owned(), detail: path }
}

/// What something is called: its name, or its id.
pub fn named<'a>(name: Option<&'a String>, id: &'a str) -> &'a str {
    name.map(String::as_str).filter(|name| !name.trim().is_empty()).unwrap_or(id)
}
