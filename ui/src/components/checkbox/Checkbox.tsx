import type { ReactNode } from "react";
import { CheckboxButton, CheckboxField } from "react-aria-components";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./Checkbox.module.css";

export interface CheckboxProps {
  children?: ReactNode;
  "aria-label"?: string;
  isSelected: boolean;
  isIndeterminate?: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

/** A tick box; `isIndeterminate` when some but not all of what it stands for is ticked. */
export function Checkbox(props: CheckboxProps) {
  const { children, isSelected, isIndeterminate = false, onChange, isDisabled = false } = props;
  return (
    <CheckboxField
      {...(props["aria-label"] === undefined ? {} : { "aria-label": props["aria-label"] })}
      isSelected={isSelected}
      isIndeterminate={isIndeterminate}
      onChange={onChange}
      isDisabled={isDisabled}
      className={cx(styles.field)}
    >
      <CheckboxButton className={cx(styles.checkbox)}>
        <span className={cx(styles.box)}>
          {isIndeterminate ? <Icon name="minus" size={12} /> : isSelected && <Icon name="check" size={12} />}
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
