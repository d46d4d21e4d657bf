import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import { Button as AriaButton } from "react-aria-components";
import styles from "./Chip.module.css";

export interface ChipProps {
  children: ReactNode;
  /** Drawn in the code font: event names, ids. */
  code?: boolean;
  /** Dashed: the vendor no longer lists it. */
  unknown?: boolean;
  /** The full text when the chip may be cut. */
  title?: string | undefined;
  /** Shows a remove button; the label names what is removed. */
  onRemove?: (() => void) | undefined;
  removeLabel?: string | undefined;
}

/** A short value in a box. */
export function Chip({ children, code = false, unknown = false, title, onRemove, removeLabel }: ChipProps) {
  return (
    <span className={cx(styles.chip, code && styles.code, unknown && styles.unknown)} title={title}>
      <bdi className={cx(styles.text)}>{children}</bdi>
      {onRemove && (
        <AriaButton className={cx(styles.remove)} aria-label={removeLabel ?? "Remove"} onPress={onRemove}>
          <Icon name="close" size={12} />
        </AriaButton>
      )}
    </span>
  );
}
