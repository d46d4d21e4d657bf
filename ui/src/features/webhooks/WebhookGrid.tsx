import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type MouseEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { cx } from "~/components";
import { ageWords } from "./age";
import { EventsPopover } from "./EventsPopover";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import type { Entry, RowStates } from "./row-store";
import { RowMenu } from "./RowMenu";
import type { Sort } from "./search";
import { useGridKeys } from "./use-grid-keys";
import { useRoom } from "./use-room";
import type { Selection } from "./use-selection";
import styles from "./WebhookGrid.module.css";

const rowHeight = 48;

export interface GridHandle {
  focus: () => void;
}

export interface WebhookGridProps {
  entries: readonly Entry[];
  connections: ReadonlyMap<string, Connection>;
  providers: ReadonlyMap<string, ProviderInfo>;
  states: RowStates;
  /** The rows whose switch waits for an answer. */
  switching: ReadonlySet<string>;
  onSwitch: (row: WebhookRow, on: boolean) => void;
  now: number;
  /** All rows are of one organisation, which the title names. */
  isOnePlace: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection: Selection;
  /** The row the keyboard stands on and the inspector shows. */
  current: string | null;
  onCurrent: (key: string) => void;
  /** A row was pressed: its details are wanted too. */
  onShow: (key: string) => void;
  onOpen: (entry: Entry) => void;
  onDuplicate: (entry: Entry) => void;
  /** Only webhooks with this event are wanted. */
  onFilterEvent: (event: string) => void;
  onDelete: (entries: readonly Entry[]) => void;
  /** Why these cannot be deleted, or `null`. */
  blocked: (entries: readonly Entry[]) => string | null;
  /** Keys with a meaning outside the table: `i`, `Delete`, `Escape`. Returns whether it was one. */
  onKey: (key: string) => boolean;
  ref?: Ref<GridHandle>;
}

type Popup =
  | { kind: "menu"; entry: Entry; at: { x: number; y: number }; event: string | null }
  | { kind: "events"; entry: Entry; trigger: HTMLElement };

/** All shown webhooks as a grid of which only the rows in sight exist. */
export function WebhookGrid(props: WebhookGridProps) {
  const { entries, connections, providers, states, switching, now, selection, current, onOpen, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [popup, setPopup] = useState<Popup | null>(null);
  // The moment `./dev bench` measures: rows are on the screen.
  useEffect(() => void requestAnimationFrame(() => performance.mark("rows")), []);
  const currentIndex = useMemo(() => entries.findIndex(({ key }) => key === current), [entries, current]);
  const focusIndex = Math.max(0, currentIndex);

  const eventsRoom = useRoom(scroller, "events");
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollPaddingStart: 28,
    // The row that holds the focus stays, however far it is scrolled away.
    rangeExtractor: (range) =>
      [...new Set([focusIndex, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });

  const rowAt = (index: number) => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const keys = useGridKeys({
    ...props,
    currentIndex,
    rowAt,
    scrollTo: (index) => virtual.scrollToIndex(index, { align: "auto" }),
    onMenu: (entry) => {
      const box = rowAt(focusIndex)?.getBoundingClientRect();
      if (box) setPopup({ kind: "menu", entry, at: { x: box.left + 52, y: box.bottom - 8 }, event: null });
    },
  });
  useLayoutEffect(() => {
    // Elements stay at their place while webhooks move: the focus follows the webhook.
    const strayed = scroller.current?.querySelector("[data-index]:focus:not([tabindex='0'])");
    if (keys.takesFocus() || strayed) rowAt(focusIndex)?.focus({ preventScroll: true });
  });
  useImperativeHandle(ref, () => ({ focus: () => rowAt(focusIndex)?.focus({ preventScroll: true }) }));

  const entryOf = (event: MouseEvent): Entry | undefined =>
    event.target instanceof Element
      ? entries[Number(event.target.closest<HTMLElement>("[data-index]")?.dataset["index"] ?? -1)]
      : undefined;
  const part = (event: MouseEvent, name: string) =>
    event.target instanceof Element ? event.target.closest<HTMLElement>(`[data-${name}]`) : null;
  const onClick = (event: MouseEvent) => {
    const entry = entryOf(event);
    if (!entry) return;
    const trigger = part(event, "events");
    const lever = part(event, "switch");
    if (lever) {
      if (lever.getAttribute("aria-disabled") !== "true") props.onSwitch(entry.row, entry.row.on !== true);
    } else if (trigger) setPopup({ kind: "events", entry, trigger });
    else if (part(event, "tick") && !event.shiftKey) keys.tick(entry.key);
    else if (event.ctrlKey || event.metaKey) keys.tick(entry.key);
    else keys.press(entry.key, event.shiftKey);
  };
  // What the menu opened in its place stays.
  const closeMenu = () => setPopup((now) => (now?.kind === "menu" ? null : now));
  const showEvents = (entry: Entry) => {
    const row = rowAt(entries.indexOf(entry));
    const trigger = row?.querySelector<HTMLElement>("[data-events]") ?? row;
    if (trigger) setPopup({ kind: "events", entry, trigger });
  };
  const onDoubleClick = (event: MouseEvent) => {
    const entry = entryOf(event);
    const isPart = ["events", "tick", "switch"].some((name) => part(event, name));
    if (entry && !isPart) onOpen(entry);
  };
  const onContextMenu = (event: MouseEvent) => {
    const entry = entryOf(event);
    if (!entry) return;
    event.preventDefault();
    keys.stand(entry.key);
    const on = part(event, "event")?.dataset["event"] ?? null;
    setPopup({ kind: "menu", entry, at: { x: event.clientX, y: event.clientY }, event: on });
  };

  return (
    <>
      <div
        ref={scroller}
        role="grid"
        aria-label="Webhooks"
        aria-rowcount={entries.length + 1}
        aria-colcount={6}
        aria-multiselectable="true"
        className={cx(styles.grid, props.isOnePlace && styles.onePlace)}
        onKeyDown={keys.onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
      >
        <GridHead sort={props.sort} onSort={props.onSort} selection={selection} total={entries.length} />
        <div role="rowgroup" className={cx(styles.rows)} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            if (!entry) return null;
            const state = states.get(entry.row.connection);
            const connection = connections.get(entry.row.connection);
            const provider = connection && providers.get(connection.provider);
            const stale = state !== undefined && !state.fresh && state.readAtMs !== null;
            // By place, not by webhook: a search then changes words in elements that are there already.
            return (
              <GridRow
                key={index}
                entry={entry}
                index={index}
                top={start}
                connection={connection}
                icon={provider?.icon}
                provider={provider?.name}
                isSwitching={switching.has(entry.key)}
                age={stale && state.readAtMs !== null ? ageWords(state.readAtMs, now) : null}
                isFailed={stale && state.error !== null}
                isSelected={selection.keys.has(entry.key)}
                isCurrent={index === currentIndex}
                isFocusable={index === focusIndex}
                eventsRoom={eventsRoom}
              />
            );
          })}
        </div>
      </div>
      {popup?.kind === "events" && (
        <EventsPopover
          events={popup.entry.row.events}
          connection={popup.entry.row.connection}
          readAtMs={states.get(popup.entry.row.connection)?.readAtMs ?? null}
          trigger={popup.trigger}
          onFilter={props.onFilterEvent}
          onClose={() => setPopup(null)}
        />
      )}
      {popup?.kind === "menu" && (
        <Menu popup={popup} grid={props} onShowEvents={showEvents} onClose={closeMenu} />
      )}
    </>
  );
}

type MenuProps = {
  popup: Extract<Popup, { kind: "menu" }>;
  grid: WebhookGridProps;
  onShowEvents: (entry: Entry) => void;
  onClose: () => void;
};

function Menu({ popup: { entry, at, event }, grid, onShowEvents, onClose }: MenuProps) {
  const { entries, connections, selection, blocked, onOpen, onDelete } = grid;
  const targets = selection.keys.has(entry.key)
    ? entries.filter(({ key }) => selection.keys.has(key))
    : [entry];
  return (
    <RowMenu
      entry={entry}
      connection={connections.get(entry.row.connection)}
      targets={targets}
      isLocked={blocked(targets) !== null}
      isSwitching={grid.switching.has(entry.key)}
      onSwitch={grid.onSwitch}
      at={at}
      event={event}
      onFilterEvent={grid.onFilterEvent}
      onShowEvents={onShowEvents}
      onOpen={onOpen}
      onDuplicate={grid.onDuplicate}
      onDelete={onDelete}
      onClose={onClose}
    />
  );
}
