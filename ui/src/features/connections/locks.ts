import type { Connection } from "~/bindings/Connection";

type Locks = Pick<Connection, "readOnly" | "facts">;

/** Whether nothing may be written: by choice, or because the credential may only read. */
export function isLocked({ readOnly, facts }: Locks): boolean {
  return readOnly || facts.readOnly;
}

/** Why nothing may be written, without the organisation's name; `null` when something may. */
export function lockReason({ readOnly, facts }: Locks): string | null {
  if (readOnly) return "Read-only";
  return facts.readOnly ? "Token may only read" : null;
}

/** Why nothing may be written, as a sentence about the organisation. */
export function lockWords({ label, readOnly, facts }: Connection): string | null {
  const name = label.length > 40 ? `${label.slice(0, 40)}…` : label;
  if (readOnly) return `${name} is read-only`;
  return facts.readOnly ? `The token of ${name} may only read` : null;
}

/** The connection as screens see it that only ask whether something may be written. */
export function asLocked(connection: Connection): Connection {
  return isLocked(connection) === connection.readOnly ? connection : { ...connection, readOnly: true };
}
