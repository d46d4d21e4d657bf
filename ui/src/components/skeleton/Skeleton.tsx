import { cx } from "../cx";
import styles from "./Skeleton.module.css";

/** A still grey bar where text will stand. */
export function Skeleton({ width = "100%" }: { width?: number | string }) {
  return <span aria-hidden="true" className={cx(styles.bar)} style={{ width }} />;
}
