import { type ReactNode, useId, useState } from "react";
import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";
import { LinkButton, SearchField } from "~/components";
import { type PickerRow, pickerRows, unknownEvent, withChosen } from "./event-rows";
import styles from "./EventPicker.module.css";
import { EventRows } from "./EventRows";

type Props = {
  label: string;
  events: EventType[];
  selected: EventId[];
  onChange: (selected: EventId[]) => void;
  onBlur?: () => void;
  /** One event only: radio marks instead of boxes. */
  mode?: "one" | "many";
  isDisabled?: boolean;
  isInvalid?: boolean;
  /** Words instead of the number of chosen events. */
  summary?: ReactNode;
  /** Element ids of the words that belong to the picker, such as its error. */
  describedBy?: string | undefined;
};

/** Chooses event types from a catalogue, by group or one by one. What the catalogue lacks is kept and marked. */
export function EventPicker({ mode = "many", isDisabled = false, isInvalid = false, ...props }: Props) {
  const { selected, onChange } = props;
  const [search, setSearch] = useState("");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const events = useKept(props.events, selected);
  const hintId = useId();
  const rows = pickerRows(events, new Set(selected), search, closed);
  const searching = search.trim() !== "";
  const found = rows.filter((row) => row.type === "event").length;

  const toggle = (row: PickerRow) => {
    if (mode === "one") {
      if (row.type === "event") onChange([row.event.id]);
      return;
    }
    if (row.type === "event") onChange(withChosen(selected, [row.event.id], !row.chosen));
    else onChange(withChosen(selected, row.ids, row.chosen < row.ids.length));
  };
  const open = (name: string, isOpen: boolean) => {
    const next = new Set(closed);
    if (isOpen) next.delete(name);
    else next.add(name);
    setClosed(next);
  };

  return (
    <div
      className={styles.picker}
      data-invalid={isInvalid || undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onBlur?.();
      }}
    >
      <div className={styles.head}>
        <div className={styles.search}>
          <SearchField
            label="Search events"
            placeholder="Search events"
            value={search}
            onChange={setSearch}
            size="sm"
          />
        </div>
        <span className={styles.count} role="status">
          {searching ? `${found} of ${events.length} shown · ` : ""}
          {props.summary ?? <b>{selected.length} selected</b>}
        </span>
        {mode === "many" && (
          <LinkButton isDisabled={isDisabled || selected.length === 0} onPress={() => onChange([])}>
            Clear
          </LinkButton>
        )}
      </div>
      {searching && mode === "many" && found > 0 && (
        <p className={styles.hint} id={hintId}>
          While you search, a group box changes only the events shown.
        </p>
      )}
      {rows.length === 0 ? (
        <p className={styles.nothing}>
          {searching ? "No event matches this search." : "This organisation offers no events."}
        </p>
      ) : (
        <EventRows
          label={props.label}
          rows={rows}
          mode={mode}
          isDisabled={isDisabled}
          describedBy={
            [props.describedBy, searching ? hintId : undefined].filter(Boolean).join(" ") || undefined
          }
          onToggle={toggle}
          onOpen={open}
        />
      )}
    </div>
  );
}

/** The catalogue and every unknown event the webhook had, so that one removed by mistake can be put back. */
function useKept(events: EventType[], selected: EventId[]): EventType[] {
  const [before] = useState(selected);
  const known = new Set(events.map((event) => event.id));
  const unknown = [...new Set([...before, ...selected])].filter((id) => !known.has(id));
  return unknown.length === 0 ? events : [...events, ...unknown.map(unknownEvent)];
}
