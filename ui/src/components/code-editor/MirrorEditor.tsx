import { history } from "@codemirror/commands";
import { forEachDiagnostic, setDiagnosticsEffect } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { type CSSProperties, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { Icon } from "../icon/Icon";
import styles from "./CodeEditor.module.css";
import { nearestSpan } from "./json-place";
import { marksFacet, outsideDiagnostics } from "./outside";
import { editing, fromOutside, setup } from "./setup";
import type { CodeEditorProps, Diagnostic, EditorMark, EditorProblem } from "./types";

const LINE = 18;
const NO_DIAGNOSTICS: readonly Diagnostic[] = [];
const NO_MARKS: readonly EditorMark[] = [];

/** The editor itself, in a part of the program that is loaded on demand. */
export default function MirrorEditor(props: CodeEditorProps) {
  const { value, language, label, readOnly = false, describedBy, minLines = 3, maxLines = 20 } = props;
  const { diagnostics = NO_DIAGNOSTICS, marks = NO_MARKS, isInvalid = false } = props;
  const { isFilling = false, hidesProblems = false } = props;
  const [problems, setProblems] = useState<readonly EditorProblem[]>([]);
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const [parts] = useState(makeParts);
  const [memory] = useState(() => new Compartment());
  const last = useRef(props);
  const subject = useRef(props.subject);
  const hintId = useId();
  const hasFault = isInvalid || problems.some(({ severity }) => severity === "error");

  useEffect(() => {
    last.current = props;
  });
  useEffect(() => {
    const onUpdate = (update: ViewUpdate) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside))) {
        last.current.onChange(update.state.doc.toString());
      }
      if (!update.transactions.some((one) => one.effects.some((effect) => effect.is(setDiagnosticsEffect))))
        return;
      const now = problemsOf(update.state);
      setProblems(now);
      last.current.onProblems?.(now);
    };
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: last.current.value,
        extensions: [
          ...Object.values(parts).map((part) => part.of([])),
          memory.of(history()),
          setup(language, () => last.current.complete),
          EditorView.updateListener.of(onUpdate),
        ],
      }),
    });
    setView(editor);
    if (last.current.autoFocus === true) editor.focus();
    return () => editor.destroy();
  }, [language, parts, memory]);

  useEffect(() => {
    if (!view) return;
    const before = view.state.doc.toString();
    const next = value.replace(/\r\n?/gu, "\n");
    const isOther = subject.current !== props.subject;
    subject.current = props.subject;
    if (before !== next) {
      view.dispatch({ changes: difference(before, next), annotations: fromOutside.of(true) });
    }
    // Far less work than another editor.
    if (isOther) startAnew(view, memory);
  }, [view, value, props.subject, memory]);
  usePart(view, parts.editing, readOnly, editing);
  usePart(view, parts.diagnostics, diagnostics, outsideOf);
  usePart(view, parts.marks, marks, marksOf);
  useImperativeHandle(props.handle, () => ({ goTo: (place) => view && goTo(view, place) }), [view]);
  const described = [
    describedBy,
    readOnly ? "" : hintId,
    problems.length > 0 && !hidesProblems ? `${hintId}-problem` : "",
  ];
  const attributes = JSON.stringify({
    "aria-label": label,
    "aria-describedby": described.filter(Boolean).join(" "),
    "aria-readonly": String(readOnly),
    "aria-invalid": String(hasFault),
  });
  usePart(view, parts.attributes, attributes, attributesOf);

  const size = {
    "--code-min": isFilling ? "0" : `${minLines * LINE + 12}px`,
    "--code-max": isFilling ? "none" : `${Math.max(minLines, maxLines) * LINE + 12}px`,
  } as CSSProperties;
  const [first] = problems;
  return (
    <div className={styles.editor} data-filling={isFilling || undefined}>
      <div
        ref={host}
        className={styles.box}
        data-readonly={readOnly || undefined}
        data-invalid={hasFault || undefined}
        style={size}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) props.onBlur?.();
        }}
      />
      {!readOnly && (
        <span id={hintId} className="visually-hidden">
          Tab indents. To leave the editor, press Escape, then Tab.
        </span>
      )}
      <p id={`${hintId}-problem`} className={styles.problem} data-severity={first?.severity} role="status">
        {first && !hidesProblems && (
          <>
            <Icon name={first.severity === "error" ? "error" : first.severity} size={12} />
            <span>
              {value.includes("\n") && `Line ${first.line}: `}
              {first.message}
              {problems.length > 1 && ` (${problems.length - 1} more)`}
            </span>
          </>
        )}
      </p>
    </div>
  );
}

function makeParts() {
  return {
    editing: new Compartment(),
    diagnostics: new Compartment(),
    marks: new Compartment(),
    attributes: new Compartment(),
  };
}

const outsideOf = (value: readonly Diagnostic[]) => outsideDiagnostics.of(value);
const marksOf = (value: readonly EditorMark[]) => marksFacet.of(value);
const attributesOf = (value: string) =>
  EditorView.contentAttributes.of(JSON.parse(value) as Record<string, string>);

/** Keeps a part of the editor's set-up in step with a property. */
function usePart<T>(
  view: EditorView | null,
  part: Compartment,
  value: T,
  extension: (value: T) => Extension,
) {
  useEffect(() => {
    view?.dispatch({ effects: part.reconfigure(extension(value)) });
  }, [view, part, value, extension]);
}

function problemsOf(state: EditorState): EditorProblem[] {
  const found: EditorProblem[] = [];
  forEachDiagnostic(state, ({ severity, message }, from) => {
    const kind = severity === "hint" ? "info" : severity;
    found.push({ severity: kind, message, line: state.doc.lineAt(from).number, from });
  });
  const rank = { error: 0, warning: 1, info: 2 };
  return found.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function goTo(view: EditorView, place: { pointer: string } | { from: number }): void {
  const { length } = view.state.doc;
  const span = "pointer" in place ? nearestSpan(view.state, place.pointer) : { from: place.from };
  const anchor = Math.min(Math.max(span.from, 0), length);
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
  view.focus();
}

/** Forgets what could be undone. */
function startAnew(view: EditorView, memory: Compartment): void {
  view.dispatch({ effects: memory.reconfigure([]), selection: { anchor: 0 } });
  view.dispatch({ effects: memory.reconfigure(history()) });
  view.scrollDOM.scrollTop = 0;
}

/** The smallest piece to replace, so that the cursor stays where it is. */
function difference(before: string, next: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, next.length);
  let start = 0;
  while (start < most && before[start] === next[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === next.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: next.slice(start, next.length - end) };
}
