import type { Capabilities } from "~/bindings/Capabilities";
import type { Catalogue } from "~/bindings/Catalogue";
import type { FieldOption } from "~/bindings/FieldOption";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { SecretChange } from "~/bindings/SecretChange";
import { jsonOfText } from "~/components/code-field/json-text";
import { conditionProblem, operationOf } from "~/components/conditions/evaluate";
import type { Condition, ConditionSpec } from "~/components/conditions/types";
import { pairsProblem } from "~/components/pairs/pairs-text";
import { hasOuterSpace } from "~/components/secret-field/secret-text";
import { urlAdvice, urlProblem } from "~/components/url-field/url-text";
import { allFields, type FormValue, type FormValues, isBlank, isSame, isShown } from "./form-state";

/** All that a check of one field looks at. */
export type CheckContext = {
  capabilities: Capabilities;
  initial: FormValues;
  values: FormValues;
  creating: boolean;
};

/** Why a field cannot be saved as it stands, or null. Hidden and unavailable fields are never wrong. */
export function fieldProblem(spec: FieldSpec, context: CheckContext): string | null {
  const value = context.values[spec.path];
  if (!value || spec.unavailable !== null || !isShown(spec, context.values, context.capabilities))
    return null;
  if (value.type === "secret") return secretProblem(spec, value, context);
  switch (spec.kind.type) {
    case "url":
      return value.type === "url" && (spec.required || !isBlank(value))
        ? urlProblem(value.value, {
            httpsOnly: spec.kind.httpsOnly,
            hasAuthentication: context.capabilities.urlCredentials !== null,
          })
        : null;
    case "events":
      return isBlank(value) ? "Choose at least one event." : null;
    case "integer": {
      const { min, max, unit } = spec.kind;
      const number = value.type === "integer" ? value.value : null;
      const range = `Enter a whole number from ${min} to ${max}${unit === null ? "" : ` ${unit}`}.`;
      if (number === null) return spec.required ? range : null;
      return Number.isInteger(number) && number >= min && number <= max ? null : range;
    }
    case "text":
    case "code":
      return textProblem(spec, spec.kind.maxLength, value);
    case "pairs":
      if (spec.required && isBlank(value)) return `Add at least one ${spec.kind.noun}.`;
      return value.type === "pairs" ? pairsProblem(value.value, spec.kind.noun) : null;
    case "textList":
      return spec.required && isBlank(value) ? `Enter at least one ${spec.kind.noun}.` : null;
    case "conditions":
      if (value.type !== "conditions") return jsonProblem(spec, value);
      if (spec.required && isBlank(value)) return "Add at least one condition.";
      return isChanged(spec.path, context) ? conditionsProblem(value.value.rows, spec.kind.spec) : null;
    case "json":
      return jsonProblem(spec, value);
    default:
      return spec.required && isBlank(value) ? `Choose the ${lowerFirst(spec.label)}.` : null;
  }
}

function jsonProblem(spec: FieldSpec, value: FormValue): string | null {
  if (spec.required && isBlank(value)) return enterWords(spec);
  const read = value.type === "jsonText" ? jsonOfText(value.value) : null;
  return read && "problem" in read ? read.problem : null;
}

/** The first row that is not complete. One whose operation is not known here is the provider's to judge. */
function conditionsProblem(rows: readonly Condition[], spec: ConditionSpec): string | null {
  for (const [at, row] of rows.entries()) {
    const problem = conditionProblem(row, spec);
    const isUnknown = row.kind === "field" && row.field.trim() !== "" && !operationOf(row, spec);
    if (problem !== null && !isUnknown) return `Condition ${at + 1}: ${problem}`;
  }
  return null;
}

function textProblem(spec: FieldSpec, maxLength: number | null, value: FormValue): string | null {
  if (value.type !== "text") return null;
  if (spec.required && isBlank(value)) return enterWords(spec);
  // The host counts characters, not UTF-16 units.
  const length = Array.from(value.value).length;
  return maxLength !== null && length > maxLength
    ? `At most ${maxLength} characters are accepted; this has ${length}.`
    : null;
}

function secretProblem(spec: FieldSpec, value: FormValue, context: CheckContext): string | null {
  if (value.type !== "secret" || value.value.move === "keep") return null;
  if (value.value.move === "clear") {
    return spec.required
      ? "A value is needed here. Keep or replace it, or switch this off as a whole."
      : null;
  }
  if (value.value.value !== "") return null;
  if (context.initial[spec.path]?.type === "secret" && wasStored(context.initial[spec.path])) {
    return "Enter the new value, or choose Keep.";
  }
  const isNew = spec.shownWhen !== null && !isShown(spec, context.initial, context.capabilities);
  return spec.required && (isNew || context.creating) ? enterWords(spec) : null;
}

function wasStored(initial: FormValue | undefined): boolean {
  return initial?.type === "secret" && initial.value.move === "keep";
}

function enterWords(spec: FieldSpec): string {
  const example = spec.placeholder === null ? "" : `, for example ${spec.placeholder}`;
  return `Enter the ${lowerFirst(spec.label)}${example}.`;
}

/** "Header name" inside a sentence; "URL" and "API key" stay as they are. */
export function lowerFirst(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** Every problem in the form's order. */
export function allProblems(context: CheckContext): { path: FieldPath; message: string }[] {
  return allFields(context.capabilities).flatMap((spec) => {
    const message = fieldProblem(spec, context);
    return message === null ? [] : [{ path: spec.path, message }];
  });
}

/** What is worth a second look in a field. None of it stops a save. */
export function fieldAdvice(
  spec: FieldSpec,
  value: FormValue,
  catalogue: Catalogue,
  options: FieldOption[] | undefined,
): string[] {
  if (value.type === "secret") return isSpaced(value.value) ? ["space"] : [];
  if (value.type === "url") {
    const spaced = value.value.query.filter(({ value: change }) => isSpaced(change)).map(() => "space");
    return [...urlAdvice(value.value, spec.kind.type === "url" && spec.kind.httpsOnly), ...spaced];
  }
  if (value.type === "pairs")
    return value.value.filter(({ value: change }) => isSpaced(change)).map(() => "space");
  if (value.type !== "list") return [];
  if (spec.kind.type === "events") {
    const known = idsOf(catalogue.events, ({ id }) => id);
    return value.value.filter((id) => !known.has(id));
  }
  const known = options && idsOf(options, (option) => option.value);
  const prefix = spec.kind.type === "idList" ? spec.kind.prefix : null;
  return value.value.filter((id) => (known && !known.has(id)) || (prefix !== null && !id.startsWith(prefix)));
}

const idsSeen = new WeakMap<readonly object[], ReadonlySet<string>>();

/** The ids of a long list, gathered once: every key asks for them. */
function idsOf<T extends object>(list: readonly T[], idOf: (one: T) => string): ReadonlySet<string> {
  const before = idsSeen.get(list);
  if (before) return before;
  const ids = new Set(list.map(idOf));
  idsSeen.set(list, ids);
  return ids;
}

function isSpaced(change: SecretChange): boolean {
  return change.move === "replace" && hasOuterSpace(change.value);
}

/** Whether the user has changed this field. */
export function isChanged(path: FieldPath, context: CheckContext): boolean {
  const before = context.initial[path];
  const after = context.values[path];
  return before !== undefined && after !== undefined && !isSame(before, after);
}
