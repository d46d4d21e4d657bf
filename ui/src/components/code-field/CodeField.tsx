import { type ReactNode, useId, useState } from "react";
import { cx, Icon } from "~/components";
import { CodeEditor } from "../code-editor/CodeEditor";
import type { Complete, EditorLanguage } from "../code-editor/types";
import form from "../form-row/FormRow.module.css";
import { describedBy } from "../form-row/FormRow";
import { HelpText } from "../form-row/HelpText";
import styles from "./CodeField.module.css";

export interface CodeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  language: EditorLanguage;
  complete?: Complete | undefined;
  /** Most characters; the length is shown when it comes near. */
  maxLength?: number | null;
  description?: string | undefined;
  errorMessage?: string | undefined;
  /** The error says no more than the editor's own check does, so one of them is enough. */
  isSyntaxError?: boolean;
  placeholder?: string | null;
  isDisabled?: boolean;
  /** Stands below the box, at its end. */
  action?: ReactNode;
  /** Stands below it all. */
  children?: ReactNode;
}

/** Lines of code with label, help and error. Escape and Tab leave the box, so that the keyboard is not caught in it. */
export function CodeField({ maxLength = null, isDisabled = false, ...props }: CodeFieldProps) {
  const { label, value, language, description = "", errorMessage = "", placeholder = "" } = props;
  const [hasFault, setFault] = useState(false);
  const id = useId();
  const length = Array.from(value).length;
  const isNear = maxLength !== null && length > maxLength * 0.8;
  const isBad = errorMessage !== "";
  const error = isBad && !(props.isSyntaxError === true && hasFault) ? errorMessage : null;
  const help = description === "" ? null : description;
  return (
    <div className={cx(form.field, form.row)}>
      <span className={cx(form.label)} aria-hidden="true">
        {label}
      </span>
      <div className={cx(form.main)}>
        <CodeEditor
          label={label}
          language={language}
          value={value}
          onChange={props.onChange}
          readOnly={isDisabled}
          isInvalid={isBad}
          describedBy={describedBy(id, help, error)}
          complete={props.complete}
          maxLines={16}
          onProblems={(problems) => setFault(problems.some(({ severity }) => severity === "error"))}
          {...(props.onBlur ? { onBlur: props.onBlur } : {})}
        />
        <div className={styles.foot}>
          <div className={styles.words}>
            {error !== null && (
              <p className={cx(form.error)} id={`${id}-error`}>
                <Icon name="error" size={12} />
                <span>{error}</span>
              </p>
            )}
            {help !== null && (
              <div className={cx(form.help)} id={`${id}-help`}>
                <HelpText text={help} />
              </div>
            )}
            {value === "" && placeholder !== null && placeholder !== "" && (
              <p className={cx(form.help)}>
                For example <code>{placeholder}</code>
              </p>
            )}
          </div>
          {isNear && (
            <span className={styles.length} data-over={length > maxLength || undefined} role="status">
              {length.toLocaleString("en-GB")} of {maxLength.toLocaleString("en-GB")} characters
            </span>
          )}
          {props.action !== undefined && <span className={styles.action}>{props.action}</span>}
        </div>
        {props.children}
      </div>
    </div>
  );
}
