import type { ReactNode, RefObject } from "react";
import { Dialog, Popover as AriaPopover } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Popover.module.css";

export interface PopoverAtProps {
  /** Names the content for assistive technology. */
  label: string;
  /** The element it stands beside. */
  anchor: RefObject<HTMLElement | null>;
  children: ReactNode;
  onClose: () => void;
}

/** A small non-modal panel beside any element. Mount it to open it. */
export function PopoverAt({ label, anchor, children, onClose }: PopoverAtProps) {
  return (
    <AriaPopover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      offset={4}
      className={cx(styles.popover, styles.snug)}
    >
      <Dialog aria-label={label} className={cx(styles.content)}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}
