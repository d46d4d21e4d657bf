import { useMemo, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { RowStates, Entry } from "./row-store";
import { filterEntries, type Filters, Narrowing, noFilters, type Sort, sortEntries } from "./search";

export interface ListView {
  filters: Filters;
  setFilters: (change: Partial<Filters>) => void;
  sort: Sort;
  setSort: (sort: Sort) => void;
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
  const labels = useMemo(
    () => new Map(connections.map(({ id, label }) => [id, label.toLowerCase()])),
    [connections],
  );
  const { connection } = filters;
  const inScope = useMemo(
    () => filterEntries(sorted, { ...noFilters, connection }, labels),
    [sorted, connection, labels],
  );
  const [narrowing] = useState(() => new Narrowing());
  const shown = useMemo(
    () => narrowing.filter(inScope, filters, labels),
    [narrowing, inScope, filters, labels],
  );
  const setFilters = useMemo(
    () => (change: Partial<Filters>) => setAll((now) => ({ ...now, ...change })),
    [],
  );
  return { filters, setFilters, sort, setSort, inScope, shown };
}
