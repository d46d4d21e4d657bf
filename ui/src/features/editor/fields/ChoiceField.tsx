import { useId } from "react";
import type { ChoiceOption } from "~/bindings/ChoiceOption";
import { describedBy, FormRow, Segmented, Select } from "~/components";

type Props = {
  label: string;
  options: ChoiceOption[];
  value: string;
  onChange: (value: string) => void;
  /** Other fields hang on it, so that all of its options are better in sight, where they have room. */
  allInSight: boolean;
  isRequired: boolean;
  isDisabled: boolean;
  description: string | undefined;
  errorMessage: string | undefined;
};

/** More letters than this do not fit into one row. */
const ROOM = 52;

/** One of several. What is stored and not offered any more is kept until another is chosen. */
export function ChoiceField({ value, onChange, allInSight, ...props }: Props) {
  const { label, isDisabled, description, errorMessage } = props;
  const id = useId();
  const isKnown = value === "" || props.options.some((option) => option.value === value);
  const options = isKnown ? props.options : [{ value, label: `${value} (not offered)` }, ...props.options];
  const letters = options.reduce((sum, option) => sum + option.label.length, 0);
  if (allInSight && options.length <= 5 && letters <= ROOM) {
    const [help, error] = [description ?? null, errorMessage ?? null];
    return (
      <FormRow label={label} help={help} error={error} id={id}>
        <Segmented
          label={label}
          value={value}
          options={options}
          onChange={onChange}
          isDisabled={isDisabled}
          describedBy={describedBy(id, help, error)}
        />
      </FormRow>
    );
  }
  return (
    <Select
      label={label}
      value={value === "" ? null : value}
      options={options}
      onChange={onChange}
      isDisabled={isDisabled}
      isRequired={props.isRequired}
      {...(description === undefined ? {} : { description })}
      errorMessage={errorMessage}
    />
  );
}
