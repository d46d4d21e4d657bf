import type { ReactNode } from "react";
import { FieldError, Group, Label, Text, TextArea, TextField } from "react-aria-components";
import { cx, Icon } from "~/components";
import form from "../form-row/FormRow.module.css";
import { HelpText } from "../form-row/HelpText";
import styles from "./CodeField.module.css";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** Most characters; the length is shown when it comes near. */
  maxLength?: number | null;
  description?: string | undefined;
  errorMessage?: string | undefined;
  placeholder?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** Stands below the box, at its end. */
  action?: ReactNode;
};

/** Lines of code. Tab leaves the box, so that the keyboard is never caught in it. */
export function CodeField({ maxLength = null, isRequired = false, isDisabled = false, ...props }: Props) {
  const { value, errorMessage, description } = props;
  const bad = errorMessage !== undefined && errorMessage !== "";
  const length = Array.from(value).length;
  const isNear = maxLength !== null && length > maxLength * 0.8;
  const lines = Math.min(Math.max(value.split("\n").length, 3), 16);
  return (
    <TextField
      className={cx(form.field, form.row)}
      value={value}
      onChange={props.onChange}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={bad}
      validationBehavior="aria"
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    >
      <Label className={cx(form.label)}>{props.label}</Label>
      <div className={cx(form.main)}>
        <Group isInvalid={bad} isDisabled={isDisabled} className={cx(form.box)}>
          <TextArea
            className={cx(styles.area)}
            rows={lines}
            placeholder={props.placeholder ?? ""}
            dir="ltr"
          />
        </Group>
        <div className={styles.foot}>
          <div className={styles.words}>
            {bad && (
              <FieldError className={cx(form.error)}>
                <Icon name="error" size={12} />
                <span>{errorMessage}</span>
              </FieldError>
            )}
            {description !== undefined && description !== "" && (
              <Text slot="description" className={cx(form.help)}>
                <HelpText text={description} />
              </Text>
            )}
          </div>
          {isNear && (
            <span className={styles.length} data-over={length > maxLength || undefined} role="status">
              {length.toLocaleString("en-GB")} of {maxLength.toLocaleString("en-GB")} characters
            </span>
          )}
          {props.action !== undefined && <span className={styles.action}>{props.action}</span>}
        </div>
      </div>
    </TextField>
  );
}
