import type { FieldOption } from "~/bindings/FieldOption";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { CompletionPlace, EditorCompletion } from "~/components/code-editor/types";
import { type FormValues, isShown } from "../form/form-state";
import type { DocumentContext } from "./document";
import { type Branch, entryAt, type Keys, type Leaf, placesOf } from "./layout";
import { KEPT, TYPED } from "./placeholders";

type Context = DocumentContext & {
  /** What the form holds now. */
  values: FormValues;
  /** What id lists can name, as far as it was read. */
  options: (path: FieldPath) => FieldOption[] | undefined;
};

/** What can be written at a place of the document: names that are still missing, and values. */
export function completionsAt(place: CompletionPlace, context: Context): EditorCompletion[] {
  const keys = keysOf(place.pointer);
  const found = entryAt(context.layout, keys);
  if (!found) return [];
  const { entry, rest } = found;
  const isMissing = ({ label }: EditorCompletion) => !place.beside.includes(label);
  if (place.isName) {
    const names = entry.kind === "branch" ? namesOf(entry, context) : innerNames(entry.spec, rest);
    return names.filter(isMissing);
  }
  if (entry.kind === "branch") return entry.toggle ? [plain("false", "off"), plain("{}", "on")] : [];
  return valuesAt(entry.spec, rest, context).filter(isMissing);
}

function namesOf(branch: Branch, context: Context): EditorCompletion[] {
  const isUsed = (spec: FieldSpec) => isShown(spec, context.values, context.capabilities);
  return [...branch.entries].flatMap(([label, entry]): EditorCompletion[] => {
    if (entry.kind === "leaf") return nameOfField(label, entry, isUsed);
    const { toggle } = entry;
    if (toggle)
      return isUsed(toggle) ? [{ label, detail: toggle.label, value: "{}", ...infoOf(toggle) }] : [];
    const below = placesOf(entry).filter(({ spec }) => isUsed(spec));
    return below.length > 0
      ? [{ label, detail: list(below.map(({ spec }) => spec.label)), value: "{}" }]
      : [];
  });
}

function nameOfField(
  label: string,
  { spec }: Leaf,
  isUsed: (spec: FieldSpec) => boolean,
): EditorCompletion[] {
  return isUsed(spec) ? [{ label, detail: spec.label, value: templateOf(spec), ...infoOf(spec) }] : [];
}

function infoOf(spec: FieldSpec): { info?: string } {
  return spec.help === null ? {} : { info: spec.help };
}

function templateOf({ kind, default: start }: FieldSpec): string {
  switch (kind.type) {
    case "integer":
      return String(start?.type === "integer" ? start.value : kind.min);
    case "switch":
      return String(start?.type === "flag" && start.value);
    case "events":
    case "idList":
    case "textList":
    case "pairs":
      return "[]";
    case "conditions":
      return '{ "all": true, "rows": [] }';
    case "json":
      return "{}";
    case "choice":
      return JSON.stringify(start?.type === "text" ? start.value : (kind.options[0]?.value ?? ""));
    default:
      return '""';
  }
}

/** The names inside a value that is itself an object or a list of them. */
function innerNames({ kind }: FieldSpec, rest: Keys): EditorCompletion[] {
  if (kind.type === "pairs" && rest.length === 1) {
    const group = kind.groups.length > 0 ? [{ label: "group", detail: "where it is sent", value: '""' }] : [];
    return [
      ...group,
      { label: "name", detail: `of the ${kind.noun}`, value: '""' },
      { label: "value", value: '""' },
    ];
  }
  if (kind.type !== "conditions") return [];
  if (rest.length === 0) {
    return [
      { label: "all", detail: "every condition, or one is enough", value: "true" },
      { label: "rows", detail: "the conditions", value: "[]" },
    ];
  }
  if (rest.length !== 2) return [];
  const expression = { label: "expression", detail: "JSONata, in place of a field", value: '""' };
  return [
    { label: "field", detail: "path in the payload", value: '""' },
    { label: "operation", detail: "how it is compared", value: '""' },
    { label: "values", detail: "with what", value: "[]" },
    { label: "fieldType", detail: "kind of value", value: '""' },
    { label: "isArray", detail: "the field is a list", value: "true" },
    ...(kind.spec.itemModes.length > 0
      ? [{ label: "item", detail: "how a list is taken", value: '""' }]
      : []),
    ...(kind.spec.expressionMaxLength === null ? [] : [expression]),
  ];
}

function valuesAt(spec: FieldSpec, rest: Keys, context: Context): EditorCompletion[] {
  const { kind } = spec;
  const first = context.initial[spec.path];
  switch (kind.type) {
    case "switch":
      return [plain("true"), plain("false")];
    case "choice":
      return kind.options.map(({ value, label }) => ({ label: value, detail: label }));
    case "events":
      return context.catalogue.events.map(({ id, label, description }) => ({
        label: id,
        detail: label,
        ...(description === null ? {} : { info: description }),
      }));
    case "idList":
      return (context.options(spec.path) ?? []).map(({ value, label }) => ({ label: value, detail: label }));
    case "secret":
      return secretValues(first?.type === "secret" && first.value.move === "keep", context.values[spec.path]);
    case "pairs":
      if (rest.at(-1) === "group")
        return kind.groups.map(({ value, label }) => ({ label: value, detail: label }));
      return rest.at(-1) === "value" ? secretValues(first?.type === "pairs" && first.value.length > 0) : [];
    case "conditions":
      return conditionValues(kind.spec, rest.at(-1));
    default:
      return [];
  }
}

function secretValues(isStored: boolean, now?: FormValues[string]): EditorCompletion[] {
  const isTyped = now?.type === "secret" && now.value.move === "replace" && now.value.value !== "";
  return [
    ...(isStored ? [{ label: KEPT, detail: "as it is stored" }] : []),
    ...(isTyped ? [{ label: TYPED, detail: "as it was typed" }] : []),
    ...(isStored ? [plain("null", "remove it")] : []),
  ];
}

type ConditionKind = Extract<FieldSpec["kind"], { type: "conditions" }>;

function conditionValues(spec: ConditionKind["spec"], key: string | number | undefined): EditorCompletion[] {
  const choices = (some: readonly { value: string; label: string }[]) =>
    some.map(({ value, label }) => ({ label: value, detail: label }));
  switch (key) {
    case "operation":
      return spec.operations.map(({ id, label }) => ({ label: id, detail: label }));
    case "fieldType":
      return choices(spec.fieldTypes);
    case "item":
      return choices(spec.itemModes);
    case "all":
    case "isArray":
      return [plain("true"), plain("false")];
    default:
      return [];
  }
}

/** Something that is written without quotes. */
function plain(label: string, detail?: string): EditorCompletion {
  return { label, apply: label, ...(detail === undefined ? {} : { detail }) };
}

function list(labels: readonly string[]): string {
  return labels.length > 3 ? `${labels.slice(0, 3).join(", ")}, …` : labels.join(", ");
}

function keysOf(pointer: string): Keys {
  if (pointer === "") return [];
  const parts = pointer.slice(1).split("/");
  return parts.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
