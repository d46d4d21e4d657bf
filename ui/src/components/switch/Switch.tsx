import type { ReactNode } from "react";
import { SwitchButton, SwitchField, Text } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Switch.module.css";

export interface SwitchProps {
  /** The words beside the switch; `aria-label` when they stand elsewhere. */
  children?: ReactNode;
  "aria-label"?: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
  description?: ReactNode;
}

/** Something that is on or off at once. */
export function Switch({
  children,
  isSelected,
  onChange,
  isDisabled = false,
  description,
  ...rest
}: SwitchProps) {
  return (
    <SwitchField
      {...rest}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      className={cx(styles.wrap)}
    >
      <SwitchButton className={cx(styles.switch)}>
        <span className={cx(styles.track)} />
        {children}
      </SwitchButton>
      {description !== undefined && (
        <Text slot="description" className={cx(styles.help)}>
          {description}
        </Text>
      )}
    </SwitchField>
  );
}
