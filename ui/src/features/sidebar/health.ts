import type { ConnectionState } from "../webhooks";

/** How an organisation is: shape, colour and words. */
export type Health = "healthy" | "attention" | "failing" | "unread";

export const healthWords: Record<Health, string> = {
  healthy: "Healthy",
  attention: "Did not answer the last time",
  failing: "Could not be read",
  unread: "Not read yet",
};

/** Failures that pass by themselves; the others need the user. */
const passing = new Set(["rateLimited", "noAnswer", "unreachable", "cancelled"]);

export function healthOf({ error, readAtMs }: ConnectionState): Health {
  if (error) return passing.has(error.kind) ? "attention" : "failing";
  return readAtMs === null ? "unread" : "healthy";
}
