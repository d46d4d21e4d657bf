import type { ChoiceOption } from "~/bindings/ChoiceOption";
import type { PairInput } from "~/bindings/PairInput";
import type { PairView } from "~/bindings/PairView";

/** The form's value of stored pairs: what is withheld is kept, what is shown can be typed over. */
export function pairInputsOf(pairs: PairView[]): PairInput[] {
  return pairs.map(({ group, name, value }, origin) => ({
    group,
    name,
    origin,
    value: value === null ? { move: "keep" } : { move: "replace", value },
  }));
}

export function emptyPair(groups: ChoiceOption[]): PairInput {
  return { group: groups[0]?.value ?? null, name: "", origin: null, value: { move: "replace", value: "" } };
}

/** The pairs of a pasted text with a `Name: value` on each line; null when it is anything else. */
export function pairsOfText(text: string, groups: ChoiceOption[]): PairInput[] | null {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const pairs = lines.map((line): PairInput | null => {
    const at = line.indexOf(":");
    if (at < 1) return null;
    const value = line.slice(at + 1).trim();
    return { ...emptyPair(groups), name: line.slice(0, at).trim(), value: { move: "replace", value } };
  });
  const complete = pairs.filter((pair) => pair !== null);
  return complete.length > 0 && complete.length === pairs.length ? complete : null;
}

/** Puts pasted pairs in the place of an empty row, or after a filled one. */
export function withPasted(pairs: PairInput[], at: number, pasted: PairInput[]): PairInput[] {
  const row = pairs[at];
  const isEmpty = row?.name === "" && row.value.move === "replace" && row.value.value === "";
  return [...pairs.slice(0, isEmpty ? at : at + 1), ...pasted, ...pairs.slice(at + 1)];
}

/** Why the pairs cannot be saved as they stand, or null. */
export function pairsProblem(pairs: PairInput[], noun: string): string | null {
  return pairs.some((pair) => pair.name.trim() === "")
    ? `Enter a name for each ${noun}, or remove its row.`
    : null;
}
