import { memo } from "react";
import { Icon } from "../icon/Icon";
import { Marked } from "../marked/Marked";
import type { EventRow } from "./event-index";
import styles from "./EventPicker.module.css";
import type { PickerRow } from "./event-rows";
import { EventMarkChip } from "./EventMarkChip";
import { Mark } from "./Mark";
import { markWords } from "./search";

type Props = {
  row: EventRow;
  mode: "one" | "many";
  isChosen: boolean;
  isActive: boolean;
  isDisabled: boolean;
  top: number | null;
  words: readonly string[];
  position: number;
  siblings: number;
  /** Where else it stands. */
  also: string | null;
  onFocus: (row: PickerRow) => void;
  toggle: (row: PickerRow) => void;
};

/** One event: mark, id, what it means, and what is special about it. */
export const EventLine = memo(DrawnLine);

function DrawnLine({ row, mode, isChosen, isActive, isDisabled, top, words, also, ...props }: Props) {
  const { id, mark, remark } = row.event;
  const meaning = meaningOf(row, words);
  const marked = mark === null ? null : markWords[mark];
  const about = [meaning, marked, remark, also].filter((part) => part !== null && part !== "");
  return (
    <div
      data-row=""
      role={mode === "one" ? "radio" : "treeitem"}
      aria-level={mode === "one" ? undefined : 2}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-checked={isChosen}
      aria-disabled={isDisabled || undefined}
      aria-label={id}
      aria-description={about.length > 0 ? about.join(". ").replaceAll("..", ".") : undefined}
      tabIndex={isActive ? 0 : -1}
      title={about.length > 0 ? `${id}\n${about.join("\n")}` : id}
      className={styles.event}
      style={top === null ? undefined : { position: "absolute", insetInline: 0, top }}
      onFocus={() => props.onFocus(row)}
      onClick={isDisabled ? undefined : () => props.toggle(row)}
    >
      <Mark state={isChosen} round={mode === "one"} />
      <bdi className={mark === "notOffered" ? styles.unknown : styles.id}>
        <Marked text={id} words={words} />
      </bdi>
      <bdi className={styles.words}>
        <Marked text={meaning} words={words} />
      </bdi>
      {also !== null && (
        <span className={styles.also}>
          <Icon name="warning" size={12} />
          <bdi>{also}</bdi>
        </span>
      )}
      {mark !== null && <EventMarkChip mark={mark} />}
    </div>
  );
}

/** The description, or the label; both where only the label has what was searched for. */
function meaningOf({ event }: EventRow, words: readonly string[]): string {
  const { id, label, description } = event;
  if (description === null) return label === id ? "" : label;
  const shown = `${id}\n${description}`.toLowerCase();
  const name = label.toLowerCase();
  return words.some((word) => !shown.includes(word) && name.includes(word))
    ? `${label}: ${description}`
    : description;
}
