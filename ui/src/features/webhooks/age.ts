const minute = 60_000;
const hour = 60 * minute;

/** How long ago, in a few words: `2 h ago`. */
export function ageWords(atMs: number, nowMs: number): string {
  const age = Math.max(0, nowMs - atMs);
  if (age < minute) return "just now";
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < 24 * hour) return `${Math.floor(age / hour)} h ago`;
  return new Date(atMs).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** The time of day, with the date unless it was today: `14:32`, `19 Nov, 10:01`. */
export function clockWords(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })}, ${time}`;
}
