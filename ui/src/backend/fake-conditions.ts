import type { Condition } from "~/bindings/Condition";
import type { ConditionSet } from "~/bindings/ConditionSet";
import type { ConditionSpec } from "~/bindings/ConditionSpec";

// What conditions a pretended vendor has.

export const sampleConditionSpec: ConditionSpec = {
  max: 10,
  operations: [
    { id: "equals", label: "equals", values: "one", test: "equals" },
    { id: "not_equals", label: "does not equal", values: "one", test: "notEquals" },
    { id: "any_of", label: "is one of", values: "many", test: "anyOf" },
    { id: "none_of", label: "is none of", values: "many", test: "noneOf" },
    { id: "contains", label: "contains", values: "one", test: "contains" },
    { id: "is_empty", label: "is empty", values: "none", test: "isEmpty" },
    { id: "greater_than", label: "greater than", values: "one", test: "greaterThan" },
    { id: "less_than", label: "less than", values: "one", test: "lessThan" },
  ],
  fieldTypes: [
    { value: "string", label: "Text", as: "string" },
    { value: "number", label: "Number", as: "number" },
    { value: "boolean", label: "Yes or no", as: "boolean" },
    { value: "date", label: "Date", as: "date" },
  ],
  itemModes: [
    { value: "any", label: "Any item", as: "any" },
    { value: "all", label: "Every item", as: "every" },
  ],
  expressionMaxLength: 2000,
};

export const sampleConditions: Condition[] = [
  compared("entity.status", "any_of", ["active", "pending"], "string", 0),
  compared("entity.division", "equals", ["power"], "string", 1),
  compared("entity.annual_kwh", "greater_than", ["10000"], "number", 2),
];

function compared(
  field: string,
  operation: string,
  values: string[],
  fieldType: string,
  origin: number,
): Condition {
  return { kind: "field", field, operation, values, fieldType, isArray: false, item: null, origin };
}

/** Conditions as a review lists them. */
export function linesOf({ all, rows }: ConditionSet): string[] {
  const lines = rows.map((row) =>
    row.kind === "expression" ? row.expression : `${row.field} ${row.operation} ${row.values.join(", ")}`,
  );
  return lines.length > 1 ? [all ? "all of:" : "any of:", ...lines] : lines;
}
