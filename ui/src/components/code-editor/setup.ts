import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import {
  type Diagnostic as LintDiagnostic,
  linter,
  nextDiagnostic,
  previousDiagnostic,
} from "@codemirror/lint";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { completionSource } from "./completion";
import { checkJson } from "./json-check";
import { checkJsonata } from "./jsonata-check";
import { jsonataLanguage } from "./jsonata-language";
import { drawnMarks, outsideDiagnostics, placed } from "./outside";
import { theme } from "./theme";
import type { Complete, EditorLanguage } from "./types";

/** How long after the last key the text is checked. */
const CHECK_MS = 150;
/** How long Escape lets Tab leave the editor; CodeMirror's own time. */
const LEAVE_MS = 2000;

/** Marks a change that came from outside, not from the user. */
export const fromOutside = Annotation.define<boolean>();

/** What every editor of a language has, whatever its properties. */
export function setup(language: EditorLanguage, complete: () => Complete | undefined): Extension {
  return [
    language === "json" ? [json(), lineNumbers(), drawnMarks] : jsonataLanguage,
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    indentUnit.of("  "),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
      dir: "ltr",
    }),
    autocompletion({ override: [completionSource(language, complete)], icons: false }),
    check(language),
    escape(),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      // The window has its own use for Ctrl Enter.
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
      ...historyKeymap,
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
    ]),
    theme,
  ];
}

/** What differs between a text one may edit and one to read. */
export function editing(readOnly: boolean): Extension {
  return readOnly ? EditorState.readOnly.of(true) : keymap.of([indentWithTab]);
}

function check(language: EditorLanguage): Extension {
  return linter(
    async ({ state }) => {
      const fault = language === "json" ? checkJson(state) : await checkJsonata(state.doc.toString());
      const own: LintDiagnostic[] = fault ? [{ ...fault, severity: "error" }] : [];
      return [...own, ...placed(state)];
    },
    {
      delay: CHECK_MS,
      needsRefresh: ({ startState, state }) =>
        startState.facet(outsideDiagnostics) !== state.facet(outsideDiagnostics),
    },
  );
}

/** The first Escape belongs to the editor, which then lets Tab out; the next one to what stands around it. */
function escape(): Extension {
  let until = 0;
  return EditorView.domEventObservers({
    keydown: (event, view) => {
      if (event.key !== "Escape" || view.state.readOnly) {
        if (event.key !== "Shift") until = 0;
        return;
      }
      const now = Date.now();
      if (now > until) event.stopPropagation();
      until = now > until ? now + LEAVE_MS : 0;
    },
  });
}
