import type { EventMark } from "~/bindings/EventMark";
import type { EventType } from "~/bindings/EventType";

/** More words than anybody types. */
const MOST_WORDS = 30;

/** What is special about an event, in a word or three. */
export const markWords: Record<EventMark, string> = {
  deprecated: "Deprecated",
  undocumented: "Undocumented",
  custom: "Custom",
  notOffered: "Not offered here",
};

/** The words of a search, in lower case, each once. */
export function searchWords(query: string): string[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Everything a search looks at, in lower case. */
export function searchText({ id, label, description, group, mark }: EventType): string {
  return [id, label, description ?? "", group, mark === null ? "" : markWords[mark]].join("\n").toLowerCase();
}

/** Whether every word is found. */
export function holdsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** Events by id, where a catalogue is known. */
export type KnownEvents = ReadonlyMap<string, EventType>;

/** The ids a search finds, by all that is known of them. */
export function findIds(ids: readonly string[], known: KnownEvents, query: string): readonly string[] {
  const words = searchWords(query);
  if (words.length === 0) return ids;
  return ids.filter((id) => {
    const event = known.get(id);
    return holdsAll(event ? searchText(event) : id.toLowerCase(), words);
  });
}
