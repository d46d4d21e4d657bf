import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";

export const UNKNOWN_GROUP = "Not offered by this organisation";

export type GroupRow = {
  type: "group";
  key: string;
  name: string;
  /** The events the group box acts on: all of the group, or the found ones while a search is active. */
  ids: EventId[];
  chosen: number;
  open: boolean;
};

export type EventRow = { type: "event"; key: string; event: EventType; unknown: boolean; chosen: boolean };

export type PickerRow = GroupRow | EventRow;

/** An event the webhook has and the catalogue has not; it is kept. */
export function unknownEvent(id: EventId): EventType {
  return {
    id,
    label: id,
    group: UNKNOWN_GROUP,
    description: null,
    remark: "Not offered by this organisation. Kept until you remove it.",
  };
}

/** The rows of the picker: groups in the catalogue's order, each followed by its events unless it is closed. */
export function pickerRows(
  events: EventType[],
  selected: ReadonlySet<EventId>,
  search: string,
  closed: ReadonlySet<string>,
): PickerRow[] {
  const found = events.filter((event) => matches(event, search));
  const groups = new Map<string, EventType[]>();
  for (const event of found) {
    const members = groups.get(event.group);
    if (members) members.push(event);
    else groups.set(event.group, [event]);
  }
  return [...groups].flatMap(([name, members]) => {
    // A search shows what it found, whatever was closed before.
    const open = search.trim() !== "" || !closed.has(name);
    const ids = members.map((event) => event.id);
    const chosen = ids.filter((id) => selected.has(id)).length;
    const head: GroupRow = { type: "group", key: `group:${name}`, name, ids, chosen, open };
    const rows = members.map((event): EventRow => ({
      type: "event",
      key: `event:${event.id}`,
      event,
      unknown: event.group === UNKNOWN_GROUP,
      chosen: selected.has(event.id),
    }));
    return open ? [head, ...rows] : [head];
  });
}

function matches(event: EventType, search: string): boolean {
  const text = `${event.id} ${event.label} ${event.description ?? ""} ${event.group}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Adds or removes ids; those that stay keep their order. */
export function withChosen(selected: EventId[], ids: EventId[], chosen: boolean): EventId[] {
  const wanted = new Set(ids);
  const rest = chosen ? selected : selected.filter((id) => !wanted.has(id));
  const present = new Set(rest);
  return chosen ? [...rest, ...ids.filter((id) => !present.has(id))] : rest;
}
