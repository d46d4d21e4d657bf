import type { FieldOption } from "~/bindings/FieldOption";

/** The ids in a typed or pasted text, separated by commas, semicolons or white space. */
export function splitIds(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter((id) => id !== ""))];
}

/** The options whose name, place or id holds every word of the search; what is chosen is left out. */
export function foundOptions(
  options: FieldOption[],
  search: string,
  chosen: string[],
  limit: number,
): FieldOption[] {
  const words = search.toLowerCase().split(/\s+/);
  const taken = new Set(chosen);
  const found: FieldOption[] = [];
  for (const option of options) {
    if (found.length === limit) break;
    const text = `${option.label} ${option.detail} ${option.value}`.toLowerCase();
    if (!taken.has(option.value) && words.every((word) => text.includes(word))) found.push(option);
  }
  return found;
}

/** "1 floor", "2 floors". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

/** The plural of a provider's noun; abbreviations and words ending in s, x, ch take "es". */
export function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
