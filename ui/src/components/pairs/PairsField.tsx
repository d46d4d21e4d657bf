import { useEffect, useRef, useState } from "react";
import type { ChoiceOption } from "~/bindings/ChoiceOption";
import type { PairInput } from "~/bindings/PairInput";
import type { PairView } from "~/bindings/PairView";
import { cx, Icon, LinkButton, Select } from "~/components";
import { counted, plural } from "../id-list/id-text";
import rowStyles from "../named-value/NamedValueRow.module.css";
import { NamedValueRow, rowName } from "../named-value/NamedValueRow";
import { useRowKeys } from "../named-value/use-row-keys";
import { PairValue } from "./PairValue";
import styles from "./PairsField.module.css";
import { emptyPair, pairsOfText, withPasted } from "./pairs-text";

type Props = {
  label: string;
  /** One of them in words, such as "header". */
  noun: string;
  /** The kinds a pair can be of; empty when there is one kind. */
  groups: ChoiceOption[];
  /** Whether the values count as secrets. */
  isSecret: boolean;
  value: PairInput[];
  onChange: (value: PairInput[]) => void;
  onBlur?: () => void;
  /** The stored pairs that kept values refer to. */
  stored: PairView[];
  /** Who stores them: "Example". */
  providerName: string;
  /** In place of "Stored by …": where kept values come from. */
  keptWords?: string | undefined;
  /** Reads the stored value at a place, where it can be read. */
  onReveal?: ((origin: number) => Promise<string>) | undefined;
  isDisabled?: boolean;
  isInvalid?: boolean;
  describedBy?: string | undefined;
};

/** Names with values, such as headers. Pasted `Name: value` lines become rows. */
export function PairsField({ isDisabled = false, isInvalid = false, ...props }: Props) {
  const { label, noun, groups, value, onChange, stored } = props;
  const rows = useRowKeys(value.length);
  const [said, setSaid] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const [wantsFocus, setWantsFocus] = useState(false);

  // A row that was asked for takes the focus once it is there.
  useEffect(() => {
    if (!wantsFocus) return;
    const names = list.current?.querySelectorAll<HTMLInputElement>("[data-part=name] input") ?? [];
    [...names].at(-1)?.focus();
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the focus is where it was wanted
    setWantsFocus(false);
  }, [wantsFocus]);

  const set = (at: number, pair: PairInput) =>
    onChange(value.map((old, index) => (index === at ? pair : old)));
  const paste = (at: number, text: string) => {
    const pasted = pairsOfText(text, groups);
    if (pasted === null) return false;
    onChange(withPasted(value, at, pasted));
    setSaid(`Pasted ${counted(pasted.length, noun)}.`);
    return true;
  };

  return (
    <div
      ref={list}
      role="group"
      aria-label={label}
      aria-describedby={props.describedBy}
      data-invalid={isInvalid || undefined}
    >
      {value.length > 0 && (
        <ul className={cx(rowStyles.rows, styles.rows)} aria-label={`${label}, ${plural(noun)}`}>
          {value.map((pair, at) => {
            const old = pair.origin === null ? undefined : stored[pair.origin];
            const { origin } = pair;
            return (
              <NamedValueRow
                key={rows.keys[at]}
                noun={noun}
                number={at + 1}
                name={pair.name}
                onName={(name) => set(at, { ...pair, name })}
                onPasteLines={(text) => paste(at, text)}
                group={
                  groups.length > 0 ? (
                    <Select
                      label={`Kind of ${rowName(pair.name, noun, at + 1)}`}
                      layout="bare"
                      value={pair.group}
                      options={groups}
                      isDisabled={isDisabled}
                      onChange={(group) => set(at, { ...pair, group })}
                    />
                  ) : undefined
                }
                isDisabled={isDisabled}
                onBlur={props.onBlur}
                onRemove={() => {
                  rows.remove(at);
                  onChange(value.filter((_, index) => index !== at));
                }}
              >
                <PairValue
                  label={`Value of ${rowName(pair.name, noun, at + 1)}`}
                  isSecret={props.isSecret}
                  stored={old}
                  providerName={props.providerName}
                  keptWords={props.keptWords}
                  value={pair.value}
                  onChange={(change) => set(at, { ...pair, value: change })}
                  onBlur={props.onBlur}
                  onReveal={
                    props.onReveal && origin !== null && old?.hasValue === true
                      ? () => props.onReveal?.(origin) ?? Promise.resolve("")
                      : undefined
                  }
                  isDisabled={isDisabled}
                />
              </NamedValueRow>
            );
          })}
        </ul>
      )}
      <div className={styles.actions}>
        {isDisabled ? (
          value.length === 0 && <span className={styles.none}>None</span>
        ) : (
          <LinkButton
            onPress={() => {
              onChange([...value, emptyPair(groups)]);
              setWantsFocus(true);
            }}
          >
            <Icon name="plus" size={12} /> Add {noun}
          </LinkButton>
        )}
      </div>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </div>
  );
}
