/** What is wrong with a JSONata expression, and where. */
export interface ExpressionFault {
  message: string;
  from: number;
  to: number;
}

/** Reads an expression with the language's own parser, which is loaded when it is first needed. */
export async function checkJsonata(text: string): Promise<ExpressionFault | null> {
  if (text.trim() === "") return null;
  const { default: jsonata } = await import("jsonata");
  try {
    jsonata(text);
    return null;
  } catch (thrown) {
    return faultOf(thrown, text);
  }
}

/** The words of an error the language threw: its own, without the code. Its errors are plain objects. */
export function jsonataWords(thrown: unknown): string {
  const message = (thrown as { message?: unknown } | null)?.message;
  return typeof message === "string" && message !== "" ? message : "The expression failed.";
}

function faultOf(thrown: unknown, text: string): ExpressionFault {
  const { position, token } = thrown as { position?: unknown; token?: unknown };
  const message = jsonataWords(thrown);
  // The parser names the place behind the token it stumbled over.
  const end = typeof position === "number" ? Math.min(Math.max(position, 1), text.length) : text.length;
  const length = typeof token === "string" && text.slice(0, end).endsWith(token) ? token.length : 1;
  return { message, from: Math.max(0, end - length), to: end };
}
