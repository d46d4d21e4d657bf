import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import type { Choices } from "./tree-choice";
import type { TreeEntry } from "./tree-index";
import type { TreeRow as Row } from "./tree-rows";
import styles from "./TreePicker.module.css";
import { TreeRow } from "./TreeRow";
import { useStableActions } from "../use-stable";
import { useTypeAhead } from "./use-keys";
import type { ListIcons, ListLabels, Noun } from "./types";

const ROW_HEIGHT = 26;
const ROW = '[role="treeitem"]';
/** Rows in sight at most; the rest scrolls. */
const MOST_ROWS = 14;
/** How far Page Up and Page Down go. */
const PAGE = 10;

type Props = {
  label: string;
  describedBy: string;
  rows: readonly Row[];
  choices: Choices;
  words: readonly string[];
  listLabels: ListLabels;
  noun: Noun;
  icons: ListIcons;
  showIds: boolean;
  isDisabled: boolean;
  onToggle: (entry: TreeEntry) => void;
  onOpen: (entries: readonly TreeEntry[], isOpen: boolean) => void;
  onCopy: (id: string) => void;
};

/** The tree itself: one tab stop, only the rows in sight are drawn. */
export const TreeRows = memo(function TreeRows({ rows, choices, listLabels, noun, ...props }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const focusWanted = useRef(false);
  const [activeEntry, setActive] = useState<TreeEntry | null>(null);
  const activeAt = Math.max(0, activeIndex(rows, activeEntry));
  const active = rows[activeAt];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 3,
    // The row that can hold the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(activeAt) ? shown : [...shown, activeAt].toSorted((a, b) => a - b);
    },
  });

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

  const moveTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row || row === active) return;
    setActive(row.entry);
    focusWanted.current = true;
    virtualizer.scrollToIndex(rows.indexOf(row));
  };
  const typeAhead = useTypeAhead((typed) => {
    const ordered = [...rows.slice(activeAt), ...rows.slice(0, activeAt)];
    // One letter again goes to the next; more letters may stay where they are.
    const from = typed.length === 1 ? [...ordered.slice(1), ...ordered.slice(0, 1)] : ordered;
    const hit = from.find(({ entry }) => entry.name.startsWith(typed));
    if (hit) moveTo(rows.indexOf(hit));
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active) return;
    const { entry, isOpen } = active;
    if ((event.ctrlKey || event.metaKey) && event.key === "c") {
      props.onCopy(entry.node.id);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Record<string, () => void> = {
      ArrowDown: () => moveTo(activeAt + 1),
      ArrowUp: () => moveTo(activeAt - 1),
      PageDown: () => moveTo(activeAt + PAGE),
      PageUp: () => moveTo(activeAt - PAGE),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      ArrowRight: () => {
        if (isOpen === false) props.onOpen([entry], true);
        else if (isOpen) moveTo(activeAt + 1);
      },
      ArrowLeft: () => {
        if (isOpen) props.onOpen([entry], false);
        else moveTo(rows.findIndex((row) => row.entry === entry.parent));
      },
      "*": () => props.onOpen(siblingsOf(rows, entry), true),
      " ": () => props.isDisabled || props.onToggle(entry),
      Enter: () => props.isDisabled || props.onToggle(entry),
    };
    const action = actions[event.key] ?? typeAhead(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  };
  // The same functions at every drawing, so that only rows that changed are drawn again.
  const actions = useStableActions({
    focus: setActive,
    toggle: props.onToggle,
    open: (entry: TreeEntry, isOpen: boolean) => props.onOpen([entry], isOpen),
    copy: (entry: TreeEntry) => props.onCopy(entry.node.id),
  });

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-multiselectable="true"
      aria-disabled={props.isDisabled || undefined}
      className={styles.tree}
      style={{ height: Math.min(rows.length, MOST_ROWS) * ROW_HEIGHT + 8 }}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={styles.sizer} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const { entry } = row;
          const { list } = entry.node;
          return (
            <TreeRow
              // By place, not by node: a search then changes words in elements that are there already.
              key={item.index}
              entry={entry}
              top={item.start}
              position={row.position}
              siblings={row.siblings}
              isOpen={row.isOpen}
              state={choices.stateOf(entry)}
              through={choices.throughOf(entry)?.node.label ?? null}
              chosenInside={choices.chosenInside(entry)}
              words={props.words}
              kind={listLabels[list]?.one ?? list}
              noun={noun}
              icon={props.icons[list]}
              showId={props.showIds}
              isDisabled={props.isDisabled}
              isActive={row === active}
              actions={actions}
            />
          );
        })}
      </div>
    </div>
  );
});

/** Where the tab stop is: the row itself, or the nearest above it that is still shown. */
function activeIndex(rows: readonly Row[], entry: TreeEntry | null): number {
  for (let at = entry; at; at = at.parent) {
    const index = rows.findIndex((row) => row.entry.key === at.key);
    if (index !== -1) return index;
  }
  return -1;
}

function siblingsOf(rows: readonly Row[], entry: TreeEntry): TreeEntry[] {
  return rows
    .map((row) => row.entry)
    .filter((other) => other.parent === entry.parent && other.children.length > 0);
}
