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
  /** The event the menu was asked for on. */
  event: string | null;
  onFilterEvent: (event: string) => void;
  onShowEvents: (entry: Entry) => void;
  onOpen: (entry: Entry) => void;
  /** Makes a new webhook from this one. */
  onDuplicate: (entry: Entry) => void;
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
  const { events } = entry.row;
  const event = props.event ?? (events.length === 1 ? (events[0] ?? null) : null);
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
    { id: "duplicate", label: "Duplicate", icon: "layers", isDisabled: readOnly },
    { id: "copy", label: "Copy ID", icon: "copy" },
    ...(event === null ? [] : [{ id: "filter", label: `Filter by ${event}`, icon: "filter" } as const]),
    ...(events.length > 1
      ? [{ id: "events", label: `Show ${events.length} events`, icon: "layers" } as const]
      : []),
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
        else if (id === "duplicate") props.onDuplicate(entry);
        else if (id === "copy") copyId(entry.row.id);
        else if (id === "filter") props.onFilterEvent(event ?? "");
        else if (id === "events") props.onShowEvents(entry);
        else onDelete(targets);
      }}
      onClose={onClose}
    />
  );
}
