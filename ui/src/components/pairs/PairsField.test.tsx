import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { ChoiceOption } from "~/bindings/ChoiceOption";
import type { PairInput } from "~/bindings/PairInput";
import type { PairView } from "~/bindings/PairView";
import { PairsField } from "./PairsField";
import { pairInputsOf } from "./pairs-text";

const kinds: ChoiceOption[] = [
  { value: "body", label: "Body" },
  { value: "header", label: "Header" },
];
const hidden = (name: string, over: Partial<PairView> = {}): PairView => ({
  group: null,
  name,
  value: null,
  hasValue: true,
  replaced: false,
  ...over,
});

type HarnessProps = {
  stored?: PairView[];
  groups?: ChoiceOption[];
  isSecret?: boolean;
  isDisabled?: boolean;
  onReveal?: (origin: number) => Promise<string>;
};

function Harness({ stored = [], groups = [], isSecret = true, ...rest }: HarnessProps) {
  const [value, setValue] = useState<PairInput[]>(() => pairInputsOf(stored));
  return (
    <>
      <PairsField
        {...rest}
        label="Headers"
        noun="header"
        groups={groups}
        isSecret={isSecret}
        value={value}
        onChange={setValue}
        stored={stored}
        providerName="Example"
      />
      <output aria-label="pairs">{JSON.stringify(value)}</output>
    </>
  );
}

const pairs = () => JSON.parse(screen.getByLabelText("pairs").textContent) as PairInput[];

it("keeps stored values by their place, whatever is removed or renamed", async () => {
  const user = userEvent.setup();
  render(<Harness stored={[hidden("X-One"), hidden("X-Two")]} />);
  await user.click(screen.getByRole("button", { name: "Remove X-One" }));
  await user.type(screen.getByRole("textbox", { name: "Name of header 1" }), "!");
  expect(pairs()).toEqual([{ group: null, name: "X-Two!", origin: 1, value: { move: "keep" } }]);
});

it("replaces and clears a stored value without ever showing it", async () => {
  const user = userEvent.setup();
  render(<Harness stored={[hidden("X-Key")]} />);
  await user.click(screen.getByRole("radio", { name: "Replace" }));
  expect(screen.getByLabelText("New Value of X-Key")).toHaveAttribute("type", "password");
  await user.type(screen.getByLabelText("New Value of X-Key"), "n3w");
  expect(pairs()[0]?.value).toEqual({ move: "replace", value: "n3w" });
  await user.click(screen.getByRole("radio", { name: "Clear" }));
  expect(pairs()[0]?.value).toEqual({ move: "clear" });
});

it("reads a stored value by its place when it is revealed", async () => {
  const user = userEvent.setup();
  const onReveal = vi.fn((origin: number) => Promise.resolve(`value ${origin}`));
  render(
    <Harness stored={[hidden("A"), hidden("B"), hidden("C", { hasValue: false })]} onReveal={onReveal} />,
  );
  expect(screen.queryByRole("button", { name: "Reveal Value of C" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Reveal Value of B" }));
  expect(await screen.findByText("value 1")).toBeVisible();
  expect(onReveal.mock.calls).toEqual([[1]]);
});

it("splits pasted lines into rows in the place of an empty one", async () => {
  const user = userEvent.setup();
  render(<Harness stored={[hidden("X-Old")]} />);
  await user.click(screen.getByRole("button", { name: "Add header" }));
  expect(screen.getByRole("textbox", { name: "Name of header 2" })).toHaveFocus();
  await user.paste("X-One: a:b\r\n\r\nX-Two:\n");
  expect(pairs().map(({ name, origin, value }) => [name, origin, value])).toEqual([
    ["X-Old", 0, { move: "keep" }],
    ["X-One", null, { move: "replace", value: "a:b" }],
    ["X-Two", null, { move: "replace", value: "" }],
  ]);
});

it("pastes a plain word as a name", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("button", { name: "Add header" }));
  await user.paste("X-Plain");
  expect(pairs()[0]?.name).toBe("X-Plain");
});

it("offers the kinds where there are several, and shows values that are no secrets", async () => {
  const user = userEvent.setup();
  render(
    <Harness groups={kinds} isSecret={false} stored={[hidden("scope", { group: "body", value: "read" })]} />,
  );
  expect(screen.getByRole("textbox", { name: "Value of scope" })).toHaveValue("read");
  await user.click(screen.getByRole("button", { name: /Kind of scope/ }));
  await user.click(within(screen.getByRole("listbox")).getByRole("option", { name: "Header" }));
  expect(pairs()[0]).toEqual({
    group: "header",
    name: "scope",
    origin: 0,
    value: { move: "replace", value: "read" },
  });
});

it("can be looked at and not changed", () => {
  render(<Harness stored={[hidden("X-One")]} isDisabled />);
  expect(screen.getByRole("textbox", { name: "Name of header 1" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Add header" })).toBeNull();
});

it("has no accessibility violations", async () => {
  const { container } = render(<Harness groups={kinds} stored={[hidden("A", { group: "body" })]} />);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
