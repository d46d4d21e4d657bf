import { cx } from "../cx";
import styles from "../icon/Icon.module.css";

export interface PathIconProps {
  /** Path data on a 16 by 16 grid, drawn as a stroke. */
  path: string;
  size?: 12 | 14 | 16 | 28;
  className?: string | undefined;
}

/** An icon whose drawing comes as data, such as a provider's. */
export function PathIcon({ path, size = 16, className }: PathIconProps) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={cx(styles.icon, styles[`s${size}`], className)}>
      <path d={path} />
    </svg>
  );
}
