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

/**
 * The connection as screens see it that only ask whether something may be written: `readOnly` says it, and
 * `facts.readOnly` only whether the token is the one reason.
 */
export function asLocked(connection: Connection): Connection {
  const { readOnly, facts } = connection;
  if (readOnly && facts.readOnly) return { ...connection, facts: { ...facts, readOnly: false } };
  return isLocked(connection) === readOnly ? connection : { ...connection, readOnly: true };
}

/** Why a form of the organisation can only be looked at, as sentences with the way out; of a connection from `asLocked`. */
export function formLockWords({ facts }: Locks): string {
  return facts.readOnly
    ? "The token of this organisation may only read, so nothing here can be changed. A token that may write can be entered under Edit connection."
    : "This organisation is read-only in Tacklebox, so nothing here can be changed. Edit its connection to lift that.";
}

/** Why it cannot be written to, in few words; of a connection from `asLocked`. */
export function shortLockWords({ facts }: Locks): string {
  return facts.readOnly ? "Its token may only read" : "Read-only in Tacklebox";
}
