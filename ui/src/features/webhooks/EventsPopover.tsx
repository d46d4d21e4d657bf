import { useMemo } from "react";
import type { ConnectionId } from "~/bindings/ConnectionId";
import { PopoverAt } from "~/components";
import { EventList } from "./EventList";
import { useKnownEvents } from "./use-known-events";

export interface EventsPopoverProps {
  events: readonly string[];
  connection: ConnectionId;
  /** When its rows were read. */
  readAtMs: number | null;
  trigger: HTMLElement;
  onFilter: (event: string) => void;
  onClose: () => void;
}

/** All events of a row, beside the button that asked for them. */
export function EventsPopover({
  events,
  connection,
  readAtMs,
  trigger,
  onFilter,
  onClose,
}: EventsPopoverProps) {
  const anchor = useMemo(() => ({ current: trigger }), [trigger]);
  const known = useKnownEvents(connection, readAtMs);
  return (
    <PopoverAt label="Events" anchor={anchor} onClose={onClose}>
      <EventList
        events={events}
        known={known}
        onFilter={(event) => {
          onClose();
          onFilter(event);
        }}
      />
    </PopoverAt>
  );
}
