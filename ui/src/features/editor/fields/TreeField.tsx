import { memo, useId, useMemo } from "react";
import type { Offer } from "~/bindings/Offer";
import type { TreeList } from "~/bindings/TreeList";
import type { TreeSpec } from "~/bindings/TreeSpec";
import { describedBy, FormRow, PathIcon } from "~/components";
import { TreePicker } from "~/components/editing";
import type { Selection } from "~/components/tree-picker/types";
import { Notices } from "../../review/Notices";
import styles from "./Field.module.css";
import type { shownLists, TreeState } from "./use-trees";
import type { WebhookForm } from "../form/use-webhook-form";

type Props = {
  tree: TreeSpec;
  lists: ReturnType<typeof shownLists>;
  state: TreeState;
  form: WebhookForm;
  offer: Offer;
  providerName: string;
  isReadOnly: boolean;
};

/** Several id lists as one tree; each list keeps its own value, changes and errors. */
export const TreeField = memo(DrawnTree, (before, after) => {
  const [a, b] = [before.state, after.state];
  return (
    before.tree === after.tree &&
    before.isReadOnly === after.isReadOnly &&
    a.nodes === b.nodes &&
    a.isLoading === b.isLoading &&
    a.problem === b.problem &&
    before.lists.length === after.lists.length &&
    after.lists.every(
      ({ list: { path } }, at) =>
        before.lists[at]?.list.path === path &&
        before.form.values[path] === after.form.values[path] &&
        before.form.errorOf(path) === after.form.errorOf(path),
    )
  );
});

function DrawnTree({ tree, lists, state, form, offer, providerName, isReadOnly }: Props) {
  const id = useId();
  const paths = lists.map(({ list }) => list.path);
  const names = paths.join(" ");
  const words = useWords(tree, names);
  const selected: Selection = {};
  for (const path of paths) {
    const value = form.values[path];
    selected[path] = value?.type === "list" ? value.value : [];
  }
  const change = (next: Selection) => {
    for (const path of paths) {
      const list = next[path] ?? [];
      if (list !== selected[path]) form.set(path, { type: "list", value: [...list] });
    }
  };
  const errors = lists.flatMap(({ spec }) => {
    const error = form.errorOf(spec.path);
    return error === null ? [] : [`${spec.label}: ${error}`];
  });
  const error = errors.length === 0 ? null : errors.join(" ");
  const help = [...new Set(lists.flatMap(({ spec }) => spec.help ?? []))].join(" ") || null;
  const notices = offer.capabilities.notices.filter(({ path }) => path !== null && paths.includes(path));
  const label = tree.many.charAt(0).toUpperCase() + tree.many.slice(1);
  return (
    <div className={styles.field} data-path={names}>
      <FormRow label={label} help={help} error={error} id={id} layout="bare">
        <TreePicker
          label={label}
          noun={tree}
          {...words}
          nodes={state.nodes}
          selected={selected}
          onChange={change}
          onBlur={() => paths.forEach(form.blur)}
          isLoading={state.isLoading}
          problem={state.problem}
          onRetry={state.retry}
          providerName={providerName}
          isDisabled={isReadOnly}
          isInvalid={error !== null}
          describedBy={describedBy(id, help, error)}
        />
      </FormRow>
      {notices.length > 0 && (
        <div className={styles.notice}>
          <Notices notices={notices} />
        </div>
      )}
    </div>
  );
}

/** The same objects at every drawing, so that a chip is drawn again only when it changed. */
function useWords({ lists }: TreeSpec, paths: string) {
  return useMemo(() => {
    const drawn = new Set(paths.split(" "));
    return wordsOf(lists.filter(({ path }) => drawn.has(path)));
  }, [lists, paths]);
}

function wordsOf(entries: readonly TreeList[]) {
  return {
    listLabels: Object.fromEntries(entries.map(({ path, one, many }) => [path, { one, many }])),
    icons: Object.fromEntries(
      entries.flatMap(({ path, icon }) =>
        icon === null ? [] : [[path, <PathIcon key={path} path={icon} size={14} />]],
      ),
    ),
    prefixes: Object.fromEntries(
      entries.flatMap(({ path, prefix }) => (prefix === null ? [] : [[path, prefix]])),
    ),
  };
}
