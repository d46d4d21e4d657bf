import type { EventId } from "~/bindings/EventId";
import { Button, LinkButton } from "~/components";
import { splitIds } from "../tree-picker/tree-ids";
import type { EventIndex } from "./event-index";
import styles from "./EventPicker.module.css";

/** Ids named before "and 7 more". */
const NAMED = 5;

type Props = {
  ids: readonly string[];
  index: EventIndex;
  chosen: ReadonlySet<EventId>;
  onChoose: (ids: EventId[]) => void;
  onClose: () => void;
};

/** Whether a pasted text is a list of ids, and not something to search for. */
export function isIdList(text: string, index: EventIndex): boolean {
  const ids = splitIds(text);
  if (ids.length < 2) return false;
  if (/[,;\n]/u.test(text.trim())) return true;
  // Words to search for can be ids by chance.
  return ids.filter((id) => index.byId.has(id)).length * 2 >= ids.length;
}

/** Says what is known of pasted ids, and chooses that when asked to. */
export function PasteBar({ ids, index, chosen, onChoose, onClose }: Props) {
  const found = known(ids, index);
  const missing = ids.filter((id) => known([id], index).length === 0);
  const isNew = found.some((id) => !chosen.has(id));
  return (
    <div
      className={styles.paste}
      role="group"
      aria-label="Pasted events"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <span role="status" className={styles.pasteWords}>
        {words(found.length, ids.length, isNew)}
        {missing.length > 0 && (
          <>
            ; {missing.length} {missing.length === 1 ? "is" : "are"} not offered:{" "}
            <bdi className={styles.missing}>{missing.slice(0, NAMED).join(", ")}</bdi>
            {missing.length > NAMED && ` and ${missing.length - NAMED} more`}
          </>
        )}
      </span>
      {isNew && (
        <Button
          size="sm"
          autoFocus
          onPress={() => {
            onChoose(found);
            onClose();
          }}
        >
          Select {found.length}
        </Button>
      )}
      <LinkButton autoFocus={!isNew} onPress={onClose}>
        {isNew ? "Cancel" : "Close"}
      </LinkButton>
    </div>
  );
}

function words(found: number, all: number, isNew: boolean): string {
  if (found === 0) return `None of ${all} pasted can be selected`;
  const number = found === all ? `all ${all}` : `${found} of ${all}`;
  return isNew ? `Select ${number} pasted` : `Selected already: ${number} pasted`;
}

/** The ids among them that the catalogue has; another case counts. */
function known(ids: readonly string[], index: EventIndex): EventId[] {
  const exact = (id: string) => (index.byId.has(id) ? id : undefined);
  const like = (id: string) => {
    const lower = id.toLowerCase();
    return index.events.find(({ event }) => event.id.toLowerCase() === lower)?.event.id;
  };
  return [...new Set(ids.flatMap((id) => exact(id) ?? like(id) ?? []))];
}
