import type { DeliveryQuery } from "~/bindings/DeliveryQuery";
import type { DeliveryStatus } from "~/bindings/DeliveryStatus";

/** How far back one looks. */
export type Span = "hour" | "day" | "week" | "all" | "custom";

/** What the list is narrowed to. */
export type DeliveryFilter = {
  status: DeliveryStatus | null;
  span: Span;
  /** The ends of a custom span, in milliseconds since 1970. */
  fromMs: number | null;
  toMs: number | null;
  /** The id that is looked up; the rest does not count then. */
  id: string;
};

export const everything: DeliveryFilter = { status: null, span: "all", fromMs: null, toMs: null, id: "" };

const hour = 3_600_000;
const lengths: Partial<Record<Span, number>> = { hour, day: 24 * hour, week: 7 * 24 * hour };

/** What is asked of the log, as of a moment. */
export function queryOf(filter: DeliveryFilter, nowMs: number): DeliveryQuery {
  const id = filter.id.trim();
  if (id !== "") return { status: null, fromMs: null, toMs: null, id, cursor: null };
  const length = lengths[filter.span];
  const custom = filter.span === "custom";
  return {
    status: filter.status,
    fromMs: custom ? filter.fromMs : length === undefined ? null : nowMs - length,
    toMs: custom ? filter.toMs : null,
    id: null,
    cursor: null,
  };
}

export function isNarrowed(filter: DeliveryFilter): boolean {
  return filter.status !== null || filter.span !== "all" || filter.id.trim() !== "";
}

/** A moment as it is typed, `2026-11-22 14:30` in local time; the time may be left out. */
export function momentOf(text: string): number | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0] = match
    .slice(1)
    .map((part) => Number(part || 0));
  const moment = new Date(year, month - 1, day, hours, minutes);
  const isReal = moment.getMonth() === month - 1 && moment.getDate() === day && hours < 24 && minutes < 60;
  return isReal ? moment.getTime() : null;
}

export function momentWords(atMs: number | null): string {
  if (atMs === null) return "";
  const at = new Date(atMs);
  const two = (number: number) => String(number).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
