/** A line of one side of a difference, or a run of lines both sides share. */
export type DiffLine = { type: "alike" | "differs"; text: string } | { type: "gap"; lines: number };

/** More lines than this are compared only from both ends inward, so that a long text costs no time. */
const COMPARED = 400;
/** Lines kept around what differs. */
const CONTEXT = 2;

/** The lines of one text, those marked that the other lacks; long runs that both share become a gap. */
export function diffLines(text: string, other: string): DiffLine[] {
  const own = text.split("\n");
  const shared = sharedLines(own, other.split("\n"));
  const near = new Set<number>();
  own.forEach((_, at) => {
    if (shared.has(at)) return;
    for (let to = at - CONTEXT; to <= at + CONTEXT; to += 1) near.add(to);
  });
  const lines: DiffLine[] = [];
  own.forEach((line, at) => {
    if (!shared.has(at)) lines.push({ type: "differs", text: line });
    else if (near.has(at)) lines.push({ type: "alike", text: line });
    else {
      const last = lines.at(-1);
      if (last?.type === "gap") last.lines += 1;
      else lines.push({ type: "gap", lines: 1 });
    }
  });
  // A gap of one line takes as much room as the line.
  let at = 0;
  return lines.map((line): DiffLine => {
    const first = at;
    at += line.type === "gap" ? line.lines : 1;
    return line.type === "gap" && line.lines === 1 ? { type: "alike", text: own[first] ?? "" } : line;
  });
}

/** The places of the own lines that the other side has too, in the same order. */
function sharedLines(own: string[], other: string[]): Set<number> {
  let start = 0;
  while (start < own.length && start < other.length && own[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(own.length, other.length) - start;
  while (end < most && own[own.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const shared = new Set<number>();
  for (let at = 0; at < start; at += 1) shared.add(at);
  for (let at = own.length - end; at < own.length; at += 1) shared.add(at);
  const [a, b] = [own.slice(start, own.length - end), other.slice(start, other.length - end)];
  if (a.length > COMPARED || b.length > COMPARED) return shared;
  for (const at of longestShared(a, b)) shared.add(start + at);
  return shared;
}

/** The longest common subsequence, as places in the first list. */
function longestShared(a: string[], b: string[]): number[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const places: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      places.push(i);
      i += 1;
      j += 1;
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}
