import {
  isFieldTest,
  isLengthTest,
  isOfKind,
  isTextTest,
  lengthOf,
  oppositeOf,
  passes,
  passesField,
  passesLength,
} from "./compare";
import { runExpression } from "./expression";
import { type Place, placesOf } from "./paths";
import type {
  Condition,
  ConditionOperation,
  ConditionSet,
  ConditionSpec,
  Evaluation,
  FieldCondition,
  ItemMatch,
  RowResult,
  ValueKind,
} from "./types";
import { expressionWords, fieldWords } from "./words";

/** Judges a payload by a set of conditions, row by row. No conditions: everything passes. */
export async function evaluate(
  set: ConditionSet,
  payload: unknown,
  spec: ConditionSpec,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const rows = await Promise.all(set.rows.map((row) => rowResult(row, payload, spec, signal)));
  const judged = rows.filter(({ problem }) => problem === undefined);
  const isOpen = judged.length < rows.length;
  if (set.all) {
    return { verdict: rows.every(({ ok }) => ok), isCertain: !isOpen || judged.some(({ ok }) => !ok), rows };
  }
  const verdict = rows.length === 0 || rows.some(({ ok }) => ok);
  return { verdict, isCertain: !isOpen || verdict, rows };
}

/** What keeps a row from being judged or saved, in words; nothing when it is complete. */
export function conditionProblem(row: Condition, spec: ConditionSpec): string | null {
  if (row.kind === "expression") {
    if (row.expression.trim() === "") return "Enter an expression.";
    const most = spec.expressionMaxLength;
    const isLong = most !== null && Array.from(row.expression).length > most;
    return isLong ? `The expression has more than ${most.toLocaleString("en-GB")} characters.` : null;
  }
  if (row.field.trim() === "") return "Enter a field.";
  const operation = operationOf(row, spec);
  if (!operation) return `The operation “${row.operation}” is not known here. It is kept as it is.`;
  if (operation.values === "none") return null;
  const [first = ""] = row.values;
  if (operation.values === "number") {
    return /^\d+$/u.test(first.trim()) ? null : "Enter a whole number of at least 0.";
  }
  if (row.values.every((value) => value === "")) return "Enter a value.";
  return valuesProblem(row.values, kindOf(row.fieldType, spec), operation);
}

const WANTED: Partial<Record<ValueKind, string>> = {
  number: "The field counts as a number: enter a number.",
  boolean: "The field counts as true or false: enter one of them.",
  date: "The field counts as a date: enter one such as 2026-12-31.",
  datetime: "The field counts as a time: enter one such as 2026-12-31T08:00:00Z.",
};

/** Values that are not of the field's type can never be met, unless it is the text that is looked into. */
function valuesProblem(
  values: readonly string[],
  kind: ValueKind,
  { test }: ConditionOperation,
): string | null {
  if (isTextTest(test)) return null;
  return values.every((value) => isOfKind(value, kind)) ? null : (WANTED[kind] ?? null);
}

export function operationOf(row: FieldCondition, spec: ConditionSpec): ConditionOperation | undefined {
  return spec.operations.find(({ id }) => id === row.operation);
}

async function rowResult(
  row: Condition,
  payload: unknown,
  spec: ConditionSpec,
  signal: AbortSignal | undefined,
): Promise<RowResult> {
  const problem = conditionProblem(row, spec);
  if (row.kind === "field") {
    const operation = operationOf(row, spec);
    const { places } = placesOf(payload, row.field);
    const [first] = row.field.trim() === "" ? [] : places;
    if (problem !== null || !operation) {
      return open(problem ?? "", first?.value, first?.pointer ?? null);
    }
    return fieldResult(row, operation, payload, spec);
  }
  if (problem !== null) return open(problem, undefined, null);
  const answer = await runExpression(row.expression, payload, signal);
  if ("problem" in answer) return open(answer.problem, undefined, null);
  const { ok, result } = answer;
  return { ok, why: expressionWords(result, ok), found: result, pointer: null };
}

function open(problem: string, found: unknown, pointer: string | null): RowResult {
  return { ok: false, why: problem, found, pointer, problem };
}

function fieldResult(
  row: FieldCondition,
  operation: ConditionOperation,
  payload: unknown,
  spec: ConditionSpec,
): RowResult {
  const { test } = operation;
  const { places, isSpread } = placesOf(payload, row.field);
  const kind = kindOf(row.fieldType, spec);
  const [first] = places;
  // What a path found in the items of a list counts as a list of its own.
  const whole = isSpread ? places.map(({ value }) => value) : first?.value;
  const words = (found: readonly unknown[]) =>
    fieldWords(row.field.trim(), found, operation, row.values, kind);
  const answer = (ok: boolean, at: Place | undefined): RowResult => ({
    ok,
    why: words(isSpread ? places.map(({ value }) => value) : [whole]),
    found: whole,
    pointer: at?.pointer ?? null,
  });
  if (isLengthTest(test)) return answer(passesLength(test, whole, row.values[0] ?? ""), first);
  const isWholeEmpty = Array.isArray(whole) && lengthOf(whole) === 0;
  if (isFieldTest(test))
    return answer(passesField(test, isSpread && isWholeEmpty ? undefined : whole), first);

  const items = isSpread ? places : itemsOf(first);
  if (!isSpread && !Array.isArray(first?.value)) {
    return answer(passes(test, first?.value, row.values, kind), first);
  }
  const fits = (item: Place) => passes(test, item.value, row.values, kind);
  const mode = matchOf(row, spec);
  // A list as a whole passes a negative test only when none of its items is what it must not be.
  const needsEvery = mode === "every" || (mode === "whole" && oppositeOf(test) !== undefined);
  const ok = needsEvery ? items.every(fits) : items.some(fits);
  const telling = items.find((item) => fits(item) === ok);
  return answer(ok, telling ?? first);
}

function itemsOf(place: Place | undefined): Place[] {
  if (!place || !Array.isArray(place.value)) return [];
  return place.value.map((value: unknown, at) => ({ value, pointer: `${place.pointer}/${at}` }));
}

const KINDS: readonly string[] = ["string", "number", "boolean", "date", "datetime"] satisfies ValueKind[];
const MATCHES: readonly string[] = ["whole", "any", "every"] satisfies ItemMatch[];

/** As what a field type's values are compared: text where nothing is said. */
export function kindOf(fieldType: string, spec: ConditionSpec): ValueKind {
  const as = spec.fieldTypes.find(({ value }) => value === fieldType)?.as;
  return as ?? (KINDS.includes(fieldType) ? (fieldType as ValueKind) : "string");
}

function matchOf({ item }: FieldCondition, spec: ConditionSpec): ItemMatch {
  if (item === null) return "whole";
  const as = spec.itemModes.find(({ value }) => value === item)?.as;
  return as ?? (MATCHES.includes(item) ? (item as ItemMatch) : "any");
}
