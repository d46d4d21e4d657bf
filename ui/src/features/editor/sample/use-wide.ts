import { useSyncExternalStore } from "react";

/** From this width, in CSS pixels, the sample stands beside the form. */
const WIDE = 1200;

/** Whether the window has room for a third column. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.innerWidth >= WIDE);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}
