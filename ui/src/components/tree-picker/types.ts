import type { ReactNode } from "react";

/** Something that can be chosen, with what lies inside it. */
export interface TreeNode {
  /** The provider's id, unique within its list. */
  id: string;
  /** The list the id is stored in, such as a level: the key of `selected`. */
  list: string;
  /** Its name. */
  label: string;
  /** More words, shown beside the name. */
  detail?: string | undefined;
  children: readonly TreeNode[];
}

/** Ids by list. */
export type Selection = Record<string, readonly string[]>;

/** A thing in words: `floor`, `floors`. */
export interface Noun {
  one: string;
  many: string;
}

/** The words of each list, in the order in which they are offered. */
export type ListLabels = Record<string, Noun>;

/** A drawing for each list, 14 pixels wide. */
export type ListIcons = Partial<Record<string, ReactNode>>;
