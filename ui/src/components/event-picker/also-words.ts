/** Where else an event stands: `Also in Lobby counter and 2 more`; null where it does not. */
export function alsoWords(titles: readonly string[] | undefined): string | null {
  const [first, ...others] = titles ?? [];
  if (first === undefined) return null;
  return `Also in ${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}
