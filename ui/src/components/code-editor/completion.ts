import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from "@codemirror/autocomplete";
import { insertCompletionText } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { besideAt, pointerAt } from "./json-place";
import type { Complete, EditorCompletion, EditorLanguage } from "./types";

const PATH = /[\p{L}_$`][\p{L}\p{N}_$.`[\]]*/u;

/** Asks `complete` for what can stand at the cursor, in the terms of the language. */
export function completionSource(
  language: EditorLanguage,
  complete: () => Complete | undefined,
): CompletionSource {
  return async (context) => {
    const ask = complete();
    if (!ask) return null;
    return language === "json" ? completeJson(context, ask) : completePath(context, ask);
  };
}

async function completePath(context: CompletionContext, ask: Complete): Promise<CompletionResult | null> {
  const typed = context.matchBefore(PATH);
  if (!typed && !context.explicit) return null;
  const prefix = typed?.text ?? "";
  const options = await ask({ pointer: "", prefix, isName: false, beside: [] });
  if (options.length === 0) return null;
  return {
    from: typed?.from ?? context.pos,
    options: options.map((option) => entry(option, option.apply ?? option.label)),
    validFor: new RegExp(`^(?:${PATH.source})?$`, "u"),
  };
}

async function completeJson(context: CompletionContext, ask: Complete): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const before = state.sliceDoc(0, pos).trimEnd();
  // Behind a colon the value is asked for, though none stands there yet.
  const at = before.endsWith(":") ? before.length : pos;
  const { pointer, isName, node } = pointerAt(state, at);
  const isText = isQuoted(node) && node.from < pos;
  const word = isText ? null : context.matchBefore(/[\w.-]+/u);
  if (!isText && !word && !context.explicit) return null;
  const from = isText ? node.from : (word?.from ?? pos);
  const prefix = state.sliceDoc(from, pos).replace(/^"/u, "");
  const options = await ask({ pointer, prefix, isName, beside: besideAt(state, pos, isName) });
  if (options.length === 0) return null;
  return {
    from,
    options: options.map((option) => ({
      ...entry(option, applied(option, isName)),
      // What is typed begins with the quote.
      ...(isText ? { label: JSON.stringify(option.label), displayLabel: option.label } : {}),
    })),
  };
}

function applied(option: EditorCompletion, isName: boolean): Apply {
  const text = option.apply ?? JSON.stringify(option.label);
  const { value } = option;
  return (view, _, from, to) => {
    const { node } = pointerAt(view.state, to);
    // The rest of the text in quotes is replaced with it.
    const end = isQuoted(node) && node.from < to ? Math.max(node.to, to) : to;
    if (isName && value !== undefined) writeProperty(view, text, value, from, end);
    else view.dispatch(insertCompletionText(view.state, text, from, end));
  };
}

function isQuoted({ name }: { name: string }): boolean {
  return name === "String" || name === "PropertyName";
}

/** Writes a name with its value, and the commas that it needs to its neighbours. */
function writeProperty(view: EditorView, name: string, value: string, from: number, to: number): void {
  const { doc } = view.state;
  const before = doc.sliceString(0, from).trimEnd();
  const after = doc.sliceString(to).trimStart();
  if (after.startsWith(":")) {
    view.dispatch({ changes: { from, to, insert: name }, selection: { anchor: from + name.length } });
    return;
  }
  const lead = /[{,]$/u.test(before) ? "" : ",";
  const insert = `${name}: ${value}${after.startsWith('"') ? "," : ""}`;
  const inside = /^(?:""|\[\]|\{\})$/u.test(value) ? 1 : value.length;
  const anchor = from + lead.length + name.length + 2 + inside;
  view.dispatch({
    changes: [
      { from: before.length, insert: lead },
      { from, to, insert },
    ].filter((change) => change.insert !== ""),
    selection: { anchor },
    userEvent: "input.complete",
  });
}

type Apply = NonNullable<Completion["apply"]>;

function entry({ label, detail, info }: EditorCompletion, apply: Apply): Completion {
  return {
    label,
    apply,
    ...(detail === undefined ? {} : { detail }),
    ...(info === undefined ? {} : { info }),
  };
}
