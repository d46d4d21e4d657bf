import { lazy, Suspense } from "react";
import styles from "./CodeEditor.module.css";
import type { CodeEditorProps } from "./types";

const MirrorEditor = lazy(() => import("./MirrorEditor"));
const LINE = 18;

/** An editor for code: highlighted, checked as one types. Its engine is loaded when one is first shown. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Waiting {...props} />}>
      <MirrorEditor {...props} />
    </Suspense>
  );
}

/** The text as it will stand there, in a box of the same size. */
function Waiting({ value, label, minLines = 3, maxLines = 20 }: CodeEditorProps) {
  const lines = Math.min(Math.max(value.split("\n").length, minLines), maxLines);
  return (
    <div className={styles.box} aria-busy="true" role="group" aria-label={label}>
      <pre className={styles.waiting} style={{ height: lines * LINE + 12 }}>
        {value.slice(0, maxLines * 400)}
      </pre>
    </div>
  );
}
