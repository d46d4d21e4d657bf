import { type ReactNode, useRef, useState } from "react";
import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { UrlInput } from "~/bindings/UrlInput";
import type { UrlView } from "~/bindings/UrlView";
import { cx, Icon, LinkButton, Segmented, TextField } from "~/components";
import { afterPointer } from "../after-pointer";
import rowStyles from "../named-value/NamedValueRow.module.css";
import { useRowKeys } from "../named-value/use-row-keys";
import { ParamRow } from "./ParamRow";
import { splitTypedQuery, urlAdvice } from "./url-text";
import styles from "./UrlField.module.css";

type Props = {
  label: string;
  value: UrlInput;
  onChange: (value: UrlInput) => void;
  onBlur?: () => void;
  /** The address was pasted or left: what stands in it can be looked at. */
  onSettled?: (() => void) | undefined;
  /** Stands right below the address. */
  note?: ReactNode;
  /** Whether anything but `https` is refused. */
  httpsOnly?: boolean;
  /** The stored URL that kept values refer to; absent for a new webhook. */
  stored: UrlView | undefined;
  /** Who stores it: "Example". */
  providerName: string;
  /** In place of "Stored by …": where kept values come from. */
  keptWords?: string | undefined;
  /** Reads the whole stored address, where it can be read. */
  onReveal?: (() => Promise<string>) | undefined;
  placeholder?: string | undefined;
  isDisabled?: boolean;
  isRequired?: boolean;
  errorMessage?: string | undefined;
  description?: string | undefined;
};

/** An endpoint address: its text, and below it the query parameters, whose values are secrets. */
export function UrlField({ isDisabled = false, isRequired = false, ...props }: Props) {
  const { value, onChange, stored, providerName } = props;
  const [moved, setMoved] = useState(0);
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // A short address pasted over a long one adds nothing that could be measured.
  const isPasting = useRef(false);
  // Advice is for an address that is whole, not for one that is being typed.
  const [settled, setSettled] = useState(value.base);
  const rows = useRowKeys(value.query.length);

  const setParam = (at: number, param: QueryParamInput) =>
    onChange({ ...value, query: value.query.map((old, index) => (index === at ? param : old)) });
  const removeParam = (at: number) => {
    rows.remove(at);
    onChange({ ...value, query: value.query.filter((_, index) => index !== at) });
  };
  const leave = () => {
    const split = splitTypedQuery(value);
    // Rows and words that appear would move what is being pressed.
    afterPointer(() => {
      if (split.moved > 0) {
        onChange(split.input);
        setMoved(split.moved);
      }
      setSettled(split.input.base);
      props.onSettled?.();
    });
    props.onBlur?.();
  };
  const reveal = async () => {
    setProblem(null);
    try {
      setShown((await props.onReveal?.()) ?? null);
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown.message : "The address could not be read.");
    }
  };
  const advice = value.base === settled ? urlAdvice(value, props.httpsOnly, providerName) : [];
  const hasHidden =
    stored !== undefined && (stored.hasUserinfo || stored.query.some((param) => param.hasValue));

  return (
    <div className={styles.url}>
      <div onPasteCapture={() => (isPasting.current = true)}>
        <TextField
          label={props.label}
          layout="bare"
          code
          type="url"
          value={value.base}
          onChange={(base) => {
            // What is pasted is taken apart at once, so that nothing moves when the box is left.
            const isPasted = isPasting.current || base.length > value.base.length + 1;
            isPasting.current = false;
            const split = isPasted ? splitTypedQuery({ ...value, base }) : null;
            setMoved(split?.moved ?? 0);
            onChange(split?.input ?? { ...value, base });
            if (!split) return;
            setSettled(split.input.base);
            props.onSettled?.();
          }}
          onBlur={leave}
          placeholder={props.placeholder ?? "https://"}
          isDisabled={isDisabled}
          isRequired={isRequired}
          errorMessage={props.errorMessage}
          description={props.description}
        />
      </div>
      {props.note}
      {moved > 0 && (
        <p className={styles.note} role="status">
          {moved === 1 ? "1 parameter was" : `${moved} parameters were`} taken out of the address and{" "}
          {moved === 1 ? "is" : "are"} listed below. Values count as secrets.
        </p>
      )}
      {advice.map((words) => (
        <p key={words} className={styles.advice}>
          <Icon name="warning" size={12} />
          <span>{words}</span>
        </p>
      ))}
      {stored?.hasUserinfo && (
        <div className={styles.row}>
          <span className={styles.words}>
            {value.keepUserinfo
              ? "User name and password in the address"
              : props.keptWords === undefined
                ? `User name and password removed from ${providerName} on save`
                : "User name and password in the address are left out"}
          </span>
          <Segmented
            label="User name and password in the address"
            value={value.keepUserinfo ? "keep" : "remove"}
            options={[
              { value: "keep", label: "Keep" },
              { value: "remove", label: "Remove" },
            ]}
            isDisabled={isDisabled}
            onChange={(move) => onChange({ ...value, keepUserinfo: move === "keep" })}
          />
        </div>
      )}
      {value.query.length > 0 && (
        <ul className={cx(rowStyles.rows, styles.params)} aria-label="Query parameters">
          {value.query.map((param, at) => (
            <ParamRow
              key={rows.keys[at]}
              param={param}
              number={at + 1}
              stored={param.origin === null ? undefined : stored?.query[param.origin]}
              providerName={providerName}
              keptWords={props.keptWords}
              isDisabled={isDisabled}
              onChange={(next) => setParam(at, next)}
              onBlur={props.onBlur}
              onRemove={() => removeParam(at)}
            />
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {!isDisabled && (
          <LinkButton
            onPress={() =>
              onChange({
                ...value,
                query: [...value.query, { name: "", origin: null, value: { move: "replace", value: "" } }],
              })
            }
          >
            <Icon name="plus" size={12} /> Add query parameter
          </LinkButton>
        )}
        {hasHidden && props.onReveal && (
          <LinkButton
            onPress={() => {
              if (shown === null) void reveal();
              else setShown(null);
            }}
          >
            {shown === null ? "Reveal stored address" : "Hide stored address"}
          </LinkButton>
        )}
      </div>
      {shown !== null && (
        <output className={styles.shown} aria-label="Stored address" data-selectable>
          <bdi>{shown}</bdi>
        </output>
      )}
      {problem !== null && (
        <p className={styles.advice} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
