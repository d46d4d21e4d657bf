import type { ReactNode } from "react";
import { LinkButton, SearchField } from "~/components";
import styles from "./EventPicker.module.css";

type Props = {
  search: string;
  onSearch: (search: string) => void;
  /** On to the rows. */
  onDown: () => void;
  /** Returns whether the text was something else than a search. */
  onPaste: (text: string) => boolean;
  /** How many of all are shown, when not all are. */
  shown: string | null;
  summary: ReactNode;
  clear: { isDisabled: boolean; press: () => void } | null;
};

/** The search, and how many are selected. */
export function PickerHead({ search, onSearch, onDown, onPaste, shown, summary, clear }: Props) {
  return (
    <div className={styles.head}>
      <div
        className={styles.search}
        onPaste={(event) => {
          if (onPaste(event.clipboardData.getData("text"))) event.preventDefault();
        }}
      >
        <SearchField
          label="Search events"
          placeholder="Search events"
          value={search}
          onChange={onSearch}
          size="sm"
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            onDown();
          }}
        />
      </div>
      <span className={styles.count}>
        {shown !== null && `${shown} shown · `}
        {summary}
      </span>
      {clear && (
        <LinkButton isDisabled={clear.isDisabled} onPress={clear.press}>
          Clear
        </LinkButton>
      )}
    </div>
  );
}
