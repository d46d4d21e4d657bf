import type { ConditionTest, ValueKind } from "./types";

/** Tests that ask something of a list's length, not of its items. */
const LENGTH: Partial<Record<ConditionTest, (length: number, wanted: number) => boolean>> = {
  lengthEquals: (length, wanted) => length === wanted,
  lengthNotEquals: (length, wanted) => length !== wanted,
  lengthGreater: (length, wanted) => length > wanted,
  lengthGreaterOrEqual: (length, wanted) => length >= wanted,
  lengthLess: (length, wanted) => length < wanted,
  lengthLessOrEqual: (length, wanted) => length <= wanted,
};

/** Tests a list fails when one of its items fails the opposite. */
const OPPOSITE: Partial<Record<ConditionTest, ConditionTest>> = {
  notEquals: "equals",
  noneOf: "anyOf",
  notContains: "contains",
};

/** Tests of the field itself, list or not. */
const OF_THE_FIELD = new Set<ConditionTest>(["isEmpty", "isNotEmpty", "exists", "notExists"]);

/** Tests that look into a text, whatever the field counts as. */
const OF_THE_TEXT = new Set<ConditionTest>(["contains", "notContains", "startsWith", "endsWith"]);

export function isTextTest(test: ConditionTest): boolean {
  return OF_THE_TEXT.has(test);
}

/** Whether a value can be read as what it is compared as. */
export function isOfKind(value: string, kind: ValueKind): boolean {
  switch (kind) {
    case "string":
      return true;
    case "number":
      return numberOf(value) !== null;
    case "boolean":
      return booleanOf(value) !== null;
    case "date":
    case "datetime":
      return timeOf(value, kind === "date") !== null;
  }
}

export function isLengthTest(test: ConditionTest): boolean {
  return test in LENGTH;
}

export function isFieldTest(test: ConditionTest): boolean {
  return OF_THE_FIELD.has(test);
}

/** The positive test behind a negative one, for lists: none of the items may pass it. */
export function oppositeOf(test: ConditionTest): ConditionTest | undefined {
  return OPPOSITE[test];
}

/** A list has its length, nothing has 0, anything else counts as 1. */
export function lengthOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return Array.isArray(value) ? value.length : 1;
}

export function passesLength(test: ConditionTest, value: unknown, wanted: string): boolean {
  return LENGTH[test]?.(lengthOf(value), Number(wanted)) ?? false;
}

/** A field is empty when it is missing, null, an empty text, or an empty list or object. */
export function passesField(test: ConditionTest, value: unknown): boolean {
  if (test === "exists") return value !== undefined;
  if (test === "notExists") return value === undefined;
  return isEmpty(value) === (test === "isEmpty");
}

/** Whether one value, not a list, passes a test that compares values. */
export function passes(
  test: ConditionTest,
  value: unknown,
  values: readonly string[],
  kind: ValueKind,
): boolean {
  const positive = oppositeOf(test);
  if (positive) return !passes(positive, value, values, kind);
  if (value === undefined || value === null) return false;
  const [first = ""] = values;
  switch (test) {
    case "equals":
      return isEqual(value, first, kind);
    case "anyOf":
      return values.some((wanted) => isEqual(value, wanted, kind));
    case "contains":
      return textOf(value).includes(first);
    case "startsWith":
      return textOf(value).startsWith(first);
    case "endsWith":
      return textOf(value).endsWith(first);
    default:
      return isOrdered(test, value, first, kind);
  }
}

function isOrdered(test: ConditionTest, value: unknown, wanted: string, kind: ValueKind): boolean {
  const [left, right] = pair(value, wanted, kind);
  if (left === null || right === null) return false;
  if (test === "greaterThan") return left > right;
  if (test === "greaterOrEqual") return left >= right;
  if (test === "lessThan") return left < right;
  return test === "lessOrEqual" && left <= right;
}

function isEqual(value: unknown, wanted: string, kind: ValueKind): boolean {
  const [left, right] = pair(value, wanted, kind);
  return left !== null && left === right;
}

/** Both sides made comparable; null for a side that cannot be read as what it should be. */
function pair(
  value: unknown,
  wanted: string,
  kind: ValueKind,
): [string | number | null, string | number | null] {
  // A number in the payload is compared as a number even where the field counts as text.
  if (kind === "number" || (kind === "string" && typeof value === "number" && numberOf(wanted) !== null)) {
    return [numberOf(value), numberOf(wanted)];
  }
  if (kind === "boolean") return [booleanOf(value), booleanOf(wanted)];
  if (kind === "date") return [timeOf(value, true), timeOf(wanted, true)];
  if (kind === "datetime") return [timeOf(value, false), timeOf(wanted, false)];
  return [textOf(value), wanted];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function booleanOf(value: unknown): string | null {
  const text = textOf(value).trim().toLowerCase();
  return text === "true" || text === "false" ? text : null;
}

/** Milliseconds; of a date without a time zone, its start in UTC. `wholeDay` drops the time. */
function timeOf(value: unknown, wholeDay: boolean): number | null {
  if (typeof value === "number") return wholeDay ? dayOf(value) : value;
  if (typeof value !== "string" || !/^\d{4}-\d{2}/u.test(value.trim())) return null;
  const text = value.trim().replace(" ", "T");
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text.slice(10));
  const time = Date.parse(text.includes("T") && !hasZone ? `${text}Z` : text);
  if (Number.isNaN(time)) return null;
  return wholeDay ? dayOf(time) : time;
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400_000);
}
