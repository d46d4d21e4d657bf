import type { ReactNode } from "react";
import { RadioButton, RadioField, RadioGroup } from "react-aria-components";
import { cx } from "../cx";
import styles from "./RadioCards.module.css";

export interface RadioCard<T extends string> {
  value: T;
  label: ReactNode;
  detail?: ReactNode;
  icon?: ReactNode;
}

export interface RadioCardsProps<T extends string> {
  /** Names the group for assistive technology. */
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly RadioCard<T>[];
  /** `cards`: boxes side by side; `inline`: plain radios in a line; `column`: plain radios below each other. */
  look?: "cards" | "inline" | "column";
  isDisabled?: boolean;
}

/** One choice of a few, all in sight. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const { label, value, onChange, options, look = "cards", isDisabled = false } = props;
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      isDisabled={isDisabled}
      orientation={look === "column" ? "vertical" : "horizontal"}
      onChange={(chosen) => onChange(chosen as T)}
      className={cx(styles.group, styles[look])}
    >
      {options.map((option) => (
        <RadioField key={option.value} value={option.value} className={cx(styles.field)}>
          <RadioButton className={cx(look === "cards" ? styles.card : styles.plain)}>
            {look !== "cards" && <span className={cx(styles.mark)} />}
            {option.icon}
            <span className={cx(styles.words)}>
              <span>{option.label}</span>
              {option.detail !== undefined && <span className={cx(styles.detail)}>{option.detail}</span>}
            </span>
            {look === "cards" && <span className={cx(styles.mark)} />}
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
