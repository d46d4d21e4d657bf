import { startCompletion } from "@codemirror/autocomplete";
import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { createRef, useState } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import { CodeEditor } from "./CodeEditor";
import { stubLayout } from "./layout-stubs";
import type { CodeEditorProps, CompletionPlace, EditorHandle } from "./types";

beforeAll(stubLayout);

const SAMPLE = '{\n  "entity": { "status": "active", "lines": [1, 22] }\n}';

function Harness({ start = SAMPLE, ...more }: { start?: string } & Partial<CodeEditorProps>) {
  const [value, setValue] = useState(start);
  return (
    <>
      <CodeEditor label="Sample" language="json" value={value} onChange={setValue} {...more} />
      <button type="button" onClick={() => setValue(`${value}\n`)}>
        Outside
      </button>
      <output aria-label="value">{value}</output>
    </>
  );
}

const box = () => screen.findByRole("textbox", { name: "Sample" });
const view = async () => EditorView.findFromDOM(await box()) as EditorView;
const value = () => screen.getByLabelText("value").textContent;
/** Types at a place, as one change. */
const type = async (from: number, insert: string, to = from) => {
  const editor = await view();
  act(() => {
    editor.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
  });
};

/** Asks for completions at a place and takes the one named. */
const choose = async (at: number, label: string) => {
  const editor = await view();
  editor.focus();
  act(() => editor.dispatch({ selection: { anchor: at } }));
  act(() => void startCompletion(editor));
  // The letters that match stand in elements of their own, so the name is read from the whole.
  const options = await screen.findAllByRole("option");
  fireEvent.mouseDown(options.find((one) => one.textContent.startsWith(label)) as HTMLElement);
};

it("shows the text while it loads, then an editor with a name and the way out", async () => {
  const { container } = render(<Harness describedBy="outer" />);
  expect(container).toHaveTextContent('"status": "active"');
  const editor = await box();
  expect(editor).toHaveAttribute("aria-multiline", "true");
  const hints = editor.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(hints[0]).toBe("outer");
  expect(document.getElementById(hints[1] ?? "")).toHaveTextContent("press Escape, then Tab");
});

it("reports what is typed, and takes what changes outside without reporting it", async () => {
  const onChange = vi.fn();
  const { rerender } = render(<CodeEditor label="Sample" language="json" value="[1]" onChange={onChange} />);
  await type(2, "0");
  expect(onChange).toHaveBeenLastCalledWith("[10]");
  const editor = await view();
  act(() => editor.dispatch({ selection: { anchor: 3 } }));
  rerender(<CodeEditor label="Sample" language="json" value="[0, 10]" onChange={onChange} />);
  expect(editor.state.doc.toString()).toBe("[0, 10]");
  expect(editor.state.selection.main.head).toBe(6);
  expect(onChange).toHaveBeenCalledOnce();
});

it("undoes what was typed, and nothing of the text of another subject", async () => {
  const shared = { label: "Sample", language: "json", onChange: vi.fn() } as const;
  const { rerender } = render(<CodeEditor {...shared} subject="a" value="[1]" />);
  const editor = await view();
  await type(2, "0");
  act(() => void undo(editor));
  expect(editor.state.doc.toString()).toBe("[1]");
  await type(2, "0");
  rerender(<CodeEditor {...shared} subject="b" value="[2]" />);
  act(() => void undo(editor));
  expect(editor.state.doc.toString()).toBe("[2]");
  await type(2, "5");
  act(() => void undo(editor));
  expect(editor.state.doc.toString()).toBe("[2]");
});

it.each([
  ['{"a": [1, 2,]}', "There is a comma too many here."],
  ['{"a": 1', "The text ends too early: a bracket or quote is open."],
  ['{"a": 1 "b": 2}', "A comma is missing before this."],
  ["{\n\"a\": 'x'}", "Line 2: Texts stand in double quotes."],
  ['{"a": nope}', "“nope” does not belong here."],
  ['{"a":}', "A value should follow the colon."],
  ['{"a": 1, "" "b": 2}', "A name needs a colon and a value."],
  ['{"a": 1, "b"}', "A name needs a colon and a value."],
  ['{"a": "open,\n"b": 1}', "Line 1: A quote is missing at the end of this text."],
])("says what is wrong with the JSON %s", async (text, words) => {
  render(<Harness start={text} />);
  expect(await screen.findByText(words)).toBeVisible();
  await waitFor(async () => expect(await box()).toHaveAttribute("aria-invalid", "true"));
});

it("says what is wrong with JSONata, and stops when it is mended", async () => {
  render(<Harness language="jsonata" start="entity.status = " />);
  expect(await screen.findByText(/^Unexpected end of expression/)).toBeVisible();
  await type(16, '"active"');
  await waitFor(() => expect(screen.queryByText(/Unexpected end/)).toBeNull());
  expect(await box()).toHaveAttribute("aria-invalid", "false");
});

it("shows problems from outside at their JSON pointers and reports all of them", async () => {
  const onProblems = vi.fn();
  const diagnostics = [
    { severity: "warning" as const, message: "Second", pointer: "/entity/lines/1" },
    { severity: "error" as const, message: "First", pointer: "/entity/gone" },
  ];
  render(<Harness diagnostics={diagnostics} onProblems={onProblems} />);
  expect(await screen.findByText("Line 2: First (1 more)")).toBeVisible();
  expect(onProblems).toHaveBeenLastCalledWith([
    { severity: "error", message: "First", line: 2, from: SAMPLE.indexOf('{ "status') },
    { severity: "warning", message: "Second", line: 2, from: SAMPLE.indexOf("22") },
  ]);
  expect((await view()).dom.querySelector(".cm-lintRange-warning")).toHaveTextContent("22");
});

it("highlights values and keeps the marks at them while the text changes", async () => {
  const marks = [
    { pointer: "/entity/status", tone: "match" as const },
    { pointer: "/entity/lines/1", tone: "noMatch" as const },
    { pointer: "/missing", tone: "match" as const },
  ];
  render(<Harness marks={marks} />);
  const marked = async (tone: string) =>
    [...(await view()).dom.querySelectorAll(`.cm-mark-${tone}`)].map((one) => one.textContent);
  expect(await marked("match")).toEqual(['"active"']);
  await type(0, " ");
  await type(SAMPLE.indexOf("[1,") + 2, "0, ");
  expect(await marked("match")).toEqual(['"active"']);
  expect(await marked("noMatch")).toEqual(["1"]);
});

it.each<[string, string, CompletionPlace, string, string]>([
  [
    '{"a": {"b": "ac"}}',
    "ac",
    { pointer: "/a/b", prefix: "ac", isName: false, beside: [] },
    "active",
    '{"a": {"b": "active"}}',
  ],
  [
    '{"a": [{"na": 1}]}',
    "na",
    { pointer: "/a/0", prefix: "na", isName: true, beside: [] },
    "name",
    '{"a": [{"name": 1}]}',
  ],
  ["[0, nu]", "nu", { pointer: "/1", prefix: "nu", isName: false, beside: [] }, "number", '[0, "number"]'],
])("completes JSON: %s", async (start, after, place, label, result) => {
  const complete = vi.fn(() => [{ label }]);
  render(<Harness start={start} complete={complete} />);
  await choose(start.indexOf(after) + after.length, label);
  expect(complete).toHaveBeenCalledWith(place);
  await waitFor(() => expect(value()).toBe(result));
});

it.each<[string, string, number, string[]]>([
  ['{"a": 1,\n  ""\n}', '{"a": 1,\n  "name": ""\n}', 12, ["a"]],
  ['{"a": 1\n  \n}', '{"a": 1,\n  "name": ""\n}', 10, ["a"]],
  ['{\n  na\n  "b": 1}', '{\n  "name": "",\n  "b": 1}', 6, ["b"]],
  ['{"": 5}', '{"name": 5}', 2, []],
])("writes a property into %s with the commas and the value it needs", async (start, result, at, beside) => {
  const complete = vi.fn(() => [{ label: "name", value: '""', info: "What it is called." }]);
  render(<Harness start={start} complete={complete} />);
  await choose(at, "name");
  expect(complete).toHaveBeenCalledWith(expect.objectContaining({ pointer: "", isName: true, beside }));
  await waitFor(() => expect(value()).toBe(result));
  // The cursor stands where the value is to be typed.
  if (result.includes('""')) {
    const { main } = (await view()).state.selection;
    expect(result.slice(0, main.head)).toMatch(/"name": "$/u);
  }
});

it("asks for a value behind a colon", async () => {
  const complete = vi.fn(() => [{ label: "true", apply: "true" }]);
  render(<Harness start={'{"a": {"b": }}'} complete={complete} />);
  await choose(12, "true");
  expect(complete).toHaveBeenCalledWith({ pointer: "/a/b", prefix: "", isName: false, beside: [] });
  await waitFor(() => expect(value()).toBe('{"a": {"b": true}}'));
});

it("goes to a place when it is asked to, and says no problems that are said elsewhere", async () => {
  const handle = createRef<EditorHandle>();
  render(<Harness start={'{"a": [1, 2'} hidesProblems handle={handle} />);
  const editor = await view();
  act(() => handle.current?.goTo({ pointer: "/a/1" }));
  expect(editor.state.selection.main.head).toBe(10);
  expect(editor.hasFocus).toBe(true);
  act(() => handle.current?.goTo({ from: 999 }));
  expect(editor.state.selection.main.head).toBe(11);
  await waitFor(async () => expect(await box()).toHaveAttribute("aria-invalid", "true"));
  expect(screen.queryByText(/ends too early/)).toBeNull();
});

it("completes paths in JSONata with what is to be written there", async () => {
  const complete = vi.fn(() => [{ label: "entity.lines.0", apply: "entity.lines[0]", detail: "5" }]);
  render(<Harness language="jsonata" start="1 + entity.li" complete={complete} />);
  await choose(13, "entity.lines.0");
  expect(complete).toHaveBeenCalledWith({ pointer: "", prefix: "entity.li", isName: false, beside: [] });
  await waitFor(() => expect(value()).toBe("1 + entity.lines[0]"));
});

it("keeps the first Escape for itself and lets Tab leave after it", async () => {
  const outer = vi.fn<(key: string) => void>();
  render(
    <div onKeyDown={({ key }) => outer(key)}>
      <Harness />
    </div>,
  );
  const editor = await box();
  editor.focus();
  const press = (key: string, keyCode: number) => fireEvent.keyDown(editor, { key, keyCode });
  expect(press("Tab", 9)).toBe(false);
  press("Escape", 27);
  expect(outer).not.toHaveBeenCalledWith("Escape");
  expect(press("Tab", 9)).toBe(true);
  press("Escape", 27);
  press("Escape", 27);
  expect(outer).toHaveBeenCalledWith("Escape");
});

it("changes nothing when it is to be read only, and Tab leaves at once", async () => {
  render(<Harness readOnly />);
  const editor = await box();
  expect(editor).toHaveAttribute("aria-readonly", "true");
  expect(fireEvent.keyDown(editor, { key: "Tab", keyCode: 9 })).toBe(true);
  fireEvent.keyDown(editor, { key: "Enter", keyCode: 13 });
  expect(value()).toBe(SAMPLE);
});

it("has no accessibility violations", async () => {
  const { container } = render(<Harness start="{" />);
  await screen.findByText(/ends too early/);
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations).toEqual([]);
});
