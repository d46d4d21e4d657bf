import { useState } from "react";
import { TextField } from "~/components";
import styles from "./IntegerField.module.css";

type Props = {
  label: string;
  /** NaN while the box holds something that is no number, so that the form can refuse it. */
  value: number | null;
  onChange: (value: number | null) => void;
  onBlur: () => void;
  unit: string | null;
  placeholder: string | null;
  description: string | undefined;
  errorMessage: string | undefined;
  isRequired: boolean;
  isDisabled: boolean;
};

/** A whole number as text: what was typed stays as it is, and the form judges it when it is left. */
export function IntegerField({ value, onChange, unit, ...rest }: Props) {
  const [text, setText] = useState(() => (value === null ? "" : String(value)));
  const [reported, setReported] = useState(value);
  // A value that was not typed here, such as a default, replaces the text.
  if (!Object.is(value, reported)) {
    setReported(value);
    setText(value === null ? "" : String(value));
  }
  return (
    <TextField
      {...rest}
      value={text}
      inputMode="numeric"
      onChange={(typed) => {
        const trimmed = typed.trim();
        const number = trimmed === "" ? null : /^-?\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
        setText(typed);
        setReported(number);
        onChange(number);
      }}
      trailing={unit === null ? undefined : <span className={styles.unit}>{unit}</span>}
    />
  );
}
