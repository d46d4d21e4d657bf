import { useMemo, useState } from "react";
import { type Choices, choicesOf } from "./tree-choice";
import { indexOf, type TreeEntry, type TreeIndex } from "./tree-index";
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
  const atStart = useMemo(() => startOpen(index), [index]);
  const turnedNow = turned.search === search ? turned.keys : NONE;
  const opened = open ?? atStart;
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

/** A few outermost nodes are open from the start: nothing is gained by a list of three. */
function startOpen(index: TreeIndex): ReadonlySet<string> {
  return new Set(index.roots.length <= 3 ? index.roots.map(({ key }) => key) : []);
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
