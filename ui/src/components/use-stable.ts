import { useEffect, useMemo, useRef } from "react";

type Actions = Record<string, (...args: never[]) => void>;

/** Functions that stay the same while what they do follows the last drawing. */
export function useStable<T extends Actions>(actions: T): T {
  const last = useRef(actions);
  useEffect(() => {
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
