import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover as AriaPopover } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Popover.module.css";

export interface PopoverProps {
  /** Names the content for assistive technology. */
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
}

/** A button that opens a small non-modal panel. */
export function Popover({ label, trigger, children, placement = "bottom start" }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={cx(styles.popover)} placement={placement} offset={6}>
        <Dialog aria-label={label} className={cx(styles.content)}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
