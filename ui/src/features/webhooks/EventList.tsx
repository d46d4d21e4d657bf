import { useMemo, useState } from "react";
import type { EventType } from "~/bindings/EventType";
import { Chip, SearchField } from "~/components";
import { EventMarkChip } from "~/components/event-picker/EventMarkChip";
import { findIds, type KnownEvents, searchWords } from "~/components/event-picker/search";
import { Marked } from "~/components/marked/Marked";
import { Said } from "~/components/said/Said";
import styles from "./EventList.module.css";

/** More than this many can be searched. */
const SEARCH_FROM = 12;
/** Drawn at most; a search finds the others. */
const DRAWN = 200;

export interface EventListProps {
  events: readonly string[];
  /** What the connection offers; null while it is not known, and then nothing is called missing. */
  known: KnownEvents | null;
  /** Shows the webhooks that have an event. */
  onFilter?: (event: string) => void;
}

const NOTHING_KNOWN: KnownEvents = new Map();

/** The events of a webhook with their labels and what is special about them. */
export function EventList({ events, known, onFilter }: EventListProps) {
  const [search, setSearch] = useState("");
  const words = useMemo(() => searchWords(search), [search]);
  const found = findIds(events, known ?? NOTHING_KNOWN, search);
  return (
    <div className={styles.whole}>
      {events.length > SEARCH_FROM && (
        <>
          <SearchField
            label="Search these events"
            placeholder={`Search ${events.length.toLocaleString("en-GB")} events`}
            value={search}
            onChange={setSearch}
            size="sm"
          />
          <Said words={words.length === 0 ? "" : `${found.length} of ${events.length} events shown`} />
        </>
      )}
      {found.length === 0 && <p className={styles.none}>No event matches this search.</p>}
      <ul className={styles.list} aria-label="Events of this webhook">
        {found.slice(0, DRAWN).map((id) => (
          <Line key={id} id={id} event={eventOf(id, known)} words={words} onFilter={onFilter} />
        ))}
      </ul>
      {found.length > DRAWN && (
        <p className={styles.none}>and {found.length - DRAWN} more: search to see them</p>
      )}
    </div>
  );
}

interface LineProps {
  id: string;
  event: EventType | null;
  words: readonly string[];
  onFilter: ((event: string) => void) | undefined;
}

function Line({ id, event, words, onFilter }: LineProps) {
  const name = (
    <Chip code title={onFilter ? undefined : id} unknown={event?.mark === "notOffered"}>
      <Marked text={id} words={words} />
    </Chip>
  );
  return (
    <li className={styles.line}>
      <span className={styles.names}>
        {onFilter ? (
          <button
            type="button"
            className={styles.filter}
            aria-label={`Filter by ${id}`}
            title={`${id}\nFilter by this event`}
            onClick={() => onFilter(id)}
          >
            {name}
          </button>
        ) : (
          name
        )}
        {event !== null && event.label !== id && (
          <bdi className={styles.label} title={event.label}>
            <Marked text={event.label} words={words} />
          </bdi>
        )}
        {event !== null && event.mark !== null && <EventMarkChip mark={event.mark} />}
      </span>
      {event !== null && event.remark !== null && (
        <span className={styles.remark}>
          <bdi>{event.remark}</bdi>
        </span>
      )}
    </li>
  );
}

function eventOf(id: string, known: KnownEvents | null): EventType | null {
  if (known === null) return null;
  const missing = { id, label: id, group: "", description: null, mark: "notOffered", remark: null } as const;
  return known.get(id) ?? missing;
}
