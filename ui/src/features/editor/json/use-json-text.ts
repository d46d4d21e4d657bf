import { useMemo, useState } from "react";
import { type FormValue, type FormValues, withValue } from "../form/form-state";
import { type Analyse, type Analysis, analyser } from "./analyse";
import { documentOf, type DocumentContext } from "./document";

type State = {
  text: string;
  /** What the form held when the text was made: what its placeholders stand for. */
  before: FormValues;
  /** What the form holds, by all that is known here. */
  held: FormValues;
  analysis: Analysis;
};

export type JsonText = {
  text: string;
  analysis: Analysis;
  edit: (text: string) => void;
};

/**
 * The text of the document, in step with the form. It is the user's own while it is edited; it is made anew when
 * values change from elsewhere.
 */
export function useJsonText(
  context: DocumentContext,
  values: FormValues,
  set: (path: string, value: FormValue) => void,
): JsonText {
  // A form has one offer, one webhook and one start for its whole life.
  const [analyse] = useState(() => analyser(context));
  const [state, setState] = useState(() => made(values, context, analyse));
  const isInStep = useMemo(() => isSameValues(values, state.held), [values, state.held]);
  if (!isInStep) setState(made(values, context, analyse));

  const edit = (text: string) => {
    const analysis = analyse(text, state.before, state.held);
    const target = analysis.values;
    const held = target ? written(state.held, target, context, set) : state.held;
    setState({ ...state, text, analysis, held });
  };
  return { text: state.text, analysis: state.analysis, edit };
}

function made(values: FormValues, context: DocumentContext, analyse: Analyse): State {
  const text = textOf(values, context);
  return { text, before: values, held: values, analysis: analyse(text, values, values) };
}

/** The document as text. */
export function textOf(values: FormValues, context: DocumentContext): string {
  return JSON.stringify(documentOf(values, context), null, 2);
}

/** Brings the form to the wanted values by its own means, which also fill in defaults; gives what it holds then. */
function written(
  from: FormValues,
  target: FormValues,
  { capabilities }: DocumentContext,
  set: (path: string, value: FormValue) => void,
): FormValues {
  let held = from;
  // A default filled in is undone in the next round; what hangs on it may need one more.
  for (let round = 0; round < 4; round += 1) {
    let isDone = true;
    for (const [path, value] of Object.entries(target)) {
      if (isEqual(held[path], value)) continue;
      isDone = false;
      set(path, value);
      held = withValue(held, capabilities, path, value);
    }
    if (isDone) break;
  }
  return held;
}

function isSameValues(a: FormValues, b: FormValues): boolean {
  return a === b || Object.keys({ ...a, ...b }).every((path) => isEqual(a[path], b[path]));
}

function isEqual(a: FormValue | undefined, b: FormValue | undefined): boolean {
  if (a === b) return true;
  // What is no number is not the same as nothing, though JSON says so.
  if (a?.type === "integer" && b?.type === "integer") return Object.is(a.value, b.value);
  return JSON.stringify(a) === JSON.stringify(b);
}
