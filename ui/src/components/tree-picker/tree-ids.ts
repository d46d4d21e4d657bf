import type { TreeIndex } from "./tree-index";
import { keyOf } from "./tree-index";

/** The ids in a typed or pasted text, separated by commas, semicolons or white space. Quotes around them are dropped. */
export function splitIds(text: string): string[] {
  const ids = text.split(/[\s,;[\]]+/u).map((id) => id.replace(/^["']+|["']+$/gu, ""));
  return [...new Set(ids.filter((id) => id !== ""))];
}

export interface Assigned {
  placed: { list: string; id: string }[];
  /** Ids that say nothing of where they belong. */
  open: string[];
}

/** Which list each id belongs to: the tree knows it, or its beginning says so, the longest one first. */
export function assign(
  ids: readonly string[],
  lists: readonly string[],
  prefixes: Readonly<Record<string, string>>,
  index: TreeIndex,
): Assigned {
  const result: Assigned = { placed: [], open: [] };
  for (const id of ids) {
    const list =
      lists.find((known) => index.byKey.has(keyOf(known, id))) ?? listByPrefix(id, lists, prefixes);
    if (list === undefined) result.open.push(id);
    else result.placed.push({ list, id });
  }
  return result;
}

// Two lists with the same beginning leave it open.
function listByPrefix(
  id: string,
  lists: readonly string[],
  prefixes: Readonly<Record<string, string>>,
): string | undefined {
  const fits = lists.filter((list) => {
    const prefix = prefixes[list] ?? "";
    return prefix !== "" && id.startsWith(prefix);
  });
  const longest = Math.max(...fits.map((list) => prefixes[list]?.length ?? 0));
  const best = fits.filter((list) => prefixes[list]?.length === longest);
  return best.length === 1 ? best[0] : undefined;
}
