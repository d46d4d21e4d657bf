import type { OutputUnit, Schema } from "@cfworker/json-schema";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import { jsonAt } from "./document";
import type { Keys } from "./layout";

/** What a schema found wrong, in words, and where. `isFault`: the form cannot hold it. */
export type SchemaProblem = { keys: Keys; onName: boolean; isFault: boolean; message: string };

const HOLDABLE = new Set(["minimum", "maximum", "maxLength", "maxItems", "required"]);
const SPOKEN = new Set(["type", "enum", "false", "minLength", ...HOLDABLE]);

/** The findings that name a cause; those that only pass on what lies below are left out. */
export function problemsOf(
  errors: readonly OutputUnit[],
  schema: Schema,
  document: JsonValue,
): SchemaProblem[] {
  const found = new Map<string, SchemaProblem>();
  for (const error of errors) {
    if (!SPOKEN.has(error.keyword)) continue;
    const problem = problemOf(error, schema, document);
    const id = JSON.stringify(problem.keys);
    // One thing at a time: what is no number is not too small as well.
    if (!found.has(id)) found.set(id, problem);
  }
  return [...found.values()];
}

function problemOf(error: OutputUnit, schema: Schema, document: JsonValue): SchemaProblem {
  const at = keysOf(error.instanceLocation, document);
  const keyword = error.keyword;
  const place = { keys: at, onName: false, isFault: !HOLDABLE.has(keyword) };
  if (keyword === "false") {
    const key = String(at.at(-1));
    // The place the schema gives for this is that of the value.
    const siblings = Object.keys(nodeAtInstance(schema, at.slice(0, -1)).properties ?? {});
    return { ...place, onName: true, message: unknownWords(key, siblings) };
  }
  const node = nodeAt(schema, error.keywordLocation.split("/").slice(1, -1).map(decoded));
  if (keyword === "required") {
    const key = /"(.*)"\.$/su.exec(error.error)?.[1] ?? "";
    // Without it a row of a list cannot be drawn.
    const isFault = at.some((part) => typeof part === "number");
    return { keys: [...at, key], onName: false, isFault, message: `${nameOf([...at, key])} is missing.` };
  }
  const value = jsonAt(document, at);
  if (keyword === "maxLength") {
    const length = typeof value === "string" ? Array.from(value).length : 0;
    return {
      ...place,
      message: `${nameOf(at)} may have ${node.maxLength ?? 0} characters; this has ${length}.`,
    };
  }
  if (keyword === "enum" && typeof value === "string") {
    const close = nearest(value, (node.enum ?? []).map(String));
    const advice = close === null ? "" : ` Did you mean "${close}"?`;
    return { ...place, message: `${nameOf(at)} must ${mustOf(node)}.${advice}` };
  }
  return { ...place, message: `${nameOf(at)} must ${mustOf(node)}.` };
}

/** A key nobody knows, with the one that may be meant. */
function unknownWords(key: string, siblings: readonly string[]): string {
  const short = key.length > 60 ? `${key.slice(0, 59)}…` : key;
  const close = nearest(key, siblings);
  return `There is no field called ${short} here${close === null ? "." : `; did you mean ${close}?`}`;
}

/** A place as it is written in words: `auth.parameters[2].value`, counted from 1. */
export function nameOf(keys: Keys): string {
  if (keys.length === 0) return "The text";
  return keys
    .map((key) => (typeof key === "number" ? `[${key + 1}]` : `.${key}`))
    .join("")
    .replace(/^\./u, "");
}

function mustOf(node: Schema): string {
  const words: unknown = node["x-must"];
  return typeof words === "string" ? words : "be something else";
}

/** The most similar of several words, if one is similar enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > 80) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue;
    const far = distance(word.toLowerCase(), one.toLowerCase());
    if (far < least && far < one.length) [best, least] = [one, far];
  }
  return best;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

// "#/a/0": what is a number in a list is a name in an object.
function keysOf(location: string, document: JsonValue): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const part of location.split("/").slice(1).map(decoded)) {
    keys.push(Array.isArray(jsonAt(document, keys)) ? Number(part) : part);
  }
  return keys;
}

function decoded(part: string): string {
  return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
}

function nodeAt(schema: Schema, path: readonly string[]): Schema {
  let node = schema;
  for (const key of path) {
    const next: unknown = node[key];
    if (typeof next !== "object" || next === null) return node;
    node = next;
  }
  return node;
}

// For a list in the document the schema has `items`; a row's own keys stand where its kind is decided.
function nodeAtInstance(schema: Schema, keys: Keys): Schema {
  let node = schema;
  for (const key of keys) {
    node = nodeAt(node, typeof key === "number" ? ["items"] : ["properties", key]);
  }
  const rows = [node, nodeAt(node, ["then"]), nodeAt(node, ["else"])];
  const properties = rows.reduce((all, { properties: some }) => ({ ...all, ...some }), {});
  return { ...node, properties };
}
