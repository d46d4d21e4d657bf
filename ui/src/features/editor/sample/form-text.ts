/** The pairs of a form-encoded text, decoded, in their order. */
export function formPairs(text: string): { name: string; value: string }[] {
  return [...new URLSearchParams(text.trim())].map(([name, value]) => ({ name, value }));
}
