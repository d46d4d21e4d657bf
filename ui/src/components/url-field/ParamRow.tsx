import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { QueryParamView } from "~/bindings/QueryParamView";
import { NamedValueRow, rowName } from "../named-value/NamedValueRow";
import { SecretField } from "../secret-field/SecretField";

type Props = {
  param: QueryParamInput;
  /** Its place, for names: "Parameter 2". */
  number: number;
  /** The stored parameter whose value Keep refers to. */
  stored: QueryParamView | undefined;
  providerName: string;
  /** In place of "Stored by …": where a kept value comes from. */
  keptWords: string | undefined;
  isDisabled: boolean;
  onChange: (param: QueryParamInput) => void;
  onBlur: (() => void) | undefined;
  onRemove: () => void;
};

/** One query parameter: its name, its value with Keep and Replace, and a button that removes the row. */
export function ParamRow(props: Props) {
  const { param, number, stored, providerName, isDisabled, onChange, onBlur, onRemove } = props;
  return (
    <NamedValueRow
      noun="parameter"
      number={number}
      name={param.name}
      onName={(name) => onChange({ ...param, name })}
      isDisabled={isDisabled}
      onBlur={onBlur}
      onRemove={onRemove}
    >
      <SecretField
        label={`Value of ${rowName(param.name, "parameter", number)}`}
        stored={stored !== undefined}
        storedWords={
          stored?.hasValue === false ? "Has no value" : (props.keptWords ?? `Stored by ${providerName}`)
        }
        clearedWords="Only the name stays on save"
        canClear={stored?.hasValue === true}
        value={param.value.move === "clear" && !stored ? { move: "replace", value: "" } : param.value}
        placeholder={stored ? undefined : "Value, may be empty"}
        isDisabled={isDisabled}
        onChange={(value) => onChange({ ...param, value })}
        {...(onBlur ? { onBlur } : {})}
      />
    </NamedValueRow>
  );
}
