import { jsonLanguage } from "@codemirror/lang-json";
import type { SyntaxNode } from "@lezer/common";
import type { Span } from "./json-place";

/** Names that stand in an object a second time: a JSON parser would silently take the last. */
export function duplicateNames(text: string): (Span & { name: string })[] {
  const found: (Span & { name: string })[] = [];
  jsonLanguage.parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name === "Object") found.push(...repeatedIn(node, text));
    },
  });
  return found;
}

function repeatedIn(object: SyntaxNode, text: string): (Span & { name: string })[] {
  const seen = new Set<string>();
  return object.getChildren("Property").flatMap((property) => {
    const node = property.getChild("PropertyName");
    if (!node) return [];
    const name = plain(text.slice(node.from, node.to));
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ from: node.from, to: node.to, name }];
  });
}

function plain(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
