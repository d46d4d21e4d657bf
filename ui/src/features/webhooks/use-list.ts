import { useMemo, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { RowStates, Entry } from "./row-store";
import {
  filterEntries,
  type Filters,
  Narrowing,
  noFilters,
  type Places,
  placesOf,
  type Sort,
  sortEntries,
} from "./search";

export interface ListView {
  filters: Filters;
  setFilters: (change: Partial<Filters>) => void;
  sort: Sort;
  setSort: (sort: Sort) => void;
  /** What the filters know of each organisation. */
  places: Places;
  /** All rows of the chosen organisation, or of all. */
  inScope: readonly Entry[];
  /** The rows that are shown. */
  shown: readonly Entry[];
}

/** What the list shows of what is known. */
export function useList(states: RowStates, connections: readonly Connection[]): ListView {
  const [filters, setAll] = useState<Filters>(noFilters);
  const [sort, setSort] = useState<Sort>({ column: "title", descending: false });

  const sorted = useMemo(() => sortEntries(states, connections, sort), [states, connections, sort]);
  const places = useMemo(() => placesOf(connections, states), [connections, states]);
  const { connection } = filters;
  const inScope = useMemo(
    () => filterEntries(sorted, { ...noFilters, connection }, places),
    [sorted, connection, places],
  );
  const [narrowing] = useState(() => new Narrowing());
  const shown = useMemo(
    () => narrowing.filter(inScope, filters, places),
    [narrowing, inScope, filters, places],
  );
  const setFilters = useMemo(
    () => (change: Partial<Filters>) => setAll((now) => ({ ...now, ...change })),
    [],
  );
  return { filters, setFilters, sort, setSort, places, inScope, shown };
}
