/** What a filter's button says: its name, the one chosen, or how many. */
export function choiceWords(name: string, chosen: readonly string[]): string {
  return chosen.length === 0 ? name : chosen.length === 1 ? (chosen[0] ?? name) : `${name}: ${chosen.length}`;
}

export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

export interface Counted<T> {
  value: T;
  count: number;
}

/** A chosen value stays in the menu when no row has it any more, so that it can be taken back. */
export function withMissing<T>(counts: readonly Counted<T>[], chosen: readonly T[]): Counted<T>[] {
  const missing = chosen.filter((value) => !counts.some((one) => one.value === value));
  return [...counts, ...missing.map((value) => ({ value, count: 0 }))];
}
