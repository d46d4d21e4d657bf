import type { Complete, EditorCompletion } from "../code-editor/types";
import type { SampleField } from "./paths";

const MOST = 100;
/** Functions of JSONata that are of use in a condition. */
const FUNCTIONS: readonly EditorCompletion[] = [
  { label: "$boolean", detail: "counts as true or false" },
  { label: "$contains", detail: "text holds another" },
  { label: "$count", detail: "items of a list" },
  { label: "$distinct", detail: "each item once" },
  { label: "$exists", detail: "is there" },
  { label: "$filter", detail: "items that pass" },
  { label: "$length", detail: "characters of a text" },
  { label: "$lowercase", detail: "text in small letters" },
  { label: "$match", detail: "text fits a pattern" },
  { label: "$max", detail: "greatest of a list" },
  { label: "$millis", detail: "present time in milliseconds" },
  { label: "$min", detail: "least of a list" },
  { label: "$not", detail: "the opposite" },
  { label: "$now", detail: "present time" },
  { label: "$number", detail: "text as a number" },
  { label: "$string", detail: "value as text" },
  { label: "$sum", detail: "sum of a list" },
  { label: "$toMillis", detail: "time as milliseconds" },
  { label: "$type", detail: "what a value is" },
  { label: "$uppercase", detail: "text in capitals" },
];

/** Completes paths of a sample, and functions, in a JSONata editor. */
export function completeFromSample(fields: readonly SampleField[]): Complete {
  return ({ prefix }) => {
    const typed = prefix.toLowerCase();
    if (typed.startsWith("$")) return FUNCTIONS.filter(({ label }) => label.toLowerCase().startsWith(typed));
    return fields
      .filter(({ path }) => path.toLowerCase().includes(typed) && path !== prefix)
      .slice(0, MOST)
      .map(({ path, preview }) => ({ label: path, detail: preview, apply: inJsonata(path) }));
  };
}

// JSONata wants places in brackets, and names that are no plain words in backticks.
function inJsonata(path: string): string {
  return path
    .split(".")
    .map((part, at) => {
      if (/^\d+$/u.test(part)) return `[${part}]`;
      const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part) ? part : `\`${part}\``;
      return at === 0 ? name : `.${name}`;
    })
    .join("");
}
