import { useSyncExternalStore } from "react";

// One clock for everything that counts seconds down, running only while something does.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const one of listeners) one();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** How many seconds are left until a moment, counting down to 0. */
export function useSecondsLeft(untilMs: number): number {
  const time = useSyncExternalStore(subscribe, () => now);
  return Math.max(0, Math.ceil((untilMs - time) / 1000));
}
