import { LinkButton } from "~/components";
import { CodeField, type CodeFieldProps } from "./CodeField";
import { jsonOfText, textOfJson } from "./json-text";

type Props = Omit<CodeFieldProps, "language" | "maxLength" | "action" | "isSyntaxError">;

/** A JSON value as text, with a button that sets it out in lines. */
export function JsonField(props: Props) {
  const { label, value, onChange, errorMessage, isDisabled = false } = props;
  const read = jsonOfText(value);
  const formatted = "value" in read ? textOfJson(read.value) : value;
  return (
    <CodeField
      {...props}
      language="json"
      isSyntaxError={"problem" in read && read.problem === errorMessage}
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
