import type { EventMark } from "~/bindings/EventMark";
import type { EventType } from "~/bindings/EventType";
import { event } from "./fake-specs";

/** `count` event types of fifty prefixes in ten groups, some of them marked, for measuring. */
export function manyEvents(count: number): EventType[] {
  const verbs = ["created", "updated", "archived", "restored", "merged"];
  return Array.from({ length: count }, (_, at) => {
    const thing = `thing${Math.floor((at * 50) / count)}`;
    const verb = verbs[at % verbs.length] ?? "";
    const group = `Area ${Math.floor((at * 10) / count) + 1}`;
    const [mark, remark] = markOf(at);
    const words = `Sent when number ${at} of ${thing} was ${verb}.`;
    return event(`${thing}.part_${at}.${verb}`, `Part ${at} ${verb}`, group, words, remark, mark);
  });
}

function markOf(at: number): [EventMark | null, string | null] {
  if (at % 97 === 3) return ["deprecated", "Deprecated. Another event takes its place."];
  if (at % 131 === 5) return ["undocumented", "Offered by this organisation, in no document."];
  return [null, null];
}
