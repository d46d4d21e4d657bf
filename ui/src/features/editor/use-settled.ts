import { useEffect, useState } from "react";

/** Whoever goes from one to the next within this time is not shown what belongs to each. */
export const SETTLED_MS = 120;

/** A value once it has stayed the same for a moment; the first is there at once, and so is one that does not wait. */
export function useSettled<T>(value: T, isAtOnce = false): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled || isAtOnce) return undefined;
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value, settled, isAtOnce]);
  if (isAtOnce && value !== settled) setSettled(value);
  return isAtOnce ? value : settled;
}
