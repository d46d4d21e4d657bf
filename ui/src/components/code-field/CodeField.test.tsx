import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { CodeField } from "./CodeField";
import { isSameJson, jsonOfText, textOfJson } from "./json-text";
import { JsonField } from "./JsonField";

function Code({ start = "", maxLength = null }: { start?: string; maxLength?: number | null }) {
  const [value, setValue] = useState(start);
  return (
    <>
      <CodeField label="Expression" value={value} onChange={setValue} maxLength={maxLength} />
      <button type="button">next</button>
    </>
  );
}

function Json({ start = "" }: { start?: string }) {
  const [value, setValue] = useState(start);
  return <JsonField label="Conditions" value={value} onChange={setValue} />;
}

it("takes several lines and lets Tab leave", async () => {
  const user = userEvent.setup();
  render(<Code />);
  const area = screen.getByRole("textbox", { name: "Expression" });
  await user.type(area, "a{Enter}b");
  expect(area).toHaveValue("a\nb");
  await user.tab();
  expect(screen.getByRole("button", { name: "next" })).toHaveFocus();
});

it("shows the length only near the limit", async () => {
  const user = userEvent.setup();
  render(<Code start="1234567" maxLength={10} />);
  expect(screen.queryByText(/of 10 characters/)).toBeNull();
  await user.type(screen.getByRole("textbox"), "89😀ab");
  expect(screen.getByText("12 of 10 characters")).toBeVisible();
});

it("sets JSON out in lines, and only JSON", async () => {
  const user = userEvent.setup();
  render(<Json start='{"a":[1]}' />);
  const format = screen.getByRole("button", { name: "Format Conditions" });
  await user.click(format);
  expect(screen.getByRole("textbox")).toHaveValue('{\n  "a": [\n    1\n  ]\n}');
  expect(format).toBeDisabled();
  await user.type(screen.getByRole("textbox"), "x");
  expect(format).toBeDisabled();
});

describe("JSON as text", () => {
  it("is null when it is empty, and empty when it is null", () => {
    expect(jsonOfText(" \n")).toEqual({ value: null });
    expect(textOfJson(null)).toBe("");
  });

  it("names the line that is no JSON", () => {
    expect(jsonOfText('{\n  "a" 1\n}')).toEqual({ problem: "This is not JSON: look at line 2." });
  });

  it("is the same whatever its spaces, and never the same as what is no JSON", () => {
    expect(isSameJson('{"a":1}', '{ "a": 1 }')).toBe(true);
    expect(isSameJson('{"a":1}', '{"a":2}')).toBe(false);
    expect(isSameJson('{"a":1}', '{"a":1')).toBe(false);
  });
});
