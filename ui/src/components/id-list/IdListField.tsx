import { useState } from "react";
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import type { FieldOption } from "~/bindings/FieldOption";
import { Chip, cx, Icon, IconButton, LinkButton } from "~/components";
import { counted, foundOptions, plural, splitIds } from "./id-text";
import styles from "./IdListField.module.css";

/** Rows in the list that opens; more than this are found by typing. */
const SHOWN = 100;

type Props = {
  label: string;
  /** One of them in words, such as "floor". */
  noun: string;
  /** What such an id starts with, as advice. */
  prefix: string | null;
  /** Where the ids live: "Example". */
  providerName: string;
  ids: string[];
  onChange: (ids: string[]) => void;
  onBlur?: () => void;
  /** What can be named; absent until it was read. Ids can always be typed. */
  options: FieldOption[] | undefined;
  isLoading: boolean;
  /** Why the options could not be read. */
  problem: string | null;
  onRetry: () => void;
  /** The user came here: the options are needed now. */
  onNeedOptions: () => void;
  placeholder?: string | undefined;
  isDisabled?: boolean;
  isInvalid?: boolean;
  describedBy?: string | undefined;
};

/** A list of the vendor's ids, chosen by name or typed; an id nothing is known about is kept and marked. */
export function IdListField({ isDisabled = false, isInvalid = false, ...props }: Props) {
  const { label, noun, prefix, ids, onChange, options, providerName } = props;
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const known = new Map(options?.map((option) => [option.value, option]));
  const found = options ? foundOptions(options, text, ids, SHOWN) : [];
  const typed = splitIds(text);
  const strangers = options ? ids.filter((id) => !known.has(id)) : [];
  const misfits = prefix === null ? [] : ids.filter((id) => !id.startsWith(prefix) && !known.has(id));

  const add = (more: string[]) => {
    if (more.length === 0) return;
    const fresh = more.filter((id) => !ids.includes(id));
    if (fresh.length > 0) onChange([...ids, ...fresh]);
    setText("");
    setSaid(
      fresh.length === more.length
        ? `Added ${counted(fresh.length, noun)}.`
        : `Added ${fresh.length}; the others were there already.`,
    );
  };
  // What Enter or leaving the box takes: the one option found, or ids; never the words of a search.
  const [only] = found;
  const areIds = typed.length === 1 || prefix === null || typed.every((id) => id.startsWith(prefix));
  const taken = only ? (found.length === 1 ? [only.value] : []) : areIds ? typed : [];
  const entries = entriesOf(found, typed, known, ids, noun);

  return (
    <div
      className={styles.field}
      onFocus={props.onNeedOptions}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        if (found.length === 0) add(taken);
        props.onBlur?.();
      }}
    >
      {ids.length > 0 && (
        <ul className={styles.chips} data-many={ids.length > 20 || undefined} aria-label={`${label}, chosen`}>
          {ids.map((id) => (
            <li key={id}>
              <IdChip
                id={id}
                option={known.get(id)}
                missing={options !== undefined && !known.has(id)}
                providerName={providerName}
                onRemove={isDisabled ? undefined : () => onChange(ids.filter((other) => other !== id))}
              />
            </li>
          ))}
          {ids.length > 1 && !isDisabled && (
            <li>
              <LinkButton onPress={() => onChange([])}>Clear all</LinkButton>
            </li>
          )}
        </ul>
      )}
      <ComboBox
        aria-label={label}
        {...(props.describedBy === undefined ? {} : { "aria-describedby": props.describedBy })}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key) => {
          if (key !== null) add([String(key)]);
        }}
        items={entries}
        defaultFilter={() => true}
        menuTrigger="input"
        allowsEmptyCollection
        allowsCustomValue
        isDisabled={isDisabled}
        isInvalid={isInvalid}
        validationBehavior="aria"
        className={cx(styles.combo)}
      >
        <div className={styles.box}>
          <Icon name="search" size={14} className={styles.icon} />
          <Input
            className={cx(styles.input)}
            placeholder={props.placeholder ?? `Search ${plural(noun)} by name or paste IDs`}
            spellCheck="false"
            autoComplete="off"
            onPaste={(event) => {
              const pasted = splitIds(event.clipboardData.getData("text"));
              if (pasted.length < 2) return;
              event.preventDefault();
              add(pasted);
            }}
            onKeyDown={(event) => {
              // Enter with nothing chosen in the list takes what was typed.
              const chosen = event.currentTarget.getAttribute("aria-activedescendant");
              if (event.key !== "Enter" || chosen || typed.length === 0) return;
              event.preventDefault();
              add(taken);
            }}
          />
          <Button className={cx(styles.open)} aria-label={`Show ${plural(noun)}`}>
            <Icon name="chevron-down" size={14} />
          </Button>
        </div>
        <Popover className={cx(styles.popover)} offset={4}>
          <ListBox<Entry>
            className={cx(styles.list)}
            renderEmptyState={() => <p className={styles.none}>{emptyWords(props, text)}</p>}
          >
            {(entry) => (
              <ListBoxItem id={entry.id} textValue={entry.name} className={cx(styles.item)}>
                <Text slot="label" className={cx(styles.name)}>
                  <bdi title={entry.name}>{entry.name}</bdi>
                </Text>
                <Text slot="description" className={cx(styles.detail)}>
                  <bdi title={entry.detail}>{entry.detail}</bdi>
                </Text>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <span className="visually-hidden" role="status">
        {said}
      </span>
      {props.problem !== null && (
        <p className={styles.advice}>
          <Icon name="warning" size={12} />
          <span>
            The {plural(noun)} could not be read: {props.problem} Ids can be typed.
          </span>
          <IconButton icon="refresh" size="sm" label={`Read ${plural(noun)} again`} onPress={props.onRetry} />
        </p>
      )}
      {strangers.length > 0 && (
        <p className={styles.advice}>
          <Icon name="warning" size={12} />
          <span>
            {strangers.length === 1 ? "One ID is" : `${strangers.length} IDs are`} not found at {providerName}
            . Kept until you remove {strangers.length === 1 ? "it" : "them"}.
          </span>
        </p>
      )}
      {misfits.length > 0 && prefix !== null && (
        <p className={styles.advice}>
          <Icon name="warning" size={12} />
          <span>
            {misfits.length === 1 ? "An ID" : `${misfits.length} IDs`} here usually start
            {misfits.length === 1 ? "s" : ""} with <code>{prefix}</code>:{" "}
            <bdi className={styles.sample}>{misfits[0]}</bdi>
          </span>
        </p>
      )}
    </div>
  );
}

type Entry = { id: string; name: string; detail: string };

/** What the list offers: what was found, and the typed text itself as an id. */
function entriesOf(
  found: FieldOption[],
  typed: string[],
  known: Map<string, FieldOption>,
  ids: string[],
  noun: string,
): Entry[] {
  const entries = found.map(({ value, label, detail }) => ({
    id: value,
    name: label,
    detail: [detail, value].filter(Boolean).join(" · "),
  }));
  const [id] = typed;
  if (typed.length === 1 && id !== undefined && !known.has(id) && !ids.includes(id)) {
    entries.push({ id, name: `Add ${id}`, detail: `as the ID of a ${noun}` });
  }
  return entries;
}

function emptyWords(props: Pick<Props, "isLoading" | "options" | "noun" | "problem">, text: string): string {
  if (props.isLoading) return `Reading ${plural(props.noun)}…`;
  if (props.problem !== null || !props.options) return "Type an id and press Enter.";
  return text.trim() === "" ? `No ${props.noun} left to choose.` : `No ${props.noun} with this name or id.`;
}

type IdChipProps = {
  id: string;
  option: FieldOption | undefined;
  missing: boolean;
  providerName: string;
  onRemove: (() => void) | undefined;
};

function IdChip({ id, option, missing, providerName, onRemove }: IdChipProps) {
  const name = option?.label ?? id;
  const place = option ? `${[option.detail, option.label].filter(Boolean).join(" / ")} (${id})` : id;
  return (
    <Chip
      unknown={missing}
      title={missing ? `${id}, not found at ${providerName}` : place}
      onRemove={onRemove}
      removeLabel={`Remove ${name}`}
    >
      {option ? (
        <>
          {option.label} <span className={styles.id}>{id}</span>
        </>
      ) : (
        <>
          <span className={styles.code}>{id}</span>
          {missing && `, not found at ${providerName}`}
        </>
      )}
    </Chip>
  );
}
