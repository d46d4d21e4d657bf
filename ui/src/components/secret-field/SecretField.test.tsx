import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { SecretChange } from "~/bindings/SecretChange";
import { SecretField } from "./SecretField";

type HarnessProps = { stored: boolean; start: SecretChange; onReveal?: () => Promise<string> };

function Harness({ stored, start, onReveal }: HarnessProps) {
  const [value, setValue] = useState(start);
  return (
    <>
      <SecretField
        label="Key"
        stored={stored}
        storedWords="Stored by Example, not readable"
        clearedWords="Removed from Example on save"
        value={value}
        onChange={setValue}
        onReveal={onReveal}
      />
      <output aria-label="change">{JSON.stringify(value)}</output>
    </>
  );
}

const change = () => JSON.parse(screen.getByLabelText("change").textContent) as SecretChange;

it("starts as Keep, never filled, and moves to Replace, Clear and back", async () => {
  const user = userEvent.setup();
  render(<Harness stored start={{ move: "keep" }} />);
  expect(screen.getByText("Stored by Example, not readable")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Reveal/ })).toBeNull();
  await user.click(screen.getByRole("radio", { name: "Replace" }));
  const box = screen.getByLabelText("New Key");
  expect(box).toHaveValue("");
  expect(box).toHaveAttribute("type", "password");
  await user.type(box, "s3cret");
  expect(change()).toEqual({ move: "replace", value: "s3cret" });
  await user.click(screen.getByRole("radio", { name: "Clear" }));
  expect(screen.getByText("Removed from Example on save")).toBeVisible();
  expect(change()).toEqual({ move: "clear" });
  await user.click(screen.getByRole("radio", { name: "Keep" }));
  expect(change()).toEqual({ move: "keep" });
});

it("is an empty box without the switch when nothing is stored", async () => {
  const user = userEvent.setup();
  render(<Harness stored={false} start={{ move: "replace", value: "" }} />);
  expect(screen.queryByRole("radio")).toBeNull();
  await user.type(screen.getByLabelText("Key"), "abc ");
  expect(change()).toEqual({ move: "replace", value: "abc " });
  expect(screen.getByText(/The value ends with a space/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Remove spaces from Key" }));
  expect(change()).toEqual({ move: "replace", value: "abc" });
  expect(screen.queryByText(/ends with a space/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Show what you type in Key" }));
  expect(screen.getByLabelText("Key")).toHaveAttribute("type", "text");
});

it("shows a stored value only after Reveal and hides it again", async () => {
  const user = userEvent.setup();
  const onReveal = vi.fn(() => Promise.resolve("<img src=x onerror=alert(1)>"));
  render(<Harness stored start={{ move: "keep" }} onReveal={onReveal} />);
  expect(onReveal).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Reveal Key" }));
  expect(await screen.findByText("<img src=x onerror=alert(1)>")).toBeVisible();
  expect(document.querySelector("img")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Hide Key" }));
  expect(screen.queryByText(/onerror/)).toBeNull();
});

it("says why a value could not be read", async () => {
  const user = userEvent.setup();
  render(
    <Harness stored start={{ move: "keep" }} onReveal={() => Promise.reject(new Error("Not signed in."))} />,
  );
  await user.click(screen.getByRole("button", { name: "Reveal Key" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Not signed in.");
});

it("points out a pasted line break, and spaces that nobody sees", () => {
  const { rerender } = render(<Harness key="a" stored={false} start={{ move: "replace", value: "abc\n" }} />);
  expect(screen.getByText(/The value ends with a line break/)).toBeVisible();
  rerender(<Harness key="b" stored={false} start={{ move: "replace", value: "\u200babc" }} />);
  expect(screen.getByText(/The value starts with a space/)).toBeVisible();
  rerender(<Harness key="c" stored={false} start={{ move: "replace", value: "a b" }} />);
  expect(screen.queryByText(/The value/)).toBeNull();
});
