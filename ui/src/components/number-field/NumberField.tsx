import { type ReactNode, type Ref, useState } from "react";
import { cx } from "../cx";
import { TextField } from "../text-field/TextField";
import styles from "./NumberField.module.css";

export interface NumberFieldProps {
  label: string;
  /** `null`: nothing, or nothing that is a whole number in range. */
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  unit?: string | null | undefined;
  layout?: "row" | "stack" | "bare";
  description?: ReactNode;
  errorMessage?: string | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** A whole number. What was typed stays visible even when it is no number or out of range; then it reports `null`. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min = -Infinity, max = Infinity, unit, errorMessage, ...rest } = props;
  const [text, setText] = useState(() => (value === null ? "" : String(value)));
  const [reported, setReported] = useState(value);
  // A value that did not come from typing here (a reset, a loaded webhook) replaces the text.
  if (value !== reported) {
    setReported(value);
    setText(value === null ? "" : String(value));
  }

  const own = problem(text, min, max);
  const shown = errorMessage ?? own;
  return (
    <TextField
      {...rest}
      value={text}
      inputMode="numeric"
      onChange={(typed) => {
        setText(typed);
        const parsed = problem(typed, min, max) === undefined && typed.trim() !== "" ? Number(typed) : null;
        setReported(parsed);
        onChange(parsed);
      }}
      trailing={
        unit === null || unit === undefined ? undefined : <span className={cx(styles.unit)}>{unit}</span>
      }
      {...(shown === undefined ? {} : { errorMessage: shown })}
    />
  );
}

function problem(text: string, min: number, max: number): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const range =
    Number.isFinite(min) && Number.isFinite(max) ? `a whole number from ${min} to ${max}` : "a whole number";
  const number = Number(trimmed);
  if (!/^-?\d+$/.test(trimmed) || number < min || number > max) return `Enter ${range}.`;
  return undefined;
}
