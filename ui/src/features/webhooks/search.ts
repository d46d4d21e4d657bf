import type { AuthKind } from "~/bindings/AuthKind";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { Environment } from "~/bindings/Environment";
import type { ProviderId } from "~/bindings/ProviderId";
import { environmentName } from "~/components";
import type { Entry, RowStates } from "./row-store";

export type SortColumn = "title" | "organisation";

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

/** `none`: requests without authentication. */
export type AuthFilter = AuthKind | "none";

/** `attention`: incomplete, or in an organisation that could not be read. */
export type StatusFilter = "on" | "off" | "alwaysOn" | "attention";

export interface Filters {
  query: string;
  connection: ConnectionId | null;
  /** Any of these, each; empty for all. */
  providers: readonly ProviderId[];
  environments: readonly Environment[];
  events: readonly string[];
  status: readonly StatusFilter[];
  auth: readonly AuthFilter[];
}

export const noFilters: Filters = {
  query: "",
  connection: null,
  providers: [],
  environments: [],
  events: [],
  status: [],
  auth: [],
};

/** The filters that hide rows beside the search and the choice of an organisation. */
export const choices = ["providers", "environments", "events", "status", "auth"] as const;

/** What taking all filters back changes; the organisation stays. */
export const cleared: Partial<Filters> = {
  query: "",
  providers: [],
  environments: [],
  events: [],
  status: [],
  auth: [],
};

/** Whether anything but the choice of an organisation hides rows. */
export function hidesRows(filters: Filters): boolean {
  return filters.query.trim() !== "" || choices.some((name) => filters[name].length > 0);
}

/** What a filter must know of a row's organisation. */
export interface Place {
  /** In lower case. */
  label: string;
  provider: ProviderId;
  environment: Environment;
  isFailing: boolean;
}

export type Places = ReadonlyMap<ConnectionId, Place>;

export function placesOf(connections: readonly Connection[], states: RowStates): Places {
  return new Map(
    connections.map(({ id, label, provider, environment }) => [
      id,
      { label: label.toLowerCase(), provider, environment, isFailing: Boolean(states.get(id)?.error) },
    ]),
  );
}

/** What a row counts as; it may need attention besides. */
export function statusesOf({ row }: Entry, place: Place | undefined): StatusFilter[] {
  const own: StatusFilter = row.on === null ? "alwaysOn" : row.on ? "on" : "off";
  const wants = place?.isFailing === true || row.marks.some(({ kind }) => kind === "incomplete");
  return wants ? [own, "attention"] : [own];
}

export function authsOf({ row }: Entry): readonly AuthFilter[] {
  return row.auth.length === 0 ? ["none"] : row.auth;
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
export function filterEntries(entries: readonly Entry[], filters: Filters, places: Places): readonly Entry[] {
  const words = wordsOf(filters.query);
  const { connection, providers, environments, events, status, auth } = filters;
  if (connection === null && !hidesRows(filters)) return entries;
  return entries.filter((entry) => {
    const { row, haystack } = entry;
    if (connection !== null && row.connection !== connection) return false;
    const place = places.get(row.connection);
    if (providers.length > 0 && !(place && providers.includes(place.provider))) return false;
    if (environments.length > 0 && !(place && environments.includes(place.environment))) return false;
    if (!allows(events, row.events)) return false;
    if (status.length > 0 && !allows(status, statusesOf(entry, place))) return false;
    if (auth.length > 0 && !allows(auth, authsOf(entry))) return false;
    return words.every((word) => haystack.includes(word) || place?.label.includes(word) === true);
  });
}

/** Whether one of the values is wanted; nothing chosen wants all. */
function allows<T>(wanted: readonly T[], values: readonly T[]): boolean {
  return wanted.length === 0 || values.some((value) => wanted.includes(value));
}

/** Filters again and again while a query is typed: what a longer query finds is among what the shorter one found. */
export class Narrowing {
  private last: {
    entries: readonly Entry[];
    filters: Filters;
    places: Places;
    found: readonly Entry[];
  } | null = null;

  filter(entries: readonly Entry[], filters: Filters, places: Places): readonly Entry[] {
    const { last } = this;
    const narrows =
      last !== null &&
      last.entries === entries &&
      last.places === places &&
      last.filters.connection === filters.connection &&
      choices.every((name) => last.filters[name] === filters[name]) &&
      grows(last.filters.query, filters.query);
    const found = filterEntries(narrows ? last.found : entries, filters, places);
    this.last = { entries, filters, places, found };
    return found;
  }
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether all that matches the second query matches the first. */
function grows(before: string, after: string): boolean {
  const longer = wordsOf(after);
  return wordsOf(before).every((word) => longer.some((other) => other.includes(word)));
}

/** How many rows have each value, in the given order; values without one by name. */
export function count<T extends string>(
  entries: readonly Entry[],
  valuesOf: (entry: Entry) => readonly T[],
  order: readonly T[] = [],
): { value: T; count: number }[] {
  const counts = new Map<T, number>();
  for (const entry of entries) {
    for (const value of valuesOf(entry)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value) || collator.compare(a.value, b.value));
}

export const authWords: Record<AuthFilter, string> = {
  apiKey: "API key",
  basic: "Basic",
  oAuth: "OAuth",
  none: "None",
};

/** In the order they are shown. */
export const statuses: readonly StatusFilter[] = ["on", "off", "alwaysOn", "attention"];
export const auths: readonly AuthFilter[] = ["apiKey", "basic", "oAuth", "none"];
export const environments: readonly Environment[] = ["production", "staging", "development", "sandbox"];

export const statusWords: Record<StatusFilter, string> = {
  on: "On",
  off: "Off",
  alwaysOn: "Always on",
  attention: "Needs attention",
};

/** The chosen filters in words: `Provider: Acme · Status: Off or Needs attention`. */
export function filterWords(filters: Filters, providerName: (id: ProviderId) => string): string {
  const parts: [string, string[]][] = [
    ["Provider", filters.providers.map(providerName)],
    ["Environment", filters.environments.map(environmentName)],
    ["Event", [...filters.events]],
    ["Status", filters.status.map((status) => statusWords[status])],
    ["Authentication", filters.auth.map((kind) => authWords[kind])],
  ];
  const either = new Intl.ListFormat("en-GB", { type: "disjunction" });
  return parts
    .filter(([, chosen]) => chosen.length > 0)
    .map(([name, chosen]) => `${name}: ${either.format(chosen)}`)
    .join(" · ");
}
