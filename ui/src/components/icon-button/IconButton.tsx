import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { cx } from "../cx";
import { Icon, type IconName } from "../icon/Icon";
import { Tooltip } from "../tooltip/Tooltip";
import styles from "./IconButton.module.css";

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  "className" | "style" | "children" | "aria-label"
> {
  icon: IconName;
  /** What pressing it does: its accessible name and its tooltip. */
  label: string;
  size?: "md" | "sm";
  variant?: "ghost" | "default";
}

/** A button drawn as an icon alone. */
export function IconButton({ icon, label, size = "md", variant = "ghost", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton {...rest} aria-label={label} className={cx(styles.button, styles[size], styles[variant])}>
        <Icon name={icon} size={size === "sm" ? 14 : 16} />
      </AriaButton>
    </Tooltip>
  );
}
