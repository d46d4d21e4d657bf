import { cx } from "~/components";
import styles from "./Tick.module.css";

export interface TickProps {
  label: string;
  checked: boolean | "mixed";
  /** Whether Tab reaches it; inside rows the row's own keys do its work. */
  tabbable?: boolean;
  /** Absent inside rows: the table hears all presses in one place. */
  onToggle?: () => void;
}

/** A tick box of one element: cheap enough for every row of a long table. */
export function Tick({ label, checked, tabbable = false, onToggle }: TickProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={label}
      tabIndex={tabbable ? 0 : -1}
      data-tick
      className={cx(styles.tick)}
      onClick={onToggle}
    />
  );
}
