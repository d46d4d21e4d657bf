import type { Diagnostic as LintDiagnostic } from "@codemirror/lint";
import { type EditorState, type Extension, Facet, type Range } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { nameSpanOfPointer, nearestSpan, type Span, spanOfPointer } from "./json-place";
import type { Diagnostic, EditorMark } from "./types";

const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
const NO_MARKS: readonly EditorMark[] = [];

/** Problems given from outside. */
export const outsideDiagnostics = Facet.define<readonly Diagnostic[], readonly Diagnostic[]>({
  combine: (values) => values[0] ?? NO_DIAGNOSTICS,
});

/** Values to highlight. */
export const marksFacet = Facet.define<readonly EditorMark[], readonly EditorMark[]>({
  combine: (values) => values[0] ?? NO_MARKS,
});

/** The problems from outside, each at its place in the present text. */
export function placed(state: EditorState): LintDiagnostic[] {
  const { length } = state.doc;
  return state.facet(outsideDiagnostics).map((one) => {
    const span = spanOf(state, one);
    const from = Math.min(Math.max(span.from, 0), length);
    return {
      from,
      to: Math.min(Math.max(span.to, from), length),
      severity: one.severity,
      message: one.message,
    };
  });
}

function spanOf(state: EditorState, one: Diagnostic): Span {
  if (!("pointer" in one)) return { from: one.from, to: one.to ?? one.from + 1 };
  const name = one.onName === true ? nameSpanOfPointer(state, one.pointer) : null;
  return name ?? nearestSpan(state, one.pointer);
}

/** Draws the marks and keeps them at their values while the text changes. */
export const drawnMarks: Extension = EditorView.decorations.compute(["doc", marksFacet], (state) => {
  const ranges: Range<Decoration>[] = [];
  for (const { pointer, tone } of state.facet(marksFacet)) {
    const span = spanOfPointer(state, pointer);
    if (span && span.to > span.from) {
      ranges.push(Decoration.mark({ class: `cm-mark-${tone}` }).range(span.from, span.to));
    }
  }
  return Decoration.set(ranges, true);
});
