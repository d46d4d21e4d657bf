import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import type { Connection } from "~/bindings/Connection";
import { cx } from "~/components";
import { ageWords } from "./age";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import type { Entry, RowStates } from "./row-store";
import type { Sort } from "./search";
import type { Selection } from "./use-selection";
import styles from "./WebhookGrid.module.css";

const rowHeight = 48;
const pageRows = 10;

export interface GridHandle {
  focus: () => void;
}

export interface WebhookGridProps {
  entries: readonly Entry[];
  connections: ReadonlyMap<string, Connection>;
  states: RowStates;
  now: number;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection: Selection;
  /** The row the keyboard stands on and the inspector shows. */
  current: string | null;
  onCurrent: (key: string) => void;
  onOpen: (entry: Entry) => void;
  /** Keys with a meaning outside the table: `i`, `Delete`, `Escape`. Returns whether it was one. */
  onKey: (key: string) => boolean;
  ref?: Ref<GridHandle>;
}

/** All shown webhooks as a grid of which only the rows in sight exist. */
export function WebhookGrid(props: WebhookGridProps) {
  const { entries, connections, states, now, selection, current, onCurrent, onOpen, onKey, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | null>(null);
  const wantsFocus = useRef(false);
  const currentIndex = useMemo(() => entries.findIndex(({ key }) => key === current), [entries, current]);
  const focusIndex = Math.max(0, currentIndex);

  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: 28,
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) =>
      [...new Set([focusIndex, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });

  const focusRow = useCallback((index: number) => {
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    focusRow(focusIndex);
  });
  useImperativeHandle(ref, () => ({ focus: () => focusRow(focusIndex) }), [focusRow, focusIndex]);

  const move = (index: number, extend: boolean) => {
    const target = entries[Math.min(entries.length - 1, Math.max(0, index))];
    if (!target) return;
    const from = anchor.current ?? entries[focusIndex]?.key ?? target.key;
    wantsFocus.current = true;
    onCurrent(target.key);
    virtual.scrollToIndex(entries.indexOf(target), { align: "auto" });
    anchor.current = extend ? from : target.key;
    if (extend) selection.range(from, target.key);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLElement && event.target.closest("[role=columnheader]")) return;
    const row = entries[focusIndex];
    const control = event.ctrlKey || event.metaKey;
    const steps: Record<string, number> = {
      ArrowDown: currentIndex < 0 ? 0 : focusIndex + 1,
      ArrowUp: focusIndex - 1,
      PageDown: focusIndex + pageRows,
      PageUp: focusIndex - pageRows,
      Home: 0,
      End: entries.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) move(step, event.shiftKey);
    else if (control && event.key.toLowerCase() === "a") selection.all();
    else if (control || event.altKey) return;
    else if (event.key === " " && row) {
      onCurrent(row.key);
      anchor.current = row.key;
      selection.toggle(row.key);
    } else if (event.key === "Enter" && row) onOpen(row);
    else if (!onKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const press = useCallback(
    (key: string, extend: boolean) => {
      if (extend && anchor.current !== null) selection.range(anchor.current, key);
      else anchor.current = key;
      onCurrent(key);
    },
    [onCurrent, selection],
  );

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Webhooks"
      aria-rowcount={entries.length + 1}
      aria-colcount={6}
      aria-multiselectable="true"
      className={cx(styles.grid)}
      onKeyDown={onKeyDown}
    >
      <GridHead sort={props.sort} onSort={props.onSort} selection={selection} total={entries.length} />
      <div role="rowgroup" className={cx(styles.rows)} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          if (!entry) return null;
          const state = states.get(entry.row.connection);
          const stale = state !== undefined && !state.fresh && state.readAtMs !== null;
          return (
            <GridRow
              key={entry.key}
              entry={entry}
              index={index}
              top={start}
              connection={connections.get(entry.row.connection)}
              age={stale && state.readAtMs !== null ? ageWords(state.readAtMs, now) : null}
              isSelected={selection.keys.has(entry.key)}
              isCurrent={index === currentIndex}
              isFocusable={index === focusIndex}
              onPress={press}
              onToggle={selection.toggle}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}
