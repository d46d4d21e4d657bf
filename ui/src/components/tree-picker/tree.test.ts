import { expect, it } from "vitest";
import { choicesOf, countOf, withIds, withToggled } from "./tree-choice";
import { assign, splitIds } from "./tree-ids";
import { indexOf, pathOf, type TreeEntry } from "./tree-index";
import { pieces } from "../marked/pieces";
import { findIn, rowsOf } from "./tree-rows";
import type { Selection, TreeNode } from "./types";

const node = (list: string, id: string, label: string, children: TreeNode[] = []): TreeNode => ({
  list,
  id,
  label,
  children,
});
const index = indexOf([
  node("site", "s1", "Oslo", [
    node("floor", "f1", "Floor 1", [node("room", "r11", "Fjord"), node("room", "r12", "Skagen")]),
    node("floor", "f2", "Floor 2", [node("room", "r21", "Fjell 13")]),
  ]),
  node("site", "s2", "Bergen", [node("floor", "f3", "Floor 1")]),
]);
const at = (key: string): TreeEntry => index.byKey.get(key) as TreeEntry;
const state = (key: string, selected: Selection) => choicesOf(index, selected).stateOf(at(key));
const toggled = (key: string, selected: Selection) =>
  withToggled(at(key), index, selected, choicesOf(index, selected));
const labels = (search: string, open: string[] = [], turned: string[] = []) =>
  rowsOf(index, findIn(index, search), { open: new Set(open), turned: new Set(turned) }).map(
    ({ entry }) => entry.node.label,
  );

it("shows what is chosen, what is included through it, and what holds a choice", () => {
  const selected = { floor: ["f1"], room: ["r21"] };
  expect(state("floor\nf1", selected)).toBe("chosen");
  expect(state("room\nr11", selected)).toBe("included");
  expect(choicesOf(index, selected).throughOf(at("room\nr11"))).toBe(at("floor\nf1"));
  expect(state("floor\nf2", selected)).toBe("mixed");
  expect(state("site\ns1", selected)).toBe("mixed");
  expect(choicesOf(index, selected).chosenInside(at("site\ns1"))).toBe(2);
  expect(state("site\ns2", selected)).toBe("none");
});

it("stores the node's own id and drops the choices inside it, but nobody else's", () => {
  const before = { floor: ["f3"], room: ["r11", "gone"], mac: ["aa"] };
  const { next, absorbed } = toggled("floor\nf1", before);
  expect(next).toEqual({ floor: ["f3", "f1"], room: ["gone"], mac: ["aa"] });
  expect(absorbed).toBe(1);
  expect(toggled("floor\nf1", next).next).toEqual({ floor: ["f3"], room: ["gone"], mac: ["aa"] });
  expect(before).toEqual({ floor: ["f3"], room: ["r11", "gone"], mac: ["aa"] });
});

it("lets an id chosen beside its floor be unticked by itself", () => {
  const both = { floor: ["f1"], room: ["r11"] };
  expect(state("room\nr11", both)).toBe("chosen");
  expect(toggled("room\nr11", both).next).toEqual({ floor: ["f1"], room: [] });
});

it("keeps lists apart that use the same id", () => {
  const twins = indexOf([node("a", "1", "A", [node("b", "1", "B")])]);
  const choices = choicesOf(twins, { b: ["1"] });
  expect(twins.entries.map(choices.stateOf)).toEqual(["mixed", "chosen"]);
});

it("finds by name and id, keeps what lies above, and reads words across a path", () => {
  expect(labels("fj")).toEqual(["Oslo", "Floor 1", "Fjord", "Floor 2", "Fjell 13"]);
  expect(labels("oslo floor 2")).toEqual(["Oslo", "Floor 2"]);
  expect(labels("bergen 1")).toEqual(["Bergen", "Floor 1"]);
  expect(labels("nowhere")).toEqual([]);
  // A short word is no part of an id; a longer one is.
  expect(labels("f3")).toEqual([]);
  const long = indexOf([node("floor", "space_3Fb1", "Attic")]);
  expect(findIn(long, "e_3fb")?.count).toBe(1);
});

it("opens a match by hand while searching, and closes what the search opened", () => {
  expect(labels("floor 2", [], ["floor\nf2"])).toEqual(["Oslo", "Floor 2", "Fjell 13"]);
  expect(labels("fj", [], ["site\ns1"])).toEqual(["Oslo"]);
});

it("numbers the siblings that are shown", () => {
  const rows = rowsOf(index, null, { open: new Set(["site\ns1"]), turned: new Set() });
  expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    "1/2",
    "1/2",
    "2/2",
    "2/2",
  ]);
  const [oslo] = rowsOf(index, findIn(index, "oslo"), { open: new Set(), turned: new Set() });
  expect([oslo?.position, oslo?.siblings, oslo?.isOpen]).toEqual([1, 1, false]);
});

it("marks matches without losing or repeating a letter", () => {
  const marked = (text: string, words: string[]) =>
    pieces(text, words)
      .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
      .join("");
  expect(marked("Floor 13", ["floor", "3"])).toBe("[Floor] 1[3]");
  expect(marked("banana", ["ana", "nan"])).toBe("b[ana][n]a");
  expect(marked("İstanbul", ["stan"])).toBe("İstanbul");
  expect(marked("x", [])).toBe("x");
});

it("places ids by the tree first, then by the longest beginning, and leaves doubtful ones open", () => {
  const lists = ["site", "floor", "room"];
  const prefixes = { site: "s", floor: "space_", room: "" };
  expect(splitIds(' "a", b;c\n[a]\t')).toEqual(["a", "b", "c"]);
  expect(assign(["r11", "space_9", "s9", "zz"], lists, prefixes, index)).toEqual({
    placed: [
      { list: "room", id: "r11" },
      { list: "floor", id: "space_9" },
      { list: "site", id: "s9" },
    ],
    open: ["zz"],
  });
  expect(assign(["p_1"], ["a", "b"], { a: "p_", b: "p_" }, index).open).toEqual(["p_1"]);
  expect(
    withIds({ room: ["r11"] }, [
      { list: "room", id: "r11" },
      { list: "floor", id: "f9" },
    ]),
  ).toEqual({
    room: ["r11"],
    floor: ["f9"],
  });
});

it("names the path and counts all lists", () => {
  expect(pathOf(at("room\nr21"))).toEqual(["Oslo", "Floor 2", "Fjell 13"]);
  expect(countOf({ a: ["1"], b: ["1", "2"] })).toBe(3);
});
