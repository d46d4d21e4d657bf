import type { ReactNode } from "react";
import { cx, IconButton, TextField } from "~/components";
import styles from "./NamedValueRow.module.css";

type Props = {
  /** What a row is: "parameter", "header". */
  noun: string;
  /** Its place, for names: "Parameter 2". */
  number: number;
  name: string;
  onName: (name: string) => void;
  /** Several lines were pasted into the name. True when they were taken. */
  onPasteLines?: ((text: string) => boolean) | undefined;
  /** A choice that stands before the name. */
  group?: ReactNode;
  isDisabled: boolean;
  isInvalid?: boolean;
  onBlur: (() => void) | undefined;
  onRemove: () => void;
  /** The value's own control. */
  children: ReactNode;
};

/** A name, its value, and a button that removes both. */
export function NamedValueRow(props: Props) {
  const { noun, number, name, onName, onPasteLines, group, isDisabled, onBlur, onRemove, children } = props;
  return (
    <li
      className={cx(styles.row, group === undefined ? styles.wide : styles.grouped)}
      onPasteCapture={(event) => {
        const isName = (event.target as Element).closest("[data-part=name]") !== null;
        if (isName && onPasteLines?.(event.clipboardData.getData("text"))) event.preventDefault();
      }}
    >
      {group !== undefined && <div className={styles.group}>{group}</div>}
      <div className={styles.name} data-part="name">
        <TextField
          label={`Name of ${noun} ${number}`}
          layout="bare"
          code
          value={name}
          placeholder="name"
          isDisabled={isDisabled}
          onChange={onName}
          {...(onBlur ? { onBlur } : {})}
        />
      </div>
      <div className={styles.value}>{children}</div>
      <IconButton
        icon="close"
        size="sm"
        label={`Remove ${rowName(name, noun, number)}`}
        isDisabled={isDisabled}
        onPress={onRemove}
      />
    </li>
  );
}

/** What a row is called in the names of its parts. */
export function rowName(name: string, noun: string, number: number): string {
  return name === "" ? `${noun} ${number}` : name;
}
