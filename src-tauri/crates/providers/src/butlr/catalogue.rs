//! Butlr's event types in words. Sources: Butlr's webhook overview and its payload pages.

use tacklebox_model::{Catalogue, EventId, EventType};

const OCCUPANCY: &str = "Occupancy";
const MOVEMENT: &str = "Movement";
const OFFERED: &str = "Offered by this organisation";

/// Puts the types an organisation offers into words; those no page lists stand under a heading of their own.
pub fn catalogue(offered: &[String]) -> Catalogue {
    let mut events: Vec<EventType> = offered.iter().map(|id| event(id)).collect();
    let rank = |group: &str| [OCCUPANCY, MOVEMENT, OFFERED].iter().position(|g| *g == group);
    events.sort_by_key(|e| rank(&e.group));
    Catalogue { events }
}

fn event(id: &str) -> EventType {
    let (label, group, description) = match id {
        "FLOOR_OCCUPANCY" => {
            ("Floor occupancy", OCCUPANCY, "How many people are on a floor, worked out anew every minute.")
        }
        "ROOM_OCCUPANCY" => {
            ("Room occupancy", OCCUPANCY, "How many people are in a room, worked out anew every minute.")
        }
        "ZONE_OCCUPANCY" => (
            "Zone occupancy",
            OCCUPANCY,
            "How many people are in a zone such as a desk, worked out anew every minute.",
        ),
        "DETECTIONS" => (
            "Detections",
            MOVEMENT,
            "Where people are, as coordinates: one to three messages a second for each person.",
        ),
        "TRAFFIC" => ("Traffic", MOVEMENT, "How many people went in and out past an entrance sensor."),
        "PIR_MOTION" => {
            ("Motion", OFFERED, "A Heatic 2+ sensor in a room begins to see motion. Sent on change only.")
        }
        "PIR_NO_MOTION" => {
            ("No motion", OFFERED, "A Heatic 2+ sensor in a room sees motion no more. Sent on change only.")
        }
        _ => {
            return EventType {
                id: EventId::from(id),
                label: words(id),
                group: OFFERED.into(),
                description: None,
            };
        }
    };
    EventType {
        id: EventId::from(id),
        label: label.into(),
        group: group.into(),
        description: Some(description.into()),
    }
}

/// `ROOM_OCCUPANCY_1MIN` as `Room occupancy 1min`.
fn words(id: &str) -> String {
    let lower = id.to_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_types_are_offered_under_their_own_heading_at_the_end() {
        let offered = ["ROOM_OCCUPANCY_1MIN", "TRAFFIC", "ROOM_OCCUPANCY"].map(str::to_owned);
        let shown = catalogue(&offered);
        let seen: Vec<_> = shown.events.iter().map(|e| (e.label.as_str(), e.group.as_str())).collect();
        let wanted = [("Room occupancy", OCCUPANCY), ("Traffic", MOVEMENT), ("Room occupancy 1min", OFFERED)];
        assert_eq!(seen, wanted);
    }
}
