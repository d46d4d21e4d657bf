import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { QueryParamView } from "~/bindings/QueryParamView";
import { IconButton, TextField } from "~/components";
import { SecretField } from "../secret-field/SecretField";
import styles from "./UrlField.module.css";

type Props = {
  param: QueryParamInput;
  /** Its place, for names: "Parameter 2". */
  number: number;
  /** The stored parameter whose value Keep refers to. */
  stored: QueryParamView | undefined;
  providerName: string;
  isDisabled: boolean;
  onChange: (param: QueryParamInput) => void;
  onBlur: (() => void) | undefined;
  onRemove: () => void;
};

/** One query parameter: its name, its value with Keep and Replace, and a button that removes the row. */
export function ParamRow({
  param,
  number,
  stored,
  providerName,
  isDisabled,
  onChange,
  onBlur,
  onRemove,
}: Props) {
  const name = param.name === "" ? `parameter ${number}` : param.name;
  const blur = onBlur ? { onBlur } : {};
  return (
    <li className={styles.param}>
      <div className={styles.name}>
        <TextField
          label={`Name of parameter ${number}`}
          layout="bare"
          code
          value={param.name}
          placeholder="name"
          isDisabled={isDisabled}
          onChange={(next) => onChange({ ...param, name: next })}
          {...blur}
        />
      </div>
      <div className={styles.value}>
        <SecretField
          label={`Value of ${name}`}
          stored={stored !== undefined}
          storedWords={stored?.hasValue === false ? "Has no value" : `Stored by ${providerName}`}
          clearedWords="Only the name stays on save"
          canClear={stored?.hasValue === true}
          value={param.value.move === "clear" && !stored ? { move: "replace", value: "" } : param.value}
          placeholder={stored ? undefined : "Value, may be empty"}
          isDisabled={isDisabled}
          onChange={(value) => onChange({ ...param, value })}
          {...blur}
        />
      </div>
      <IconButton
        icon="close"
        size="sm"
        label={`Remove ${name}`}
        isDisabled={isDisabled}
        onPress={onRemove}
      />
    </li>
  );
}
