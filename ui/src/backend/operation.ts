import type { OperationId } from "~/bindings/OperationId";

/** A name for an operation that can be stopped. */
export function newOperation(): OperationId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
