import { LinkButton, Segmented } from "~/components";
import styles from "./EventPicker.module.css";
import type { PickerView } from "./use-picker";

type Props = {
  view: PickerView;
  isMany: boolean;
  isDisabled: boolean;
  /** Not all events are shown. */
  isLess: boolean;
  onChooseShown: () => void;
};

/** Below this many, everything is in sight anyway. */
const ONLY_FROM = 10;

/** What is done with all that is shown, and how it is shown. */
export function PickerTools({ view, isMany, isDisabled, isLess, onChooseShown }: Props) {
  const { index, rows, chosen } = view;
  const hasOnly = isMany && index.events.length >= ONLY_FROM;
  if (!isMany && index.byPrefix === null) return null;
  return (
    <div className={styles.tools}>
      {isMany && (
        <LinkButton
          isDisabled={isDisabled || rows.found === 0 || rows.ids().every((id) => chosen.has(id))}
          onPress={onChooseShown}
        >
          {isLess ? "Select all shown" : "Select all"}
        </LinkButton>
      )}
      {hasOnly && (
        <button
          type="button"
          className={styles.only}
          aria-pressed={view.isOnlyChosen}
          disabled={chosen.size === 0 && !view.isOnlyChosen}
          onClick={() => view.showOnlyChosen(!view.isOnlyChosen)}
        >
          Selected only
        </button>
      )}
      {index.byPrefix && (
        <span className={styles.grouping}>
          <span aria-hidden="true">Group by</span>
          <Segmented
            label="Group events by"
            value={view.grouping}
            onChange={view.setGrouping}
            options={[
              { value: "label", label: "Topic" },
              { value: "prefix", label: "Prefix" },
            ]}
          />
        </span>
      )}
    </div>
  );
}
