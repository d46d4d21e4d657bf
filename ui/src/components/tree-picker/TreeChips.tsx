import { memo, useRef, useState } from "react";
import { Chip, LinkButton } from "~/components";
import { Icon } from "../icon/Icon";
import { useStableActions } from "../use-stable";
import { keyOf, pathOf, type TreeEntry, type TreeIndex } from "./tree-index";
import styles from "./TreePicker.module.css";
import type { ListIcons, Selection } from "./types";

/** Chips shown at first, and with each request for more. */
const SHOWN = 40;

type Props = {
  label: string;
  index: TreeIndex;
  /** Whether the nodes are known, so that a missing one can be called missing. */
  isKnown: boolean;
  selected: Selection;
  providerName: string;
  icons: ListIcons;
  isDisabled: boolean;
  onRemove: (list: string, id: string) => void;
  /** The focus has nowhere to go: the last chip went. */
  onLastRemoved: () => void;
};

/** What is chosen, by name and place. */
export function TreeChips({ index, isKnown, selected, isDisabled, ...props }: Props) {
  const [most, setMost] = useState(SHOWN);
  const list = useRef<HTMLUListElement>(null);
  // The same function at every drawing, so that a chip is drawn again only when it changed.
  const actions = useStableActions({
    remove: (at: number, name: string, id: string) => remove(at, name, id),
  });
  const chosen = Object.entries(selected).flatMap(([name, ids]) => ids.map((id) => ({ list: name, id })));
  const missing = isKnown ? chosen.filter(({ list: name, id }) => !index.byKey.has(keyOf(name, id))) : [];
  if (chosen.length === 0) return null;
  const shown =
    missing.length === 0 ? chosen : [...chosen.filter((one) => !missing.includes(one)), ...missing];

  const remove = (at: number, name: string, id: string): void => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    // The next chip, or the one before the last, takes the focus.
    const heir = buttons[at + 1] ?? buttons[at - 1];
    if (heir && chosen.length > 1) heir.focus();
    else props.onLastRemoved();
    props.onRemove(name, id);
  };
  return (
    <>
      <ul
        className={styles.chips}
        aria-label={props.label}
        ref={list}
        data-many={shown.length > 20 || undefined}
      >
        {shown.slice(0, most).map(({ list: name, id }, at) => {
          const entry = index.byKey.get(keyOf(name, id));
          return (
            <li key={keyOf(name, id)}>
              <NodeChip
                id={id}
                entry={entry}
                isMissing={isKnown && !entry}
                providerName={props.providerName}
                icon={props.icons[name]}
                list={name}
                at={at}
                remove={isDisabled ? undefined : actions.remove}
              />
            </li>
          );
        })}
        {shown.length > most && (
          <li>
            <LinkButton onPress={() => setMost(most + SHOWN * 5)}>
              {Math.min(shown.length - most, SHOWN * 5)} more
            </LinkButton>
          </li>
        )}
      </ul>
      {missing.length > 0 && (
        <p className={styles.advice}>
          <Icon name="warning" size={12} />
          <span>
            {missing.length === 1 ? "One ID was" : `${missing.length} IDs were`} not found at{" "}
            {props.providerName}. Kept until you remove {missing.length === 1 ? "it" : "them"}.
          </span>
        </p>
      )}
    </>
  );
}

type NodeChipProps = {
  id: string;
  entry: TreeEntry | undefined;
  isMissing: boolean;
  providerName: string;
  icon: React.ReactNode;
  list: string;
  at: number;
  remove: ((at: number, list: string, id: string) => void) | undefined;
};

const NodeChip = memo(function NodeChip({
  id,
  entry,
  isMissing,
  providerName,
  icon,
  ...props
}: NodeChipProps) {
  const { list, at, remove } = props;
  const onRemove = remove && (() => remove(at, list, id));
  const path = entry ? pathOf(entry) : [];
  const name = path.length > 0 ? path.slice(-2).join(" / ") : id;
  const words = isMissing ? `${id}, not found at ${providerName}` : `${path.join(" / ") || id} (${id})`;
  return (
    <Chip unknown={isMissing} title={words} onRemove={onRemove} removeLabel={`Remove ${name}`}>
      {isMissing ? (
        <Icon name="warning" size={12} className={styles.chipIcon} />
      ) : (
        icon !== undefined && (
          <span className={styles.chipIcon} aria-hidden="true">
            {icon}
          </span>
        )
      )}
      {entry ? name : <span className={styles.code}>{id}</span>}
      {isMissing && `, not found at ${providerName}`}
    </Chip>
  );
});
