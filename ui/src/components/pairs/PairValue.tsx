import type { PairView } from "~/bindings/PairView";
import type { SecretChange } from "~/bindings/SecretChange";
import { TextField } from "~/components";
import rowStyles from "../named-value/NamedValueRow.module.css";
import { SecretField } from "../secret-field/SecretField";
import { SpaceAdvice } from "../secret-field/SpaceAdvice";

type Props = {
  label: string;
  isSecret: boolean;
  /** The stored pair whose value Keep refers to. */
  stored: PairView | undefined;
  providerName: string;
  /** In place of "Stored by …": where a kept value comes from. */
  keptWords?: string | undefined;
  value: SecretChange;
  onChange: (value: SecretChange) => void;
  onBlur: (() => void) | undefined;
  onReveal: (() => Promise<string>) | undefined;
  isDisabled: boolean;
};

/** The value of a pair: plain text, or a secret with its three moves. */
export function PairValue(props: Props) {
  const { label, isSecret, stored, providerName, value, onChange, onBlur, isDisabled } = props;
  const blur = onBlur ? { onBlur } : {};
  if (!isSecret) {
    return (
      <div className={rowStyles.plain}>
        <TextField
          label={label}
          layout="bare"
          code
          value={value.move === "replace" ? value.value : ""}
          placeholder="Value, may be empty"
          isDisabled={isDisabled}
          onChange={(text) => onChange({ move: "replace", value: text })}
          {...blur}
        />
        <SpaceAdvice
          label={label}
          value={value.move === "replace" ? value.value : ""}
          isDisabled={isDisabled}
          onChange={(text) => onChange({ move: "replace", value: text })}
        />
      </div>
    );
  }
  return (
    <SecretField
      label={label}
      stored={stored !== undefined}
      storedWords={
        stored?.hasValue === false ? "Has no value" : (props.keptWords ?? `Stored by ${providerName}`)
      }
      clearedWords="Only the name stays on save"
      canClear={stored?.hasValue === true}
      value={value.move === "clear" && !stored ? { move: "replace", value: "" } : value}
      placeholder={stored ? undefined : "Value, may be empty"}
      isDisabled={isDisabled}
      onChange={onChange}
      onReveal={props.onReveal}
      {...blur}
    />
  );
}
