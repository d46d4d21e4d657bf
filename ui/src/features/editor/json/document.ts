import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { FieldValue } from "~/bindings/FieldValue";
import type { Catalogue } from "~/bindings/Catalogue";
import type { Capabilities } from "~/bindings/Capabilities";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import type { Webhook } from "~/bindings/Webhook";
import { jsonOfText, textOfJson } from "~/components/code-field/json-text";
import { emptyUrl } from "~/components/url-field/url-text";
import { type FormValue, type FormValues, isShown } from "../form/form-state";
import { type Branch, type Keys, type Layout, placesOf } from "./layout";
import { secretOfText, textOfSecret } from "./placeholders";
import { conditionsOfJson, type Fault, isObject, jsonOfConditions, jsonOfPairs, pairsOfJson } from "./rows";
import { textOfUrl, urlOfText } from "./url";

/** What a document is made for; it stays the same while a form is open. */
export type DocumentContext = {
  capabilities: Capabilities;
  catalogue: Catalogue;
  layout: Layout;
  /** What the form opened with. */
  initial: FormValues;
  creating: boolean;
  /** The webhook the form began with, if any. */
  webhook: Webhook | null;
};

type JsonObject = Record<string, JsonValue>;

/** All that the form shows, as one object; secrets are placeholders. */
export function documentOf(values: FormValues, context: DocumentContext): JsonObject {
  return objectOf(context.layout.root, values, context);
}

function objectOf(branch: Branch, values: FormValues, context: DocumentContext): JsonObject {
  const object: JsonObject = {};
  for (const [key, entry] of branch.entries) {
    const spec = entry.kind === "leaf" ? entry.spec : entry.toggle;
    if (spec && !isShown(spec, values, context.capabilities)) continue;
    if (entry.kind === "leaf") {
      const json = jsonOfField(entry.spec, values[entry.spec.path], context);
      if (json !== undefined) object[key] = json;
      continue;
    }
    const below = objectOf(entry, values, context);
    const state = entry.toggle && values[entry.toggle.path];
    if (state) object[key] = state.type === "flag" && state.value ? below : false;
    else if (Object.keys(below).length > 0) object[key] = below;
  }
  return object;
}

/** One value; nothing for what is empty and need not be there. */
function jsonOfField(
  spec: FieldSpec,
  value: FormValue | undefined,
  { webhook, initial }: DocumentContext,
): JsonValue | undefined {
  switch (value?.type) {
    case undefined:
      return undefined;
    case "flag":
      return value.value;
    case "text":
      return value.value === "" && !spec.required ? undefined : value.value;
    case "integer":
      return value.value !== null && Number.isFinite(value.value) ? value.value : undefined;
    case "list":
      return value.value.length === 0 && !spec.required ? undefined : [...value.value];
    case "url": {
      const text = textOfUrl(value.value, storedUrl(webhook, spec.path));
      return text === "" && !spec.required ? undefined : text;
    }
    case "secret": {
      const text = textOfSecret(value.value);
      // A new value that is still to be typed, or one that has to be there.
      return text === undefined && (spec.required || isKept(initial[spec.path])) ? "" : text;
    }
    case "pairs":
      if (value.value.length === 0 && !spec.required) return undefined;
      return jsonOfPairs(value.value, isSecretKind(spec));
    case "conditions":
      return spec.kind.type === "conditions" ? jsonOfConditions(value.value, spec.kind.spec) : undefined;
    case "jsonText": {
      const read = jsonOfText(value.value);
      return "problem" in read || read.value === null ? undefined : read.value;
    }
  }
}

/** The form's values as a document says them, the places of fields it says nothing to, and what cannot be held. */
export type ReadDocument = {
  values: FormValues;
  faults: Fault[];
  /** Fields that are said but not shown, so that they have no effect. */
  unused: { spec: FieldSpec; keys: Keys }[];
};

/**
 * Reads a document that fits the schema. `before` is what the form held when the text was made: what reads as it
 * did then is left as it was, with all that the text does not show.
 */
export function valuesOf(
  document: JsonValue,
  before: FormValues,
  now: FormValues,
  context: DocumentContext,
): ReadDocument {
  const { layout, capabilities } = context;
  const values: FormValues = { ...now };
  const faults: Fault[] = [];
  const said = new Set<FieldPath>();
  const places = placesOf(layout.root);
  for (const { spec, keys } of places) {
    const json = jsonAt(document, keys);
    if (json !== undefined) said.add(spec.path);
    const earlier = before[spec.path];
    if (!earlier) continue;
    const isToggle = json !== undefined && spec.kind.type === "switch" && isObject(json);
    const read = isToggle ? true : json;
    const isAsBefore =
      isShown(spec, before, capabilities) &&
      JSON.stringify(read) === JSON.stringify(jsonOfField(spec, earlier, context));
    if (isAsBefore) {
      values[spec.path] = earlier;
      continue;
    }
    const result = fieldOfJson(spec, read, earlier, context);
    values[spec.path] = result.value;
    faults.push(...result.faults.map((fault) => ({ ...fault, keys: [...keys, ...fault.keys] })));
  }
  const hidden = places.filter(({ spec }) => !isShown(spec, values, capabilities));
  for (const { spec } of hidden) {
    const kept = now[spec.path];
    // What the document cannot show it cannot empty either.
    if (kept && !said.has(spec.path)) values[spec.path] = kept;
  }
  return { values, faults, unused: hidden.filter(({ spec }) => said.has(spec.path)) };
}

function fieldOfJson(
  spec: FieldSpec,
  json: JsonValue | undefined,
  before: FormValue,
  { initial, webhook }: DocumentContext,
): { value: FormValue; faults: Fault[] } {
  const first = initial[spec.path];
  const text = typeof json === "string" ? json : "";
  const plain = (value: FormValue) => ({ value, faults: [] });
  switch (before.type) {
    case "flag": {
      const otherwise = spec.default?.type === "flag" && spec.default.value;
      return plain({ type: "flag", value: typeof json === "boolean" ? json : otherwise });
    }
    case "text":
      return plain({ type: "text", value: text });
    case "integer":
      return plain({ type: "integer", value: typeof json === "number" ? json : null });
    case "list": {
      const list = Array.isArray(json) ? json : [];
      return plain({ type: "list", value: list.filter((one) => typeof one === "string") });
    }
    case "jsonText":
      return plain({ type: "jsonText", value: textOfJson(json) });
    case "url": {
      const opened = first?.type === "url" ? first.value : emptyUrl;
      const read = urlOfText(text, before.value, opened, storedUrl(webhook, spec.path));
      return { value: { type: "url", value: read.value }, faults: read.faults };
    }
    case "pairs": {
      if (spec.kind.type !== "pairs") return plain(before);
      const opened = first?.type === "pairs" ? first.value : [];
      const read = pairsOfJson(json ?? [], before.value, opened, spec.kind);
      return { value: { type: "pairs", value: read.value }, faults: read.faults };
    }
    case "conditions": {
      if (spec.kind.type !== "conditions") return plain(before);
      const opened = first?.type === "conditions" ? first.value : { all: true, rows: [] };
      const set = conditionsOfJson(json ?? null, before.value, opened, spec.kind.spec);
      return plain({ type: "conditions", value: set });
    }
    case "secret": {
      const stored = isKept(first);
      if (typeof json !== "string") {
        return plain({ type: "secret", value: stored ? { move: "clear" } : { move: "replace", value: "" } });
      }
      const read = secretOfText(json, before.value, stored);
      if ("change" in read) return plain({ type: "secret", value: read.change });
      return { value: before, faults: [{ keys: [], message: read.fault }] };
    }
  }
}

/** The value at a place of a document. */
export function jsonAt(document: JsonValue | undefined, keys: Keys): JsonValue | undefined {
  let json = document;
  for (const key of keys) {
    if (typeof key === "number") json = Array.isArray(json) ? json[key] : undefined;
    else json = isObject(json) && Object.hasOwn(json, key) ? json[key] : undefined;
  }
  return json;
}

function isKept(initial: FormValue | undefined): boolean {
  return initial?.type === "secret" && initial.value.move === "keep";
}

function storedUrl(webhook: Webhook | null, path: FieldPath) {
  const value: FieldValue | undefined = webhook?.fields[path];
  return value?.type === "url" ? value.value : undefined;
}

function isSecretKind(spec: FieldSpec): boolean {
  return spec.kind.type === "pairs" && spec.kind.secret;
}
