import { cx } from "../cx";
import styles from "./Icon.module.css";
import { type IconName, icons } from "./icons";

export type { IconName } from "./icons";

export interface IconProps {
  name: IconName;
  size?: 12 | 14 | 16 | 28;
  className?: string | undefined;
}

/** A decorative line icon; words beside it carry the meaning. */
export function Icon({ name, size = 16, className }: IconProps) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx(styles.icon, styles[`s${size}`], className)}>
      {icons[name]}
    </svg>
  );
}
