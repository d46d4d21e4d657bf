import { type ReactNode, useState } from "react";
import type { CredentialField } from "~/bindings/CredentialField";
import type { SecretChange } from "~/bindings/SecretChange";
import { cx, Icon, IconButton, LinkButton, Segmented, TextField } from "~/components";
import styles from "./CredentialInput.module.css";

export interface SecretInputProps {
  field: CredentialField;
  change: SecretChange;
  onChange: (change: SecretChange) => void;
  /** Whether a value is stored that can be kept. */
  isStored: boolean;
  /** Where it is stored: `the system keyring`. */
  place: string;
  help: ReactNode;
  errorMessage: string | undefined;
}

/** A secret part of a credential. What is stored is never shown; what is typed is, on request. */
export function SecretInput({
  field,
  change,
  onChange,
  isStored,
  place,
  help,
  errorMessage,
}: SecretInputProps) {
  const [visible, setVisible] = useState(false);
  const typed = change.move === "replace" ? change.value : "";
  const kept = change.move === "keep";
  return (
    <>
      {isStored && (
        <div className={cx(styles.row)}>
          <span className={cx(styles.label)}>{field.label}</span>
          <div className={cx(styles.stored)}>
            {kept ? (
              <>
                <Icon name="lock" size={14} className={styles.lock} />
                <span className={cx(styles.words)}>Kept in {place}</span>
              </>
            ) : (
              <span className={cx(styles.words)}>Replaced when you save</span>
            )}
            <Segmented
              label={field.label}
              value={kept ? "keep" : "replace"}
              onChange={(move) => onChange(move === "keep" ? { move } : { move, value: "" })}
              options={[
                { value: "keep", label: "Keep" },
                { value: "replace", label: "Replace" },
              ]}
            />
          </div>
        </div>
      )}
      {!kept && (
        <TextField
          label={isStored ? `New ${field.label.toLowerCase()}` : field.label}
          value={typed}
          onChange={(value) => onChange({ move: "replace", value })}
          type={visible ? "text" : "password"}
          code
          isRequired
          placeholder={field.placeholder}
          errorMessage={errorMessage}
          autoFocus={isStored}
          description={
            <>
              {help}
              {typed !== typed.trim() && (
                <span className={cx(styles.space)}>
                  <Icon name="warning" size={12} />
                  Begins or ends with a space.
                  <LinkButton onPress={() => onChange({ move: "replace", value: typed.trim() })}>
                    Remove it
                  </LinkButton>
                </span>
              )}
            </>
          }
          trailing={
            <IconButton
              size="sm"
              icon={visible ? "eye-off" : "eye"}
              label={visible ? "Hide what is typed" : "Show what is typed"}
              onPress={() => setVisible(!visible)}
            />
          }
        />
      )}
    </>
  );
}
