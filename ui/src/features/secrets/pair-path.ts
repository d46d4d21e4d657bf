import type { FieldPath } from "~/bindings/FieldPath";
import type { PairView } from "~/bindings/PairView";

/**
 * Under which the value of a pair is asked for: the field's path, the kind where there are several, and the name; a
 * name that stands again gets its number, as in `headers.X-Key#2`.
 */
export function pairPath(path: FieldPath, pairs: readonly PairView[], at: number): FieldPath {
  const pair = pairs[at];
  if (!pair) return path;
  const before = pairs.slice(0, at).filter(({ group, name }) => group === pair.group && name === pair.name);
  const name = [path, pair.group, pair.name].filter((part) => part !== null).join(".");
  return before.length === 0 ? name : `${name}#${before.length + 1}`;
}
