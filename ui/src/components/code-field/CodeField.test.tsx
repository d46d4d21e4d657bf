import { EditorView } from "@codemirror/view";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { stubLayout } from "../code-editor/layout-stubs";
import { CodeField } from "./CodeField";
import { isSameJson, jsonOfText, textOfJson } from "./json-text";
import { JsonField } from "./JsonField";

beforeAll(stubLayout);

function Code({ start = "", maxLength = null }: { start?: string; maxLength?: number | null }) {
  const [value, setValue] = useState(start);
  return (
    <CodeField
      label="Expression"
      language="jsonata"
      value={value}
      onChange={setValue}
      maxLength={maxLength}
      placeholder="entity.status"
    />
  );
}

function Json({ start = "" }: { start?: string }) {
  const [value, setValue] = useState(start);
  const read = jsonOfText(value);
  return (
    <JsonField
      label="Conditions"
      value={value}
      onChange={setValue}
      errorMessage={"problem" in read ? read.problem : undefined}
    />
  );
}

const view = async () => EditorView.findFromDOM(await screen.findByRole("textbox")) as EditorView;
const append = async (insert: string) => {
  const editor = await view();
  act(() => editor.dispatch({ changes: { from: editor.state.doc.length, insert } }));
};

it("shows the length only near the limit, and an example only while it is empty", async () => {
  render(<Code maxLength={10} />);
  expect(screen.getByText("entity.status")).toBeVisible();
  await append("1234567");
  expect(screen.queryByText("entity.status")).toBeNull();
  expect(screen.queryByText(/of 10 characters/)).toBeNull();
  await append("89😀ab");
  expect(screen.getByText("12 of 10 characters")).toBeVisible();
});

it("sets JSON out in lines, and only JSON", async () => {
  const user = userEvent.setup();
  render(<Json start='{"a":[1]}' />);
  const format = screen.getByRole("button", { name: "Format Conditions" });
  const editor = await view();
  await user.click(format);
  await waitFor(() => expect(editor.state.doc.toString()).toBe('{\n  "a": [\n    1\n  ]\n}'));
  expect(format).toBeDisabled();
  await append("x");
  expect(format).toBeDisabled();
});

it("says once that a text is no JSON, at first in its own words and then in those of the check", async () => {
  render(<Json />);
  await append('{"a": 1');
  expect(screen.getByText(/^This is not JSON/)).toBeVisible();
  expect(await screen.findByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  expect(await screen.findByText(/ends too early/)).toBeVisible();
  expect(screen.queryByText(/^This is not JSON/)).toBeNull();
  await append("}");
  await waitFor(() => expect(screen.queryByText(/ends too early/)).toBeNull());
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
