import type { Connection } from "~/bindings/Connection";
import { ContextMenu, type MenuEntry } from "~/components";
import type { Entry } from "./row-store";
import { useCopyId } from "./use-copy-id";

export interface RowMenuProps {
  entry: Entry;
  connection: Connection | undefined;
  /** What Delete is about: the row, or all ticked rows when it is one of them. */
  targets: readonly Entry[];
  /** Nothing of that can be deleted. */
  isLocked: boolean;
  at: { x: number; y: number };
  onOpen: (entry: Entry) => void;
  onDelete: (entries: readonly Entry[]) => void;
  onClose: () => void;
}

/** What can be done with a row. */
export function RowMenu(props: RowMenuProps) {
  const { entry, connection, targets, isLocked, at, onOpen, onDelete, onClose } = props;
  const copyId = useCopyId();
  const items: MenuEntry[] = [
    connection?.readOnly === true
      ? { id: "edit", label: "View", icon: "eye" }
      : { id: "edit", label: "Edit", icon: "edit" },
    { id: "copy", label: "Copy ID", icon: "copy" },
    {
      id: "delete",
      label: targets.length > 1 ? `Delete ${targets.length} selected` : "Delete",
      icon: "trash",
      danger: true,
      isDisabled: isLocked,
    },
  ];
  return (
    <ContextMenu
      label={`Actions for ${entry.row.title.slice(0, 80)}`}
      at={at}
      items={items}
      onAction={(id) => {
        onClose();
        if (id === "edit") onOpen(entry);
        else if (id === "copy") copyId(entry.row.id);
        else onDelete(targets);
      }}
      onClose={onClose}
    />
  );
}
