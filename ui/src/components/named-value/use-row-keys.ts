import { useState } from "react";

/** Keys that stay with their rows when one above is removed. */
export function useRowKeys(count: number): { keys: number[]; remove: (at: number) => void } {
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
  const remove = (at: number) =>
    setState((before) => ({ ...before, keys: before.keys.filter((_, index) => index !== at) }));
  return { keys, remove };
}
