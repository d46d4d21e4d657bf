import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { PickerRow } from "./event-rows";
import styles from "./EventPicker.module.css";

/** Above this many rows only those in sight are drawn. */
const VIRTUAL_FROM = 100;
/** Above this many rows the list scrolls by itself, so that the rest of a form stays near. */
const SCROLLS_FROM = 20;
const ROW_HEIGHT = 28;

type Props = {
  label: string;
  rows: PickerRow[];
  mode: "one" | "many";
  isDisabled: boolean;
  describedBy: string | undefined;
  onToggle: (row: PickerRow) => void;
  onOpen: (group: string, open: boolean) => void;
};

/** The rows with one tab stop: arrows move, Space chooses, Left and Right close and open a group. */
export function EventRows({ label, rows, mode, isDisabled, describedBy, onToggle, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const focusWanted = useRef(false);
  const usable = (row: PickerRow) => mode === "many" || row.type === "event";
  const active = rows.find((row) => row.key === activeKey && usable(row)) ?? firstStop(rows, usable);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => {
      const stop = active ? rows.indexOf(active) : -1;
      const shown = defaultRangeExtractor(range);
      return stop < 0 || shown.includes(stop) ? shown : [stop, ...shown].toSorted((a, b) => a - b);
    },
    enabled: isVirtual,
  });

  // The row to focus may only exist once the list has scrolled to it.
  useEffect(() => {
    const target = focusWanted.current && scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!target) return;
    focusWanted.current = false;
    target.focus();
  });

  const moveTo = (index: number) => {
    const row = rows[index];
    if (!row || row === active) return;
    setActiveKey(row.key);
    focusWanted.current = true;
    if (isVirtual) virtualizer.scrollToIndex(index);
  };
  const step = (from: number, by: number) => {
    let index = from + by;
    while (rows[index] && !usable(rows[index] as PickerRow)) index += by;
    moveTo(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || isDisabled) return;
    const index = rows.indexOf(active);
    const actions: Record<string, () => void> = {
      ArrowDown: () => step(index, 1),
      ArrowUp: () => step(index, -1),
      Home: () => step(-1, 1),
      End: () => step(rows.length, -1),
      " ": () => onToggle(active),
      ArrowLeft: () => {
        if (active.type === "group") onOpen(active.name, false);
        else moveTo(rows.slice(0, index).findLastIndex((row) => row.type === "group" && usable(row)));
      },
      ArrowRight: () => active.type === "group" && onOpen(active.name, true),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };

  const render = (row: PickerRow, top: number | null) => (
    <Row
      key={row.key}
      row={row}
      mode={mode}
      isDisabled={isDisabled}
      isActive={row === active}
      top={top}
      onFocus={() => setActiveKey(row.key)}
      onToggle={() => onToggle(row)}
      onOpen={(open) => row.type === "group" && onOpen(row.name, open)}
    />
  );
  return (
    <div
      ref={scroller}
      role={mode === "one" ? "radiogroup" : "group"}
      aria-label={label}
      aria-describedby={describedBy}
      className={isVirtual ? styles.virtual : rows.length > SCROLLS_FROM ? styles.scrolls : undefined}
      onKeyDown={onKeyDown}
    >
      {isVirtual ? (
        <div role="presentation" className={styles.sizer} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? render(row, item.start) : null;
          })}
        </div>
      ) : (
        rows.map((row) => render(row, null))
      )}
    </div>
  );
}

function firstStop(rows: PickerRow[], usable: (row: PickerRow) => boolean): PickerRow | undefined {
  return rows.find((row) => usable(row) && row.type === "event" && row.chosen) ?? rows.find(usable);
}

type RowProps = {
  row: PickerRow;
  mode: "one" | "many";
  isDisabled: boolean;
  isActive: boolean;
  top: number | null;
  onFocus: () => void;
  onToggle: () => void;
  onOpen: (open: boolean) => void;
};

function Row({ row, mode, isDisabled, isActive, top, onFocus, onToggle, onOpen }: RowProps) {
  const style = top === null ? undefined : { position: "absolute" as const, insetInline: 0, top };
  const shared = {
    style,
    tabIndex: isActive && !isDisabled ? 0 : -1,
    "aria-disabled": isDisabled || undefined,
    onFocus,
    onClick: isDisabled ? undefined : onToggle,
  };
  if (row.type === "group") {
    const state = row.chosen === 0 ? false : row.chosen === row.ids.length ? true : "mixed";
    const count = `${row.chosen} of ${row.ids.length}`;
    if (mode === "one") {
      return (
        <div className={styles.group} style={style} role="presentation">
          <bdi className={styles.groupName}>{row.name}</bdi>
        </div>
      );
    }
    return (
      <div
        {...shared}
        className={styles.group}
        role="checkbox"
        aria-checked={state}
        aria-label={`${row.name}, ${count}`}
      >
        <span
          className={styles.chevron}
          data-open={row.open || undefined}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onOpen(!row.open);
          }}
        >
          <svg viewBox="0 0 16 16">
            <path d="m6 4 4 4-4 4" />
          </svg>
        </span>
        <Mark state={state} round={false} />
        <bdi className={styles.groupName}>{row.name}</bdi>
        <span className={styles.groupCount}>{count}</span>
      </div>
    );
  }
  const { id, label, description, remark } = row.event;
  const words = remark ?? description ?? (label === id ? null : label);
  return (
    <div
      {...shared}
      className={styles.event}
      role={mode === "one" ? "radio" : "checkbox"}
      aria-checked={row.chosen}
      aria-label={row.event.id}
      aria-description={words ?? undefined}
      title={words === null ? row.event.id : `${row.event.id}: ${words}`}
    >
      <Mark state={row.chosen} round={mode === "one"} />
      <bdi className={row.unknown ? styles.unknown : styles.id}>{row.event.id}</bdi>
      {words !== null && <bdi className={styles.words}>{words}</bdi>}
    </div>
  );
}

function Mark({ state, round }: { state: boolean | "mixed"; round: boolean }) {
  return (
    <span className={round ? styles.radio : styles.box} data-state={String(state)} aria-hidden="true">
      {!round && state !== false && (
        <svg viewBox="0 0 16 16">
          <path d={state === "mixed" ? "M3.5 8h9" : "M3 8.6 6.4 12 13 4.6"} />
        </svg>
      )}
    </span>
  );
}
