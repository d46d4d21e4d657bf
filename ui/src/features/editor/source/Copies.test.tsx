import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { beforeAll, expect, it, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEditor, sampleWebhook } from "../test-screen";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const field = (name: string) => screen.findByRole("textbox", { name });

function renderCopy(name: string, fake = new FakeBackend({ connections: "six" })) {
  const pick = sampleWebhook(fake, name);
  return { pick, ...renderEditor({ kind: "create", connection: pick.connection, from: pick.id }, fake) };
}

it("starts with the other webhook's values, read afresh, and takes its secrets over unseen", async () => {
  const { fake, user, pick, onSaved } = renderCopy("Room occupancy to BMS");
  expect(await field("Name")).toHaveValue("Room occupancy to BMS (copy)");
  expect(fake.argsOf("webhook_open")).toEqual([{ webhook: pick, fresh: true }]);
  expect(screen.getByText("Copied from “Room occupancy to BMS”")).toBeVisible();
  expect(screen.getByText(/made from “/)).toHaveTextContent("made from “Room occupancy to BMS”");
  await user.click(screen.getByRole("button", { name: "Review" }));
  await user.click(await screen.findByRole("button", { name: /^Create in/ }));
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  const [request] = fake.argsOf("plan_make");
  expect(request).toMatchObject({
    type: "create",
    source: pick.id,
    draft: { fields: { "auth.api_key.value": { type: "secret", value: { move: "keep" } } } },
  });
  const made = fake.webhooks.get(pick.connection)?.at(-1);
  expect(made?.values).toMatchObject({
    name: "Room occupancy to BMS (copy)",
    "auth.api_key.value": "hld_live_51f0c2",
  });
});

it("leaves empty what the vendor does not hand back, says so, and copies neither places nor protection", async () => {
  const { fake, user } = renderCopy("Contract sync to SAP");
  expect(await field("Name")).toHaveValue("Contract sync to SAP (copy)");
  expect(screen.getByText(/epilot does not hand this secret back: enter it\./)).toBeVisible();
  expect(screen.getByLabelText("Client secret")).toHaveValue("");
  expect(screen.getByRole("switch", { name: "Protected" })).not.toBeChecked();
  await user.type(screen.getByLabelText("Client secret"), "oauth-new");
  expect(screen.queryByText(/does not hand this secret back/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Review" }));
  await screen.findByRole("dialog");
  const [request] = fake.argsOf("plan_make");
  const fields = request?.type === "create" ? request.draft.fields : {};
  expect(fields["filterConditions"]).toMatchObject({
    value: { rows: [{ origin: null }, { origin: null }, { origin: null }] },
  });
  expect(fields["payload.custom_headers"]).toEqual({
    type: "pairs",
    value: [{ group: null, name: "X-Gateway-Key", origin: 0, value: { move: "keep" } }],
  });
});

it("points out what names the other webhook by its id", async () => {
  const fake = new FakeBackend({ connections: "six" });
  const pick = sampleWebhook(fake, "Portal automation");
  fake.changeBehind(pick, { "filter.supportedValues": [pick.id] });
  renderCopy("Portal automation", fake);
  expect(await screen.findByText("Values: this names “Portal automation” by its id")).toBeVisible();
});

it("is left without a question while nothing was changed", async () => {
  const { user, onClose } = renderCopy("Room occupancy to BMS");
  await field("Name");
  await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

it("is chosen from a searched list of the same organisation, by keyboard", async () => {
  const { fake, user } = renderEditor(
    { kind: "create", connection: "c-energy" },
    new FakeBackend({ connections: "six" }),
  );
  await user.click(await screen.findByRole("button", { name: "Start from another webhook…" }));
  const dialog = await screen.findByRole("dialog", { name: "Start from another webhook" });
  const list = within(dialog).getByRole("listbox");
  expect(within(dialog).getByRole("searchbox")).toHaveFocus();
  await waitFor(() => expect(within(list).getAllByRole("option")).toHaveLength(4));
  expect(within(list).queryByText("Energy echo")).toBeNull();
  const { violations } = await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
  await user.keyboard("meter edm");
  await waitFor(() => expect(within(list).getAllByRole("option")).toHaveLength(1));
  await user.keyboard("{ArrowDown}{Enter}");
  expect(await screen.findByDisplayValue("Meter reading intake (copy)")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(fake.argsOf("webhook_open")).toHaveLength(1);
});

it("says that a list has nothing of that name, and that what was entered is replaced", async () => {
  const { user } = renderEditor({ kind: "create", connection: "c-lab" });
  await user.type(await field("Name"), "Mine");
  await user.click(screen.getByRole("button", { name: "Start from another webhook…" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("What you have entered is replaced by its values.")).toBeVisible();
  await user.type(within(dialog).getByRole("searchbox"), "nothing like this");
  expect(await within(dialog).findByText(/No webhook has that/)).toBeVisible();
});

it("remembers what an unsaved copy was made from", async () => {
  const { fake, user, pick, unmount } = renderCopy("Room occupancy to BMS");
  await user.type(await field("Name"), " two");
  await waitFor(() => expect(fake.drafts.size).toBe(1));
  unmount();
  const again = renderEditor({ kind: "create", connection: pick.connection }, fake);
  expect(await screen.findByDisplayValue("Room occupancy to BMS (copy) two")).toBeVisible();
  expect(screen.getByText("Copied from “Room occupancy to BMS”")).toBeVisible();
  again.unmount();

  // The other webhook is gone: what was kept stands for itself, without the secret.
  fake.removeBehind(pick);
  renderEditor({ kind: "create", connection: pick.connection }, fake);
  expect(await screen.findByDisplayValue("Room occupancy to BMS (copy) two")).toBeVisible();
  expect(screen.getByLabelText("Value")).toHaveValue("");
});

it("does not mix with another new webhook that was begun, and offers to go on with that", async () => {
  const { fake, user, unmount } = renderEditor({ kind: "create", connection: "c-offices" });
  await user.type(await field("Name"), "Begun before");
  await waitFor(() => expect(fake.drafts.size).toBe(1));
  unmount();
  const copy = renderCopy("Room occupancy to BMS", fake);
  expect(await field("Name")).toHaveValue("Room occupancy to BMS (copy)");
  await copy.user.click(screen.getByRole("button", { name: "Continue that one" }));
  expect(await screen.findByDisplayValue("Begun before")).toBeVisible();
});
