import { cx } from "~/components";
import styles from "./RowSwitch.module.css";

export interface RowSwitchProps {
  title: string;
  on: boolean;
  /** Waits for an answer. */
  isPending: boolean;
  /** Why it cannot be moved. */
  locked: string | null;
}

/** A switch of one element; the table hears its presses, the row's menu serves the keyboard. */
export function RowSwitch({ title, on, isPending, locked }: RowSwitchProps) {
  const state = on ? "On" : "Off";
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={`${title} on or off`}
      aria-busy={isPending}
      aria-disabled={isPending || locked !== null}
      tabIndex={-1}
      data-switch
      title={locked ?? (isPending ? "Waiting for the answer" : state)}
      className={cx(styles.switch, isPending && styles.pending, locked !== null && styles.locked)}
    />
  );
}
