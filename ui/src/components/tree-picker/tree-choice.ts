import { keyOf, type TreeEntry, type TreeIndex } from "./tree-index";
import type { Selection } from "./types";

/** none; chosen by its own id; included through one above it; mixed: something inside is chosen. */
export type ChoiceState = "none" | "chosen" | "included" | "mixed";

export interface Choices {
  stateOf: (entry: TreeEntry) => ChoiceState;
  /** The nearest chosen node above. */
  throughOf: (entry: TreeEntry) => TreeEntry | null;
  /** How many nodes inside are chosen by their own ids. */
  chosenInside: (entry: TreeEntry) => number;
}

/** What every node's box shows. One pass down and one up, whatever is in sight. */
export function choicesOf(index: TreeIndex, selected: Selection): Choices {
  const keys = selectedKeys(selected);
  const { entries } = index;
  const own = new Uint8Array(entries.length);
  const through = new Int32Array(entries.length).fill(-1);
  const inside = new Int32Array(entries.length);
  for (const { key, parent, place } of entries) {
    own[place] = keys.has(key) ? 1 : 0;
    if (parent) through[place] = own[parent.place] ? parent.place : (through[parent.place] ?? -1);
  }
  for (const { parent, place } of entries.toReversed()) {
    if (parent) inside[parent.place] = (inside[parent.place] ?? 0) + (inside[place] ?? 0) + (own[place] ?? 0);
  }
  return {
    stateOf: ({ place }) => {
      if (own[place]) return "chosen";
      if (through[place] !== -1) return "included";
      return inside[place] ? "mixed" : "none";
    },
    throughOf: ({ place }) => entries[through[place] ?? -1] ?? null,
    chosenInside: ({ place }) => inside[place] ?? 0,
  };
}

/** The selection with a node chosen or not. What lies inside a newly chosen node is no choice of its own any more. */
export function withToggled(
  entry: TreeEntry,
  index: TreeIndex,
  selected: Selection,
  choices: Choices,
): { next: Selection; absorbed: number } {
  const { list, id } = entry.node;
  const before = selected[list] ?? [];
  if (choices.stateOf(entry) === "chosen") {
    return { next: { ...selected, [list]: before.filter((other) => other !== id) }, absorbed: 0 };
  }
  const absorbed = choices.chosenInside(entry);
  const next = absorbed > 0 ? withoutInside(entry, index, selected) : { ...selected };
  next[list] = [...(next[list] ?? []), id];
  return { next, absorbed };
}

/** The selection without one id of one list. */
export function withoutId(selected: Selection, list: string, id: string): Selection {
  return { ...selected, [list]: (selected[list] ?? []).filter((other) => other !== id) };
}

/** The selection with further ids, each once, behind those that were there. */
export function withIds(selected: Selection, added: readonly { list: string; id: string }[]): Selection {
  const next = { ...selected };
  for (const { list, id } of added) {
    const before = next[list] ?? [];
    if (!before.includes(id)) next[list] = [...before, id];
  }
  return next;
}

/** Every list of the selection, emptied. */
export function emptied(selected: Selection): Selection {
  return Object.fromEntries(Object.keys(selected).map((list) => [list, []]));
}

export function countOf(selected: Selection): number {
  return Object.values(selected).reduce((sum, ids) => sum + ids.length, 0);
}

function withoutInside(
  entry: TreeEntry,
  index: TreeIndex,
  selected: Selection,
): Record<string, readonly string[]> {
  const gone = new Set(index.entries.slice(entry.place + 1, entry.end).map(({ key }) => key));
  return Object.fromEntries(
    Object.entries(selected).map(([list, ids]) => [list, ids.filter((id) => !gone.has(keyOf(list, id)))]),
  );
}

function selectedKeys(selected: Selection): Set<string> {
  return new Set(Object.entries(selected).flatMap(([list, ids]) => ids.map((id) => keyOf(list, id))));
}
