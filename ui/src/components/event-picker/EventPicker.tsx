import { type ReactNode, useId, useRef, useState } from "react";
import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";
import { Said } from "../said/Said";
import { useStableActions } from "../use-stable";
import { splitIds } from "../tree-picker/tree-ids";
import { type PickerRow, withChosen } from "./event-rows";
import styles from "./EventPicker.module.css";
import { EventRows } from "./EventRows";
import { isIdList, PasteBar } from "./PasteBar";
import { PickerHead } from "./PickerHead";
import { PickerTools } from "./PickerTools";
import { usePicker } from "./use-picker";

export type EventPickerProps = {
  label: string;
  events: EventType[];
  selected: EventId[];
  onChange: (selected: EventId[]) => void;
  onBlur?: () => void;
  /** An event has the focus, or with `null` something between events. */
  onFocusEvent?: (event: EventId | null) => void;
  /** One event only: radio marks instead of boxes. */
  mode?: "one" | "many";
  isDisabled?: boolean;
  isInvalid?: boolean;
  /** Words instead of the number of chosen events. */
  summary?: ReactNode;
  /** Where else an event stands already: titles by event. */
  alsoIn?: ReadonlyMap<EventId, readonly string[]>;
  /** Element ids of the words that belong to the picker, such as its error. */
  describedBy?: string | undefined;
};

const NOWHERE: ReadonlyMap<EventId, readonly string[]> = new Map();

/** Chooses event types from a catalogue, by group or one by one. What the catalogue lacks is kept and marked. */
export function EventPicker({
  mode = "many",
  isDisabled = false,
  isInvalid = false,
  ...props
}: EventPickerProps) {
  const { selected, onChange, alsoIn = NOWHERE } = props;
  const view = usePicker(props.events, selected);
  const { index, rows, chosen, words, setSearch } = view;
  const [pasted, setPasted] = useState<string[] | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const isSearching = words.length > 0;
  const isLess = isSearching || view.isOnlyChosen;
  const total = index.events.length.toLocaleString("en-GB");
  const shownWords = `${rows.found.toLocaleString("en-GB")} of ${total}`;

  const focusSearch = () => frame.current?.querySelector<HTMLElement>("input")?.focus();
  const chooseShown = () => onChange(withChosen(selected, rows.ids(), true));
  // The same functions at every drawing, so that the rows are drawn again only when they changed.
  const actions = useStableActions({
    toggle: (row: PickerRow) => {
      if (isDisabled) return;
      if (row.type === "group") {
        const ids = row.members.map(({ event }) => event.id);
        if (mode === "many") onChange(withChosen(selected, ids, !ids.every((id) => chosen.has(id))));
      } else if (mode === "one") onChange([row.event.id]);
      else onChange(withChosen(selected, [row.event.id], !chosen.has(row.event.id)));
    },
    open: view.setOpen,
    focus: (row: PickerRow) => props.onFocusEvent?.(row.type === "event" ? row.event.id : null),
    type: (letter: string) => {
      setSearch(view.search + letter);
      focusSearch();
    },
    chooseAll: () => {
      if (mode === "many" && !isDisabled) chooseShown();
    },
    escape: () => {
      setSearch("");
      return view.search !== "";
    },
  });

  return (
    <div
      ref={frame}
      className={styles.picker}
      data-invalid={isInvalid || undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onBlur?.();
      }}
    >
      <PickerHead
        search={view.search}
        onSearch={setSearch}
        onDown={() => frame.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()}
        onPaste={(text) => {
          if (mode === "one" || isDisabled || !isIdList(text, index)) return false;
          setPasted(splitIds(text));
          return true;
        }}
        shown={isLess ? shownWords : null}
        summary={props.summary ?? <b>{selected.length.toLocaleString("en-GB")} selected</b>}
        clear={
          mode === "one"
            ? null
            : { isDisabled: isDisabled || selected.length === 0, press: () => onChange([]) }
        }
      />
      <Said words={isLess ? `${shownWords} events shown` : ""} />
      <Said words={mode === "one" ? "" : `${selected.length.toLocaleString("en-GB")} selected`} />
      {pasted && (
        <PasteBar
          ids={pasted}
          index={index}
          chosen={chosen}
          onChoose={(ids) => onChange(withChosen(selected, ids, true))}
          onClose={() => {
            setPasted(null);
            focusSearch();
          }}
        />
      )}
      <PickerTools
        view={view}
        isMany={mode === "many"}
        isDisabled={isDisabled}
        isLess={isLess}
        onChooseShown={chooseShown}
      />
      {isSearching && mode === "many" && rows.found > 0 && (
        <p className={styles.hint} id={hintId}>
          While you search, a group box changes only the events shown.
        </p>
      )}
      {rows.found === 0 ? (
        <p className={styles.nothing}>{nothingWords(isSearching, view.isOnlyChosen)}</p>
      ) : (
        <EventRows
          label={props.label}
          rows={rows}
          chosen={chosen}
          words={words}
          alsoIn={alsoIn}
          marksInWords={index.marksInWords}
          mode={mode}
          isDisabled={isDisabled}
          describedBy={
            [props.describedBy, isSearching ? hintId : undefined].filter(Boolean).join(" ") || undefined
          }
          actions={actions}
        />
      )}
    </div>
  );
}

function nothingWords(isSearching: boolean, isOnlyChosen: boolean): string {
  if (isSearching)
    return isOnlyChosen ? "No selected event matches this search." : "No event matches this search.";
  return isOnlyChosen ? "No event is selected." : "This organisation offers no events.";
}
