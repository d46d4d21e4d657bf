import { LinkButton } from "~/components";
import { CodeField } from "./CodeField";
import { jsonOfText, textOfJson } from "./json-text";

type Props = {
  label: string;
  /** What was typed, JSON or not. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  description?: string | undefined;
  errorMessage?: string | undefined;
  placeholder?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
};

/** A JSON value as text, with a button that sets it out in lines. */
export function JsonField(props: Props) {
  const { label, value, onChange, isDisabled = false } = props;
  const read = jsonOfText(value);
  const formatted = "value" in read ? textOfJson(read.value) : value;
  return (
    <CodeField
      {...props}
      action={
        isDisabled ? undefined : (
          <LinkButton
            aria-label={`Format ${label}`}
            isDisabled={formatted === value || "problem" in read}
            onPress={() => onChange(formatted)}
          >
            Format
          </LinkButton>
        )
      }
    />
  );
}
