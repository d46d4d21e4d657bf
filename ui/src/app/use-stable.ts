import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same while what it does may change: for parts that draw anew only when their data does. */
export function useStable<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
