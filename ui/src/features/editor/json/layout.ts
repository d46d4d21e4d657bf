import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import { allFields } from "../form/form-state";

/** The names that lead to a place in the document; numbers for places in lists. */
export type Keys = readonly (string | number)[];

/** A value in the document. */
export type Leaf = { kind: "leaf"; keys: readonly string[]; spec: FieldSpec };

/** An object in the document. */
export type Branch = {
  kind: "branch";
  keys: readonly string[];
  /** The switch this object stands for: `false` while it is off, the object while it is on. */
  toggle: FieldSpec | null;
  entries: Map<string, Leaf | Branch>;
};

/** How the fields of a form lie in one document. */
export type Layout = { root: Branch; keysOf: (path: FieldPath) => readonly string[] | null };

/**
 * Fields lie nested by the names in their paths. Where a path is a value and has others below it, a switch that
 * all of them hang on becomes their object; below any other value they stand beside it under their dotted names.
 */
export function layoutOf(capabilities: Capabilities): Layout {
  const specs = new Map(
    allFields(capabilities)
      .filter(({ unavailable }) => unavailable === null)
      .map((spec) => [spec.path, spec]),
  );
  const root: Branch = { kind: "branch", keys: [], toggle: null, entries: new Map() };
  const places = new Map<FieldPath, readonly string[]>();
  for (const spec of specs.values()) {
    const keys = keysOf(spec.path, specs);
    places.set(spec.path, keys);
    if (opens(spec, specs)) branchAt(root, keys).toggle = spec;
    else branchAt(root, keys.slice(0, -1)).entries.set(keys.at(-1) ?? "", { kind: "leaf", keys, spec });
  }
  return { root, keysOf: (path) => places.get(path) ?? null };
}

/** What lies at a place: a value, an object, or nothing known. What is inside a value is part of it. */
export function entryAt(layout: Layout, keys: Keys): { entry: Leaf | Branch; rest: Keys } | null {
  let entry: Leaf | Branch = layout.root;
  for (const [at, key] of keys.entries()) {
    if (entry.kind === "leaf") return { entry, rest: keys.slice(at) };
    const next: Leaf | Branch | undefined = entry.entries.get(String(key));
    if (!next) return null;
    entry = next;
  }
  return { entry, rest: [] };
}

/** Every field of the document, in its order. */
export function placesOf(branch: Branch): { spec: FieldSpec; keys: readonly string[] }[] {
  const own = branch.toggle ? [{ spec: branch.toggle, keys: branch.keys }] : [];
  const below = [...branch.entries.values()].flatMap((entry) =>
    entry.kind === "leaf" ? [{ spec: entry.spec, keys: entry.keys }] : placesOf(entry),
  );
  return [...own, ...below];
}

type Specs = ReadonlyMap<FieldPath, FieldSpec>;

function keysOf(path: FieldPath, specs: Specs): string[] {
  const parts = path.split(".");
  const keys: string[] = [];
  let name = "";
  for (const [at, part] of parts.entries()) {
    name = name === "" ? part : `${name}.${part}`;
    const above = specs.get(parts.slice(0, at + 1).join("."));
    if (at < parts.length - 1 && above && !opens(above, specs)) continue;
    keys.push(name);
    name = "";
  }
  return keys;
}

function opens(spec: FieldSpec, specs: Specs): boolean {
  if (spec.kind.type !== "switch") return false;
  const below = [...specs.values()].filter(({ path }) => path.startsWith(`${spec.path}.`));
  return below.length > 0 && below.every((one) => hangsOn(one, spec, specs));
}

function hangsOn(spec: FieldSpec, toggle: FieldSpec, specs: Specs): boolean {
  let { shownWhen } = spec;
  // No form has more fields between; a circle would have no end.
  for (let step = 0; shownWhen && step < 20; step += 1) {
    const { path, equals } = shownWhen;
    if (path === toggle.path) return equals.type === "flag" && equals.value;
    shownWhen = specs.get(path)?.shownWhen ?? null;
  }
  return false;
}

function branchAt(root: Branch, keys: readonly string[]): Branch {
  let branch = root;
  for (const [at, key] of keys.entries()) {
    const known = branch.entries.get(key);
    if (known?.kind === "branch") {
      branch = known;
      continue;
    }
    const next: Branch = { kind: "branch", keys: keys.slice(0, at + 1), toggle: null, entries: new Map() };
    branch.entries.set(key, next);
    branch = next;
  }
  return branch;
}
