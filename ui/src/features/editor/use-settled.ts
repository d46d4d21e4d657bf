import { useEffect, useState } from "react";

/** Whoever goes from one to the next within this time is not shown what belongs to each. */
export const SETTLED_MS = 120;

let lastKeyAt = Number.NEGATIVE_INFINITY;
const noteKey = () => (lastKeyAt = performance.now());

/**
 * A value once it has stayed the same for a moment in which no key was pressed either: what belongs to it does not get
 * in the way of the next key. The first is there at once, and so is one that does not wait.
 */
export function useSettled<T>(value: T, isAtOnce = false): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    window.addEventListener("keydown", noteKey, { capture: true, passive: true });
    return () => window.removeEventListener("keydown", noteKey, { capture: true });
  }, []);
  useEffect(() => {
    if (value === settled || isAtOnce) return undefined;
    let timer = setTimeout(settle, SETTLED_MS);
    function settle() {
      const left = lastKeyAt + SETTLED_MS - performance.now();
      if (left > 0) timer = setTimeout(settle, left);
      else setSettled(value);
    }
    return () => clearTimeout(timer);
  }, [value, settled, isAtOnce]);
  if (isAtOnce && value !== settled) setSettled(value);
  return isAtOnce ? value : settled;
}
