import { moved } from "../named-value/use-row-keys";
import { kindOf } from "./evaluate";
import type {
  Condition,
  ConditionOperation,
  ConditionSet,
  ConditionSpec,
  FieldCondition,
  ValueKind,
} from "./types";

/** A new, empty field condition. */
export function newField(spec: ConditionSpec): FieldCondition {
  return {
    kind: "field",
    field: "",
    operation: spec.operations[0]?.id ?? "",
    values: [],
    fieldType: spec.fieldTypes[0]?.value ?? "",
    isArray: false,
    item: null,
    origin: null,
  };
}

/** A new, empty expression. */
export function newExpression(): Condition {
  return { kind: "expression", expression: "", origin: null };
}

export function withRow(set: ConditionSet, at: number, row: Condition): ConditionSet {
  return { ...set, rows: set.rows.map((before, index) => (index === at ? row : before)) };
}

export function withoutRow(set: ConditionSet, at: number): ConditionSet {
  return { ...set, rows: set.rows.filter((_, index) => index !== at) };
}

/** With a copy of a row below it; the copy is a new one. */
export function withCopy(set: ConditionSet, at: number): ConditionSet {
  const row = set.rows[at];
  return row ? { ...set, rows: set.rows.toSpliced(at + 1, 0, { ...row, origin: null }) } : set;
}

/** With a row at another place. */
export function withMoved(set: ConditionSet, from: number, to: number): ConditionSet {
  return { ...set, rows: moved(set.rows, from, to) };
}

/** The row with another operation; as many of the values as it can have are kept. */
export function withOperation(
  row: FieldCondition,
  operation: ConditionOperation,
  before: readonly string[],
): FieldCondition {
  const values = row.values.length === 0 ? before : row.values;
  const kept = {
    none: [],
    one: values.slice(0, 1),
    many: values.filter((value) => value !== ""),
    number: values.slice(0, 1).filter((value) => /^\d+$/u.test(value)),
  };
  return { ...row, operation: operation.id, values: kept[operation.values] };
}

/** The row with a field of the sample: its type, and whether it is a list, follow from what the sample has there. */
export function withField(
  row: FieldCondition,
  field: string,
  value: unknown,
  spec: ConditionSpec,
): FieldCondition {
  const isArray = Array.isArray(value);
  const kind = sampleKind(isArray ? (value as unknown[])[0] : value);
  const type = spec.fieldTypes.find((one) => kindOf(one.value, spec) === kind)?.value;
  return { ...row, field, fieldType: type ?? row.fieldType, ...listState(row, isArray, spec) };
}

/** The row as a list or not. */
export function listState(
  row: FieldCondition,
  isArray: boolean,
  spec: ConditionSpec,
): Pick<FieldCondition, "isArray" | "item"> {
  return { isArray, item: isArray ? (row.item ?? spec.itemModes[0]?.value ?? null) : null };
}

function sampleKind(value: unknown): ValueKind {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  if (typeof value !== "string") return "string";
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return "date";
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/u.test(value) ? "datetime" : "string";
}
