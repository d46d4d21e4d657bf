import { lengthOf } from "./compare";
import { shown } from "./paths";
import type { ConditionOperation, ConditionTest, ValueKind } from "./types";

const MOST_VALUES = 4;
const NEEDS: Record<ConditionTest, (values: string) => string> = {
  equals: (values) => values,
  notEquals: (values) => `anything but ${values}`,
  anyOf: (values) => `one of ${values}`,
  noneOf: (values) => `none of ${values}`,
  contains: (values) => `${values} in it`,
  notContains: (values) => `no ${values} in it`,
  startsWith: (values) => `${values} at its start`,
  endsWith: (values) => `${values} at its end`,
  isEmpty: () => "it empty",
  isNotEmpty: () => "it not empty",
  exists: () => "it to be there",
  notExists: () => "it not to be there",
  greaterThan: (values) => `more than ${values}`,
  greaterOrEqual: (values) => `at least ${values}`,
  lessThan: (values) => `less than ${values}`,
  lessOrEqual: (values) => `at most ${values}`,
  lengthEquals: (values) => `exactly ${values}`,
  lengthNotEquals: (values) => `any number but ${values}`,
  lengthGreater: (values) => `more than ${values}`,
  lengthGreaterOrEqual: (values) => `at least ${values}`,
  lengthLess: (values) => `fewer than ${values}`,
  lengthLessOrEqual: (values) => `at most ${values}`,
};

/** "entity.annual_kwh is 3200; the condition needs more than 10000." */
export function fieldWords(
  field: string,
  found: readonly unknown[],
  operation: ConditionOperation,
  values: readonly string[],
  kind: ValueKind,
): string {
  const { test } = operation;
  const needs = NEEDS[test](valueWords(values, kind, test));
  return `${field} ${foundWords(found, test)}; the condition needs ${needs}.`;
}

/** What an expression gave, in words. */
export function expressionWords(result: unknown, ok: boolean): string {
  if (result === true) return "The expression is true.";
  if (result === false) return "The expression is false.";
  if (result === undefined) return "The expression finds nothing, which counts as false.";
  return `The expression gives ${shown(result)}, which counts as ${ok ? "true" : "false"}.`;
}

function foundWords(found: readonly unknown[], test: ConditionTest): string {
  const [value] = found;
  if (test.startsWith("length")) {
    const length = found.length > 1 ? found.length : lengthOf(value);
    return `has ${length} ${length === 1 ? "item" : "items"}`;
  }
  if (found.length > 1)
    return `is ${listed(
      found.map((one) => shown(one, 24)),
      "and",
    )}`;
  return value === undefined ? "is not in the payload" : `is ${itemsOrValue(value)}`;
}

function itemsOrValue(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_VALUES) return shown(value);
  return `a list of ${listed(
    value.map((one) => shown(one, 24)),
    "and",
  )}`;
}

// Texts stand in quotes, as in the payload; numbers do not.
function valueWords(values: readonly string[], kind: ValueKind, test: ConditionTest): string {
  const isPlain = kind !== "string" || /^(?:greater|less|length)/u.test(test);
  return listed(
    values.map((value) => (isPlain ? value : shown(value, 60))),
    "or",
  );
}

function listed(words: readonly string[], last: string): string {
  if (words.length <= 1) return words[0] ?? "a value";
  if (words.length > MOST_VALUES) {
    return `${words.slice(0, MOST_VALUES).join(", ")} ${last} ${words.length - MOST_VALUES} more`;
  }
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}
