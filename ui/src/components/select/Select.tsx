import type { ReactNode } from "react";
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import { cx } from "../cx";
import field from "../form-row/FormRow.module.css";
import { HelpText } from "../form-row/HelpText";
import { Icon } from "../icon/Icon";
import styles from "./Select.module.css";

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  /** Stands after the label: a tag, a count. */
  aside?: ReactNode;
  isDisabled?: boolean;
}

export interface SelectProps<T extends string> {
  label: string;
  value: T | null;
  onChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  layout?: "row" | "stack" | "bare";
  placeholder?: string;
  description?: ReactNode;
  errorMessage?: string | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

/** One choice of many, in a list that opens. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, onChange, options, layout = "row", placeholder = "Choose", description } = props;
  const { errorMessage, isRequired = false, isDisabled = false, autoFocus = false } = props;
  const bad = errorMessage !== undefined && errorMessage !== "";
  return (
    <AriaSelect
      className={cx(field.field, field[layout])}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      placeholder={placeholder}
      isInvalid={bad}
      isRequired={isRequired}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      validationBehavior="aria"
      {...(layout === "bare" ? { "aria-label": label } : {})}
    >
      {layout !== "bare" && <Label className={cx(field.label)}>{label}</Label>}
      <div className={cx(field.main)}>
        <Button className={cx(styles.button, bad && styles.bad)}>
          <SelectValue className={cx(styles.value)} />
          <Icon name="up-down" size={14} />
        </Button>
        {description !== undefined && (
          <Text slot="description" className={cx(field.help)}>
            {typeof description === "string" ? <HelpText text={description} /> : description}
          </Text>
        )}
        {bad && <FieldError className={cx(field.error)}>{errorMessage}</FieldError>}
      </div>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox className={cx(styles.list)}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled ?? false}
              className={cx(styles.item)}
            >
              <bdi className={cx(styles.text)} title={option.label}>
                {option.label}
              </bdi>
              {option.aside}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
