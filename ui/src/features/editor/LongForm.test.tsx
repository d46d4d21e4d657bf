import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { FakeBackend } from "~/backend/fake";
import type { FieldInput } from "~/bindings/FieldInput";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { expectAccessible } from "../../../test/render-app";
import { renderEdit, renderEditor, typeCode } from "./test-screen";

beforeAll(stubLayout);

let fake: FakeBackend;
beforeEach(() => {
  fake = new FakeBackend({ connections: "six" });
});

const field = (name: string) => screen.findByRole("textbox", { name });
const review = () => screen.getByRole("button", { name: "Review changes" });

function draft(): Record<string, FieldInput> {
  const request = fake.argsOf("plan_make").at(-1);
  return request && "draft" in request ? request.draft.fields : {};
}

it("shows what is special about the webhook, and has no accessibility violations", async () => {
  const { container } = renderEdit("Contract sync to SAP", fake);
  await field("Name");
  expect(screen.getByText(/should not be changed without a reason/)).toBeVisible();
  await expectAccessible(container);
});

it("sends changed pairs as a whole, with what is kept named by its place", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await field("Name");
  const headers = screen.getByRole("group", { name: "Headers" });
  await user.click(within(headers).getByRole("button", { name: "Add header" }));
  await user.paste("X-Team: billing");
  expect(screen.getByText("1 change")).toBeVisible();
  await user.click(review());
  await screen.findByRole("dialog");
  expect(draft()).toEqual({
    "payload.custom_headers": {
      type: "pairs",
      value: [
        { group: null, name: "X-Gateway-Key", origin: 0, value: { move: "keep" } },
        { group: null, name: "X-Team", origin: null, value: { move: "replace", value: "billing" } },
      ],
    },
  });
});

it("refuses a pair without a name", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await field("Name");
  await user.click(screen.getByRole("button", { name: "Add header" }));
  await user.click(review());
  expect(screen.getByText("Enter a name for each header, or remove its row.")).toBeVisible();
  expect(fake.argsOf("plan_make")).toEqual([]);
});

it("asks for a pair's value by its name when it is revealed", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await field("Name");
  expect(screen.queryByRole("button", { name: "Reveal Client secret" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Reveal Value of scope" }));
  await user.click(screen.getByRole("button", { name: "Reveal Value of X-Gateway-Key" }));
  expect(fake.argsOf("webhook_reveal").map(({ path }) => path)).toEqual([
    "auth.oauth.parameters.body.scope",
    "payload.custom_headers.X-Gateway-Key",
  ]);
});

it("keeps a text that is no JSON, says so beside it, and does not go on", async () => {
  const { user } = renderEdit("New customer requests", fake);
  const view = await typeCode("Conditions", '{"a": 1');
  await user.click(review());
  expect(view.state.doc.toString()).toBe('{"a": 1');
  const place = within(document.querySelector("[data-path=filterConditions]") as HTMLElement);
  expect(place.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  expect(await place.findByText(/ends too early/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Conditions, conditions" })).toBeVisible();
  expect(fake.argsOf("plan_make")).toEqual([]);
  await typeCode("Conditions", '{"a": 1}');
  await user.click(review());
  await screen.findByRole("dialog");
  expect(draft()).toEqual({ filterConditions: { type: "json", value: { a: 1 } } });
});

it("takes an emptied JSON as null and the same JSON as no change", async () => {
  const { user } = renderEdit("New customer requests", fake);
  await typeCode("Conditions", "");
  expect(screen.getByText("1 change")).toBeVisible();
  await typeCode("Conditions", '{ "logical_operator":"NOT", "conditions":[] }');
  expect(screen.getByText("No changes")).toBeVisible();
  await typeCode("Conditions", "");
  await user.click(review());
  await screen.findByRole("dialog");
  expect(draft()).toEqual({ filterConditions: { type: "json", value: null } });
});

it("shows the fields that hang on a choice, and sends none of those that went", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await user.click(await screen.findByRole("radio", { name: "Basic" }));
  expect(screen.queryByRole("textbox", { name: "Client ID" })).toBeNull();
  await user.click(review());
  expect(screen.getByText("Enter the user name.")).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "User name" }), "me");
  await user.click(review());
  await screen.findByRole("dialog");
  expect(Object.keys(draft())).toEqual(["auth.type", "auth.basic.username"]);
});

it("adds values to a list of texts and code in lines", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  const values = await screen.findByRole("textbox", { name: "Add a value to Values" });
  await user.click(values);
  await user.paste("one\ntwo words\n");
  await typeCode("Transformation", '{ "state": entity.status }');
  await user.click(review());
  await screen.findByRole("dialog");
  expect(draft()).toMatchObject({
    "filter.supportedValues": { value: ["one", "two words"] },
    jsonata: { value: '{ "state": entity.status }' },
  });
});

it("offers one event of several while editing", async () => {
  renderEdit("Contract sync to SAP", fake);
  expect(await screen.findByRole("radio", { name: "contract_created" })).toBeChecked();
  expect(screen.queryByRole("treeitem", { name: "contract_created" })).toBeNull();
});

it("creates a webhook for each chosen event, and names them beforehand", async () => {
  const { user, onSaved } = renderEditor({ kind: "create", connection: "c-energy" }, fake);
  await user.type(await field("Name"), "Feed");
  await user.type(await field("URL"), "https://example.com/in");
  for (const name of ["contract_created", "event_FileCreated"]) {
    await user.click(screen.getByRole("treeitem", { name }));
  }
  const several = await screen.findByRole("region", { name: "Creates 2 webhooks" });
  expect(
    within(several)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["Feed · Contract createdcontract_created", "Feed · File createdevent_FileCreated"]);
  await user.click(screen.getByRole("button", { name: "Review 2 webhooks" }));
  const dialog = await screen.findByRole("dialog", { name: "Review 2 new webhooks" });
  const same = within(dialog).getByRole("region", { name: "The same in all 2" });
  expect(within(same).getByRole("row", { name: /^URL/ })).toHaveTextContent("https://example.com/in");
  expect(within(dialog).getAllByRole("row", { name: /^URL/ })).toHaveLength(1);
  expect(dialog).toHaveTextContent(/contract_created.*event_FileCreated/);
  await expectAccessible(dialog);
  await user.click(
    within(dialog).getByRole("button", { name: "Create 2 webhooks in Auental Energie (Production)" }),
  );
  expect(await screen.findAllByText("Signing secret: saved in the keyring")).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith({ connection: "c-energy" }));
});

it("shows everything and lets nothing be changed where nothing may be written", async () => {
  fake.connections = fake.connections.map((connection) => ({ ...connection, readOnly: true }));
  renderEdit("Contract sync to SAP", fake);
  expect(await field("Transformation")).toHaveAttribute("aria-readonly", "true");
  expect(screen.getByRole("radio", { name: "All match" })).toBeDisabled();
  expect(screen.getByRole("radio", { name: "Basic" })).toBeDisabled();
  expect(screen.queryByRole("button", { name: "Add header" })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Format/ })).toBeNull();
});
