import { type KeyboardEvent, useRef } from "react";
import type { Entry } from "./row-store";
import type { Selection } from "./use-selection";

const pageRows = 10;

export interface GridKeysOptions {
  entries: readonly Entry[];
  /** Where the current row is; -1 when it is not shown. */
  currentIndex: number;
  selection: Selection;
  onCurrent: (key: string) => void;
  onShow: (key: string) => void;
  onOpen: (entry: Entry) => void;
  onDuplicate: (entry: Entry) => void;
  onMenu: (entry: Entry) => void;
  onKey: (key: string) => boolean;
  scrollTo: (index: number) => void;
  /** The element of a row, where there is one. */
  rowAt: (index: number) => HTMLElement | null | undefined;
}

export interface GridKeys {
  onKeyDown: (event: KeyboardEvent) => void;
  /** A row was pressed; with `extend` all rows from the last one are ticked. */
  press: (key: string, extend: boolean) => void;
  /** The keyboard goes on from this row. */
  stand: (key: string) => void;
  tick: (key: string) => void;
  /** Whether a key moved to another row, which then takes the focus. True once. */
  takesFocus: () => boolean;
}

/** Moving and ticking in the table. */
export function useGridKeys(options: GridKeysOptions): GridKeys {
  const { entries, currentIndex, selection, onCurrent, onShow, onOpen, onMenu, onKey, scrollTo, rowAt } =
    options;
  const anchor = useRef<string | null>(null);
  const wantsFocus = useRef(false);
  const focusIndex = Math.max(0, currentIndex);

  const takeFocus = (index: number) => {
    const element = rowAt(index);
    // A row that is not drawn yet is focused once it is.
    if (element) element.focus({ preventScroll: true });
    else wantsFocus.current = true;
  };
  const stand = (key: string) => {
    onCurrent(key);
    takeFocus(entries.findIndex((entry) => entry.key === key));
  };
  const move = (wanted: number, extend: boolean) => {
    const index = Math.min(entries.length - 1, Math.max(0, wanted));
    const target = entries[index];
    if (!target) return;
    const from = anchor.current ?? entries[focusIndex]?.key ?? target.key;
    onCurrent(target.key);
    scrollTo(index);
    takeFocus(index);
    anchor.current = extend ? from : target.key;
    if (extend) selection.range(from, target.key);
  };
  const tick = (key: string) => {
    stand(key);
    anchor.current = key;
    selection.toggle(key);
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
    const asksMenu = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (step !== undefined) move(step, event.shiftKey);
    else if (control && event.key.toLowerCase() === "a") selection.all();
    else if (control && event.key.toLowerCase() === "d" && row) options.onDuplicate(row);
    else if (asksMenu && row) {
      onCurrent(row.key);
      onMenu(row);
    } else if (control || event.altKey) return;
    else if (event.key === " " && row) {
      onCurrent(row.key);
      tick(row.key);
    } else if (event.key === "Enter" && row) onOpen(row);
    else if (!onKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    onKeyDown,
    press: (key, extend) => {
      if (extend && anchor.current !== null) selection.range(anchor.current, key);
      else anchor.current = key;
      onShow(key);
    },
    stand,
    tick,
    takesFocus: () => {
      const wanted = wantsFocus.current;
      wantsFocus.current = false;
      return wanted;
    },
  };
}
