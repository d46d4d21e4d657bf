import type { Connection } from "~/bindings/Connection";
import type { CredentialFacts } from "~/bindings/CredentialFacts";

const day = 24 * 3600 * 1000;

/** How many days before its end a token is worth a warning. */
const warnDays = 14;

export interface Expiry {
  isOver: boolean;
  /** `expires in 9 days (1 December)`, `expired on 1 December`. */
  words: string;
}

/** When a token ends, however far away; `null` when it does not end or does not say. */
export function expiryOf({ expiresAtMs }: CredentialFacts, nowMs: number): Expiry | null {
  if (expiresAtMs === null) return null;
  const date = dateWords(expiresAtMs, nowMs);
  if (expiresAtMs <= nowMs) return { isOver: true, words: `expired on ${date}` };
  // Counted as the calendar does, so that the number agrees with the date beside it.
  const days = Math.round((dayOf(expiresAtMs) - dayOf(nowMs)) / day);
  const left = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  return { isOver: false, words: `expires ${left} (${date})` };
}

/** As `expiryOf`, but only for a token that has ended or soon will. */
export function warningOf({ facts }: Connection, nowMs: number): Expiry | null {
  const { expiresAtMs } = facts;
  return expiresAtMs !== null && expiresAtMs - nowMs < warnDays * day ? expiryOf(facts, nowMs) : null;
}

function dayOf(atMs: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
}

function dateWords(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const year = at.getFullYear() === new Date(nowMs).getFullYear() ? {} : ({ year: "numeric" } as const);
  return at.toLocaleDateString("en-GB", { day: "numeric", month: "long", ...year });
}
