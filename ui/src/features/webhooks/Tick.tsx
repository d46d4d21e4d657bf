import { useEffect, useRef } from "react";
import { cx } from "~/components";
import styles from "./Tick.module.css";

export interface TickProps {
  label: string;
  checked: boolean;
  mixed?: boolean;
  /** Whether Tab reaches it; inside rows the row's own keys do its work. */
  tabbable?: boolean;
  onToggle: (withShift: boolean) => void;
}

/** A native tick box: cheap enough for every row of a long table. */
export function Tick({ label, checked, mixed = false, tabbable = false, onToggle }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <label className={cx(styles.hit)} onClick={(event) => event.stopPropagation()}>
      <input
        ref={box}
        type="checkbox"
        className={cx(styles.tick)}
        aria-label={label}
        checked={checked}
        tabIndex={tabbable ? 0 : -1}
        onChange={(event) => onToggle(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
    </label>
  );
}
