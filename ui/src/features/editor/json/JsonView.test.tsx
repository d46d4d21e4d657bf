import { EditorView } from "@codemirror/view";
import { act, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit, renderEditor, typeCode } from "../test-screen";

// A whole form typed into, key by key, takes longer than the default on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const NAME = "Configuration as JSON";
const PLAIN = "Floor counts to DWH";
const RICH = "Contract sync to SAP";

const six = () => new FakeBackend({ connections: "six" });
const box = () => screen.findByLabelText(NAME, { selector: "[role=textbox]" });
const text = async () => (EditorView.findFromDOM(await box()) as EditorView).state.doc.toString();
const toJson = async (user: ReturnType<typeof renderEdit>["user"]) => {
  await user.click(await screen.findByRole("radio", { name: "JSON" }));
  return box();
};
const toForm = (user: ReturnType<typeof renderEdit>["user"]) =>
  user.click(screen.getByRole("radio", { name: "Form" }));
const replace = async (from: string, to: string) => {
  const at = (await text()).indexOf(from);
  if (at < 0) throw new Error(`the text has no ${from}`);
  return typeCode(NAME, to, at, at + from.length);
};
const status = () => screen.getByText(/^(The form has all|\d+ problem)/);
const review = () => screen.getByRole("button", { name: /^Review/ });
const field = (name: string) => screen.findByRole("textbox", { name });

describe("two ways", () => {
  it("shows the form's values, takes over edits at once, and shows them in the form", async () => {
    const { fake, user } = renderEdit(PLAIN);
    await user.type(await field("Name"), "!");
    await toJson(user);
    expect(await text()).toContain('"name": "Floor counts to DWH!"');
    await replace('"timeout": 10', '"timeout": 12');
    expect(await screen.findByText("2 changes")).toBeVisible();
    await replace("DWH!", "lake");
    await replace('"header": "X-API-Key"', '"header": "X-Key"');
    await toForm(user);
    expect(await field("Name")).toHaveValue("Floor counts to lake");
    expect(await field("Header")).toHaveValue("X-Key");
    expect(screen.getByText("3 changes")).toBeVisible();
    await user.click(review());
    await waitFor(() => expect(fake.argsOf("plan_make")).toHaveLength(1));
    expect(fake.argsOf("plan_make")[0]).toMatchObject({
      draft: {
        fields: {
          name: { type: "text", value: "Floor counts to lake" },
          timeout: { type: "integer", value: 12 },
          "auth.api_key.header": { type: "text", value: "X-Key" },
        },
      },
    });
  });

  it("leaves the text as it is typed, and writes it anew when it is opened again", async () => {
    const { user } = renderEdit(PLAIN);
    await toJson(user);
    await replace('"timeout": 10', '"timeout":     12');
    expect(await text()).toContain('"timeout":     12');
    await toForm(user);
    await toJson(user);
    expect(await text()).toContain('"timeout": 12,');
  });

  it("edits conditions, a choice and a transformation of another provider", async () => {
    const { fake, user } = renderEdit(RICH, six());
    await toJson(user);
    await replace('"type": "OAUTH_CLIENT_CREDENTIALS"', '"type": "NONE"');
    expect(await screen.findByText(/Client ID is not in use: it takes effect while/)).toBeVisible();
    await replace('"operation": "equals"', '"operation": "not_equals"');
    await user.click(review());
    await waitFor(() => expect(fake.argsOf("plan_make")).toHaveLength(1));
    const [request] = fake.argsOf("plan_make");
    expect(request).toMatchObject({
      draft: {
        fields: {
          "auth.type": { type: "text", value: "NONE" },
          filterConditions: {
            value: { rows: [{ origin: 0 }, { operation: "not_equals", origin: 1 }, { origin: 2 }] },
          },
        },
      },
    });
    expect(Object.keys(request?.type === "update" ? request.draft.fields : {})).toHaveLength(2);
  });

  it("turns a switch on with what belongs to it, without defaults the text does not have", async () => {
    const { user } = renderEdit("Portal automation", six());
    await toJson(user);
    await replace('"enabled": true,\n    "maxAttempts": 3', '"enabled": false');
    await replace('"retry": {\n    "enabled": false', '"retry": {\n    "enabled": true');
    expect(await text()).not.toContain("maxAttempts");
    await toForm(user);
    expect(await screen.findByRole("textbox", { name: "Attempts" })).toHaveValue("");
  });
});

describe("secrets", () => {
  it("sends nothing of a kept one, and replaces, clears and keeps what is typed", async () => {
    const { fake, user } = renderEdit(PLAIN);
    await toJson(user);
    expect(await text()).not.toMatch(/correct horse|hld_live/);
    await replace('"password": "<kept>"', '"password": "fresh-1"');
    expect(status()).toBeVisible();
    await toForm(user);
    await toJson(user);
    expect(await text()).toContain('"password": "<typed>"');
    expect(await text()).not.toContain("fresh-1");
    await replace('"name": "Floor', '"name": "A floor');
    await user.click(review());
    await waitFor(() => expect(fake.argsOf("plan_make")).toHaveLength(1));
    expect(fake.argsOf("plan_make")[0]).toMatchObject({
      draft: {
        fields: {
          name: { value: "A floor counts to DWH" },
          "auth.basic.password": { type: "secret", value: { move: "replace", value: "fresh-1" } },
        },
      },
    });
  });

  it("never shows one that was typed in the form, and keeps it while its placeholder is taken apart", async () => {
    const { user } = renderEdit("Evacuation headcount");
    await user.click(await screen.findByRole("radio", { name: "Replace" }));
    await user.type(await screen.findByLabelText("New Password", { selector: "input" }), "s3cret-typed");
    await toJson(user);
    expect(await text()).toContain('"password": "<typed>"');
    await replace('"<typed>"', '"<typed"');
    expect(await screen.findByText(/the form keeps what it had/)).toBeVisible();
    await replace('"<typed"', '"<typed>"');
    expect(await screen.findByText(/The form has all of this/)).toBeVisible();
    expect(document.body.innerHTML).not.toContain("s3cret-typed");
    await toForm(user);
    expect(await screen.findByLabelText("New Password", { selector: "input" })).toHaveValue("s3cret-typed");
  });
});

describe("problems", () => {
  it("keeps the form as it was, lists each with its line, and goes there", async () => {
    const { user } = renderEdit(PLAIN);
    await toJson(user);
    await replace('"timeout": 10', '"timeout": "x",\n  "enabledd": true');
    expect(await screen.findByText("2 problems; the form keeps what it had.")).toBeVisible();
    const list = screen.getByRole("list", { name: "Problems in the text" });
    expect(within(list).getByText("timeout must be a whole number from 1 to 15 seconds.")).toBeVisible();
    expect(screen.getByText("No changes")).toBeVisible();
    await user.click(within(list).getByRole("button", { name: /There is no field called enabledd here/ }));
    const view = EditorView.findFromDOM(await box()) as EditorView;
    const { from } = view.state.selection.main;
    expect(view.state.sliceDoc(from, from + 10)).toBe('"enabledd"');
    expect(view.hasFocus).toBe(true);
    await replace(',\n  "enabledd": true', "");
    expect(await screen.findByText("1 problem; the form keeps what it had.")).toBeVisible();
    await replace('"x"', "7");
    expect(await screen.findByText("1 change")).toBeVisible();
  });

  it.each([
    ['"timeout": 10', '"timeout": 10, "timeout": 11', /timeout is said twice/],
    ['"timeout": 10,', '"timeout": 10', /A comma is missing/],
    ['"password": "<kept>"', '"password": "<nope>"', /Write <kept> in full/],
  ])("finds %s turned into %s", async (from, to, words) => {
    const { user } = renderEdit(PLAIN);
    await toJson(user);
    await replace(from, to);
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByText("1 problem; the form keeps what it had.")).toBeVisible();
    expect(screen.getByText("No changes")).toBeVisible();
  });

  it("does not review old values: Ctrl Enter goes to the first problem", async () => {
    const { fake, user } = renderEdit(PLAIN);
    await toJson(user);
    await replace('"name": "Floor', '"name": "A floor');
    const view = await replace('"timeout": 10', '"timeout": true');
    act(() => view.dispatch({ selection: { anchor: 0 } }));
    await user.click(review());
    expect(view.state.selection.main.from).toBe(view.state.doc.toString().indexOf("true"));
    act(() => view.dispatch({ selection: { anchor: 0 } }));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(view.state.selection.main.from).toBe(view.state.doc.toString().indexOf("true"));
    expect(fake.argsOf("plan_make")).toEqual([]);
    await replace('"timeout": true', '"timeout": 30');
    await user.click(review());
    expect(await screen.findByText("1 problem to solve before a review.")).toBeVisible();
    expect(fake.argsOf("plan_make")).toEqual([]);
  });

  it("asks before a faulty text is lost, and keeps the form's values", async () => {
    const { user } = renderEdit(PLAIN);
    await toJson(user);
    await replace('"timeout": 10', '"timeout": 12');
    await replace('"events": [', '"events": ');
    expect(await screen.findByText("1 problem; the form keeps what it had.")).toBeVisible();
    await toForm(user);
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).getByText(/The JSON text has 1 problem/)).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Keep editing" }));
    expect(await text()).toContain('"events": \n');
    await toForm(user);
    await user.click(await screen.findByRole("button", { name: "Go back to the form" }));
    expect(await screen.findByRole("textbox", { name: "Timeout" })).toHaveValue("12");
  });

  it("asks before a faulty text is left with the editor", async () => {
    const { user, onClose, guard } = renderEdit(PLAIN);
    await toJson(user);
    await replace('"events": [', '"events": ');
    await screen.findByText("1 problem; the form keeps what it had.");
    const answer = guard()?.();
    await user.click(await screen.findByRole("button", { name: "Keep editing" }));
    expect(await answer).toBe(false);
    await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
    await user.click(await screen.findByRole("button", { name: "Leave without it" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});

it("begins a new webhook in JSON", async () => {
  const fake = new FakeBackend();
  const { user } = renderEditor({ kind: "create", connection: "c-offices" }, fake);
  await toJson(user);
  const whole = await text();
  const document = {
    name: "Made of text",
    url: "https://a.example/in?token=t-1",
    timeout: 5,
    events: ["TRAFFIC"],
    auth: { api_key: { header: "X-Key", value: "k-1" } },
    filters: { floor_ids: ["space_1"] },
  };
  await typeCode(NAME, JSON.stringify(document), 0, whole.length);
  expect(await screen.findByText("The form has all of this.")).toBeVisible();
  await user.click(review());
  await waitFor(() => expect(fake.argsOf("plan_make")).toHaveLength(1));
  expect(fake.argsOf("plan_make")[0]).toMatchObject({
    type: "create",
    draft: {
      fields: {
        name: { value: "Made of text" },
        url: { value: { query: [{ name: "token", value: { move: "replace", value: "t-1" } }] } },
        timeout: { value: 5 },
        events: { value: ["TRAFFIC"] },
        "auth.api_key": { value: true },
        "auth.api_key.value": { value: { move: "replace", value: "k-1" } },
        "filters.floor_ids": { value: ["space_1"] },
      },
    },
  });
});

it("is only to be read where the organisation is, and names what is kept besides", async () => {
  const fake = new FakeBackend();
  for (const connection of fake.connections) connection.readOnly = true;
  const { user } = renderEdit(PLAIN, fake);
  expect(await toJson(user)).toHaveAttribute("aria-readonly", "true");
  expect(screen.getByText(/kept as they are/)).toHaveTextContent(
    "Also stored by Butlr and kept as they are: owner_team",
  );
});

it("has no accessibility violations, with and without problems", async () => {
  const { container, user } = renderEdit(PLAIN);
  await toJson(user);
  const rules = { rules: { "color-contrast": { enabled: false } } };
  expect((await axe.run(container, rules)).violations).toEqual([]);
  await replace('"timeout": 10', '"timeout": "x"');
  await screen.findByRole("list", { name: "Problems in the text" });
  expect((await axe.run(container, rules)).violations).toEqual([]);
  const hints = (await box()).getAttribute("aria-describedby")?.split(" ") ?? [];
  const words = hints.map((id) => document.getElementById(id)?.textContent).join(" ");
  expect(words).toMatch(/<kept> leaves a stored secret as it is.*F8 goes to the next problem.*Escape/s);
});
