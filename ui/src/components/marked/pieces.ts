/** A part of a text, marked or not. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/** Where a text matches searched words, in lower case: pieces in order. Empty words are never given. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  const lower = text.toLowerCase();
  // A letter whose lower case is longer would shift what is marked.
  if (words.length === 0 || lower.length !== text.length) return [{ text, isMatch: false }];
  const spans = words
    .flatMap((word) => {
      const at = lower.indexOf(word);
      return at === -1 ? [] : [{ from: at, to: at + word.length }];
    })
    .toSorted((a, b) => a.from - b.from);
  const found: Piece[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    if (start > at) found.push({ text: text.slice(at, start), isMatch: false });
    found.push({ text: text.slice(start, to), isMatch: true });
    at = to;
  }
  if (at < text.length) found.push({ text: text.slice(at), isMatch: false });
  return found;
}
