import { describe, expect, it } from "vitest";
import { conditionProblem, evaluate } from "./evaluate";
import { placesOf, sampleFields } from "./paths";
import type { Condition, ConditionSpec, ConditionTest, ConditionValues, FieldCondition } from "./types";

const takes: Record<ConditionTest, ConditionValues> = {
  equals: "one",
  notEquals: "one",
  anyOf: "many",
  noneOf: "many",
  contains: "one",
  notContains: "one",
  startsWith: "one",
  endsWith: "one",
  isEmpty: "none",
  isNotEmpty: "none",
  exists: "none",
  notExists: "none",
  greaterThan: "one",
  greaterOrEqual: "one",
  lessThan: "one",
  lessOrEqual: "one",
  lengthEquals: "number",
  lengthNotEquals: "number",
  lengthGreater: "number",
  lengthGreaterOrEqual: "number",
  lengthLess: "number",
  lengthLessOrEqual: "number",
};
const spec: ConditionSpec = {
  max: 10,
  operations: Object.entries(takes).map(([test, values]) => ({
    id: test,
    label: test,
    values,
    test: test as ConditionTest,
  })),
  fieldTypes: ["string", "number", "boolean", "date", "datetime"].map((value) => ({ value, label: value })),
  itemModes: [
    { value: "list", label: "as a whole", as: "whole" },
    { value: "each", label: "item by item", as: "any" },
    { value: "every", label: "every item" },
  ],
  expressionMaxLength: 60,
};
const payload = {
  entity: {
    status: "active",
    annual_kwh: 3200,
    text_number: "0042",
    open: false,
    nothing: null,
    blank: "",
    start: "2026-12-01",
    seen: "2026-11-12T10:00:00+02:00",
    tags: ["a", "b"],
    none: [],
    lines: [{ price: 5, name: "x" }, { price: 15 }],
    "a/b": 1,
  },
};
const field = (path: string, operation: string, values: string[] = [], more: Partial<FieldCondition> = {}) =>
  ({
    kind: "field",
    field: path,
    operation,
    values,
    fieldType: "string",
    isArray: false,
    item: null,
    origin: null,
    ...more,
  }) satisfies Condition;
const expression = (text: string): Condition => ({ kind: "expression", expression: text, origin: null });
const judge = async (row: Condition) => (await evaluate({ all: true, rows: [row] }, payload, spec)).rows[0];
const number = { fieldType: "number" };

describe("every operation passes and fails", () => {
  it.each<[string, string, string[], string, string[], Partial<FieldCondition>?]>([
    ["status", "equals", ["active"], "status", ["Active"]],
    ["status", "notEquals", ["closed"], "status", ["active"]],
    ["status", "anyOf", ["closed", "active"], "status", ["closed"]],
    ["status", "noneOf", ["closed"], "status", ["closed", "active"]],
    ["status", "contains", ["ctiv"], "status", ["x"]],
    ["status", "notContains", ["x"], "status", ["ctiv"]],
    ["status", "startsWith", ["act"], "status", ["tive"]],
    ["status", "endsWith", ["tive"], "status", ["act"]],
    ["blank", "isEmpty", [], "status", []],
    ["none", "isEmpty", [], "tags", []],
    ["nothing", "isEmpty", [], "annual_kwh", []],
    ["missing", "isEmpty", [], "open", []],
    ["status", "isNotEmpty", [], "missing", []],
    ["nothing", "exists", [], "missing", []],
    ["missing", "notExists", [], "nothing", []],
    ["annual_kwh", "greaterThan", ["3199.5"], "annual_kwh", ["3200"], number],
    ["annual_kwh", "greaterOrEqual", ["3200"], "annual_kwh", ["3201"], number],
    ["annual_kwh", "lessThan", ["10000"], "annual_kwh", ["3200"], number],
    ["annual_kwh", "lessOrEqual", ["3200"], "annual_kwh", ["3199"], number],
    // As text "10000" would be less than "3200".
    ["annual_kwh", "lessThan", ["10000"], "annual_kwh", ["999"]],
    ["text_number", "equals", ["42"], "text_number", ["43"], number],
    ["text_number", "equals", ["0042"], "text_number", ["42"]],
    ["open", "equals", ["false"], "open", ["true"], { fieldType: "boolean" }],
    ["start", "greaterThan", ["2026-11-30"], "start", ["2026-12-01"], { fieldType: "date" }],
    ["seen", "equals", ["2026-11-12"], "seen", ["2026-11-13"], { fieldType: "date" }],
    ["seen", "equals", ["2026-11-12T08:00:00Z"], "seen", ["2026-11-12T10:00:00Z"], { fieldType: "datetime" }],
    ["seen", "greaterThan", ["2026-11-12 07:59"], "seen", ["2026-11-12 08:00"], { fieldType: "datetime" }],
    ["tags", "lengthEquals", ["2"], "tags", ["1"]],
    ["status", "lengthEquals", ["1"], "status", ["6"]],
    ["missing", "lengthEquals", ["0"], "nothing", ["1"]],
    ["tags", "lengthNotEquals", ["1"], "tags", ["2"]],
    ["tags", "lengthGreater", ["1"], "tags", ["2"]],
    ["tags", "lengthGreaterOrEqual", ["2"], "tags", ["3"]],
    ["tags", "lengthLess", ["3"], "tags", ["2"]],
    ["tags", "lengthLessOrEqual", ["2"], "tags", ["1"]],
    ["lines.price", "lengthEquals", ["2"], "lines.price", ["1"]],
  ])("%s %s %j; not %s %j", async (yes, operation, values, no, others, more) => {
    expect(await judge(field(`entity.${yes}`, operation, values, more))).toMatchObject({ ok: true });
    expect(await judge(field(`entity.${no}`, operation, others, more))).toMatchObject({ ok: false });
  });
});

it("gives what is missing no match but a negative one", async () => {
  expect(await judge(field("entity.x", "lessThan", ["5"], number))).toMatchObject({ ok: false });
  expect(await judge(field("entity.x", "notEquals", ["5"]))).toMatchObject({ ok: true, pointer: null });
});

it("compares lists as a whole, by any item, and by every item", async () => {
  const tags = (operation: string, value: string, item: string | null) =>
    judge(field("entity.tags", operation, [value], { isArray: true, item }));
  expect(await tags("equals", "b", "list")).toMatchObject({ ok: true, pointer: "/entity/tags/1" });
  expect(await tags("notEquals", "b", null)).toMatchObject({ ok: false, pointer: "/entity/tags/1" });
  expect(await tags("notEquals", "b", "each")).toMatchObject({ ok: true, pointer: "/entity/tags/0" });
  expect(await tags("equals", "b", "every")).toMatchObject({ ok: false, pointer: "/entity/tags/0" });
  const price = await judge(field("entity.lines.price", "greaterThan", ["10"], number));
  expect(price).toMatchObject({ ok: true, found: [5, 15], pointer: "/entity/lines/1/price" });
});

it("reads places in lists in both spellings, and writes pointers as the standard says", () => {
  for (const path of ["entity.lines.1.price", "entity.lines[1].price"]) {
    expect(placesOf(payload, path).places).toEqual([{ value: 15, pointer: "/entity/lines/1/price" }]);
  }
  expect(placesOf(payload, "entity.a/b").places[0]?.pointer).toBe("/entity/a~1b");
  // Only what the payload has itself, not what every object has.
  expect(placesOf(payload, "entity.constructor").places).toEqual([]);
});

it("says what was found and what is needed", async () => {
  const why = async (row: Condition) => (await judge(row))?.why;
  expect(await why(field("entity.annual_kwh", "greaterThan", ["10000"], number))).toBe(
    "entity.annual_kwh is 3200; the condition needs more than 10000.",
  );
  expect(await why(field("entity.status", "anyOf", ["open", "won"]))).toBe(
    'entity.status is "active"; the condition needs one of "open" or "won".',
  );
  expect(await why(field("entity.gone", "equals", ["x"]))).toBe(
    'entity.gone is not in the payload; the condition needs "x".',
  );
  expect(await why(field("entity.tags", "lengthGreater", ["2"]))).toBe(
    "entity.tags has 2 items; the condition needs more than 2.",
  );
});

it("runs expressions, whose result counts as the language says", async () => {
  expect(await judge(expression("entity.annual_kwh > 3000"))).toMatchObject({ ok: true, found: true });
  expect(await judge(expression("entity.missing"))).toMatchObject({ ok: false });
  expect(await judge(expression("entity.tags"))).toMatchObject({ ok: true });
  expect(await judge(expression("entity.none"))).toMatchObject({ ok: false });
  expect(await judge(expression('"text"'))).toMatchObject({
    ok: true,
    why: 'The expression gives "text", which counts as true.',
  });
});

it("stops endless expressions and says what is wrong with broken ones", async () => {
  expect((await judge(expression("($f := function(){$f()}; $f())")))?.problem).toMatch(/stopped\.$/);
  expect((await judge(expression("entity.status >")))?.problem).toMatch(/^The expression fails: .+/);
  expect((await judge(expression('$number("x")')))?.problem).toMatch(/^The expression fails: .+/);
});

it("leaves the payload as it was", async () => {
  const before = JSON.stringify(payload);
  await judge(expression("$ ~> |entity|{'status': 'changed'}|"));
  expect(JSON.stringify(payload)).toBe(before);
  // The engine leaves notes of its own on lists it hands through.
  await judge(expression("entity.tags[]"));
  expect(Object.keys(payload.entity.tags)).toEqual(["0", "1"]);
});

it("judges all, any and none, and says when it cannot be sure", async () => {
  const yes = field("entity.status", "equals", ["active"]);
  const no = field("entity.status", "equals", ["x"]);
  const odd = field("entity.status", "from_the_future", ["x"]);
  const verdict = async (all: boolean, rows: Condition[]) => {
    const { verdict: sent, isCertain } = await evaluate({ all, rows }, payload, spec);
    return [sent, isCertain];
  };
  expect(await verdict(true, [yes, no])).toEqual([false, true]);
  expect(await verdict(false, [yes, no])).toEqual([true, true]);
  expect(await verdict(true, [])).toEqual([true, true]);
  expect(await verdict(false, [])).toEqual([true, true]);
  expect(await verdict(true, [yes, odd])).toEqual([false, false]);
  expect(await verdict(true, [no, odd])).toEqual([false, true]);
  expect(await verdict(false, [yes, odd])).toEqual([true, true]);
  expect(await verdict(false, [no, odd])).toEqual([false, false]);
});

it.each<[Condition, string | null]>([
  [field("", "equals", ["x"]), "Enter a field."],
  [field("a", "equals"), "Enter a value."],
  [field("a", "isEmpty"), null],
  [field("a", "lengthEquals", ["1.5"]), "Enter a whole number of at least 0."],
  [field("a", "equals", ["x"], number), "The field counts as a number: enter a number."],
  [field("a", "contains", ["x"], number), null],
  [
    field("a", "anyOf", ["true", "1"], { fieldType: "boolean" }),
    "The field counts as true or false: enter one of them.",
  ],
  [
    field("a", "lessThan", ["soon"], { fieldType: "date" }),
    "The field counts as a date: enter one such as 2026-12-31.",
  ],
  [field("a", "lessThan", ["2026-12-31"], { fieldType: "date" }), null],
  [
    field("a", "lessThan", ["8:00"], { fieldType: "datetime" }),
    "The field counts as a time: enter one such as 2026-12-31T08:00:00Z.",
  ],
  [field("a", "new_op", ["x"]), "The operation “new_op” is not known here. It is kept as it is."],
  [expression(" "), "Enter an expression."],
  [expression("a".repeat(61)), "The expression has more than 60 characters."],
])("names what a row lacks: %j", (row, words) => {
  expect(conditionProblem(row, spec)).toBe(words);
});

it("lists the fields of a sample that a path can name", () => {
  const paths = sampleFields({ a: { b: [{ c: 1 }, { d: 2 }], "x.y": 1 } }).map(({ path }) => path);
  expect(paths).toEqual(["a", "a.b", "a.b.0", "a.b.0.c"]);
});
