/** What nobody sees and nobody means: white space, and the marks that take no room. */
const unseen = "[\\s\\u200b-\\u200d\\u2060\\ufeff]";
const before = new RegExp(`^${unseen}+`, "u");
const after = new RegExp(`${unseen}+$`, "u");

/** A space or line break before or after a pasted secret is nearly always an accident. */
export function hasOuterSpace(value: string): boolean {
  return before.test(value) || after.test(value);
}

/** The value without what is unseen at its ends. */
export function withoutOuterSpace(value: string): string {
  return value.replace(before, "").replace(after, "");
}

/** Where it is and what it is, in a sentence; null when there is none. */
export function outerSpaceWords(value: string): string | null {
  const first = before.exec(value)?.[0] ?? "";
  const last = first === value ? "" : (after.exec(value)?.[0] ?? "");
  if (first === "" && last === "") return null;
  if (first === value) return "The value has nothing in it but spaces.";
  const verb = first === "" ? "ends" : last === "" ? "starts" : "starts or ends";
  const what = /[\r\n]/u.test(first + last) ? "a line break" : "a space";
  return `The value ${verb} with ${what}. It is saved exactly as typed.`;
}

/** Eight dots, never the real length. */
export const DOTS = "••••••••";
