import type { ReactNode } from "react";
import { RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Segmented.module.css";

export interface Segment<T extends string> {
  value: T;
  label: ReactNode;
}

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly Segment<T>[];
  isDisabled?: boolean;
  /** Element ids of the words that belong to it. */
  describedBy?: string | undefined;
}

/** A radio group in one row: `Keep | Replace | Clear`. */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  options,
  isDisabled = false,
  describedBy,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
      orientation="horizontal"
      value={value}
      isDisabled={isDisabled}
      onChange={(chosen) => onChange(chosen as T)}
      className={cx(styles.group)}
    >
      {options.map((option) => (
        <RadioField key={option.value} value={option.value} className={cx(styles.field)}>
          <RadioButton className={cx(styles.segment)}>{option.label}</RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
