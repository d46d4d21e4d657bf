import type { TreeNode } from "./types";

/** A node with its place in the tree. */
export interface TreeEntry {
  node: TreeNode;
  /** List and id: what the selection knows it by. */
  key: string;
  parent: TreeEntry | null;
  children: TreeEntry[];
  /** 1 for the outermost. */
  level: number;
  /** Its number when the tree is read top to bottom, from 0. */
  place: number;
  /** The place after its last descendant. */
  end: number;
  /** In lower case, for the search. */
  name: string;
  id: string;
}

/** A tree made ready: read once, searched at every keystroke. */
export interface TreeIndex {
  entries: TreeEntry[];
  roots: TreeEntry[];
  byKey: Map<string, TreeEntry>;
}

/** What a selection knows a node by. A list's name comes from code and has no line break. */
export function keyOf(list: string, id: string): string {
  return `${list}\n${id}`;
}

export function indexOf(nodes: readonly TreeNode[]): TreeIndex {
  const entries: TreeEntry[] = [];
  const byKey = new Map<string, TreeEntry>();
  const read = (list: readonly TreeNode[], parent: TreeEntry | null): TreeEntry[] =>
    list.map((node) => {
      const entry: TreeEntry = {
        node,
        key: keyOf(node.list, node.id),
        parent,
        children: [],
        level: parent ? parent.level + 1 : 1,
        place: entries.length,
        end: 0,
        name: node.label.toLowerCase(),
        id: node.id.toLowerCase(),
      };
      entries.push(entry);
      if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
      entry.children = read(node.children, entry);
      entry.end = entries.length;
      return entry;
    });
  const roots = read(nodes, null);
  return { entries, roots, byKey };
}

/** The names from the outermost to the node itself. */
export function pathOf(entry: TreeEntry): string[] {
  const names: string[] = [];
  for (let at: TreeEntry | null = entry; at; at = at.parent) names.unshift(at.node.label);
  return names;
}
