import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldInput } from "~/bindings/FieldInput";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { FieldValue } from "~/bindings/FieldValue";
import type { Section } from "~/bindings/Section";
import type { ShownWhen } from "~/bindings/ShownWhen";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { isSameJson, jsonOfText, textOfJson } from "~/components/code-field/json-text";
import type { ConditionSet } from "~/components/conditions/types";
import { pairInputsOf } from "~/components/pairs/pairs-text";
import { emptyUrl, urlInputOf } from "~/components/url-field/url-text";

/** JSON as it is typed: it may be none yet, and becomes a value when the draft is made. */
type JsonText = { type: "jsonText"; value: string };

/** Conditions as they are edited: nothing is written into them, they are replaced. */
type Conditions = { type: "conditions"; value: ConditionSet };

/** What the form holds of a field. */
export type FormValue =
  Exclude<FieldInput, { type: "json" } | { type: "conditions" }> | JsonText | Conditions;

/** What the form holds, by path. Its secrets are only those the user typed. */
export type FormValues = Record<FieldPath, FormValue>;

export function allFields(capabilities: Capabilities): FieldSpec[] {
  return capabilities.sections.flatMap((section) => section.fields);
}

/** The values the form opens with: the webhook's own, or for a new one the defaults. */
export function initialValues(capabilities: Capabilities, webhook: Webhook | null): FormValues {
  const values: FormValues = {};
  for (const spec of allFields(capabilities)) {
    const read = webhook ? webhook.fields[spec.path] : (spec.default ?? undefined);
    values[spec.path] = inputOf(spec, read);
  }
  return values;
}

/** Whether the vendor stores a secret at this path. */
export function isStored(webhook: Webhook | null, path: FieldPath): boolean {
  const value = webhook?.fields[path];
  return value?.type === "secret" && value.value.stored;
}

/** The form's value of what was read; of nothing an empty one. */
export function inputOf(spec: FieldSpec, read: FieldValue | undefined): FormValue {
  switch (spec.kind.type) {
    case "text":
    case "code":
    case "choice":
      return { type: "text", value: read?.type === "text" ? read.value : "" };
    case "integer":
      return { type: "integer", value: read?.type === "integer" ? read.value : null };
    case "switch":
      return { type: "flag", value: read?.type === "flag" && read.value };
    case "events":
    case "idList":
    case "textList":
      return { type: "list", value: read?.type === "list" ? read.value : [] };
    case "url":
      return { type: "url", value: read?.type === "url" ? urlInputOf(read.value) : emptyUrl };
    case "pairs":
      return { type: "pairs", value: read?.type === "pairs" ? pairInputsOf(read.value) : [] };
    case "json":
      return { type: "jsonText", value: read?.type === "json" ? textOfJson(read.value) : "" };
    case "conditions":
      // What is stored but not understood is edited as it is.
      if (read?.type === "json") return { type: "jsonText", value: textOfJson(read.value) };
      return {
        type: "conditions",
        value: read?.type === "conditions" ? read.value : { all: true, rows: [] },
      };
    case "secret": {
      const stored = read?.type === "secret" && read.value.stored;
      return { type: "secret", value: stored ? { move: "keep" } : { move: "replace", value: "" } };
    }
  }
}

/** Whether a field is drawn: it can hold something, its condition holds, and that of the field it hangs on. */
export function isShown(spec: FieldSpec, values: FormValues, capabilities: Capabilities): boolean {
  const own = values[spec.path];
  // Nobody can fill it in, and the vendor has not done so.
  if (spec.unavailable !== null && own !== undefined && isBlank(own)) return false;
  const condition = spec.shownWhen;
  if (!condition) return true;
  const parent = allFields(capabilities).find((field) => field.path === condition.path);
  if (parent && parent !== spec && !isShown(parent, values, capabilities)) return false;
  return holds(condition, values);
}

/** Whether a field of the form has the value a condition names. */
export function holds(condition: ShownWhen, values: FormValues): boolean {
  const value = values[condition.path];
  return value !== undefined && equalsCondition(value, condition.equals);
}

function equalsCondition(value: FormValue, wanted: FieldValue): boolean {
  return value.type === wanted.type && JSON.stringify(value.value) === JSON.stringify(wanted.value);
}

/** The parts of the form that have a field to show. */
export function shownSections(capabilities: Capabilities, values: FormValues): Section[] {
  return capabilities.sections.filter((section) =>
    section.fields.some((spec) => isShown(spec, values, capabilities)),
  );
}

/** Sets one value; a switch turned on fills the empty fields it shows with their defaults. */
export function withValue(
  values: FormValues,
  capabilities: Capabilities,
  path: FieldPath,
  value: FormValue,
): FormValues {
  const next = { ...values, [path]: value };
  if (value.type !== "flag" && value.type !== "text") return next;
  for (const spec of allFields(capabilities)) {
    const current = next[spec.path];
    const appears = spec.shownWhen?.path === path && equalsCondition(value, spec.shownWhen.equals);
    if (appears && spec.default && current && isBlank(current)) next[spec.path] = inputOf(spec, spec.default);
  }
  return next;
}

/** Whether nothing was entered. */
export function isBlank(value: FormValue): boolean {
  switch (value.type) {
    case "text":
    case "jsonText":
      return value.value.trim() === "";
    case "integer":
      return value.value === null;
    case "list":
    case "pairs":
      return value.value.length === 0;
    case "conditions":
      return value.value.rows.length === 0;
    case "url":
      return value.value.base.trim() === "" && value.value.query.length === 0;
    case "secret":
      return value.value.move === "replace" && value.value.value === "";
    case "flag":
      return false;
  }
}

export function isSame(a: FormValue, b: FormValue): boolean {
  if (a === b) return true;
  if (a.type === "list" && b.type === "list") {
    if (a.value.length !== b.value.length) return false;
    return JSON.stringify(a.value.toSorted()) === JSON.stringify(b.value.toSorted());
  }
  // Without conditions it says nothing how they go together.
  if (a.type === "conditions" && isBlank(a) && isBlank(b)) return true;
  if (a.type === "jsonText" && b.type === "jsonText") return isSameJson(a.value, b.value);
  // What is no number is not the same as nothing, though JSON says so.
  if (a.type === "integer" && b.type === "integer") return Object.is(a.value, b.value);
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The paths whose value differs from what the form opened with, in the form's order. */
export function changedPaths(
  capabilities: Capabilities,
  initial: FormValues,
  values: FormValues,
): FieldPath[] {
  return allFields(capabilities)
    .filter((spec) => spec.unavailable === null && isShown(spec, values, capabilities))
    .map((spec) => spec.path)
    .filter((path) => {
      const before = initial[path];
      const after = values[path];
      return before !== undefined && after !== undefined && !isSame(before, after);
    });
}

/**
 * For an edit only what differs, so that an absent path keeps the vendor's value; for a create all that is shown,
 * with Keep for what is taken over from the webhook it is made from.
 */
export function draftOf(
  capabilities: Capabilities,
  initial: FormValues,
  values: FormValues,
  creating: boolean,
): WebhookDraft {
  const paths = creating
    ? allFields(capabilities)
        .filter((spec) => spec.unavailable === null && isShown(spec, values, capabilities))
        .filter((spec) => !isOmitted(values[spec.path]))
        .map((spec) => spec.path)
    : changedPaths(capabilities, initial, values);
  const fields: WebhookDraft["fields"] = {};
  for (const path of paths) {
    const value = values[path];
    if (value) fields[path] = inputFor(value);
  }
  return { fields };
}

/** A value as it is sent. */
export function inputFor(value: FormValue): FieldInput {
  if (value.type === "conditions") {
    const { all, rows } = value.value;
    const copied = rows.map((row) =>
      row.kind === "field" ? { ...row, values: [...row.values] } : { ...row },
    );
    return { type: "conditions", value: { all, rows: copied } };
  }
  if (value.type !== "jsonText") return value;
  const read = jsonOfText(value.value);
  // A draft is made only when every field was found right.
  return { type: "json", value: "value" in read ? read.value : null };
}

function isOmitted(value: FormValue | undefined): boolean {
  return value === undefined || isBlank(value) || (value.type === "secret" && value.value.move === "clear");
}
