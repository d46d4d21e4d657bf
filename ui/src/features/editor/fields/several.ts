import type { EventId } from "~/bindings/EventId";
import type { EventType } from "~/bindings/EventType";

/** The names of the webhooks that several chosen events create: the name, and the event in words. */
export function namesOfSeveral(
  title: string,
  chosen: EventId[],
  events: EventType[],
): { id: EventId; name: string }[] {
  const known = labelsOf(events);
  return chosen.map((id) => ({
    id,
    name: [title.trim(), known.get(id) ?? id].filter((part) => part !== "").join(" · "),
  }));
}

const labelsSeen = new WeakMap<EventType[], ReadonlyMap<EventId, string>>();

function labelsOf(events: EventType[]): ReadonlyMap<EventId, string> {
  const before = labelsSeen.get(events);
  if (before) return before;
  const labels = new Map(events.map((event) => [event.id, event.label]));
  labelsSeen.set(events, labels);
  return labels;
}
