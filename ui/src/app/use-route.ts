import { useCallback, useRef, useState } from "react";
import type { EditorTarget } from "~/features/editor";

export type Route = { at: "list" } | { at: "editor"; target: EditorTarget };
type Guard = () => Promise<boolean>;

export interface Router {
  route: Route;
  /** Goes elsewhere, unless what is open asks to stay. Resolves to whether it went. */
  go: (route: Route) => Promise<boolean>;
  /** Goes back to the list without asking: what is open has asked already. */
  leave: () => void;
  registerGuard: (guard: Guard | null) => void;
}

/** Which screen is open. */
export function useRoute(): Router {
  const [route, setRoute] = useState<Route>({ at: "list" });
  const guard = useRef<Guard | null>(null);
  const registerGuard = useCallback((next: Guard | null) => {
    guard.current = next;
  }, []);
  const go = useCallback(async (next: Route) => {
    if (guard.current && !(await guard.current())) return false;
    guard.current = null;
    setRoute(next);
    return true;
  }, []);
  const leave = useCallback(() => {
    guard.current = null;
    setRoute({ at: "list" });
  }, []);
  return { route, go, leave, registerGuard };
}
