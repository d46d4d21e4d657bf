import { useMemo } from "react";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { EventId } from "~/bindings/EventId";
import type { WebhookId } from "~/bindings/WebhookId";
import { useKnownRows } from "../../webhooks";

export type Elsewhere = ReadonlyMap<EventId, readonly string[]>;

const NOWHERE: Elsewhere = new Map();

/** The titles of the other webhooks of a connection by the events they have; nothing where nobody asks. */
export function useElsewhere(connection: ConnectionId, own: WebhookId | null, isWanted: boolean): Elsewhere {
  const entries = useKnownRows(connection);
  return useMemo(() => {
    if (!isWanted) return NOWHERE;
    const found = new Map<EventId, string[]>();
    for (const { row } of entries) {
      if (row.id === own) continue;
      for (const event of new Set(row.events)) {
        const titles = found.get(event);
        if (titles) titles.push(row.title);
        else found.set(event, [row.title]);
      }
    }
    return found;
  }, [entries, own, isWanted]);
}
