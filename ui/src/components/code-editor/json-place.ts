import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode, Tree } from "@lezer/common";

/** Longest time to wait for the rest of a large text to be read. */
const PARSE_MS = 200;
const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

export interface Span {
  from: number;
  to: number;
}

/** Where a JSON pointer leads in the text; nothing when the text has no such value. */
export function spanOfPointer(state: EditorState, pointer: string): Span | null {
  const node = nodeOfPointer(state, pointer);
  return node && { from: node.from, to: node.to };
}

/** Where the name of the property is that a JSON pointer leads to. */
export function nameSpanOfPointer(state: EditorState, pointer: string): Span | null {
  const name = nodeOfPointer(state, pointer)?.parent?.getChild("PropertyName");
  return name ? { from: name.from, to: name.to } : null;
}

function nodeOfPointer(state: EditorState, pointer: string): SyntaxNode | null {
  let node: SyntaxNode | null = firstValue(treeOf(state).topNode);
  for (const key of pointerKeys(pointer)) {
    if (!node) return null;
    node = node.name === "Object" ? property(state, node, key) : item(node, key);
  }
  return node;
}

/** Like `spanOfPointer`, but a value the text lacks is answered with the nearest one around it. */
export function nearestSpan(state: EditorState, pointer: string): Span {
  const keys = pointerKeys(pointer);
  for (let length = keys.length; length >= 0; length -= 1) {
    const span = spanOfPointer(state, pointerOf(keys.slice(0, length)));
    if (!span) continue;
    // A missing part is said at the bracket that opens what it is missing from.
    return length === keys.length ? span : { from: span.from, to: Math.min(span.from + 1, span.to) };
  }
  return { from: 0, to: Math.min(1, state.doc.length) };
}

/** The JSON pointer of the value around a place, and whether a property's name is there. */
export function pointerAt(
  state: EditorState,
  at: number,
): { pointer: string; isName: boolean; node: SyntaxNode } {
  const node = treeOf(state).resolveInner(at, -1);
  const isNames = node.name === "Object" || (node.type.isError && node.parent?.name === "Object");
  const isName = isNames || node.name === "PropertyName" || node.name === "{";
  const keys: string[] = [];
  // Between the items of a list, or in a word that is no value yet.
  if (node.name === "Array" && at < node.to) keys.push(String(itemsBefore(node, at)));
  let child = node.name === "PropertyName" ? (node.parent?.parent ?? node) : node;
  for (; child.parent; child = child.parent) {
    const { parent } = child;
    if (child.name === "Property") keys.unshift(nameOf(state, child) ?? "");
    else if (parent.name === "Array") keys.unshift(String(placeInArray(child)));
  }
  return { pointer: pointerOf(keys), isName, node };
}

/** What stands beside a name in its object, or a text in its list. What is being typed is left out. */
export function besideAt(state: EditorState, at: number, isName: boolean): string[] {
  const isOther = (node: SyntaxNode) => node.from > at || node.to < at;
  let node: SyntaxNode | null = treeOf(state).resolveInner(at, -1);
  while (node && node.name !== "Object" && node.name !== "Array") node = node.parent;
  if (!node || isName !== (node.name === "Object")) return [];
  if (node.name === "Array") {
    return node
      .getChildren("String")
      .filter(isOther)
      .map((text) => plain(state.sliceDoc(text.from, text.to)));
  }
  const properties = node.getChildren("Property");
  return properties.flatMap((one) => {
    const name = one.getChild("PropertyName");
    return name && isOther(name) ? [plain(state.sliceDoc(name.from, name.to))] : [];
  });
}

/** The first place the grammar could not make sense of. */
export function firstFault(state: EditorState): (Span & { within: string }) | null {
  let fault: (Span & { within: string }) | null = null;
  treeOf(state).iterate({
    enter: (node) => {
      if (fault) return false;
      if (node.type.isError) fault = { from: node.from, to: node.to, within: node.node.parent?.name ?? "" };
      return true;
    },
  });
  return fault;
}

/** RFC 6901. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function pointerKeys(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function treeOf(state: EditorState): Tree {
  return ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state);
}

function firstValue(node: SyntaxNode): SyntaxNode | null {
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (VALUES.has(child.name)) return child;
  return null;
}

// As in a JSON parser, the last of several properties with the same name counts.
function property(state: EditorState, object: SyntaxNode, key: string): SyntaxNode | null {
  const fits = object.getChildren("Property").filter((one) => nameOf(state, one) === key);
  const last = fits.at(-1);
  return last ? firstValue(last) : null;
}

function item(node: SyntaxNode, key: string): SyntaxNode | null {
  if (node.name !== "Array" || !/^(0|[1-9]\d*)$/.test(key)) return null;
  let left = Number(key);
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (VALUES.has(child.name) && left-- === 0) return child;
  }
  return null;
}

function itemsBefore(array: SyntaxNode, at: number): number {
  let count = 0;
  for (let child = array.firstChild; child && child.to < at; child = child.nextSibling) {
    if (VALUES.has(child.name)) count += 1;
  }
  return count;
}

function placeInArray(value: SyntaxNode): number {
  let place = 0;
  for (let before = value.prevSibling; before; before = before.prevSibling) {
    if (VALUES.has(before.name)) place += 1;
  }
  return place;
}

function nameOf(state: EditorState, node: SyntaxNode): string | null {
  const name = node.getChild("PropertyName");
  if (!name) return null;
  return plain(state.sliceDoc(name.from, name.to));
}

function plain(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.replace(/^"|"$/gu, "");
  }
}
