import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Button.module.css";

export type ButtonVariant = "default" | "primary" | "danger" | "dangerText" | "ghost";
export type ButtonSize = "md" | "sm" | "lg";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  children: ReactNode;
  ref?: React.Ref<HTMLButtonElement>;
}

/** A button whose label is verb plus object. While `isPending` it keeps its focus and cannot be pressed. */
export function Button({ variant = "default", size = "md", children, ref, ...rest }: ButtonProps) {
  const more = ref === undefined ? {} : { ref };
  return (
    <AriaButton {...rest} {...more} className={cx(styles.button, styles[variant], styles[size])}>
      {children}
    </AriaButton>
  );
}
