import type { EditorState } from "@codemirror/state";
import { firstFault, type Span } from "./json-place";

/** What is wrong with a JSON text, and where. An empty text is no fault. */
export function checkJson(state: EditorState): (Span & { message: string }) | null {
  const text = state.doc.toString();
  if (text.trim() === "") return null;
  let said: string;
  try {
    JSON.parse(text);
    return null;
  } catch (thrown) {
    said = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const fault = firstFault(state);
  // The grammar of the highlighter forgives a little; then the engine's words have to do.
  if (!fault) return { from: 0, to: text.length, message: `This is not JSON: ${said}` };
  const before = text.slice(0, fault.from).trimEnd();
  const rest = text.slice(fault.from).trimStart();
  const at = fault.from + (text.slice(fault.from).length - rest.length);
  if (rest === "") {
    return {
      from: before.length === 0 ? 0 : before.length - 1,
      to: before.length,
      message: endWords(before),
    };
  }
  if (before.endsWith(",") && /^[\]}]/u.test(rest)) {
    return { from: before.length - 1, to: before.length, message: "There is a comma too many here." };
  }
  if (/^"[^"\n]*(?:\n|$)/u.test(rest)) return span(at, rest, "A quote is missing at the end of this text.");
  if (fault.within === "Property") {
    if (before.endsWith(":") && /^[},]/u.test(rest))
      return span(at, rest, "A value should follow the colon.");
    if (/[{,]\s*"[^"\n]*"$/u.test(before)) return span(at, rest, "A name needs a colon and a value.");
  }
  if (rest.startsWith("'")) return span(at, rest, "Texts stand in double quotes.");
  if (/^["\d{[\-tfn]/u.test(rest) && /["\d}\]el]$/u.test(before)) {
    return span(at, rest, "A comma is missing before this.");
  }
  return span(at, rest, `${quoted(rest)} does not belong here.`);
}

function endWords(before: string): string {
  if (before.endsWith(",")) return "Another value should follow this comma.";
  return before.endsWith(":")
    ? "A value should follow."
    : "The text ends too early: a bracket or quote is open.";
}

function span(from: number, rest: string, message: string): Span & { message: string } {
  return { from, to: from + word(rest).length, message };
}

function word(rest: string): string {
  return /^[\w$]+|^./u.exec(rest)?.[0] ?? rest.slice(0, 1);
}

function quoted(rest: string): string {
  return `“${word(rest).slice(0, 40)}”`;
}
