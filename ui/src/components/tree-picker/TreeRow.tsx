import { memo, type ReactNode } from "react";
import { Icon } from "../icon/Icon";
import { Marked } from "../marked/Marked";
import type { ChoiceState } from "./tree-choice";
import type { TreeEntry } from "./tree-index";
import styles from "./TreePicker.module.css";
import type { Noun } from "./types";

/** Indentation stops here, so that a deep tree keeps room for its names. */
const DEEPEST = 8;

type Props = {
  entry: TreeEntry;
  top: number;
  position: number;
  siblings: number;
  isOpen: boolean | null;
  state: ChoiceState;
  /** The name of the chosen node above. */
  through: string | null;
  chosenInside: number;
  words: readonly string[];
  /** What the node is, in words. */
  kind: string;
  noun: Noun;
  icon: ReactNode;
  showId: boolean;
  isDisabled: boolean;
  isActive: boolean;
  actions: {
    focus: (entry: TreeEntry) => void;
    toggle: (entry: TreeEntry) => void;
    open: (entry: TreeEntry, isOpen: boolean) => void;
    copy: (entry: TreeEntry) => void;
  };
};

/** One node: box, icon, name, and what is inside. */
export const TreeRow = memo(function TreeRow(props: Props) {
  const { entry, isOpen, state, through, isDisabled, actions, noun, chosenInside } = props;
  const { node, level } = entry;
  const inside = entry.end - entry.place - 1;
  const isThrough = state === "included" && through !== null;
  const indent = 8 + (Math.min(level, DEEPEST) - 1) * 18;
  const aside = inside === 0 ? "" : state === "mixed" ? `${chosenInside} of ${inside}` : String(inside);
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-expanded={isOpen ?? undefined}
      aria-checked={state === "mixed" ? "mixed" : state !== "none"}
      aria-disabled={isDisabled || undefined}
      aria-label={isThrough ? `${node.label}, through ${through}` : node.label}
      aria-description={description(props, inside)}
      tabIndex={props.isActive ? 0 : -1}
      className={styles.row}
      data-state={state}
      style={{ top: props.top, paddingInlineStart: indent }}
      onFocus={() => actions.focus(entry)}
      onClick={isDisabled ? undefined : () => actions.toggle(entry)}
    >
      <span
        className={styles.chevron}
        data-open={isOpen ?? undefined}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (isOpen !== null) actions.open(entry, !isOpen);
        }}
      >
        {isOpen !== null && <Icon name="chevron-right" size={12} />}
      </span>
      <span className={styles.box} data-state={state} aria-hidden="true">
        {state === "mixed" ? (
          <Icon name="minus" size={12} />
        ) : (
          state !== "none" && <Icon name="check" size={12} />
        )}
      </span>
      {props.icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {props.icon}
        </span>
      )}
      <bdi className={styles.name} title={node.label}>
        <Marked text={node.label} words={props.words} />
      </bdi>
      {node.detail !== undefined && node.detail !== "" && (
        <bdi className={styles.detail} title={node.detail}>
          {node.detail}
        </bdi>
      )}
      {isThrough && <span className={styles.through}>through {through}</span>}
      <span className={styles.end}>
        {props.showId && (
          <>
            <bdi className={styles.id} title={node.id} data-selectable>
              {node.id}
            </bdi>
            <button
              type="button"
              tabIndex={-1}
              className={styles.copy}
              aria-label={`Copy ${node.id}`}
              title="Copy ID (Ctrl C)"
              onClick={(event) => {
                event.stopPropagation();
                actions.copy(entry);
              }}
            >
              <Icon name="copy" size={12} />
            </button>
          </>
        )}
        <span title={aside === "" ? undefined : `${inside} ${inside === 1 ? noun.one : noun.many} inside`}>
          {aside}
        </span>
      </span>
    </div>
  );
});

function description({ entry, kind, noun, state, chosenInside, showId }: Props, inside: number): string {
  const parts = [kind, entry.node.detail ?? ""];
  if (state === "mixed") parts.push(`${chosenInside} chosen of ${inside} inside`);
  else if (inside > 0) parts.push(`${inside} ${inside === 1 ? noun.one : noun.many} inside`);
  if (showId) parts.push(entry.node.id);
  return parts.filter((part) => part !== "").join(", ");
}
