/** How a condition compares; each provider's operation names one of these. */
export type ConditionTest =
  | "equals"
  | "notEquals"
  | "anyOf"
  | "noneOf"
  | "contains"
  | "notContains"
  | "startsWith"
  | "endsWith"
  | "isEmpty"
  | "isNotEmpty"
  | "exists"
  | "notExists"
  | "greaterThan"
  | "greaterOrEqual"
  | "lessThan"
  | "lessOrEqual"
  | "lengthEquals"
  | "lengthNotEquals"
  | "lengthGreater"
  | "lengthGreaterOrEqual"
  | "lengthLess"
  | "lengthLessOrEqual";

/** How many values an operation takes; `number` is one whole number of at least 0. */
export type ConditionValues = "none" | "one" | "many" | "number";

/** As what values are compared. */
export type ValueKind = "string" | "number" | "boolean" | "date" | "datetime";

/** How a list is compared: as a whole (some item fits, or none for a negative test), or item by item. */
export type ItemMatch = "whole" | "any" | "every";

export interface FieldCondition {
  kind: "field";
  /** Path in the payload: names between dots, places in lists as `.1` or `[1]`. */
  field: string;
  /** An id of the spec's operations, or one it lacks: kept as it is. */
  operation: string;
  values: readonly string[];
  fieldType: string;
  /** Whether the field is a list. */
  isArray: boolean;
  /** How a list's items are compared; null where the provider was told nothing. */
  item: string | null;
  /** The row of the provider's list this one began as; null for a new one. Never changes. */
  origin: number | null;
}

export interface ExpressionCondition {
  kind: "expression";
  /** JSONata. */
  expression: string;
  /** As for fields. */
  origin: number | null;
}

export type Condition = FieldCondition | ExpressionCondition;

export interface ConditionSet {
  /** Whether all rows must hold, or any one of them. */
  all: boolean;
  rows: readonly Condition[];
}

export interface ConditionOperation {
  id: string;
  label: string;
  values: ConditionValues;
  test: ConditionTest;
}

/** What conditions a provider has. */
export interface ConditionSpec {
  /** Most rows. */
  max: number;
  operations: readonly ConditionOperation[];
  /** The first is taken for new rows. `as` is needed where the value is no `ValueKind` itself. */
  fieldTypes: readonly { value: string; label: string; as?: ValueKind }[];
  /** The first is taken for new lists; empty where there is no choice. `as`: likewise, of `ItemMatch`. */
  itemModes: readonly { value: string; label: string; as?: ItemMatch }[];
  /** Most characters of an expression. Null: the provider has no expressions. */
  expressionMaxLength: number | null;
}

/** How one row did. */
export interface RowResult {
  ok: boolean;
  /** One sentence: what was found and what the condition needs. */
  why: string;
  /** What the payload has there; `undefined` when it has nothing. */
  found: unknown;
  /** Where that is, as a JSON pointer. */
  pointer: string | null;
  /** Why the row could not be judged. */
  problem?: string;
}

export interface Evaluation {
  verdict: boolean;
  /** False when the verdict hangs on a row that could not be judged. */
  isCertain: boolean;
  rows: readonly RowResult[];
}
