import type { FieldKind } from "~/bindings/FieldKind";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { FieldValue } from "~/bindings/FieldValue";
import type { Webhook } from "~/bindings/Webhook";
import { conditionLines } from "~/components/conditions/lines";

/** Whether a field has something to show: a value, and the condition it stands under holds. */
export function isShown(spec: FieldSpec, webhook: Webhook): boolean {
  const value = webhook.fields[spec.path];
  if (value === undefined || emptyList(value)) return false;
  if (value.type === "json" && value.value === null) return false;
  // The name stands in the heading already.
  if (value.type === "text" && (value.value === "" || value.value === webhook.title)) return false;
  const { shownWhen } = spec;
  return (
    shownWhen === null || JSON.stringify(webhook.fields[shownWhen.path]) === JSON.stringify(shownWhen.equals)
  );
}

/** Whether a field is a switch that is off and that other fields wait for. */
export function isClosedGate(spec: FieldSpec, all: readonly FieldSpec[], webhook: Webhook): boolean {
  const value = webhook.fields[spec.path];
  return value?.type === "flag" && !value.value && all.some(({ shownWhen }) => shownWhen?.path === spec.path);
}

export function emptyList(value: FieldValue): boolean {
  if (value.type === "conditions") return value.value.rows.length === 0;
  return (value.type === "list" || value.type === "pairs") && value.value.length === 0;
}

/** Whether a value takes the whole width: an address, code, names with values. */
export function isBlock(value: FieldValue, kind: FieldKind): boolean {
  const isTall = ["json", "conditions", "pairs", "url"].includes(value.type);
  return isTall || kind.type === "code";
}

/** A plain value in words: `10 seconds`, `On`, the label of a choice. */
export function valueWords(value: FieldValue, kind: FieldKind): string {
  switch (value.type) {
    case "flag":
      return value.value ? "On" : "Off";
    case "integer":
      return kind.type === "integer" && kind.unit !== null
        ? `${value.value} ${kind.unit}`
        : String(value.value);
    case "text":
      return kind.type === "choice"
        ? (kind.options.find((option) => option.value === value.value)?.label ?? value.value)
        : value.value;
    case "url":
      return value.value.masked;
    case "json":
      return JSON.stringify(value.value, null, 2);
    case "conditions":
      return kind.type === "conditions" ? conditionLines(value.value, kind.spec).join("\n") : "";
    case "pairs":
      return value.value.map(({ name }) => name).join(", ");
    case "list":
      return value.value.join(", ");
    case "secret":
      return value.value.stored ? "Stored" : "None";
  }
}
