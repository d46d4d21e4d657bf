import type { ReactNode, Ref } from "react";
import { FieldError, Group, Input, Label, Text, TextField as AriaTextField } from "react-aria-components";
import { cx } from "../cx";
import form from "../form-row/FormRow.module.css";
import { HelpText } from "../form-row/HelpText";
import { Icon } from "../icon/Icon";
import styles from "./TextField.module.css";

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** `row`: label left; `stack`: label above; `bare`: the label is for assistive technology alone. */
  layout?: "row" | "stack" | "bare";
  description?: ReactNode;
  /** Marks the field as wrong and says why. */
  errorMessage?: string | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  /** Drawn in the code font. */
  code?: boolean;
  type?: "text" | "password" | "url" | "search";
  inputMode?: "text" | "numeric";
  placeholder?: string | null | undefined;
  /** Stands inside the box, at its end: a reveal button, a unit. */
  trailing?: ReactNode;
  autoFocus?: boolean;
  maxLength?: number | undefined;
  inputRef?: Ref<HTMLInputElement>;
  onBlur?: () => void;
}

/** One line of text with its label, help and error. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, layout = "row", description, errorMessage, trailing, onBlur } = props;
  const { code = false, type = "text", isRequired = false, isDisabled = false, isReadOnly = false } = props;
  const { autoFocus = false, inputMode, placeholder, maxLength, inputRef } = props;
  const bad = errorMessage !== undefined && errorMessage !== "";
  return (
    <AriaTextField
      className={cx(form.field, form[layout])}
      value={value}
      onChange={onChange}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isReadOnly={isReadOnly}
      isInvalid={bad}
      type={type}
      validationBehavior="aria"
      autoFocus={autoFocus}
      autoComplete="off"
      autoCorrect="off"
      spellCheck="false"
      {...(layout === "bare" ? { "aria-label": label } : {})}
      {...(onBlur ? { onBlur } : {})}
    >
      {layout !== "bare" && <Label className={cx(form.label)}>{label}</Label>}
      <div className={cx(form.main)}>
        <Group isInvalid={bad} isDisabled={isDisabled} className={cx(form.box, styles.box)}>
          <Input
            ref={inputRef}
            className={cx(styles.input, code && styles.code)}
            placeholder={placeholder ?? ""}
            {...(inputMode ? { inputMode } : {})}
            {...(maxLength === undefined ? {} : { maxLength })}
          />
          {trailing}
        </Group>
        {description !== undefined && description !== null && (
          <Text slot="description" className={cx(form.help)}>
            {typeof description === "string" ? <HelpText text={description} /> : description}
          </Text>
        )}
        {bad && (
          <FieldError className={cx(form.error)}>
            <Icon name="error" size={12} />
            <span>{errorMessage}</span>
          </FieldError>
        )}
      </div>
    </AriaTextField>
  );
}
