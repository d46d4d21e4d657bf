import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { beforeAll, expect, it } from "vitest";
import { stubLayout } from "../code-editor/layout-stubs";
import { ConditionsEditor } from "./ConditionsEditor";
import type { Condition, ConditionSet, ConditionSpec, FieldCondition } from "./types";
import { useEvaluation } from "./use-evaluation";

beforeAll(stubLayout);

const spec: ConditionSpec = {
  max: 3,
  operations: [
    { id: "eq", label: "equals", values: "one", test: "equals" },
    { id: "in", label: "is one of", values: "many", test: "anyOf" },
    { id: "empty", label: "is empty", values: "none", test: "isEmpty" },
    { id: "gt", label: "greater than", values: "one", test: "greaterThan" },
    { id: "len", label: "has items", values: "number", test: "lengthEquals" },
  ],
  fieldTypes: [
    { value: "string", label: "Text" },
    { value: "number", label: "Number" },
  ],
  itemModes: [
    { value: "whole", label: "As a whole" },
    { value: "each", label: "Item by item", as: "any" },
  ],
  expressionMaxLength: 100,
};
const sample = { entity: { status: "active", annual_kwh: 3200, tags: [1, 2] } };
const subject = { key: "sample", payload: sample, isBroken: false };
const row = (
  field: string,
  operation: string,
  values: string[],
  more: Partial<FieldCondition> = {},
): Condition => ({
  kind: "field",
  field,
  operation,
  values,
  fieldType: "string",
  isArray: false,
  item: null,
  origin: null,
  ...more,
});

type HarnessProps = { start?: Condition[]; errors?: ReadonlyMap<number, string>; isDisabled?: boolean };

function Harness({ start = [], ...more }: HarnessProps) {
  const [set, setSet] = useState<ConditionSet>({ all: true, rows: start });
  const { evaluation } = useEvaluation(set, subject, spec);
  return (
    <>
      <ConditionsEditor
        label="Filter"
        value={set}
        onChange={setSet}
        spec={spec}
        sample={sample}
        evaluation={evaluation}
        {...more}
      />
      <output aria-label="stored">{JSON.stringify(set)}</output>
    </>
  );
}

const stored = () => JSON.parse(screen.getByLabelText("stored").textContent) as ConditionSet;
const condition = (number: number) => within(screen.getByRole("group", { name: `Condition ${number}` }));
const pick = async (user: ReturnType<typeof userEvent.setup>, button: RegExp, option: string) => {
  await user.click(screen.getByRole("button", { name: button }));
  await user.click(screen.getByRole("option", { name: option }));
};

it("builds a condition from the sample: field, its type, operation, value, result", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  const field = screen.getByRole("combobox", { name: "Field of condition 1" });
  expect(field).toHaveFocus();
  await user.type(field, "kwh");
  await user.click(await screen.findByRole("option", { name: "entity.annual_kwh" }));
  expect(field).toHaveValue("entity.annual_kwh");
  await pick(user, /Operation of condition 1/, "greater than");
  await user.type(screen.getByRole("textbox", { name: "Value of condition 1" }), "10000");
  expect(stored().rows).toEqual([row("entity.annual_kwh", "gt", ["10000"], { fieldType: "number" })]);
  expect(
    await condition(1).findByText("entity.annual_kwh is 3200; the condition needs more than 10000."),
  ).toBeVisible();
  expect(screen.getByText("1 of 1 does not match the sample")).toBeVisible();
  await user.clear(screen.getByRole("textbox", { name: "Value of condition 1" }));
  await user.type(screen.getByRole("textbox", { name: "Value of condition 1" }), "5");
  expect(await screen.findByText("Matches the sample")).toBeVisible();
});

it("takes a field no sample has, typed by hand", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("", "eq", ["x"])]} />);
  const field = screen.getByRole("combobox", { name: "Field of condition 1" });
  await user.type(field, "entity.other[[0].name");
  await user.tab();
  expect(field).toHaveValue("entity.other[0].name");
  expect(stored().rows[0]).toMatchObject({ field: "entity.other[0].name", fieldType: "string" });
});

it("knows a list of the sample and offers how its items are compared", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("", "eq", ["2"])]} />);
  await user.type(screen.getByRole("combobox"), "tags");
  await user.click(await screen.findByRole("option", { name: "entity.tags" }));
  expect(stored().rows[0]).toMatchObject({ isArray: true, item: "whole", fieldType: "number" });
  expect(condition(1).getByText(/compared as number, a list, as a whole/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "How condition 1 is compared" }));
  await pick(user, /Condition 1, items/, "Item by item");
  expect(stored().rows[0]).toMatchObject({ isArray: true, item: "each" });
  await user.click(screen.getByRole("checkbox", { name: "The field is a list" }));
  expect(stored().rows[0]).toMatchObject({ isArray: false, item: null });
});

it("takes several values as chips: Enter, comma, paste, Backspace", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("entity.status", "in", [])]} />);
  const box = screen.getByRole("textbox", { name: "Values of condition 1" });
  await user.type(box, "active{Enter}won,lost");
  await user.tab();
  expect(stored().rows[0]).toMatchObject({ values: ["active", "won", "lost"] });
  await user.click(box);
  await user.paste("a\nwon, b c");
  expect(stored().rows[0]).toMatchObject({ values: ["active", "won", "lost", "a", "b c"] });
  await user.keyboard("{Backspace}");
  await user.click(screen.getByRole("button", { name: "Remove active" }));
  expect(stored().rows[0]).toMatchObject({ values: ["won", "lost", "a"] });
});

it("keeps as many values as an operation can have, and brings back what one without values let go", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("entity.status", "in", ["a", "b"])]} />);
  await pick(user, /Operation of condition 1/, "is empty");
  expect(stored().rows[0]).toMatchObject({ operation: "empty", values: [] });
  expect(screen.queryByRole("textbox")).toBeNull();
  await pick(user, /Operation of condition 1/, "equals");
  expect(stored().rows[0]).toMatchObject({ operation: "eq", values: ["a"] });
  await pick(user, /Operation of condition 1/, "has items");
  expect(stored().rows[0]).toMatchObject({ operation: "len", values: [] });
});

it("keeps rows and their origins apart when one is removed, and what it does not know", async () => {
  const user = userEvent.setup();
  const odd = row("x", "from_the_future", ["1", "2"], { fieldType: "uuid", origin: 2 });
  render(
    <Harness start={[row("a", "eq", ["1"], { origin: 0 }), row("b", "eq", ["2"], { origin: 1 }), odd]} />,
  );
  expect(screen.getByText("3 of 3 conditions, the most that can be kept")).toBeVisible();
  expect(screen.getByRole("button", { name: "Add condition" })).toBeDisabled();
  expect(screen.getByRole("button", { name: /from_the_future \(unknown\)/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Remove condition 1" }));
  expect(stored().rows).toEqual([row("b", "eq", ["2"], { origin: 1 }), odd]);
  expect(screen.getByRole("button", { name: "Remove condition 1" })).toHaveFocus();
  await user.click(screen.getByRole("radio", { name: "Any match" }));
  expect(stored().all).toBe(false);
  expect(screen.getByText("or")).toBeVisible();
});

it("adds an expression that has no field, and shows its result", async () => {
  const user = userEvent.setup();
  const expression: Condition = { kind: "expression", expression: "entity.annual_kwh > 1", origin: 4 };
  render(<Harness start={[expression]} />);
  expect(await screen.findByText(/^Matches the sample: The expression is true/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Add JSONata condition" }));
  const editor = await screen.findByRole("textbox", { name: "JSONata expression of condition 2" });
  await waitFor(() => expect(editor).toHaveFocus());
  expect(stored().rows).toEqual([expression, { kind: "expression", expression: "", origin: null }]);
});

it("says what a row lacks once it is left, and the provider's words at once", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("a", "eq", ["1"])]} errors={new Map([[0, "Unknown field."]])} />);
  expect(condition(1).getByText("Unknown field.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  expect(screen.queryByText("Enter a field.")).toBeNull();
  await user.click(screen.getByRole("radio", { name: "All match" }));
  expect(condition(2).getByText("Enter a field.")).toBeVisible();
});

it("marks the box at fault: the value that is missing, or the field", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("a", "gt", ["x"], { fieldType: "number" }), row("b", "eq", ["1"])]} />);
  await user.click(screen.getByRole("textbox", { name: "Value of condition 1" }));
  await user.click(screen.getByRole("radio", { name: "All match" }));
  expect(condition(1).getByText("The field counts as a number: enter a number.")).toBeVisible();
  expect(condition(1).getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  expect(condition(1).getByRole("combobox")).not.toHaveAttribute("aria-invalid", "true");
  expect(condition(2).getByRole("textbox")).not.toHaveAttribute("aria-invalid");
});

it("puts the provider's words at their row, whose field is wrong", () => {
  render(
    <Harness
      start={[row("a", "eq", ["1"]), row("b", "eq", ["1"])]}
      errors={new Map([[1, "Unknown field."]])}
    />,
  );
  expect(condition(2).getByText("Unknown field.")).toBeVisible();
  expect(condition(2).getByRole("combobox")).toHaveAttribute("aria-invalid", "true");
  expect(condition(1).getByRole("combobox")).not.toHaveAttribute("aria-invalid", "true");
});

it("duplicates a row as a new one, as long as there is room", async () => {
  const user = userEvent.setup();
  const first = row("entity.status", "eq", ["active"], { origin: 0 });
  render(<Harness start={[first, row("b", "eq", ["2"], { origin: 1 })]} />);
  await user.click(screen.getByRole("button", { name: "More for condition 1" }));
  await user.click(screen.getByRole("menuitem", { name: "Duplicate" }));
  expect(stored().rows.map((one) => [one.kind === "field" && one.field, one.origin])).toEqual([
    ["entity.status", 0],
    ["entity.status", null],
    ["b", 1],
  ]);
  expect(screen.getByText("Copied as condition 2")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "More for condition 3" }));
  expect(screen.getByRole("menuitem", { name: "Duplicate" })).toHaveAttribute("aria-disabled", "true");
  expect(screen.getByRole("menuitem", { name: /^Move down/ })).toHaveAttribute("aria-disabled", "true");
});

it("moves rows by menu and by Alt and an arrow, and the focus with them", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("a", "eq", ["1"], { origin: 0 }), row("b", "eq", ["2"], { origin: 1 })]} />);
  await user.click(screen.getByRole("button", { name: "More for condition 2" }));
  await user.click(screen.getByRole("menuitem", { name: /^Move up/ }));
  expect(stored().rows.map(({ origin }) => origin)).toEqual([1, 0]);
  expect(screen.getByText("Condition 2 is now condition 1")).toBeInTheDocument();
  const value = screen.getByRole("textbox", { name: "Value of condition 1" });
  await user.click(value);
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(stored().rows.map(({ origin }) => origin)).toEqual([0, 1]);
  expect(value).toHaveFocus();
  expect(value).toHaveAccessibleName("Value of condition 2");
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(stored().rows.map(({ origin }) => origin)).toEqual([0, 1]);
});

it("offers the sample's fields with an example and its type", async () => {
  const user = userEvent.setup();
  render(<Harness start={[row("", "eq", [])]} />);
  await user.type(screen.getByRole("combobox"), "entity.");
  const option = async (name: string) => screen.findByRole("option", { name });
  expect(await option("entity.status")).toHaveAccessibleDescription('"active" text');
  expect(await option("entity.annual_kwh")).toHaveAccessibleDescription("3200 number");
  expect(await option("entity.tags")).toHaveAccessibleDescription("a list of 2 list");
});

it("cannot be changed while disabled", () => {
  render(<Harness start={[row("a", "in", ["1"])]} isDisabled />);
  expect(screen.getByRole("combobox")).toBeDisabled();
  expect(screen.getByRole("textbox")).toBeDisabled();
  expect(screen.getByRole("button", { name: "Remove condition 1" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Remove 1" })).toBeNull();
});

it("has no accessibility violations", async () => {
  const user = userEvent.setup();
  const start = [
    row("entity.status", "in", ["active"]),
    row("entity.annual_kwh", "gt", ["9999"], { fieldType: "number", isArray: true, item: "each" }),
    { kind: "expression" as const, expression: "true", origin: null },
  ];
  const { container } = render(<Harness start={start} />);
  await screen.findByRole("textbox", { name: /JSONata/ });
  await screen.findByText("1 of 3 does not match the sample");
  await user.click(screen.getByRole("button", { name: "How condition 2 is compared" }));
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});
