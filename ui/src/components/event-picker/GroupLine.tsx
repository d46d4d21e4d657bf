import { memo } from "react";
import { Icon } from "../icon/Icon";
import { Marked } from "../marked/Marked";
import styles from "./EventPicker.module.css";
import type { RowActions } from "./EventRows";
import type { GroupRow, PickerRow } from "./event-rows";
import { Mark } from "./Mark";

type Props = {
  row: GroupRow;
  /** How many of those shown. */
  chosen: number;
  mode: "one" | "many";
  isActive: boolean;
  isDisabled: boolean;
  top: number | null;
  words: readonly string[];
  position: number;
  siblings: number;
  onFocus: (row: PickerRow) => void;
  actions: RowActions;
};

/** A heading; where several can be chosen, with a box for all below it. */
export const GroupLine = memo(DrawnLine);

function DrawnLine({ row, chosen, mode, isActive, isDisabled, top, words, actions, ...props }: Props) {
  const total = row.members.length;
  const style = top === null ? undefined : ({ position: "absolute", insetInline: 0, top } as const);
  const name = (
    <bdi className={styles.groupName} title={row.name}>
      <Marked text={row.name} words={words} />
    </bdi>
  );
  if (mode === "one") {
    return (
      <div className={styles.group} style={style} role="presentation">
        {name}
      </div>
    );
  }
  const state = chosen === 0 ? false : chosen === total ? true : "mixed";
  const count = `${chosen.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`;
  return (
    <div
      data-row=""
      role="treeitem"
      aria-level={1}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-expanded={row.open}
      aria-checked={state}
      aria-disabled={isDisabled || undefined}
      aria-label={`${row.name}, ${count} selected`}
      tabIndex={isActive ? 0 : -1}
      className={styles.group}
      style={style}
      onFocus={() => props.onFocus(row)}
      onClick={isDisabled ? undefined : () => actions.toggle(row)}
    >
      <span
        className={styles.chevron}
        data-open={row.open || undefined}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          actions.open(row.name, !row.open);
        }}
      >
        <Icon name="chevron-right" size={12} />
      </span>
      <Mark state={state} round={false} />
      {name}
      <span className={styles.groupCount}>{count}</span>
    </div>
  );
}
