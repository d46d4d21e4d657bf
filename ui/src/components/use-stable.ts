import { useCallback, useLayoutEffect, useMemo, useRef } from "react";

/** A function that stays the same while what it does may change: for parts that draw anew only when their data does. */
export function useStable<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}

type Actions = Record<string, (...args: never[]) => void>;

/** The same for several functions by name. */
export function useStableActions<T extends Actions>(actions: T): T {
  const last = useRef(actions);
  useLayoutEffect(() => {
    last.current = actions;
  });
  const names = Object.keys(actions).join(" ");
  return useMemo(
    () =>
      Object.fromEntries(
        names.split(" ").map((name) => [name, (...args: never[]) => last.current[name]?.(...args)]),
      ) as T,
    [names],
  );
}
