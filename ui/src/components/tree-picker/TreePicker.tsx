import { useId, useRef, useState } from "react";
import { LinkButton, SearchField } from "~/components";
import { IconButton } from "../icon-button/IconButton";
import { Icon } from "../icon/Icon";
import { Said } from "../said/Said";
import { Skeleton } from "../skeleton/Skeleton";
import { useCopy } from "../use-copy";
import { AddIds } from "./AddIds";
import { countOf, emptied, withIds, withoutId, withToggled } from "./tree-choice";
import type { TreeEntry } from "./tree-index";
import { TreeChips } from "./TreeChips";
import styles from "./TreePicker.module.css";
import { TreeRows } from "./TreeRows";
import { useStableActions } from "../use-stable";
import { useTreeView } from "./use-tree-view";
import type { ListIcons, ListLabels, Noun, Selection, TreeNode } from "./types";

export interface TreePickerProps {
  label: string;
  /** What all nodes are called together: `space`, `spaces`. */
  noun: Noun;
  /** Words per list, in the order in which lists are offered. */
  listLabels: ListLabels;
  icons?: ListIcons;
  /** Nothing while they are not known. */
  nodes: readonly TreeNode[] | undefined;
  selected: Selection;
  onChange: (selected: Selection) => void;
  onBlur?: () => void;
  isLoading: boolean;
  /** Why the nodes could not be read. */
  problem: string | null;
  onRetry: () => void;
  /** Whose ids they are, for "not found at …". */
  providerName: string;
  /** What an id of a list starts with, to place ids added by hand. */
  prefixes?: Readonly<Record<string, string>>;
  isDisabled?: boolean;
  isInvalid?: boolean;
  describedBy?: string | undefined;
}

const NO_ICONS: ListIcons = {};
const NO_PREFIXES: Readonly<Record<string, string>> = {};

/**
 * Chooses nodes of a tree. A chosen node is stored by its own id and includes what lies inside it; ids that no
 * node has are kept and marked.
 */
export function TreePicker({ isDisabled = false, isInvalid = false, ...props }: TreePickerProps) {
  const { noun, listLabels, nodes, selected, onChange, prefixes = NO_PREFIXES } = props;
  const { index, choices, rows, found, search, setSearch, setOpen } = useTreeView(nodes, selected);
  const [showIds, setShowIds] = useState(false);
  // What happened last, in words; `null` when it was a copy, which says so itself.
  const [said, setNote] = useState<string | null>("");
  const copying = useCopy();
  const note = said ?? copying.said;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);

  const count = countOf(selected);

  const change = (next: Selection, said: string) => {
    setNote(said);
    onChange(next);
  };
  const toggle = (entry: TreeEntry) => {
    const above = choices.throughOf(entry);
    if (choices.stateOf(entry) === "included" && above) {
      const name = above.node.label;
      const inside = entry.node.list in listLabels ? listLabels[entry.node.list]?.many : noun.many;
      setNote(`Included through ${name}. Untick ${name} to choose ${inside ?? noun.many} one by one.`);
      return;
    }
    const { next, absorbed } = withToggled(entry, index, selected, choices);
    const absorbedWords = `${absorbed} ${absorbed === 1 ? noun.one : noun.many} chosen before`;
    change(next, absorbed === 0 ? "" : `${entry.node.label} now includes the ${absorbedWords}.`);
  };
  // The same functions at every drawing, so that the rows are drawn again only when they changed.
  const actions = useStableActions({
    toggle,
    open: setOpen,
    copy: (copied: string) => {
      setNote(null);
      copying.copy(copied, `Copied ${copied}.`);
    },
  });

  return (
    <div
      ref={frame}
      className={styles.field}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onBlur?.();
      }}
    >
      <TreeChips
        label={`${props.label}, chosen`}
        index={index}
        isKnown={nodes !== undefined}
        selected={selected}
        providerName={props.providerName}
        icons={props.icons ?? NO_ICONS}
        isDisabled={isDisabled}
        onRemove={(list, gone) => change(withoutId(selected, list, gone), "")}
        onLastRemoved={() => frame.current?.querySelector<HTMLElement>("input, [role=treeitem]")?.focus()}
      />
      <div className={styles.picker} data-invalid={isInvalid || undefined}>
        <div className={styles.head}>
          <div
            className={styles.search}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              frame.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
            }}
          >
            <SearchField
              label={`Search ${noun.many} by name or ID`}
              placeholder={`Search ${noun.many} by name or ID`}
              value={search}
              onChange={(text) => {
                setSearch(text);
                setNote("");
              }}
              size="sm"
            />
          </div>
          <span className={styles.count}>
            {found ? `${found.count.toLocaleString("en-GB")} found · ` : ""}
            <b>{count.toLocaleString("en-GB")} chosen</b>
          </span>
          <Said words={found ? wordsFor(found.count, noun, "found") : ""} />
          <Said words={wordsFor(count, noun, "chosen")} />
          <LinkButton isDisabled={isDisabled || count === 0} onPress={() => change(emptied(selected), "")}>
            Clear
          </LinkButton>
          <IconButton
            icon="code"
            size="sm"
            label={showIds ? "Hide IDs" : "Show IDs"}
            aria-pressed={showIds}
            onPress={() => setShowIds(!showIds)}
          />
        </div>
        {props.problem !== null && (
          <div className={styles.problem}>
            <Icon name="warning" size={14} />
            <span>
              The {noun.many} could not be read: <bdi>{props.problem}</bdi> IDs can be added by hand.
            </span>
            <LinkButton onPress={props.onRetry}>Try again</LinkButton>
          </div>
        )}
        <p className={styles.note} role="status" id={`${id}-note`}>
          {note !== "" && <Icon name="info" size={12} />}
          {note}
        </p>
        {nodes === undefined && props.isLoading && <Waiting noun={noun} />}
        {nodes !== undefined && rows.length === 0 && (
          <p className={styles.nothing}>
            {found ? `No ${noun.one} matches this search.` : `This organisation has no ${noun.many}.`}
          </p>
        )}
        {rows.length > 0 && (
          <TreeRows
            label={props.label}
            describedBy={[props.describedBy, `${id}-note`].filter(Boolean).join(" ")}
            rows={rows}
            choices={choices}
            words={found?.words ?? NO_WORDS}
            listLabels={listLabels}
            noun={noun}
            icons={props.icons ?? NO_ICONS}
            showIds={showIds}
            isDisabled={isDisabled}
            onToggle={actions.toggle}
            onOpen={actions.open}
            onCopy={actions.copy}
          />
        )}
        {!isDisabled && (
          <AddIds
            noun={noun}
            listLabels={listLabels}
            prefixes={prefixes}
            index={index}
            onAdd={(added) => {
              const next = withIds(selected, added);
              const more = countOf(next) - count;
              change(next, `${more} ${more === 1 ? "ID" : "IDs"} added.`);
            }}
          />
        )}
      </div>
    </div>
  );
}

const NO_WORDS: readonly string[] = [];

function wordsFor(count: number, noun: Noun, what: string): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? noun.one : noun.many} ${what}`;
}

function Waiting({ noun }: { noun: Noun }) {
  return (
    <div className={styles.waiting} role="status">
      <span className="visually-hidden">Reading {noun.many}…</span>
      <Skeleton width="42%" />
      <Skeleton width="30%" />
      <Skeleton width="36%" />
    </div>
  );
}
