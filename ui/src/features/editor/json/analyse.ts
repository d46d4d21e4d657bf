import { type Schema, Validator } from "@cfworker/json-schema";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import { duplicateNames } from "~/components/code-editor/json-duplicates";
import { pointerOf } from "~/components/code-editor/json-place";
import type { Diagnostic, Severity } from "~/components/code-editor/types";
import { conditionProblem, operationOf } from "~/components/conditions/evaluate";
import { hasOuterSpace } from "~/components/secret-field/secret-text";
import { urlAdvice } from "~/components/url-field/url-text";
import { allFields, type FormValues } from "../form/form-state";
import { type CheckContext, fieldProblem } from "../form/validation";
import { type DocumentContext, type ReadDocument, valuesOf } from "./document";
import type { Keys } from "./layout";
import { schemaOf } from "./schema";
import { nameOf, nearest, problemsOf } from "./words";

/** What a text says, and what is wrong with it. */
export type Analysis = {
  /** The form's values; absent when the form cannot hold what the text says. */
  values: FormValues | null;
  /** All but what the editor itself finds: that the text is no JSON. */
  diagnostics: Diagnostic[];
  /** How many of them, with those of the editor, forbid a review. */
  errors: number;
};

/** Most problems that are placed in the text at once: more would only make the editor slow. */
const MOST_SAID = 100;
/** Most unknown events for which a similar one is looked for among what may be thousands. */
const MOST_ADVISED = 5;

export type Analyse = (text: string, before: FormValues, now: FormValues) => Analysis;

/** Makes the check of a form's documents. `before` is what the form held when the text was made. */
export function analyser(context: DocumentContext): Analyse {
  const schema = schemaOf(context);
  const validator = new Validator(schema, "2020-12", false);
  return (text, before, now) => {
    const duplicates = duplicateNames(text).map(({ from, to, name }): Diagnostic => ({
      severity: "error",
      message: `${name} is said twice in this object. Keep one of them.`,
      from,
      to,
    }));
    const document = documentIn(text);
    if (document === undefined) {
      const isEmpty = text.trim() === "";
      const words = "Nothing is said here. An object is needed: { … }";
      const empty: Diagnostic[] = isEmpty ? [{ severity: "error", message: words, from: 0 }] : [];
      return { values: null, diagnostics: [...duplicates, ...empty], errors: duplicates.length + 1 };
    }
    const found = findings(document, { schema, validator, before, now, context });
    const all = [...duplicates, ...found.diagnostics];
    const errors = all.filter(({ severity }) => severity === "error");
    const others = all.filter(({ severity }) => severity !== "error");
    return {
      values: duplicates.length > 0 ? null : found.values,
      diagnostics: [...errors, ...others].slice(0, MOST_SAID),
      errors: errors.length,
    };
  };
}

function documentIn(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

type Task = {
  schema: Schema;
  validator: Validator;
  before: FormValues;
  now: FormValues;
  context: DocumentContext;
};

function findings(document: JsonValue, task: Task): { values: FormValues | null; diagnostics: Diagnostic[] } {
  const { context, schema } = task;
  let problems;
  try {
    problems = problemsOf(task.validator.validate(document).errors, schema, document);
  } catch {
    // A name with half a character in it has no place that could be named.
    const message = "A name in this text is no proper text.";
    return { values: null, diagnostics: [{ severity: "error", message, pointer: "" }] };
  }
  const diagnostics = problems.map(({ keys, onName, message }) => said("error", keys, message, onName));
  if (problems.some(({ isFault }) => isFault)) return { values: null, diagnostics };
  const read = valuesOf(document, task.before, task.now, context);
  diagnostics.push(...read.faults.map(({ keys, message }) => said("error", keys, message)));
  if (read.faults.length > 0) return { values: null, diagnostics };
  const named = new Set(diagnostics.map((one) => ("pointer" in one ? one.pointer : "")));
  const own = checks(read, context).filter((one) => !("pointer" in one && named.has(one.pointer)));
  return { values: read.values, diagnostics: [...diagnostics, ...own] };
}

/** What the form itself would say of these values, and what is worth a second look. */
function checks({ values, unused }: ReadDocument, context: DocumentContext): Diagnostic[] {
  const { capabilities, initial, layout, creating } = context;
  const check: CheckContext = { capabilities, initial, values, creating };
  const own = allFields(capabilities).flatMap((spec) => {
    const keys = layout.keysOf(spec.path);
    if (!keys || unused.some((one) => one.spec === spec)) return [];
    const problem = fieldProblem(spec, check);
    const errors = problem === null ? [] : placed(spec, keys, problem, values);
    const more = errors.length === 0 ? advice(spec, keys, values) : [];
    return [...errors, ...listed(spec, keys, values, context), ...more];
  });
  const idle = unused.map(({ spec, keys }) => said("warning", keys, unusedWords(spec, context), true));
  return [...own, ...idle];
}

function placed(spec: FieldSpec, keys: Keys, problem: string, values: FormValues): Diagnostic[] {
  const value = values[spec.path];
  if (spec.kind.type === "conditions" && value?.type === "conditions") {
    const conditions = spec.kind.spec;
    const rows = value.value.rows.flatMap((row, at) => {
      const isUnknown = row.kind === "field" && row.field.trim() !== "" && !operationOf(row, conditions);
      const wrong = isUnknown ? null : conditionProblem(row, conditions);
      return wrong === null ? [] : [said("error", [...keys, "rows", at], `Condition ${at + 1}: ${wrong}`)];
    });
    if (rows.length > 0) return rows;
  }
  return [said("error", keys, `${nameOf(keys)}: ${problem}`)];
}

function listed(spec: FieldSpec, keys: Keys, values: FormValues, context: DocumentContext): Diagnostic[] {
  const value = values[spec.path];
  if (value?.type !== "list" || spec.kind.type === "textList") return [];
  const seen = new Set<string>();
  const twice = value.value.flatMap((id, at) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated ? [said("error", [...keys, at], `${id} is in this list already.`)] : [];
  });
  if (spec.kind.type !== "events") return twice;
  const ids = context.catalogue.events.map(({ id }) => id);
  const known = new Set(ids);
  let advised = 0;
  const unknown = value.value.flatMap((id, at) => {
    if (known.has(id)) return [];
    advised += 1;
    const close = advised > MOST_ADVISED ? null : nearest(id, ids);
    const words = `${id} is not among the events this organisation offers`;
    const message = close === null ? `${words}. It is kept as it is.` : `${words}; did you mean ${close}?`;
    return [said("warning", [...keys, at], message)];
  });
  const isOne = context.capabilities.eventsPerWebhook === "one" && !context.creating;
  const second =
    isOne && value.value.length > 1 ? [said("error", [...keys, 1], "A webhook has one event.")] : [];
  return [...twice, ...unknown, ...second];
}

function advice(spec: FieldSpec, keys: Keys, values: FormValues): Diagnostic[] {
  const value = values[spec.path];
  if (value?.type === "url") return urlAdvice(value.value).map((words) => said("warning", keys, words));
  const isSpaced =
    value?.type === "secret" && value.value.move === "replace" && hasOuterSpace(value.value.value);
  return isSpaced ? [said("warning", keys, "This secret begins or ends with a space.")] : [];
}

function unusedWords(spec: FieldSpec, { capabilities }: DocumentContext): string {
  const condition = spec.shownWhen;
  const other = allFields(capabilities).find(({ path }) => path === condition?.path);
  if (!condition || !other) return `${spec.label} is not in use.`;
  const { equals } = condition;
  const option =
    other.kind.type === "choice" && other.kind.options.find(({ value }) => value === equals.value);
  const state = equals.type === "flag" ? (equals.value ? "on" : "off") : `“${option ? option.label : ""}”`;
  return `${spec.label} is not in use: it takes effect while ${other.label} is ${state}.`;
}

function said(severity: Severity, keys: Keys, message: string, onName = false): Diagnostic {
  return { severity, message, pointer: pointerOf(keys), ...(onName ? { onName } : {}) };
}
