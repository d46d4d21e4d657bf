import { useMemo, useState } from "react";
import { type Choices, choicesOf } from "./tree-choice";
import { indexOf, keyOf, type TreeEntry, type TreeIndex } from "./tree-index";
import { type Found, findIn, rowsOf, type TreeRow } from "./tree-rows";
import type { Selection, TreeNode } from "./types";

/** What the picker shows of a tree. */
export interface TreeView {
  index: TreeIndex;
  choices: Choices;
  rows: readonly TreeRow[];
  found: Found | null;
  search: string;
  setSearch: (search: string) => void;
  setOpen: (entries: readonly TreeEntry[], isOpen: boolean) => void;
}

/** The rows of a tree under a search. */
export function useTreeView(nodes: readonly TreeNode[] | undefined, selected: Selection): TreeView {
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string> | null>(null);
  const [turned, setTurned] = useState<{ search: string; keys: ReadonlySet<string> }>(NOTHING_TURNED);
  const index = useMemo(() => indexOf(nodes ?? NO_NODES), [nodes]);
  const choices = useMemo(() => choicesOf(index, selected), [index, selected]);
  const found = useMemo(() => findIn(index, search), [index, search]);
  const [start, setStart] = useState(() => ({ index, open: startOpen(index, selected) }));
  // Of another tree, such as one that has arrived; what is chosen meanwhile opens nothing.
  if (start.index !== index) setStart({ index, open: startOpen(index, selected) });
  const turnedNow = turned.search === search ? turned.keys : NONE;
  const opened = open ?? start.open;
  const rows = useMemo(
    () => rowsOf(index, found, { open: opened, turned: turnedNow }),
    [index, found, opened, turnedNow],
  );
  return {
    index,
    choices,
    rows,
    found,
    search,
    setSearch,
    setOpen: (entries, isOpen) => {
      if (found) setTurned({ search, keys: turnedBy(turnedNow, entries, isOpen, found) });
      else setOpen(openedBy(opened, entries, isOpen));
    },
  };
}

const NO_NODES: readonly TreeNode[] = [];
const NONE: ReadonlySet<string> = new Set();
const NOTHING_TURNED = { search: "", keys: NONE };

/** More branches than this are not opened for the sake of what is chosen in them. */
const MOST_OPENED = 12;

/** A few outermost nodes are open from the start, and so are the branches to what is chosen, where they are few. */
function startOpen(index: TreeIndex, selected: Selection): ReadonlySet<string> {
  const open = new Set(index.roots.length <= 3 ? index.roots.map(({ key }) => key) : []);
  const branches = new Set<string>();
  for (const [list, ids] of Object.entries(selected)) {
    for (const id of ids) {
      const entry = index.byKey.get(keyOf(list, id));
      for (let above = entry?.parent; above; above = above.parent) branches.add(above.key);
      if (branches.size > MOST_OPENED) return open;
    }
  }
  return new Set([...open, ...branches]);
}

function turnedBy(
  before: ReadonlySet<string>,
  entries: readonly TreeEntry[],
  isOpen: boolean,
  found: Found,
): ReadonlySet<string> {
  const next = new Set(before);
  for (const entry of entries) {
    if (isOpen === found.holdsMatch(entry)) next.delete(entry.key);
    else next.add(entry.key);
  }
  return next;
}

function openedBy(
  before: ReadonlySet<string>,
  entries: readonly TreeEntry[],
  isOpen: boolean,
): ReadonlySet<string> {
  const next = new Set(before);
  for (const { key } of entries) {
    if (isOpen) next.add(key);
    else next.delete(key);
  }
  return next;
}
