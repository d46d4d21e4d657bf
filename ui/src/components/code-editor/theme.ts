import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const popup = {
  border: "1px solid var(--line-strong)",
  borderRadius: "var(--r-md)",
  background: "var(--bg-raised)",
  color: "var(--text)",
};

// In one declaration WebKit takes the line alone.
function underline(style: string, colour: string) {
  return { textDecorationLine: "underline", textDecorationStyle: style, textDecorationColor: colour };
}

// Everything coloured is a custom property, so both themes come from the same rules.
const look = EditorView.theme({
  "&": { color: "var(--text)", background: "none", fontSize: "11.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    minHeight: "var(--code-min)",
    maxHeight: "var(--code-max)",
    overflow: "auto",
    fontFamily: "var(--mono)",
    fontVariantLigatures: "none",
    lineHeight: "18px",
  },
  // The window forbids selecting text by default, which in WebKit would forbid typing as well.
  ".cm-content": {
    minWidth: "0",
    padding: "6px 0",
    caretColor: "var(--text)",
    userSelect: "text",
    WebkitUserSelect: "text",
  },
  ".cm-line": { padding: "0 8px" },
  ".cm-gutters": { border: "0", background: "none", color: "var(--text-3)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "24px", padding: "0 4px 0 6px" },
  ".cm-placeholder": { color: "var(--text-3)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--bg-selected)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", color: "var(--error)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": underline("wavy", "var(--error)"),
  ".cm-lintRange-warning": underline("wavy", "var(--warn)"),
  ".cm-lintRange-info": underline("dotted", "var(--accent)"),
  ".cm-lintRange-active": { background: "none" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--error)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--warn)" },
  ".cm-mark-match": { borderRadius: "3px", background: "var(--ok-bg)", boxShadow: "0 0 0 2px var(--ok-bg)" },
  // Not by colour alone: a value that does not match is underlined as well.
  ".cm-mark-noMatch": {
    borderRadius: "3px",
    background: "var(--warn-bg)",
    boxShadow: "0 0 0 2px var(--warn-bg)",
    ...underline("dashed", "var(--warn)"),
  },
  ".cm-tooltip": { ...popup, zIndex: "100" },
  ".cm-tooltip-lint": { maxWidth: "420px" },
  ".cm-diagnostic": {
    padding: "4px 8px",
    borderLeft: "0",
    marginLeft: "0",
    fontFamily: "var(--font)",
    fontSize: "var(--fs-12)",
    overflowWrap: "anywhere",
    whiteSpace: "pre-wrap",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "240px",
    padding: "4px",
    fontFamily: "var(--mono)",
    fontSize: "11.5px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    gap: "12px",
    maxWidth: "420px",
    padding: "3px 8px",
    borderRadius: "var(--r-sm)",
    lineHeight: "18px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--bg-selected)",
    color: "var(--text)",
  },
  ".cm-completionLabel": { overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": {
    flex: "1 1 0",
    minWidth: "40px",
    marginLeft: "0",
    overflow: "hidden",
    textOverflow: "ellipsis",
    textAlign: "end",
    fontFamily: "var(--font)",
    fontStyle: "normal",
    fontSize: "var(--fs-11)",
    color: "var(--text-3)",
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ok)" },
  { tag: [tags.number, tags.bool, tags.null, tags.regexp], color: "var(--warn)" },
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--text)", fontWeight: "600" },
  { tag: tags.function(tags.variableName), color: "var(--text)", fontWeight: "500" },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.separator], color: "var(--text-2)" },
  { tag: tags.comment, color: "var(--text-3)", fontStyle: "italic" },
]);

/** How the editor looks, in both themes. */
export const theme: Extension = [look, syntaxHighlighting(colours)];
