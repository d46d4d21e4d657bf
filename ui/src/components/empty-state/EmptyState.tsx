import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon, type IconName } from "../icon/Icon";
import styles from "./EmptyState.module.css";

export interface EmptyStateProps {
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  /** One or two buttons. */
  actions?: ReactNode;
}

/** One icon, one sentence, one or two actions. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={cx(styles.empty)}>
      <Icon name={icon} size={28} className={styles.icon} />
      <p className={cx(styles.title)}>{title}</p>
      {children !== undefined && <div className={cx(styles.words)}>{children}</div>}
      {actions !== undefined && <div className={cx(styles.actions)}>{actions}</div>}
    </div>
  );
}
