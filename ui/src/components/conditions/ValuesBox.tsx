import { useState } from "react";
import { Chip, Select } from "~/components";
import styles from "./Conditions.module.css";
import type { ConditionValues, ValueKind } from "./types";

type Props = {
  label: string;
  takes: ConditionValues;
  kind: ValueKind;
  values: readonly string[];
  isDisabled: boolean;
  isInvalid: boolean;
  onChange: (values: string[]) => void;
};

const EXAMPLES: Record<ValueKind, string> = {
  string: "value",
  number: "0",
  boolean: "true",
  date: "2026-12-31",
  datetime: "2026-12-31T08:00:00Z",
};

/** What a field is compared with: nothing, a value, a number, or several values. */
export function ValuesBox({ label, takes, kind, values, isDisabled, isInvalid, onChange }: Props) {
  const [first = ""] = values;
  if (takes === "none") return null;
  if (takes === "many") {
    return (
      <ManyValues
        label={label}
        kind={kind}
        values={values}
        isDisabled={isDisabled}
        isInvalid={isInvalid}
        onChange={onChange}
      />
    );
  }
  if (takes === "one" && kind === "boolean" && ["", "true", "false"].includes(first)) {
    return (
      <Select
        label={label}
        layout="bare"
        value={first === "" ? null : first}
        options={[
          { value: "true", label: "true" },
          { value: "false", label: "false" },
        ]}
        isDisabled={isDisabled}
        onChange={(value) => onChange([value])}
      />
    );
  }
  const isNumber = takes === "number" || kind === "number";
  return (
    <input
      className={styles.oneInput}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      value={first}
      title={first}
      placeholder={takes === "number" ? "0" : EXAMPLES[kind]}
      disabled={isDisabled}
      inputMode={isNumber ? "numeric" : "text"}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target: { value } }) => onChange(value === "" ? [] : [isNumber ? value.trim() : value])}
    />
  );
}

/** Several values as chips: Enter or a comma adds one, Backspace in the empty box takes the last away. */
function ManyValues({ label, kind, values, isDisabled, isInvalid, onChange }: Omit<Props, "takes">) {
  const [text, setText] = useState("");
  const add = (added: string) => {
    const next = split(added).filter((value) => !values.includes(value));
    setText("");
    if (next.length > 0) onChange([...values, ...next]);
  };
  return (
    <div
      className={styles.many}
      data-disabled={isDisabled || undefined}
      data-invalid={isInvalid || undefined}
    >
      {values.map((value) => (
        <Chip
          key={value}
          title={value}
          onRemove={isDisabled ? undefined : () => onChange(values.filter((other) => other !== value))}
          removeLabel={`Remove ${value}`}
        >
          {value === "" ? "empty text" : value}
        </Chip>
      ))}
      <input
        className={styles.manyInput}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        value={text}
        placeholder={values.length === 0 ? EXAMPLES[kind] : ""}
        disabled={isDisabled}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => (target.value.endsWith(",") ? add(target.value) : setText(target.value))}
        onBlur={() => text.trim() !== "" && add(text)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text");
          if (split(pasted).length < 2) return;
          event.preventDefault();
          add(pasted);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            if (text.trim() !== "") add(text);
          } else if (event.key === "Backspace" && text === "" && values.length > 0) {
            onChange(values.slice(0, -1));
          }
        }}
      />
    </div>
  );
}

function split(text: string): string[] {
  const parts = text.split(/[,\n\r\t]+/u).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}
