import type { JsonValue } from "~/bindings/serde_json/JsonValue";

/** A JSON value as the form shows it; nothing for null. */
export function textOfJson(value: JsonValue | undefined): string {
  return value === undefined || value === null ? "" : JSON.stringify(value, null, 2);
}

/** What a text says in JSON; an empty text is null. */
export function jsonOfText(text: string): { value: JsonValue } | { problem: string } {
  if (text.trim() === "") return { value: null };
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch (thrown) {
    return { problem: `This is not JSON${place(text, thrown)}.` };
  }
}

/** Whether two texts say the same, whatever their spaces. */
export function isSameJson(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [jsonOfText(a), jsonOfText(b)];
  return "value" in one && "value" in other && JSON.stringify(one.value) === JSON.stringify(other.value);
}

// Engines word it differently: one names the place, another what it expected there.
function place(text: string, thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : "";
  const at = /position (\d+)/.exec(message)?.[1];
  if (at !== undefined) return `: look at line ${text.slice(0, Number(at)).split("\n").length}`;
  const expected = /^JSON Parse error: (.+)$/.exec(message)?.[1];
  // "Unable to parse JSON string" says no more than that it is none.
  return expected === undefined || expected.startsWith("Unable") ? "" : `: ${expected}`;
}
