import { useDeferredValue, useState } from "react";
import {
  Autocomplete,
  Button as AriaButton,
  Menu as AriaMenu,
  MenuTrigger,
  Popover,
  SearchField,
  Input,
} from "react-aria-components";
import { cx, Icon } from "~/components";
import { EventMarkChip } from "~/components/event-picker/EventMarkChip";
import { findIds, type KnownEvents } from "~/components/event-picker/search";
import { menuItems } from "~/components/menu/menu-items";
import { Said } from "~/components/said/Said";
import { choiceWords, type Counted, toggled, withMissing } from "./choices";
import styles from "./EventMenu.module.css";
import filterStyles from "./FilterBar.module.css";
import { useCatalogues } from "./use-known-events";

/** Below this many the list is read faster than searched. */
const SEARCH_FROM = 12;
/** Drawn at most; a search finds the others. */
const DRAWN = 200;
const NOTHING_KNOWN: KnownEvents = new Map();

export interface EventMenuProps {
  counts: readonly Counted<string>[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Chooses the events whose webhooks are shown, with the search and the marks of the event picker. */
export function EventMenu({ counts, chosen, onChange }: EventMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [known, setKnown] = useState(NOTHING_KNOWN);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const catalogues = useCatalogues();
  const values = withMissing(counts, chosen);
  const found = new Set(
    findIds(
      values.map(({ value }) => value),
      known,
      wanted,
    ),
  );
  const shown = values.filter(({ value }) => found.has(value));
  const menu = (
    <AriaMenu
      aria-label="Event"
      className={styles.menu ?? ""}
      selectionMode="multiple"
      selectedKeys={chosen}
      shouldCloseOnSelect={false}
      onAction={(key) => onChange(toggled(chosen, String(key)))}
      renderEmptyState={() => <p className={styles.none}>No event matches this search.</p>}
    >
      {menuItems(
        shown.slice(0, DRAWN).map(({ value, count }) => ({
          id: value,
          label: value,
          aside: <Aside count={count} id={value} known={known} />,
        })),
        chosen,
      )}
    </AriaMenu>
  );
  return (
    <MenuTrigger
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) return;
        setSearch("");
        setKnown(catalogues());
      }}
    >
      <AriaButton
        className={cx(filterStyles.filter, chosen.length > 0 && filterStyles.set)}
        {...(chosen.length > 0 ? { "aria-label": `Event: ${chosen.join(", ")}` } : {})}
      >
        <bdi className={cx(filterStyles.word)}>{choiceWords("Event", chosen)}</bdi>
        <Icon name="chevron-down" size={12} />
      </AriaButton>
      <Popover className={styles.popover ?? ""} placement="bottom start" offset={4}>
        {values.length > SEARCH_FROM ? (
          // Escape clears the search, then closes; the parts inside would keep it to themselves.
          <div
            className={styles.searched}
            onKeyDownCapture={(event) => {
              if (event.key !== "Escape") return;
              event.preventDefault();
              event.stopPropagation();
              if (search === "") setOpen(false);
              else setSearch("");
            }}
          >
            <Autocomplete inputValue={search} onInputChange={setSearch}>
              <SearchField aria-label="Search events" autoFocus className={styles.search ?? ""}>
                <Icon name="search" size={14} />
                <Input
                  className={styles.input ?? ""}
                  placeholder={`Search ${values.length} events`}
                  spellCheck={false}
                />
              </SearchField>
              <Said words={wanted.trim() === "" ? "" : `${shown.length} of ${values.length} events shown`} />
              {menu}
            </Autocomplete>
          </div>
        ) : (
          menu
        )}
        {shown.length > DRAWN && (
          <p className={styles.none}>and {shown.length - DRAWN} more: search to see them</p>
        )}
      </Popover>
    </MenuTrigger>
  );
}

function Aside({ count, id, known }: { count: number; id: string; known: KnownEvents }) {
  const event = known.get(id);
  return (
    <span className={styles.aside} title={event?.remark ?? undefined}>
      {event !== undefined && event.mark !== null && <EventMarkChip mark={event.mark} />}
      {count.toLocaleString("en-GB")}
    </span>
  );
}
