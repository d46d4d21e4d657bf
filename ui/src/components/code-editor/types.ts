import type { Ref } from "react";

/** A language the editor can draw and check. */
export type EditorLanguage = "json" | "jsonata";

export type Severity = "error" | "warning" | "info";

/** Words that belong to a place in the text: a JSON pointer (`/entity/status`) or an offset in characters. */
export type Diagnostic = { severity: Severity; message: string } & (
  | {
      pointer: string;
      /** The name of the property is meant, not its value. */
      onName?: boolean;
    }
  | { from: number; to?: number }
);

/** A value to highlight, by JSON pointer. */
export interface EditorMark {
  pointer: string;
  tone: "match" | "noMatch";
}

/** Something that can be completed. */
export interface EditorCompletion {
  label: string;
  /** A few words behind the label. */
  detail?: string;
  /** What is written instead of the label. */
  apply?: string;
  /** A sentence shown beside the list. */
  info?: string;
  /** For the name of a property: the value written behind it where none is yet; the cursor goes into its brackets. */
  value?: string;
}

/** Where a completion is asked for. In JSONata the pointer is empty and the prefix is the path typed so far. */
export interface CompletionPlace {
  /** JSON: the value the cursor is in; for a name, the object it belongs to. */
  pointer: string;
  prefix: string;
  /** Whether the name of a property is being typed. */
  isName: boolean;
  /** JSON: the names or texts that stand beside it already. */
  beside: readonly string[];
}

export type Complete = (
  place: CompletionPlace,
) => readonly EditorCompletion[] | Promise<readonly EditorCompletion[]>;

/** A problem with its place in the text. */
export interface EditorProblem {
  severity: Severity;
  message: string;
  /** Counted from 1. */
  line: number;
  /** Where it begins. */
  from: number;
}

/** What can be done with an editor from outside. */
export interface EditorHandle {
  /** Puts the cursor at a place and the focus into the editor. */
  goTo: (place: { pointer: string } | { from: number }) => void;
}

export interface CodeEditorProps {
  value: string;
  /** What the text is of. With another one undo begins anew, and the text is shown from its top. */
  subject?: string;
  onChange: (value: string) => void;
  language: EditorLanguage;
  /** Its accessible name. */
  label: string;
  readOnly?: boolean;
  /** Element ids of the words that belong to it. */
  describedBy?: string | undefined;
  /** Lines it is high at least; default 3. */
  minLines?: number;
  /** Lines after which it scrolls; default 20. */
  maxLines?: number;
  /** Problems known from outside, such as the provider's. */
  diagnostics?: readonly Diagnostic[];
  complete?: Complete | undefined;
  marks?: readonly EditorMark[];
  /** Every time the problems change, those of the language and those from outside. */
  onProblems?: (problems: readonly EditorProblem[]) => void;
  onBlur?: () => void;
  isInvalid?: boolean;
  /** Takes the focus once it is there. */
  autoFocus?: boolean;
  /** As high as the place it stands in; `minLines` and `maxLines` do not count. */
  isFilling?: boolean;
  /** Does not say its problems below, because they are said elsewhere. */
  hidesProblems?: boolean;
  handle?: Ref<EditorHandle>;
}
