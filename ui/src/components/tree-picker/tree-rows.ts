import type { TreeEntry, TreeIndex } from "./tree-index";

/** A line of the tree as it stands now. */
export interface TreeRow {
  entry: TreeEntry;
  /** Its number among the siblings shown, from 1. */
  position: number;
  siblings: number;
  /** Null where there is nothing inside to show. */
  isOpen: boolean | null;
}

/** Shorter words are looked for in names alone: nearly every id has a 3 in it. */
const ID_FROM = 4;

/** What a search found: its words, the matches, and what holds a match somewhere inside. */
export interface Found {
  words: readonly string[];
  count: number;
  isMatch: (entry: TreeEntry) => boolean;
  holdsMatch: (entry: TreeEntry) => boolean;
}

/**
 * The nodes whose name or id holds the searched words; words may also stand in the names above, so that
 * "havnegata 2" finds Floor 2 in Havnegata 12. Null without a search.
 */
export function findIn(index: TreeIndex, search: string): Found | null {
  const words = [...new Set(search.toLowerCase().split(/\s+/u))].filter((word) => word !== "").slice(0, 30);
  if (words.length === 0) return null;
  const { entries } = index;
  const all = 2 ** words.length - 1;
  const seen = new Int32Array(entries.length);
  const match = new Uint8Array(entries.length);
  const holds = new Uint8Array(entries.length);
  let count = 0;
  for (const { name, id, parent, place } of entries) {
    let own = 0;
    words.forEach((word, bit) => {
      if (name.includes(word) || (word.length >= ID_FROM && id.includes(word))) own |= 1 << bit;
    });
    const path = own | (parent ? (seen[parent.place] ?? 0) : 0);
    seen[place] = path;
    if (own === 0 || path !== all) continue;
    match[place] = 1;
    count += 1;
    for (let above = parent; above && !holds[above.place]; above = above.parent) holds[above.place] = 1;
  }
  return {
    words,
    count,
    isMatch: ({ place }) => match[place] === 1,
    holdsMatch: ({ place }) => holds[place] === 1,
  };
}

/** The keys of nodes opened or closed by hand, without a search and within the present one. */
export interface OpenState {
  open: ReadonlySet<string>;
  /** While searching, what holds a match is open unless it is here; anything else is open if it is here. */
  turned: ReadonlySet<string>;
}

/** The lines to draw, top to bottom. A search keeps matches, what lies above them, and what was opened by hand. */
export function rowsOf(index: TreeIndex, found: Found | null, { open, turned }: OpenState): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeEntry[]) => {
    siblings.forEach((entry, at) => {
      const isOpen =
        entry.children.length === 0
          ? null
          : found
            ? found.holdsMatch(entry) !== turned.has(entry.key)
            : open.has(entry.key);
      rows.push({ entry, position: at + 1, siblings: siblings.length, isOpen });
      if (isOpen) add(shownInside(entry, found));
    });
  };
  add(found ? index.roots.filter((entry) => isKept(entry, found)) : index.roots);
  return rows;
}

// Below a match that holds no other, everything can be looked at.
function shownInside(entry: TreeEntry, found: Found | null): readonly TreeEntry[] {
  if (!found?.holdsMatch(entry)) return entry.children;
  return entry.children.filter((child) => isKept(child, found));
}

function isKept(entry: TreeEntry, found: Found): boolean {
  return found.isMatch(entry) || found.holdsMatch(entry);
}
