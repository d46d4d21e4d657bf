import type { AppError } from "~/bindings/AppError";

/** The vendor's own words with status, code and request number, where an error has any. */
export function vendorWords(error: AppError): { text: string; facts: string } | null {
  if (!("vendor" in error) || error.vendor === null) return null;
  const facts: string[] = [];
  if (error.kind === "vendor" && error.status !== null) facts.push(`HTTP ${error.status}`);
  if (error.vendor.code !== null) facts.push(error.vendor.code);
  if (error.kind === "vendor" && error.requestId !== null) facts.push(`request ${error.requestId}`);
  return { text: error.vendor.text, facts: facts.join(", ") };
}

/** When a new try makes sense, where the vendor says. */
export function retryWords(error: AppError): string | null {
  if (error.kind !== "rateLimited" || error.retryAfterMs === null) return null;
  const seconds = Math.max(1, Math.ceil(error.retryAfterMs / 1000));
  return `A new try makes sense in ${seconds} s.`;
}
