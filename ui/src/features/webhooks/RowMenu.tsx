import type { Connection } from "~/bindings/Connection";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { ContextMenu, type MenuEntry } from "~/components";
import { isLocked as isReadOnly } from "../connections";
import type { Entry } from "./row-store";
import { useCopyId } from "./use-copy-id";

export interface RowMenuProps {
  entry: Entry;
  connection: Connection | undefined;
  /** What Delete is about: the row, or all ticked rows when it is one of them. */
  targets: readonly Entry[];
  /** Nothing of that can be deleted. */
  isLocked: boolean;
  /** Its switch waits for an answer. */
  isSwitching: boolean;
  onSwitch: (row: WebhookRow, on: boolean) => void;
  at: { x: number; y: number };
  onOpen: (entry: Entry) => void;
  onDelete: (entries: readonly Entry[]) => void;
  onClose: () => void;
}

/** What can be done with a row. */
export function RowMenu(props: RowMenuProps) {
  const { entry, connection, targets, isLocked, isSwitching, onSwitch, at, onOpen, onDelete, onClose } =
    props;
  const copyId = useCopyId();
  const { on } = entry.row;
  const readOnly = connection !== undefined && isReadOnly(connection);
  const items: MenuEntry[] = [
    readOnly ? { id: "edit", label: "View", icon: "eye" } : { id: "edit", label: "Edit", icon: "edit" },
    ...(on === null
      ? []
      : [
          {
            id: "switch",
            label: on ? "Turn off" : "Turn on",
            icon: "power",
            isDisabled: readOnly || isSwitching,
          } as const,
        ]),
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
        else if (id === "switch") onSwitch(entry.row, on !== true);
        else if (id === "copy") copyId(entry.row.id);
        else onDelete(targets);
      }}
      onClose={onClose}
    />
  );
}
