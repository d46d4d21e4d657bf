import type { EventId } from "~/bindings/EventId";
import type { EventGroup, EventRow } from "./event-index";

export type GroupRow = {
  type: "group";
  key: string;
  name: string;
  /** Those shown: all of the group, or the found ones. The group's box acts on them. */
  members: readonly EventRow[];
  open: boolean;
};

export type PickerRow = GroupRow | EventRow;

/** The lines to draw, top to bottom. */
export interface Rows {
  list: readonly PickerRow[];
  /** Where the groups stand in it. */
  heads: readonly number[];
  /** How many events are shown or lie in a closed group. */
  found: number;
  /** Those events. */
  ids: () => EventId[];
}

/** Groups in their order, each followed by the events that are shown unless it is closed. */
export function rowsOf(
  groups: readonly EventGroup[],
  isShown: ((row: EventRow) => boolean) | null,
  closed: ReadonlySet<string>,
): Rows {
  const list: PickerRow[] = [];
  const heads: number[] = [];
  const shown: (readonly EventRow[])[] = [];
  let found = 0;
  for (const group of groups) {
    const members = isShown ? group.members.filter(isShown) : group.members;
    if (members.length === 0) continue;
    const { name } = group;
    const open = !closed.has(name);
    found += members.length;
    heads.push(list.length);
    shown.push(members);
    list.push({ type: "group", key: `group:${name}`, name, members, open });
    if (open) for (const row of members) list.push(row);
  }
  let ids: EventId[] | null = null;
  return {
    list,
    heads,
    found,
    ids: () => (ids ??= shown.flatMap((members) => members.map(({ event }) => event.id))),
  };
}

/** Where a row stands: its group's number, and its own among the rows of that group; both from 1, a head is 0. */
export function placeOf({ heads }: Rows, index: number): { group: number; within: number } {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((heads[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return { group: low, within: index - (heads[low - 1] ?? 0) };
}

/** Adds or removes ids; those that stay keep their order. */
export function withChosen(selected: EventId[], ids: EventId[], chosen: boolean): EventId[] {
  const wanted = new Set(ids);
  const rest = chosen ? selected : selected.filter((id) => !wanted.has(id));
  const present = new Set(rest);
  return chosen ? [...rest, ...ids.filter((id) => !present.has(id))] : rest;
}

const idsOfGroups = new WeakMap<readonly EventRow[], ReadonlySet<EventId>>();

/** How many of a group's shown events are chosen. Asked at every key, and far fewer are chosen than there are. */
export function chosenIn({ members }: GroupRow, selected: ReadonlySet<EventId>): number {
  let ids = idsOfGroups.get(members);
  if (!ids) {
    ids = new Set(members.map(({ event }) => event.id));
    idsOfGroups.set(members, ids);
  }
  let chosen = 0;
  for (const id of selected) if (ids.has(id)) chosen += 1;
  return chosen;
}
