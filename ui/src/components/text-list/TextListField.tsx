import { useRef, useState } from "react";
import { Chip, LinkButton, TextField } from "~/components";
import { counted } from "../id-list/id-text";
import styles from "./TextListField.module.css";

type Props = {
  label: string;
  /** One of them in words, such as "value". */
  noun: string;
  value: string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  placeholder?: string | undefined;
  isDisabled?: boolean;
  describedBy?: string | undefined;
};

/** Several free texts. Enter adds one; pasted lines become one each. */
export function TextListField({ isDisabled = false, ...props }: Props) {
  const { label, noun, value, onChange } = props;
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const input = useRef<HTMLInputElement>(null);

  const add = (lines: string[]) => {
    const fresh = [...new Set(lines.map((line) => line.trim()))].filter(
      (line) => line !== "" && !value.includes(line),
    );
    setText("");
    if (fresh.length === 0) return;
    onChange([...value, ...fresh]);
    setSaid(`Added ${counted(fresh.length, noun)}.`);
  };
  const remove = (at: number) => {
    onChange(value.filter((_, index) => index !== at));
    setSaid(`Removed ${value[at] ?? ""}.`);
    input.current?.focus();
  };

  return (
    <div
      role="group"
      aria-label={label}
      aria-describedby={props.describedBy}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        // What was typed and not yet added is meant.
        add([text]);
        props.onBlur?.();
      }}
      onPasteCapture={(event) => {
        const lines = event.clipboardData.getData("text").split(/\r?\n/u);
        if (lines.length < 2 || isDisabled) return;
        event.preventDefault();
        add([...(text === "" ? [] : [text]), ...lines]);
      }}
      onKeyDown={(event) => {
        const isTyping = event.target === input.current;
        if (!isTyping || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        add([text]);
      }}
    >
      {value.length > 0 && (
        <ul
          className={styles.chips}
          data-many={value.length > 20 || undefined}
          aria-label={`${label}, chosen`}
        >
          {value.map((one, at) => (
            <li key={`${at} ${one}`}>
              <Chip
                title={one}
                onRemove={isDisabled ? undefined : () => remove(at)}
                removeLabel={`Remove ${one}`}
              >
                {one === "" ? "(empty)" : one}
              </Chip>
            </li>
          ))}
          {value.length > 1 && !isDisabled && (
            <li>
              <LinkButton onPress={() => onChange([])}>Clear all</LinkButton>
            </li>
          )}
        </ul>
      )}
      {isDisabled && value.length === 0 && <span className={styles.none}>None</span>}
      {!isDisabled && (
        <TextField
          label={`Add a ${noun} to ${label}`}
          layout="bare"
          inputRef={input}
          value={text}
          onChange={setText}
          placeholder={props.placeholder ?? `Type a ${noun} and press Enter, or paste lines`}
        />
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}
