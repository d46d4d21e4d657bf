/** Widths in pixels of an event chip drawn in the code font; a little too wide rather than too narrow. */
const LETTER = 6.2;
const FRAME = 14;
const GAP = 4;
/** Of the `+12` behind them. */
const MORE = 36;

/** How many event names stand side by side in a column, without measuring any of them; the first always does. */
export function fitting(events: readonly string[], room: number): number {
  let used = 0;
  for (const [at, event] of events.entries()) {
    used += event.length * LETTER + FRAME + (at > 0 ? GAP : 0);
    const rest = at < events.length - 1 ? GAP + MORE : 0;
    if (at > 0 && used + rest > room) return at;
  }
  return events.length;
}
