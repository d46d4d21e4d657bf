import { LinkButton } from "~/components";
import { outerSpaceWords, withoutOuterSpace } from "./secret-text";
import styles from "./SecretField.module.css";

type Props = {
  /** Whose value it is, for the button's name. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  isDisabled?: boolean;
};

/** Points out spaces and line breaks at the ends of a typed value, and takes them away on request. */
export function SpaceAdvice({ label, value, onChange, isDisabled = false }: Props) {
  const words = outerSpaceWords(value);
  if (words === null) return null;
  return (
    <p className={styles.advice} role="status">
      {words}{" "}
      {!isDisabled && (
        <LinkButton
          aria-label={`Remove spaces from ${label}`}
          onPress={() => onChange(withoutOuterSpace(value))}
        >
          Remove spaces
        </LinkButton>
      )}
    </p>
  );
}
