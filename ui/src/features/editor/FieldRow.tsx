import type { ReactNode } from "react";
import { Icon } from "~/components";
import styles from "./Field.module.css";

type Props = {
  label: string;
  help: string | null;
  error: string | null;
  /** Carries the ids of help and error, for the control's description. */
  id: string;
  children: ReactNode;
};

/** Label, control, help and error of a field that is more than one box. */
export function FieldRow({ label, help, error, id, children }: Props) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <div className={styles.control}>
        {children}
        {help !== null && (
          <p className={styles.help} id={`${id}-help`}>
            {help}
          </p>
        )}
        {error !== null && (
          <p className={styles.error} id={`${id}-error`}>
            <Icon name="error" size={12} />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  );
}

/** The ids a control's `aria-describedby` names. */
export function describedBy(id: string, help: string | null, error: string | null): string | undefined {
  return (
    [help === null ? "" : `${id}-help`, error === null ? "" : `${id}-error`].filter(Boolean).join(" ") ||
    undefined
  );
}
