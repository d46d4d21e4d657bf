import type { EventId } from "~/bindings/EventId";
import type { EventMark } from "~/bindings/EventMark";
import type { EventType } from "~/bindings/EventType";
import { markWords, searchText } from "./search";

const UNKNOWN_GROUP = "Not offered by this organisation";
/** Fewer are in sight at once, however they are grouped. */
const PREFIXES_FROM = 10;
/** For ids that share their prefix with no other. */
const OTHERS = "Other events";

/** An event made ready: it is a row as it stands. */
export interface EventRow {
  type: "event";
  key: string;
  event: EventType;
  /** In lower case, for the search. */
  text: string;
}

/** Events under one heading. */
export interface EventGroup {
  name: string;
  members: EventRow[];
}

/** A catalogue made ready: read once, searched at every keystroke. */
export interface EventIndex {
  events: EventRow[];
  byId: ReadonlyMap<EventId, EventRow>;
  /** Under the provider's headings. */
  byLabel: EventGroup[];
  /** Under the beginnings of their ids; null where that says nothing new. */
  byPrefix: EventGroup[] | null;
  /** How many events have each mark, in words; empty without marks. */
  marksInWords: string;
}

/** The catalogue, and behind it the events a webhook has and the catalogue has not. */
export function indexEvents(catalogue: readonly EventType[], unknown: readonly EventId[]): EventIndex {
  const all = [...catalogue, ...unknown.map(unknownEvent)];
  const byId = new Map<EventId, EventRow>();
  for (const event of all) {
    if (byId.has(event.id)) continue;
    byId.set(event.id, { type: "event", key: `event:${event.id}`, event, text: searchText(event) });
  }
  const events = [...byId.values()];
  const byLabel = grouped(events, ({ event }) => event.group);
  return { events, byId, byLabel, byPrefix: prefixGroups(events, byLabel), marksInWords: marked(events) };
}

/** The beginning of an id up to its first separator: `order.`, `ROOM_`; null without one. */
export function prefixOf(id: EventId): string | null {
  return (/^[^.:/]+[.:/](?=.)/u.exec(id) ?? /^[^_-]+[_-](?=.)/u.exec(id))?.[0] ?? null;
}

function unknownEvent(id: EventId): EventType {
  return {
    id,
    label: id,
    group: UNKNOWN_GROUP,
    description: null,
    mark: "notOffered",
    remark: "Not offered by this organisation. Kept until you remove it.",
  };
}

function grouped(events: readonly EventRow[], nameOf: (row: EventRow) => string): EventGroup[] {
  const groups = new Map<string, EventRow[]>();
  for (const row of events) {
    const name = nameOf(row);
    const members = groups.get(name);
    if (members) members.push(row);
    else groups.set(name, [row]);
  }
  return [...groups].map(([name, members]) => ({ name, members }));
}

function prefixGroups(events: readonly EventRow[], byLabel: readonly EventGroup[]): EventGroup[] | null {
  if (events.length < PREFIXES_FROM) return null;
  const sizes = new Map<string, number>();
  for (const { event } of events) {
    const prefix = prefixOf(event.id);
    if (prefix !== null) sizes.set(prefix, (sizes.get(prefix) ?? 0) + 1);
  }
  const shared = new Set([...sizes].filter(([, size]) => size > 1).map(([prefix]) => prefix));
  if (shared.size < 2) return null;
  const nameOf = ({ event }: EventRow) => {
    if (event.group === UNKNOWN_GROUP) return UNKNOWN_GROUP;
    const prefix = prefixOf(event.id);
    return prefix !== null && shared.has(prefix) ? prefix : OTHERS;
  };
  const groups = grouped(events, nameOf);
  const rank = ({ name }: EventGroup) => (name === UNKNOWN_GROUP ? 2 : name === OTHERS ? 1 : 0);
  const ordered = groups.toSorted((a, b) => rank(a) - rank(b));
  return isSameDivision(groups, byLabel) ? null : ordered;
}

/** Whether two ways to group put the same events together. */
function isSameDivision(one: readonly EventGroup[], other: readonly EventGroup[]): boolean {
  const divided = (groups: readonly EventGroup[]) =>
    new Set(groups.map(({ members }) => JSON.stringify(members.map(({ event }) => event.id).toSorted())));
  const [a, b] = [divided(one), divided(other)];
  return a.size === b.size && [...a].every((members) => b.has(members));
}

function marked(events: readonly EventRow[]): string {
  const counts = new Map<EventMark, number>();
  for (const { event } of events) {
    if (event.mark !== null) counts.set(event.mark, (counts.get(event.mark) ?? 0) + 1);
  }
  return [...counts]
    .map(([mark, count]) => `${count.toLocaleString("en-GB")} ${markWords[mark].toLowerCase()}`)
    .join(", ");
}
