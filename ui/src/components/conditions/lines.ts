import { operationOf } from "./evaluate";
import type { Condition, ConditionSet, ConditionSpec } from "./types";

/** Conditions in words, one a line; the first says how several go together. */
export function conditionLines({ all, rows }: ConditionSet, spec: ConditionSpec): string[] {
  const lines = rows.map((row) => conditionLine(row, spec));
  // One condition alone is both; that it is kept as "any" is still worth a line.
  const hasHead = lines.length > 1 || (lines.length === 1 && !all);
  return hasHead ? [all ? "all of:" : "any of:", ...lines] : lines;
}

function conditionLine(row: Condition, spec: ConditionSpec): string {
  if (row.kind === "expression") return row.expression;
  const operation = operationOf(row, spec)?.label ?? row.operation;
  return [row.field, operation, row.values.join(", ")].filter((part) => part !== "").join(" ");
}
