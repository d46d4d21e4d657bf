import type { ReactNode } from "react";
import { cx } from "../cx";
import styles from "./KeyValue.module.css";

export interface KeyValueProps {
  rows: readonly { label: string; value: ReactNode; key?: string }[];
}

/** Labels and values in two columns. */
export function KeyValue({ rows }: KeyValueProps) {
  return (
    <dl className={cx(styles.list)}>
      {rows.map((row) => (
        <div key={row.key ?? row.label} className={cx(styles.row)}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
