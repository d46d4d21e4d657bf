import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./FormRow.module.css";
import { HelpText } from "./HelpText";

export interface FormRowProps {
  label: string;
  help: string | null;
  error: string | null;
  /** Carries the ids of help and error, for the control's description. */
  id: string;
  /** `row`: label left; `bare`: no label in sight, for a control that fills the width. */
  layout?: "row" | "bare";
  children: ReactNode;
}

/** Label, control, help and error of a field that is more than one box. */
export function FormRow({ label, help, error, id, layout = "row", children }: FormRowProps) {
  return (
    <div className={cx(styles.field, styles[layout])}>
      {layout === "row" && <span className={cx(styles.label)}>{label}</span>}
      <div className={cx(styles.main)}>
        {children}
        {help !== null && (
          <div className={cx(styles.help)} id={`${id}-help`}>
            <HelpText text={help} />
          </div>
        )}
        {error !== null && (
          <p className={cx(styles.error)} id={`${id}-error`}>
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
