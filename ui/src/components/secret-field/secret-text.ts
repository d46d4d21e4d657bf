/** A space or line break before or after a pasted secret is nearly always an accident. */
export function hasOuterSpace(value: string): boolean {
  return value !== value.trim();
}

/** Eight dots, never the real length. */
export const DOTS = "••••••••";
