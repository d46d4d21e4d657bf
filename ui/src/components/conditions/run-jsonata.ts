import { jsonataWords } from "../code-editor/jsonata-check";

/** Longest time the engine may take over one expression. */
const TIME_LIMIT_MS = 250;
/** Deepest nesting of calls, and most items of a list an expression may build. */
const STACK_LIMIT = 500;
const SEQUENCE_LIMIT = 100_000;

export type ExpressionResult = { result: unknown; ok: boolean } | { problem: string };

/**
 * Runs a JSONata expression on a payload, within the engine's own limits; what a single built-in function does, such as
 * searching by a regular expression, they do not end. Whether its result counts as true is the language's call.
 */
export async function runJsonata(expression: string, payload: unknown): Promise<ExpressionResult> {
  const { default: jsonata } = await import("jsonata");
  try {
    const limits = { timeout: TIME_LIMIT_MS, stack: STACK_LIMIT, sequence: SEQUENCE_LIMIT };
    // The engine marks lists it hands through: it gets a copy.
    const result: unknown = await jsonata(expression, limits).evaluate(structuredClone(payload));
    const ok: unknown = await jsonata("$boolean($result)").evaluate(null, { result });
    return { result: plain(result), ok: ok === true };
  } catch (thrown) {
    return { problem: problemOf(thrown) };
  }
}

/** The result as JSON has it: a function, which an expression may give, is nothing there. */
function plain(result: unknown): unknown {
  const text = JSON.stringify(result, withoutFunctions) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

// The engine's functions are objects that hold all of its surroundings.
function withoutFunctions(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return "_jsonata_lambda" in value || "_jsonata_function" in value ? undefined : value;
}

function problemOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (code === "D1012") return `The expression took longer than ${TIME_LIMIT_MS} ms and was stopped.`;
  if (code === "D1011") return "The expression calls itself too deeply and was stopped.";
  const words = jsonataWords(thrown).trim();
  return `The expression fails: ${words}${/[.!?]$/u.test(words) ? "" : "."}`;
}
