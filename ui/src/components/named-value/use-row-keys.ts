import { useState } from "react";

export interface RowKeys {
  keys: number[];
  remove: (at: number) => void;
  /** Makes room for a new row at a place. */
  insert: (at: number) => void;
  move: (from: number, to: number) => void;
}

/** Keys that stay with their rows when others are added, removed or moved. */
export function useRowKeys(count: number): RowKeys {
  const [state, setState] = useState<{ keys: number[]; next: number }>({ keys: [], next: 0 });
  let { keys, next } = state;
  if (keys.length < count) {
    const missing = count - keys.length;
    keys = [...keys, ...Array.from({ length: missing }, (_, at) => next + at)];
    next += missing;
    setState({ keys, next });
  } else if (keys.length > count) {
    keys = keys.slice(0, count);
    setState({ keys, next });
  }
  return {
    keys,
    remove: (at) =>
      setState((before) => ({ ...before, keys: before.keys.filter((_, index) => index !== at) })),
    insert: (at) =>
      setState((before) => ({ keys: before.keys.toSpliced(at, 0, before.next), next: before.next + 1 })),
    move: (from, to) => setState((before) => ({ ...before, keys: moved(before.keys, from, to) })),
  };
}

/** The same with one of them at another place. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const item = all[from];
  return item === undefined ? [...all] : all.toSpliced(from, 1).toSpliced(to, 0, item);
}
