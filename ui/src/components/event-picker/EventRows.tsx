import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useCallback, useEffect, useRef, useState } from "react";
import type { EventId } from "~/bindings/EventId";
import { alsoWords } from "./also-words";
import { chosenIn, type PickerRow, placeOf, type Rows } from "./event-rows";
import styles from "./EventPicker.module.css";
import { EventLine } from "./EventLine";
import { GroupLine } from "./GroupLine";

/** Above this many rows only those in sight are drawn. */
const VIRTUAL_FROM = 100;
/** Above this many rows the list scrolls by itself, so that the rest of a form stays near. */
const SCROLLS_FROM = 20;
const ROW_HEIGHT = 28;
const ROW = "[data-row]";
/** How many rows stay above the first chosen one. */
const ROWS_ABOVE = 3;
/** How far Page Up and Page Down go. */
const PAGE = 10;

/** What rows and keys can do. */
export interface RowActions {
  toggle: (row: PickerRow) => void;
  open: (group: string, open: boolean) => void;
  focus: (row: PickerRow) => void;
  type: (letter: string) => void;
  chooseAll: () => void;
  /** Returns whether there was a search to clear. */
  escape: () => boolean;
}

type Props = {
  label: string;
  rows: Rows;
  chosen: ReadonlySet<EventId>;
  /** What is searched for. */
  words: readonly string[];
  alsoIn: ReadonlyMap<EventId, readonly string[]>;
  /** How many are marked as what. */
  marksInWords: string;
  mode: "one" | "many";
  isDisabled: boolean;
  describedBy: string | undefined;
  actions: RowActions;
};

/** The rows with one tab stop: arrows move, Space chooses, Left and Right close and open a group. */
export const EventRows = memo(function EventRows({
  rows,
  chosen,
  mode,
  isDisabled,
  actions,
  ...props
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const focusWanted = useRef(false);
  const { list } = rows;
  const usable = (row: PickerRow) => mode === "many" || row.type === "event";
  const known = list.findIndex((row) => row.key === activeKey && usable(row));
  const activeAt = known === -1 ? firstStop(list, chosen, usable) : known;
  const active = list[activeAt];
  const isVirtual = list.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 3,
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return activeAt < 0 || shown.includes(activeAt)
        ? shown
        : [...shown, activeAt].toSorted((a, b) => a - b);
    },
    enabled: isVirtual,
  });

  // What is chosen is in sight from the start.
  const [first] = useState(() => firstStop(list, chosen, usable));
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = Math.max(first - ROWS_ABOVE, 0) * ROW_HEIGHT;
  }, [first]);
  // The row to focus may only exist once the list has scrolled to it.
  useEffect(() => {
    // Elements stay at their place while rows move: the focus follows the row.
    const strayed = scroller.current?.querySelector(`${ROW}:focus:not([tabindex="0"])`);
    const isWanted = focusWanted.current || strayed;
    const target = isWanted && scroller.current?.querySelector<HTMLElement>(`${ROW}[tabindex="0"]`);
    if (!target) return;
    focusWanted.current = false;
    target.focus();
  });
  // Another search shows its first rows.
  const [searched, setSearched] = useState(props.words);
  useEffect(() => {
    if (searched === props.words) return;
    setSearched(props.words);
    if (scroller.current && !scroller.current.contains(document.activeElement))
      scroller.current.scrollTop = 0;
  }, [props.words, searched]);

  const moveTo = (index: number) => {
    const row = list[index];
    if (!row || index === activeAt) return;
    setActiveKey(row.key);
    focusWanted.current = true;
    if (isVirtual) virtualizer.scrollToIndex(index);
  };
  /** To the nearest usable row from there on. */
  const stepTo = (from: number, by: 1 | -1) => {
    let index = Math.min(Math.max(from, 0), list.length - 1);
    while (list[index] && !usable(list[index] as PickerRow)) index += by;
    moveTo(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active) return;
    const control = event.ctrlKey || event.metaKey;
    const keys: Record<string, () => void> = {
      ArrowDown: () => stepTo(activeAt + 1, 1),
      ArrowUp: () => stepTo(activeAt - 1, -1),
      PageDown: () => stepTo(activeAt + PAGE, 1),
      PageUp: () => stepTo(activeAt - PAGE, -1),
      Home: () => stepTo(0, 1),
      End: () => stepTo(list.length - 1, -1),
      " ": () => actions.toggle(active),
      Enter: () => actions.toggle(active),
      ArrowLeft: () => {
        if (active.type === "group") actions.open(active.name, false);
        else if (mode === "many")
          moveTo(list.slice(0, activeAt).findLastIndex(({ type }) => type === "group"));
      },
      ArrowRight: () => {
        if (active.type !== "group") return;
        if (active.open) moveTo(activeAt + 1);
        else actions.open(active.name, true);
      },
    };
    const letter = event.key.length === 1 && event.key !== " " ? () => actions.type(event.key) : undefined;
    const action = control
      ? event.key.toLowerCase() === "a" && actions.chooseAll
      : (keys[event.key] ?? letter);
    // With nothing to clear, Escape belongs to what stands around; so do Ctrl+Enter and the like.
    if (event.key === "Escape" ? !actions.escape() : !action || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (action) action();
  };
  const onFocus = useCallback(
    (row: PickerRow) => {
      setActiveKey(row.key);
      actions.focus(row);
    },
    [actions],
  );

  // By place, not by event: a search then changes words in elements that are there already.
  const render = (row: PickerRow, index: number, top: number | null) => {
    const { group, within } = placeOf(rows, index);
    const head = list[rows.heads[group - 1] ?? 0];
    const shared = { mode, isDisabled, isActive: index === activeAt, top, words: props.words };
    if (row.type === "group") {
      return (
        <GroupLine
          key={index}
          {...shared}
          row={row}
          chosen={chosenIn(row, chosen)}
          position={group}
          siblings={rows.heads.length}
          onFocus={onFocus}
          actions={actions}
        />
      );
    }
    const siblings = head?.type === "group" ? head.members.length : 0;
    return (
      <EventLine
        key={index}
        {...shared}
        row={row}
        isChosen={chosen.has(row.event.id)}
        // A radio group has no levels: all marks are numbered through.
        position={mode === "one" ? index - group + 1 : within}
        siblings={mode === "one" ? list.length - rows.heads.length : siblings}
        also={alsoWords(props.alsoIn.get(row.event.id))}
        onFocus={onFocus}
        toggle={actions.toggle}
      />
    );
  };
  const about = active?.type === "event" ? aboutWords(active, props.alsoIn) : "";
  return (
    <>
      <div
        ref={scroller}
        role={mode === "one" ? "radiogroup" : "tree"}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-multiselectable={mode === "many" || undefined}
        aria-disabled={isDisabled || undefined}
        className={isVirtual ? styles.virtual : list.length > SCROLLS_FROM ? styles.scrolls : undefined}
        onKeyDown={onKeyDown}
      >
        {isVirtual ? (
          <div role="presentation" className={styles.sizer} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = list[item.index];
              return row ? render(row, item.index, item.start) : null;
            })}
          </div>
        ) : (
          list.map((row, index) => render(row, index, null))
        )}
      </div>
      {props.marksInWords !== "" && (
        <p className={styles.about}>
          <bdi>
            {about !== "" ? about : `Marked: ${props.marksInWords}. The event in focus is explained here.`}
          </bdi>
        </p>
      )}
    </>
  );
});

function firstStop(
  list: readonly PickerRow[],
  chosen: ReadonlySet<EventId>,
  usable: (row: PickerRow) => boolean,
): number {
  const first = list.findIndex((row) => row.type === "event" && chosen.has(row.event.id));
  return first === -1 ? list.findIndex(usable) : first;
}

/** What is special about an event, as a line of its own: a row has room for a word. */
function aboutWords(row: PickerRow, alsoIn: Props["alsoIn"]): string {
  if (row.type !== "event") return "";
  const also = alsoWords(alsoIn.get(row.event.id));
  const words = [row.event.remark, also === null ? null : `${also}.`].filter((part) => part !== null);
  return words.length === 0 ? "" : `${row.event.id}: ${words.join(" ")}`;
}
