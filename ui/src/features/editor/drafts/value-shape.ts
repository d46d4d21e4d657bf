import type { FormValue } from "../form/form-state";

type Loose = Record<string, unknown>;

/** Whether what was read is a value a form can hold: an older Tacklebox may have kept something else. */
export function isFormValue(read: unknown): read is FormValue {
  if (!isObject(read)) return false;
  const { type, value } = read;
  switch (type) {
    case "text":
    case "jsonText":
      return typeof value === "string";
    case "integer":
      return value === null || typeof value === "number";
    case "flag":
      return typeof value === "boolean";
    case "list":
      return isListOf(value, (item) => typeof item === "string");
    case "secret":
      return isChange(value);
    case "pairs":
      return isListOf(value, (row) => isNamed(row) && "group" in row);
    case "url":
      return (
        isObject(value) &&
        typeof value["base"] === "string" &&
        typeof value["keepUserinfo"] === "boolean" &&
        isListOf(value["query"], isNamed)
      );
    case "conditions":
      return isObject(value) && typeof value["all"] === "boolean" && isListOf(value["rows"], isCondition);
    default:
      return false;
  }
}

function isObject(read: unknown): read is Loose {
  return typeof read === "object" && read !== null && !Array.isArray(read);
}

function isListOf(read: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(read) && read.every(isItem);
}

function isChange(read: unknown): boolean {
  if (!isObject(read)) return false;
  return read["move"] === "replace"
    ? typeof read["value"] === "string"
    : read["move"] === "keep" || read["move"] === "clear";
}

function isNamed(row: unknown): row is Loose {
  return (
    isObject(row) &&
    typeof row["name"] === "string" &&
    (row["origin"] === null || typeof row["origin"] === "number") &&
    isChange(row["value"])
  );
}

function isCondition(row: unknown): boolean {
  if (!isObject(row)) return false;
  if (row["kind"] === "expression") return typeof row["expression"] === "string";
  return (
    row["kind"] === "field" &&
    typeof row["field"] === "string" &&
    typeof row["operation"] === "string" &&
    typeof row["fieldType"] === "string" &&
    typeof row["isArray"] === "boolean" &&
    isListOf(row["values"], (value) => typeof value === "string")
  );
}
