//! Butlr's event types in words. Sources: Butlr's webhook overview and its payload pages.

use tacklebox_model::{Catalogue, EventId, EventMark, EventType};

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
        "FLOOR_OCCUPANCY" => ("Floor occupancy", OCCUPANCY, counted("on a floor")),
        "ROOM_OCCUPANCY" => ("Room occupancy", OCCUPANCY, counted("in a room")),
        "ZONE_OCCUPANCY" => ("Zone occupancy", OCCUPANCY, counted("in a zone such as a desk")),
        "DETECTIONS" => {
            let words =
                "Where people are, as coordinates in metres: one to three messages a second for each person.";
            ("Detections", MOVEMENT, words.to_owned())
        }
        "TRAFFIC" => {
            ("Traffic", MOVEMENT, "How many people went in and out past an entrance sensor.".to_owned())
        }
        "PIR_MOTION" => ("Motion", OFFERED, pir("begins to see motion")),
        "PIR_NO_MOTION" => ("No motion", OFFERED, pir("sees motion no more")),
        _ => {
            return EventType {
                id: EventId::from(id),
                label: words(id),
                group: OFFERED.into(),
                description: rolled_up(id),
                mark: Some(EventMark::Undocumented),
                remark: Some(remark(id).unwrap_or(UNDOCUMENTED).into()),
            };
        }
    };
    EventType {
        id: EventId::from(id),
        label: label.into(),
        group: group.into(),
        description: Some(description),
        mark: remark(id).map(|_| EventMark::Undocumented),
        remark: remark(id).map(str::to_owned),
    }
}

const UNDOCUMENTED: &str = "In none of Butlr's documents that Tacklebox knows.";

/// What is special about a type that is documented, but not in the list of event types.
fn remark(id: &str) -> Option<&'static str> {
    match id {
        "PIR_MOTION" | "PIR_NO_MOTION" => {
            Some("Not in Butlr's list of event types, though it has a page of its own.")
        }
        _ => one_minute(id).map(|_| {
            "Not in Butlr's list of event types. Its pages write such names with _1MIN, its changelog with _1M."
        }),
    }
}

fn counted(place: &str) -> String {
    format!(
        "How many people are {place}, worked out anew every minute for the last five: the same moment can come again \
         with another count."
    )
}

fn pir(what: &str) -> String {
    format!("A Heatic 2+ sensor in a room {what}. Sent on change only.")
}

fn rolled_up(id: &str) -> Option<String> {
    let place = match one_minute(id)? {
        "FLOOR_OCCUPANCY" => "on a floor",
        "ROOM_OCCUPANCY" => "in a room",
        "ZONE_OCCUPANCY" => "in a zone",
        _ => return None,
    };
    Some(format!("How many people are {place}, summed up for each minute."))
}

/// The type whose one-minute form this is: `ROOM_OCCUPANCY` of `ROOM_OCCUPANCY_1MIN` and of `ROOM_OCCUPANCY_1M`.
pub fn one_minute(id: &str) -> Option<&str> {
    let base = id.strip_suffix("_1MIN").or_else(|| id.strip_suffix("_1M"))?;
    base.ends_with("_OCCUPANCY").then_some(base)
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

    #[test]
    fn types_outside_the_documented_list_are_remarked_upon_and_the_others_are_not() {
        let remark = |id| {
            let EventType { mark, remark, .. } = event(id);
            assert_eq!(mark, remark.is_some().then_some(EventMark::Undocumented), "{id}");
            remark
        };
        for id in ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"] {
            assert_eq!(remark(id), None, "{id}");
        }
        assert!(remark("PIR_MOTION").unwrap().contains("page of its own"));
        assert_eq!(remark("ZONE_OCCUPANCY_1M"), remark("ZONE_OCCUPANCY_1MIN"));
        assert!(event("ZONE_OCCUPANCY_1M").description.unwrap().contains("in a zone"));
        assert_eq!(remark("HIVE_OFFLINE").as_deref(), Some(UNDOCUMENTED));
        assert_eq!((event("HIVE_OFFLINE").description, one_minute("HIVE_OFFLINE_1M")), (None, None));
    }
}
