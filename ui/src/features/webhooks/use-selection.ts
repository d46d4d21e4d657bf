import { useCallback, useMemo, useState } from "react";
import type { Entry } from "./row-store";

export interface Selection {
  keys: ReadonlySet<string>;
  toggle: (key: string) => void;
  /** Selects exactly the rows between two rows of the list, both included. */
  range: (from: string, to: string) => void;
  all: () => void;
  clear: () => void;
}

/** Which rows are ticked. What leaves the list is no longer selected: nothing unseen is ever acted on. */
export function useSelection(shown: readonly Entry[]): Selection {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const keys = useMemo(() => {
    if (ticked.size === 0) return ticked;
    return new Set(shown.filter(({ key }) => ticked.has(key)).map(({ key }) => key));
  }, [shown, ticked]);

  const toggle = useCallback((key: string) => {
    setTicked((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const range = useCallback(
    (from: string, to: string) => {
      const [a, b] = [from, to].map((wanted) => shown.findIndex(({ key }) => key === wanted));
      if (a === undefined || b === undefined || a < 0 || b < 0) return;
      setTicked(new Set(shown.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ key }) => key)));
    },
    [shown],
  );
  const all = useCallback(() => setTicked(new Set(shown.map(({ key }) => key))), [shown]);
  const clear = useCallback(() => setTicked(new Set()), []);
  return useMemo(() => ({ keys, toggle, range, all, clear }), [keys, toggle, range, all, clear]);
}
