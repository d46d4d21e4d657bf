import { type KeyboardEvent, type ReactNode, type Ref, useRef } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./SearchField.module.css";

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  size?: "md" | "sm";
  /** Shown while the field is empty: the key that focuses it. */
  hint?: ReactNode;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A search box; Esc and the cross empty it. Plain elements: every key typed here draws a table anew. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, placeholder = "", size = "md", hint, inputRef, onKeyDown } = props;
  const { isDisabled = false } = props;
  const box = useRef<HTMLDivElement>(null);
  return (
    <div ref={box} className={cx(styles.box, styles[size])}>
      <Icon name="search" size={14} className={styles.icon} />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        value={value}
        disabled={isDisabled}
        className={cx(styles.input)}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // With nothing to empty, Esc belongs to what stands around.
          if (event.key === "Escape" && value !== "") {
            event.preventDefault();
            event.stopPropagation();
            onChange("");
          } else onKeyDown?.(event);
        }}
      />
      {value === "" ? (
        hint
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={cx(styles.clear)}
          aria-label="Clear search"
          title="Clear search"
          onClick={() => {
            onChange("");
            box.current?.querySelector("input")?.focus();
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}
