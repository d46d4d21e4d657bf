import type { ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Tooltip.module.css";

export interface TooltipProps {
  text: string;
  /** One focusable element, such as a `Button`. */
  children: ReactElement;
}

/** Words that appear on hover and on focus. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {children}
      <AriaTooltip offset={6} className={cx(styles.tooltip)}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
