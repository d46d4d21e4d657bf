import { useMemo, useState } from "react";
import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";
import { type EventIndex, indexEvents } from "./event-index";
import { type Rows, rowsOf } from "./event-rows";
import { holdsAll, searchWords } from "./search";

export type Grouping = "label" | "prefix";

/** What the picker shows of the catalogue. */
export interface PickerView {
  index: EventIndex;
  rows: Rows;
  chosen: ReadonlySet<EventId>;
  search: string;
  setSearch: (search: string) => void;
  /** Of the search the rows are of. */
  words: readonly string[];
  grouping: Grouping;
  setGrouping: (grouping: Grouping) => void;
  isOnlyChosen: boolean;
  showOnlyChosen: (only: boolean) => void;
  setOpen: (group: string, open: boolean) => void;
}

/** The rows of a catalogue under a search. */
export function usePicker(events: EventType[], selected: EventId[]): PickerView {
  const [search, setSearch] = useState("");
  const [grouping, setGrouping] = useState<Grouping>("label");
  // What was chosen when the view was turned on stays in it, so that nothing vanishes under the pointer.
  const [only, setOnly] = useState<ReadonlySet<EventId> | null>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(NONE);
  const [closedFound, setClosedFound] = useState<{ query: string; names: ReadonlySet<string> }>(NONE_FOUND);
  const unknown = useUnknown(events, selected);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const index = useMemo(() => indexEvents(events, JSON.parse(unknown) as EventId[]), [events, unknown]);
  const words = useMemo(() => searchWords(search), [search]);
  const query = words.join(" ");
  // A search shows what it found, whatever was closed before it.
  const names = query === "" ? closed : closedFound.query === query ? closedFound.names : NONE;
  const seen = useMemo(() => only && new Set([...only, ...chosen]), [only, chosen]);
  const rows = useMemo(() => {
    const groups = (grouping === "prefix" ? index.byPrefix : null) ?? index.byLabel;
    const isShown =
      words.length === 0 && seen === null
        ? null
        : ({ text, event }: { text: string; event: EventType }) =>
            holdsAll(text, words) && (seen === null || seen.has(event.id));
    return rowsOf(groups, isShown, names);
  }, [index, grouping, words, seen, names]);

  return {
    index,
    rows,
    chosen,
    search,
    setSearch,
    words,
    grouping,
    setGrouping,
    isOnlyChosen: only !== null,
    showOnlyChosen: (isOnly) => setOnly(isOnly ? new Set(selected) : null),
    setOpen: (group, open) => {
      const next = new Set(names);
      if (open) next.delete(group);
      else next.add(group);
      if (query === "") setClosed(next);
      else setClosedFound({ query, names: next });
    },
  };
}

const NONE: ReadonlySet<string> = new Set();
const NONE_FOUND = { query: "", names: NONE };

/** The unknown events a webhook has or had, as JSON, so that one removed by mistake can be put back. */
function useUnknown(events: EventType[], selected: EventId[]): string {
  const [before] = useState(selected);
  const known = useMemo(() => new Set(events.map(({ id }) => id)), [events]);
  return useMemo(
    () => JSON.stringify([...new Set([...before, ...selected])].filter((id) => !known.has(id))),
    [before, selected, known],
  );
}
