import type { AuthKind } from "~/bindings/AuthKind";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { Entry, RowStates } from "./row-store";

export type SortColumn = "title" | "organisation";

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

/** `none`: requests without authentication. */
export type AuthFilter = AuthKind | "none";

export interface Filters {
  query: string;
  connection: ConnectionId | null;
  /** Any of these; empty for all. */
  events: readonly string[];
  auth: readonly AuthFilter[];
}

export const noFilters: Filters = { query: "", connection: null, events: [], auth: [] };

/** Whether anything but the choice of an organisation hides rows. */
export function hidesRows({ query, events, auth }: Filters): boolean {
  return query.trim() !== "" || events.length > 0 || auth.length > 0;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** All rows in the wanted order. Done when rows change, not at every keystroke. */
export function sortEntries(states: RowStates, connections: readonly Connection[], sort: Sort): Entry[] {
  const byLabel = [...connections].sort((a, b) => collator.compare(a.label, b.label));
  const ordered = sort.column === "organisation" && sort.descending ? byLabel.reverse() : byLabel;
  const titled = (entries: readonly Entry[], descending: boolean) =>
    entries.toSorted((a, b) => collator.compare(a.row.title, b.row.title) * (descending ? -1 : 1));
  if (sort.column === "organisation") {
    return ordered.flatMap(({ id }) => titled(states.get(id)?.entries ?? [], false));
  }
  return titled(
    ordered.flatMap(({ id }) => states.get(id)?.entries ?? []),
    sort.descending,
  );
}

/** The rows a search and the filters leave. Every word must be found in the row or its organisation's label. */
export function filterEntries(entries: readonly Entry[], filters: Filters, labels: Labels): readonly Entry[] {
  const words = wordsOf(filters.query);
  const { connection, events, auth } = filters;
  if (words.length === 0 && connection === null && events.length === 0 && auth.length === 0) return entries;
  const wantedEvents = new Set(events);
  return entries.filter(({ row, haystack }) => {
    if (connection !== null && row.connection !== connection) return false;
    if (wantedEvents.size > 0 && !row.events.some((event) => wantedEvents.has(event))) return false;
    if (
      auth.length > 0 &&
      !auth.some((kind) => (kind === "none" ? row.auth.length === 0 : row.auth.includes(kind)))
    ) {
      return false;
    }
    return words.every(
      (word) => haystack.includes(word) || (labels.get(row.connection) ?? "").includes(word),
    );
  });
}

/** Filters again and again while a query is typed: what a longer query finds is among what the shorter one found. */
export class Narrowing {
  private last: {
    entries: readonly Entry[];
    filters: Filters;
    labels: Labels;
    found: readonly Entry[];
  } | null = null;

  filter(entries: readonly Entry[], filters: Filters, labels: Labels): readonly Entry[] {
    const { last } = this;
    const narrows =
      last !== null &&
      last.entries === entries &&
      last.labels === labels &&
      last.filters.connection === filters.connection &&
      last.filters.events === filters.events &&
      last.filters.auth === filters.auth &&
      grows(last.filters.query, filters.query);
    const found = filterEntries(narrows ? last.found : entries, filters, labels);
    this.last = { entries, filters, labels, found };
    return found;
  }
}

type Labels = ReadonlyMap<ConnectionId, string>;

function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether all that matches the second query matches the first. */
function grows(before: string, after: string): boolean {
  const longer = wordsOf(after);
  return wordsOf(before).every((word) => longer.some((other) => other.includes(word)));
}

/** How many rows have each value, most frequent values first. */
export function count<T extends string>(
  entries: readonly Entry[],
  valuesOf: (entry: Entry) => readonly T[],
): { value: T; count: number }[] {
  const counts = new Map<T, number>();
  for (const entry of entries) {
    for (const value of valuesOf(entry)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .sort((a, b) => collator.compare(a.value, b.value));
}

export const authWords: Record<AuthFilter, string> = {
  apiKey: "API key",
  basic: "Basic",
  oAuth: "OAuth",
  none: "None",
};
