import { useId, useState } from "react";
import { Label, Text, TextArea, TextField } from "react-aria-components";
import { Button, LinkButton, Select } from "~/components";
import { Icon } from "../icon/Icon";
import { assign, splitIds } from "./tree-ids";
import type { TreeIndex } from "./tree-index";
import styles from "./TreePicker.module.css";
import type { ListLabels, Noun } from "./types";

type Props = {
  noun: Noun;
  listLabels: ListLabels;
  prefixes: Readonly<Record<string, string>>;
  index: TreeIndex;
  onAdd: (added: { list: string; id: string }[]) => void;
};

/** Takes ids typed or pasted, several at once, and asks for the list only where an id does not say it. */
export function AddIds({ noun, listLabels, prefixes, index, onAdd }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const formId = useId();
  const lists = Object.keys(listLabels);
  const ids = splitIds(text);
  const { placed, open } = assign(ids, lists, prefixes, index);
  const list = lists.length === 1 ? (lists[0] ?? null) : chosen;
  const isReady = ids.length > 0 && (open.length === 0 || list !== null);

  const add = () => {
    if (!isReady) return;
    onAdd([...placed, ...(list === null ? [] : open.map((id) => ({ list, id })))]);
    setText("");
    setChosen(null);
    setOpen(false);
  };
  return (
    <div className={styles.add}>
      <LinkButton aria-expanded={isOpen} aria-controls={formId} onPress={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? "chevron-down" : "plus"} size={14} />
        Add by ID
      </LinkButton>
      <div id={formId} hidden={!isOpen} className={styles.addForm}>
        {isOpen && (
          <TextField
            className={styles.ids ?? ""}
            value={text}
            onChange={setText}
            autoFocus
            spellCheck="false"
          >
            <Label className="visually-hidden">IDs of {noun.many}</Label>
            <TextArea
              className={styles.area ?? ""}
              rows={2}
              placeholder="Paste one or more IDs"
              dir="ltr"
              onKeyDown={(event) => {
                if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                add();
              }}
            />
            <Text slot="description" className={styles.said ?? ""}>
              {ids.length === 0
                ? "Separated by commas, spaces or lines."
                : placedWords(placed, open.length, listLabels)}
            </Text>
          </TextField>
        )}
        {open.length > 0 && lists.length > 1 && (
          <Select
            label={open.length === 1 ? `Kind of ${open[0] ?? ""}` : `Kind of ${open.length} IDs`}
            layout="bare"
            value={chosen}
            onChange={setChosen}
            placeholder="Choose the kind"
            options={lists.map((value) => ({ value, label: listLabels[value]?.one ?? value }))}
          />
        )}
        <Button size="sm" isDisabled={!isReady} onPress={add}>
          {ids.length > 1 ? `Add ${ids.length} IDs` : "Add ID"}
        </Button>
      </div>
    </div>
  );
}

function placedWords(placed: { list: string }[], open: number, labels: ListLabels): string {
  const counts = new Map<string, number>();
  for (const { list } of placed) counts.set(list, (counts.get(list) ?? 0) + 1);
  const words = [...counts].map(([list, count]) => {
    const noun = labels[list];
    return `${count} ${(count === 1 ? noun?.one : noun?.many) ?? list}`;
  });
  if (open > 0) words.push(`${open} of unknown kind`);
  return words.join(", ");
}
