/** A value of the payload and where it stands. */
export interface Place {
  value: unknown;
  /** JSON pointer. */
  pointer: string;
}

/** A field of a sample, for completion. */
export interface SampleField {
  path: string;
  /** A short picture of the value. */
  preview: string;
  value: unknown;
}

const MOST_FIELDS = 2000;
const DEEPEST = 12;
const PREVIEW = 40;

/** The parts of a path: names between dots, places in lists as `.1` or `[1]`. */
export function pathParts(path: string): string[] {
  return path
    .trim()
    .replaceAll(/\[\s*(\d+)\s*\]/gu, ".$1")
    .split(".")
    .filter((part) => part !== "");
}

/**
 * The values a path leads to. A list in the middle of a path is gone through item by item, so there can be
 * several; `isSpread` says that this happened.
 */
export function placesOf(payload: unknown, path: string): { places: Place[]; isSpread: boolean } {
  let places: Place[] = [{ value: payload, pointer: "" }];
  let isSpread = false;
  for (const part of pathParts(path)) {
    const next: Place[] = [];
    for (const place of places) {
      if (Array.isArray(place.value) && !/^\d+$/u.test(part)) {
        isSpread = true;
        place.value.forEach((item: unknown, at) => {
          step({ value: item, pointer: `${place.pointer}/${at}` }, part, next);
        });
      } else step(place, part, next);
    }
    places = next;
  }
  return { places, isSpread };
}

/** The fields of a sample, outermost first within each branch; of a list, the list itself and its first item. */
export function sampleFields(sample: unknown): SampleField[] {
  const fields: SampleField[] = [];
  const read = (value: unknown, path: string, depth: number) => {
    if (fields.length >= MOST_FIELDS) return;
    if (path !== "") fields.push({ path, preview: shown(value, PREVIEW), value });
    if (typeof value !== "object" || value === null || depth === DEEPEST) return;
    const inside = Array.isArray(value)
      ? Object.entries(value.slice(0, 1) as unknown[])
      : Object.entries(value);
    for (const [name, child] of inside) {
      // A name with a dot in it cannot be written as a path.
      if (name !== "" && !/[.[\]]/u.test(name))
        read(child, path === "" ? name : `${path}.${name}`, depth + 1);
    }
  };
  read(sample, "", 0);
  return fields;
}

/** A value in words, cut when long. */
export function shown(value: unknown, most = 80): string {
  if (value === undefined) return "not there";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** What kind of value it is, in a word. */
export function typeWord(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:)/u.test(value) ? "date" : "text";
  if (typeof value === "boolean") return "yes or no";
  return typeof value === "number" ? "number" : "object";
}

function step({ value, pointer }: Place, part: string, into: Place[]): void {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return;
  const name = part.replaceAll("~", "~0").replaceAll("/", "~1");
  into.push({ value: (value as Record<string, unknown>)[part], pointer: `${pointer}/${name}` });
}
