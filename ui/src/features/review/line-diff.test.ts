import { expect, it } from "vitest";
import { diffLines } from "./line-diff";

const text = (lines: string[]) => lines.join("\n");

it("marks the lines the other side lacks and leaves long runs out", () => {
  const before = text(["{", "a", "b", "c", "d", "e", "f", "old", "}"]);
  const after = text(["{", "a", "b", "c", "d", "e", "f", "new", "}"]);
  expect(diffLines(after, before)).toEqual([
    { type: "gap", lines: 5 },
    { type: "alike", text: "e" },
    { type: "alike", text: "f" },
    { type: "differs", text: "new" },
    { type: "alike", text: "}" },
  ]);
});

it("finds a line that was put in between, and does not mark those that moved down", () => {
  const lines = diffLines(text(["a", "x", "b", "c"]), text(["a", "b", "c"]));
  expect(lines.filter(({ type }) => type === "differs")).toEqual([{ type: "differs", text: "x" }]);
});

it("finds two changes with something alike between them", () => {
  const lines = diffLines(text(["1", "same", "2"]), text(["one", "same", "two"]));
  expect(lines.map(({ type }) => type)).toEqual(["differs", "alike", "differs"]);
});

it("compares long texts from both ends alone", () => {
  const long = (mark: string) =>
    text(["first", ...Array.from({ length: 2000 }, (_, at) => `${mark}${at}`), "last"]);
  const lines = diffLines(long("a"), long("b"));
  expect(lines).toHaveLength(2002);
  expect(lines[0]).toEqual({ type: "alike", text: "first" });
  expect(lines[1]).toEqual({ type: "differs", text: "a0" });
});
