import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { expect, it } from "vitest";
import { TextListField } from "./TextListField";

function Harness({ start = [], isDisabled = false }: { start?: string[]; isDisabled?: boolean }) {
  const [value, setValue] = useState(start);
  return (
    <>
      <TextListField label="Values" noun="value" value={value} onChange={setValue} isDisabled={isDisabled} />
      <output aria-label="list">{JSON.stringify(value)}</output>
    </>
  );
}

const list = () => JSON.parse(screen.getByLabelText("list").textContent) as string[];
const box = () => screen.getByRole("textbox", { name: "Add a value to Values" });

it("adds with Enter and when it is left, and keeps spaces within", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.type(box(), "in progress, later{Enter}open{Enter}open{Enter}  ");
  await user.type(box(), "done");
  await user.tab();
  expect(list()).toEqual(["in progress, later", "open", "done"]);
});

it("takes pasted lines as one each", async () => {
  const user = userEvent.setup();
  render(<Harness start={["a"]} />);
  await user.click(box());
  await user.paste("b c\r\n\na\nd");
  expect(list()).toEqual(["a", "b c", "d"]);
});

it("removes one and gives the focus back to the box", async () => {
  const user = userEvent.setup();
  render(<Harness start={["a", "b"]} />);
  await user.click(screen.getByRole("button", { name: "Remove a" }));
  expect(list()).toEqual(["b"]);
  expect(box()).toHaveFocus();
});

it("can be looked at and not changed", () => {
  render(<Harness start={["a"]} isDisabled />);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByText("a", { selector: "bdi" })).toBeVisible();
});

it("has no accessibility violations", async () => {
  const { container } = render(<Harness start={["a", "b"]} />);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});
