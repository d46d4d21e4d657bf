import { useEffect, useRef } from "react";
import { TextField } from "~/components";

export interface NameFieldProps {
  /** The name to be typed. */
  wanted: string;
  /** The other production organisations. */
  others: readonly string[];
  value: string;
  onChange: (text: string) => void;
}

/** Asks for the name of the production organisation; the others are named below. */
export function NameField({ wanted, others, value, onChange }: NameFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The dialog takes the focus when it opens; this field comes once the plan is there.
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const names = new Intl.ListFormat("en-GB").format(others.map((name) => name.slice(0, 80)));
  return (
    <TextField
      inputRef={input}
      label={`Type ${wanted} to confirm`}
      layout="stack"
      value={value}
      onChange={onChange}
      description={
        others.length > 0 ? `${names} ${others.length === 1 ? "is" : "are"} production too.` : undefined
      }
    />
  );
}
