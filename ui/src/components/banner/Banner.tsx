import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon, type IconName } from "../icon/Icon";
import styles from "./Banner.module.css";

export type BannerTone = "info" | "ok" | "warn" | "error";

const icons: Record<BannerTone, IconName> = { info: "info", ok: "ok", warn: "warning", error: "error" };

export interface BannerProps {
  tone: BannerTone;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons on the right. */
  action?: ReactNode;
  /** Another icon than the tone's own. */
  icon?: IconName;
  /** Announced at once. Default: errors are. */
  live?: boolean;
}

/** A message that stays where it is. */
export function Banner({ tone, title, children, action, icon, live = tone === "error" }: BannerProps) {
  return (
    <div className={cx(styles.banner, styles[tone])} role={live ? "alert" : undefined}>
      <Icon name={icon ?? icons[tone]} className={styles.icon} />
      <div className={cx(styles.body)}>
        {title !== undefined && <div className={cx(styles.title)}>{title}</div>}
        {children}
      </div>
      {action !== undefined && <div className={cx(styles.action)}>{action}</div>}
    </div>
  );
}
