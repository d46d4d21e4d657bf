import type { ReactNode, Ref } from "react";
import { Button, Input, SearchField as AriaSearchField } from "react-aria-components";
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
  onKeyDown?: (event: { key: string; preventDefault: () => void }) => void;
}

/** A search box; Esc and the cross empty it. */
export function SearchField(props: SearchFieldProps) {
  const {
    label,
    value,
    onChange,
    placeholder = "",
    size = "md",
    hint,
    inputRef,
    isDisabled = false,
    onKeyDown,
  } = props;
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      isDisabled={isDisabled}
      className={cx(styles.box, styles[size])}
      {...(onKeyDown ? { onKeyDown } : {})}
    >
      <Icon name="search" size={14} className={styles.icon} />
      <Input
        ref={inputRef}
        className={cx(styles.input)}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
      />
      {value === "" ? (
        hint
      ) : (
        <Button className={cx(styles.clear)} aria-label="Clear search">
          <Icon name="close" size={12} />
        </Button>
      )}
    </AriaSearchField>
  );
}
