import type { DeliveryStatus } from "~/bindings/DeliveryStatus";
import type { IconName } from "~/components";

/** How a delivery ended, in a word and a shape. */
export const statusWords: Record<DeliveryStatus, { words: string; icon: IconName }> = {
  succeeded: { words: "Delivered", icon: "ok" },
  failed: { words: "Failed", icon: "error" },
  inProgress: { words: "In progress", icon: "pending" },
  skipped: { words: "Skipped", icon: "minus-circle" },
  unknown: { words: "Unknown", icon: "info" },
};

/** "Today 14:32:07", "21 Nov 14:32:07", with the year when it is another. */
export function timeWords(atMs: number | null, nowMs: number): string {
  if (atMs === null) return "Time unknown";
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  const time = at.toLocaleTimeString("en-GB");
  if (at.toDateString() === now.toDateString()) return `Today ${time}`;
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year })} ${time}`;
}

/** How often a delivery was tried again. */
export function retryWords(retries: number | null): string | null {
  if (retries === null) return null;
  return retries === 0 ? "first try" : `retry ${retries}`;
}

export function deliveriesWords(number: number): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? "delivery" : "deliveries"}`;
}

/** Sets JSON out in lines; other text stays as it is. */
export function prettyText(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
