import { useState } from "react";
import { Input, TextField } from "react-aria-components";
import type { SecretChange } from "~/bindings/SecretChange";
import { cx, Icon, IconButton, LinkButton, Segmented } from "~/components";
import { DOTS } from "./secret-text";
import { SpaceAdvice } from "./SpaceAdvice";
import styles from "./SecretField.module.css";

type Props = {
  label: string;
  /** Whether a value is stored; without one the field is an empty box. */
  stored: boolean;
  /** Who keeps the stored value: "Stored by Example, not readable". */
  storedWords: string;
  /** What Clear will do: "Removed from Example on save". */
  clearedWords: string;
  value: SecretChange;
  onChange: (value: SecretChange) => void;
  onBlur?: () => void;
  /** Reads the stored value, where it can be read. */
  onReveal?: (() => Promise<string>) | undefined;
  /** The moves on offer besides Keep. */
  canClear?: boolean;
  placeholder?: string | undefined;
  isDisabled?: boolean;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
};

/** A secret with its three moves. The stored value is shown only after Reveal, and never put into the box. */
export function SecretField({ isDisabled = false, isInvalid = false, canClear = true, ...props }: Props) {
  const { stored, value, onChange, label } = props;
  const box = <NewSecret {...props} isDisabled={isDisabled} isInvalid={isInvalid} />;
  if (!stored) return box;
  const moves = [
    { value: "keep", label: "Keep" },
    { value: "replace", label: "Replace" },
    ...(canClear ? [{ value: "clear", label: "Clear" }] : []),
  ] as { value: SecretChange["move"]; label: string }[];
  return (
    <div className={styles.row} data-move={value.move} data-invalid={isInvalid || undefined}>
      {value.move === "keep" && (
        <StoredSecret
          label={label}
          words={props.storedWords}
          onReveal={isDisabled ? undefined : props.onReveal}
        />
      )}
      {value.move === "replace" && box}
      {value.move === "clear" && (
        <span className={styles.cleared}>
          <Icon name="warning" size={14} />
          <span>{props.clearedWords}</span>
        </span>
      )}
      <Segmented
        label={`${label}: stored value`}
        options={moves}
        value={value.move}
        isDisabled={isDisabled}
        onChange={(move) => {
          if (move !== value.move) onChange(move === "replace" ? { move, value: "" } : { move });
        }}
      />
    </div>
  );
}

function StoredSecret({
  label,
  words,
  onReveal,
}: {
  label: string;
  words: string;
  onReveal: Props["onReveal"];
}) {
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const reveal = async () => {
    if (!onReveal) return;
    setReading(true);
    setProblem(null);
    try {
      setShown(await onReveal());
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown.message : "The value could not be read.");
    } finally {
      setReading(false);
    }
  };
  return (
    <span className={styles.stored}>
      <span className={styles.lock}>
        <Icon name="lock" size={14} />
      </span>
      {shown === null ? (
        <span className={styles.storedWords} title={problem ?? words}>
          <span aria-hidden="true" className={styles.dots}>
            {DOTS}
          </span>
          <span role={problem === null ? undefined : "alert"}>{problem ?? words}</span>
        </span>
      ) : (
        <output className={styles.value} aria-label={`${label}, stored value`}>
          <bdi>{shown === "" ? "(empty)" : shown}</bdi>
        </output>
      )}
      {onReveal && (
        <LinkButton
          isDisabled={isReading}
          aria-label={`${shown === null ? "Reveal" : "Hide"} ${label}`}
          onPress={() => {
            if (shown === null) void reveal();
            else setShown(null);
          }}
        >
          {shown === null ? (isReading ? "Reading…" : "Reveal") : "Hide"}
        </LinkButton>
      )}
    </span>
  );
}

type NewProps = Pick<
  Props,
  "label" | "stored" | "value" | "onChange" | "onBlur" | "placeholder" | "isRequired" | "describedBy"
> & { isDisabled: boolean; isInvalid: boolean };

/** The box for a new value, masked unless the eye is pressed. */
function NewSecret({ label, stored, value, onChange, onBlur, placeholder, describedBy, ...state }: NewProps) {
  const [isVisible, setVisible] = useState(false);
  const typed = value.move === "replace" ? value.value : "";
  return (
    <div className={styles.new}>
      <TextField
        aria-label={stored ? `New ${label}` : label}
        {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
        type={isVisible ? "text" : "password"}
        value={typed}
        onChange={(text) => onChange({ move: "replace", value: text })}
        {...(onBlur && { onBlur })}
        isDisabled={state.isDisabled}
        isInvalid={state.isInvalid}
        isRequired={state.isRequired ?? false}
        autoComplete="off"
        className={cx(stored ? styles.bare : styles.box)}
        validationBehavior="aria"
      >
        <Icon name="key" size={14} />
        <Input
          className={cx(styles.input)}
          placeholder={placeholder ?? (stored ? "Paste the new value" : "Paste the value")}
          spellCheck="false"
          autoCapitalize="off"
          autoFocus={stored}
        />
        <IconButton
          icon={isVisible ? "eye-off" : "eye"}
          size="sm"
          label={`${isVisible ? "Hide" : "Show"} what you type in ${label}`}
          isDisabled={state.isDisabled}
          onPress={() => setVisible(!isVisible)}
        />
      </TextField>
      <SpaceAdvice
        label={label}
        value={typed}
        isDisabled={state.isDisabled}
        onChange={(text) => onChange({ move: "replace", value: text })}
      />
    </div>
  );
}
