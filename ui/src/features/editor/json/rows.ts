import type { ConditionSet as WireSet } from "~/bindings/ConditionSet";
import type { ConditionSpec } from "~/bindings/ConditionSpec";
import type { PairInput } from "~/bindings/PairInput";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import type { Condition, ConditionSet } from "~/components/conditions/types";
import type { Keys } from "./layout";
import { isPlaceholder, KEPT, secretOfText, textOfSecret } from "./placeholders";

/** Something the form cannot hold, and where it stands. */
export type Fault = { keys: Keys; message: string };

/** What a value of the document says, and what of it the form cannot hold. */
export type Read<T> = { value: T; faults: Fault[] };

type JsonObject = Record<string, JsonValue>;

/** Which of the earlier rows each row is, by the first rule that finds one; each is taken once. */
export function matched<Now, Before>(
  now: readonly Now[],
  before: readonly Before[],
  rules: readonly ((one: Now, other: Before, at: number, otherAt: number) => boolean)[],
): (Before | undefined)[] {
  const found = new Map<number, number>();
  const taken = new Set<number>();
  for (const rule of rules) {
    for (const [at, one] of now.entries()) {
      if (found.has(at)) continue;
      const fit = before.findIndex((other, otherAt) => !taken.has(otherAt) && rule(one, other, at, otherAt));
      if (fit < 0) continue;
      found.set(at, fit);
      taken.add(fit);
    }
  }
  return now.map((_, at) => {
    const fit = found.get(at);
    return fit === undefined ? undefined : before[fit];
  });
}

/** The rows to look among: those of the form, then stored ones that were taken out of it. */
export function withStored<T extends { origin: number | null }>(
  rows: readonly T[],
  stored: readonly T[],
): T[] {
  const origins = new Set(rows.map(({ origin }) => origin));
  return [...rows, ...stored.filter(({ origin }) => !origins.has(origin))];
}

export function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Pairs as the document shows them; where values count as secrets, as placeholders. */
export function jsonOfPairs(pairs: readonly PairInput[], isSecret: boolean): JsonValue[] {
  return pairs.map((pair) => jsonOfPair(pair, isSecret));
}

function jsonOfPair({ group, name, value }: PairInput, isSecret: boolean): JsonObject {
  const text = !isSecret && value.move === "replace" ? value.value : textOfSecret(value);
  return { ...(group === null ? {} : { group }), name, value: text === undefined ? "" : text };
}

/** Pairs as the document says them. A row is known by its name, or by its place when it was only renamed. */
export function pairsOfJson(
  json: JsonValue,
  before: readonly PairInput[],
  stored: readonly PairInput[],
  kind: { groups: readonly { value: string }[]; secret: boolean },
): Read<PairInput[]> {
  const rows = (Array.isArray(json) ? json : []).filter(isObject);
  const all = withStored(before, stored);
  const isSameLength = rows.length === before.length;
  const groupOf = (row: JsonObject) =>
    typeof row["group"] === "string" ? row["group"] : (kind.groups[0]?.value ?? null);
  const fits = matched(rows, all, [
    (row, pair) => JSON.stringify(row) === JSON.stringify(jsonOfPair(pair, kind.secret)),
    (row, pair) => row["name"] === pair.name && groupOf(row) === pair.group,
    (row, _, at, pairAt) => isSameLength && at === pairAt && isPlaceholder(row["value"]),
  ]);
  const faults: Fault[] = [];
  const value = rows.map((row, at): PairInput => {
    const pair = fits[at];
    const text = row["value"] ?? null;
    const made = {
      group: groupOf(row),
      name: typeof row["name"] === "string" ? row["name"] : "",
      origin: pair?.origin ?? null,
    };
    if (JSON.stringify(row) === JSON.stringify(pair && jsonOfPair(pair, kind.secret)))
      return pair as PairInput;
    if (typeof text !== "string") return { ...made, value: { move: "clear" } };
    if (!kind.secret && text !== KEPT) return { ...made, value: { move: "replace", value: text } };
    const read = secretOfText(text, pair?.value, made.origin !== null);
    if ("change" in read) return { ...made, value: read.change };
    faults.push({ keys: [at, "value"], message: read.fault });
    return { ...made, value: { move: "clear" } };
  });
  return { value, faults };
}

/** Conditions as the document shows them, without what is so by default. */
export function jsonOfConditions({ all, rows }: ConditionSet, spec: ConditionSpec): JsonValue | undefined {
  return rows.length === 0 ? undefined : { all, rows: rows.map((row) => jsonOfCondition(row, spec)) };
}

function jsonOfCondition(row: Condition, spec: ConditionSpec): JsonObject {
  if (row.kind === "expression") return { expression: row.expression };
  const { field, operation, values, fieldType, isArray, item } = row;
  return {
    field,
    operation,
    ...(values.length === 0 ? {} : { values: [...values] }),
    ...(fieldType === defaultType(spec) ? {} : { fieldType }),
    ...(isArray ? { isArray } : {}),
    ...(item === null ? {} : { item }),
  };
}

/** Conditions as the document says them. An edited row stays the one it was, with what is stored beside it. */
export function conditionsOfJson(
  json: JsonValue,
  before: ConditionSet,
  stored: ConditionSet,
  spec: ConditionSpec,
): WireSet {
  const body = isObject(json) ? json : {};
  const rows = (Array.isArray(body["rows"]) ? body["rows"] : []).filter(isObject);
  const isSameLength = rows.length === before.rows.length;
  const isExpression = (row: JsonObject, condition: Condition) =>
    "expression" in row === (condition.kind === "expression");
  const fits = matched(rows, withStored(before.rows, stored.rows), [
    (row, condition) => JSON.stringify(row) === JSON.stringify(jsonOfCondition(condition, spec)),
    (row, condition, at, rowAt) => isSameLength && at === rowAt && isExpression(row, condition),
    (row, condition) => condition.kind === "field" && row["field"] === condition.field,
  ]);
  return {
    all: body["all"] !== false,
    rows: rows.map((row, at) => conditionOf(row, fits[at]?.origin ?? null, spec)),
  };
}

function conditionOf(row: JsonObject, origin: number | null, spec: ConditionSpec): WireSet["rows"][number] {
  const text = (name: string, otherwise = "") => {
    const value = row[name];
    return typeof value === "string" ? value : otherwise;
  };
  if ("expression" in row) return { kind: "expression", expression: text("expression"), origin };
  const values = Array.isArray(row["values"]) ? row["values"] : [];
  return {
    kind: "field",
    field: text("field"),
    operation: text("operation"),
    values: values.filter((value) => typeof value === "string"),
    fieldType: text("fieldType", defaultType(spec)),
    isArray: row["isArray"] === true,
    item: typeof row["item"] === "string" ? row["item"] : null,
    origin,
  };
}

function defaultType(spec: ConditionSpec): string {
  return spec.fieldTypes[0]?.value ?? "";
}
