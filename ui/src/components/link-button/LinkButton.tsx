import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { cx } from "../cx";
import styles from "./LinkButton.module.css";

export interface LinkButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  children: ReactNode;
}

/** An action inside a line of text. */
export function LinkButton({ children, ...rest }: LinkButtonProps) {
  return (
    <AriaButton {...rest} className={cx(styles.link)}>
      {children}
    </AriaButton>
  );
}
