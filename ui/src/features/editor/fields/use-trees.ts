import { useQueries } from "@tanstack/react-query";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Capabilities } from "~/bindings/Capabilities";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldOption } from "~/bindings/FieldOption";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Section } from "~/bindings/Section";
import type { TreeList } from "~/bindings/TreeList";
import type { TreeNode as ReadNode } from "~/bindings/TreeNode";
import type { TreeNode } from "~/components/tree-picker/types";
import type { OptionsState } from "./field-options";
import { type FormValues, isShown } from "../form/form-state";

/** What a section's tree holds, as far as it was read. */
export type TreeState = {
  nodes: readonly TreeNode[] | undefined;
  isLoading: boolean;
  problem: string | null;
  retry: () => void;
};

/** The lists of a section that are chosen in its tree. A list that cannot be edited here stands by itself. */
export function treeLists(section: Section): { list: TreeList; spec: FieldSpec }[] {
  return (section.tree?.lists ?? []).flatMap((list) => {
    const spec = section.fields.find(({ path, kind }) => path === list.path && kind.type === "idList");
    return spec && spec.unavailable === null ? [{ list, spec }] : [];
  });
}

/** Those of them that the form shows. */
export function shownLists(section: Section, values: FormValues, capabilities: Capabilities) {
  return treeLists(section).filter(({ spec }) => isShown(spec, values, capabilities));
}

/** The paths of all lists that are chosen in a tree. */
export function treePaths(capabilities: Capabilities): ReadonlySet<FieldPath> {
  return new Set(capabilities.sections.flatMap(treeLists).map(({ list }) => list.path));
}

/** The trees of a form, by section. */
export function useTrees(connection: ConnectionId, capabilities: Capabilities): Map<string, TreeState> {
  const backend = useBackend();
  const sections = capabilities.sections
    .filter((section) => treeLists(section).length > 0)
    .map(({ id }) => id);
  const results = useQueries({
    queries: sections.map((section) => ({
      queryKey: ["field-tree", connection, section],
      queryFn: () => backend.call("field_tree", { connection, section }),
      select: nodesOf,
      staleTime: 60_000,
      retry: false,
      refetchOnWindowFocus: false,
    })),
  });
  return new Map(
    sections.flatMap((section, at): [string, TreeState][] => {
      const result = results[at];
      if (!result) return [];
      const problem = result.error && !result.isFetching ? toAppError(result.error).message : null;
      const retry = () => void result.refetch();
      return [[section, { nodes: result.data, isLoading: result.isFetching, problem, retry }]];
    }),
  );
}

/** What each list of the trees can name, so that ids no longer there are noticed. */
export function withTreeOptions(
  options: Map<FieldPath, OptionsState>,
  capabilities: Capabilities,
  trees: Map<string, TreeState>,
): Map<FieldPath, OptionsState> {
  const all = new Map(options);
  for (const section of capabilities.sections) {
    const tree = trees.get(section.id);
    if (!tree) continue;
    const known = tree.nodes && optionsOf(tree.nodes);
    for (const { list } of treeLists(section)) {
      all.set(list.path, { ...tree, options: known && (known.get(list.path) ?? []), need: () => undefined });
    }
  }
  return all;
}

const seen = new WeakMap<readonly TreeNode[], Map<FieldPath, FieldOption[]>>();

function optionsOf(nodes: readonly TreeNode[]): Map<FieldPath, FieldOption[]> {
  const before = seen.get(nodes);
  if (before) return before;
  const found = new Map<FieldPath, FieldOption[]>();
  const read = ({ list, id, label, detail = "", children }: TreeNode) => {
    const options = found.get(list);
    const option = { value: id, label, detail };
    if (options) options.push(option);
    else found.set(list, [option]);
    children.forEach(read);
  };
  nodes.forEach(read);
  seen.set(nodes, found);
  return found;
}

function nodesOf(read: readonly ReadNode[]): TreeNode[] {
  return read.map(({ detail, children, ...node }) => ({
    ...node,
    detail: detail ?? undefined,
    children: nodesOf(children),
  }));
}
