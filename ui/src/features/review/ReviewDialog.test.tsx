import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { renderEdit, sampleWebhook } from "../editor/test-screen";

// A whole form typed into, key by key, takes longer than the default on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function editName(fake = new FakeBackend(), text = " 2") {
  const screenOf = renderEdit("Room occupancy to BMS", fake);
  await screenOf.user.type(await screen.findByRole("textbox", { name: "Name" }), text);
  return screenOf;
}

const reviewButton = () => screen.getByRole("button", { name: "Review changes" });
const confirm = () => screen.findByRole("button", { name: /^Save to/ });

it("shows before and after, kept lists as added and removed, and the exact request", async () => {
  const { user } = await editName();
  await user.click(screen.getByRole("treeitem", { name: "TRAFFIC" }));
  await user.click(reviewButton());
  const dialog = await screen.findByRole("dialog", { name: "Review 2 changes" });
  expect(within(dialog).getByRole("columnheader", { name: "In Butlr now" })).toBeVisible();
  const events = within(dialog).getByRole("row", { name: /^Events/ });
  expect(events).toHaveTextContent(/added: TRAFFIC/);
  expect(within(dialog).getByRole("row", { name: /^Name/ })).toHaveTextContent("Room occupancy to BMS 2");
  await user.click(within(dialog).getByRole("button", { name: "The exact request" }));
  expect(within(dialog).getByText(/authorization: Bearer \$TOKEN/)).toBeVisible();
  const { violations } = await axe.run(dialog, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

it("discards the plan when the review is left, and writes nothing", async () => {
  const { fake, user } = await editName();
  await user.click(reviewButton());
  await confirm();
  await user.click(screen.getByRole("button", { name: "Back to editing" }));
  expect(fake.argsOf("plan_discard")).toEqual([{ plan: "plan-1" }]);
  expect(fake.argsOf("plan_apply")).toEqual([]);
});

it("shows three versions when the webhook was changed meanwhile, and applies mine to the current one", async () => {
  const fake = new FakeBackend();
  const { user, pick, onSaved } = await editName(fake);
  fake.changeBehind(pick, { name: "Theirs", timeout: 3 });
  await user.click(reviewButton());
  const dialog = await screen.findByRole("dialog", { name: "Changed meanwhile" });
  const name = within(dialog).getByRole("row", { name: /^Name/ });
  expect(name).toHaveTextContent("Changed by both. Yours would win");
  expect(within(dialog).getByRole("row", { name: /^Timeout/ })).toHaveTextContent("Changed at Butlr");
  expect(screen.queryByRole("button", { name: /^Save to/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Apply my changes to the current version" }));
  await user.click(await confirm());
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(fake.argsOf("plan_make").map((request) => request.type === "update" && request.revision)).toEqual([
    "r1",
    "r2",
  ]);
  expect(fake.find(pick)?.values).toMatchObject({ name: "Room occupancy to BMS 2", timeout: 3 });
});

it("shows the three versions when it changed between review and save", async () => {
  const fake = new FakeBackend();
  const { user, pick, onSaved } = await editName(fake);
  await user.click(reviewButton());
  const save = await confirm();
  fake.changeBehind(pick, { timeout: 3 });
  await user.click(save);
  expect(await screen.findByRole("dialog", { name: "Changed meanwhile" })).toBeVisible();
  expect(onSaved).not.toHaveBeenCalled();
});

it("takes their version and opens the form on it", async () => {
  const fake = new FakeBackend();
  const { user, pick } = await editName(fake);
  fake.changeBehind(pick, { name: "Theirs" });
  await user.click(reviewButton());
  await user.click(await screen.findByRole("button", { name: "Take theirs and reload" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Theirs"));
  expect(screen.getByText("No changes")).toBeVisible();
});

it("says that a webhook is gone", async () => {
  const fake = new FakeBackend();
  const { user, pick } = await editName(fake);
  fake.removeBehind(pick);
  await user.click(reviewButton());
  expect(await screen.findByText("This webhook no longer exists")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Save to/ })).toBeNull();
});

it("reports a failure in the vendor's words and goes back to the form with all that was typed", async () => {
  const fake = new FakeBackend();
  const vendor = { code: "E7", text: "<b>quota</b> reached" };
  fake.fail(
    "plan_apply",
    appError("Butlr refused.", { kind: "vendor", status: 422, vendor, requestId: null }),
    {
      connection: "c-offices",
    },
  );
  const { user, onSaved } = await editName(fake);
  await user.click(reviewButton());
  await user.click(await confirm());
  const failed = await screen.findByRole("region", { name: "Failed" });
  expect(failed).toHaveTextContent("<b>quota</b> reached");
  await user.click(screen.getByRole("button", { name: "Back to editing" }));
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveValue("Room occupancy to BMS 2");
  expect(onSaved).not.toHaveBeenCalled();
});

it("says when an answer was lost and what was stored otherwise, before it leaves", async () => {
  const fake = new FakeBackend();
  const { user, pick, onSaved } = await editName(fake);
  const real = fake.call.bind(fake);
  vi.spyOn(fake, "call").mockImplementation(async (name, args, onProgress) => {
    const result = await real(name, args, onProgress);
    if (name !== "plan_apply") return result;
    const row = { ...pick, title: "x", endpoint: "", events: [], auth: [], on: null, marks: [] };
    const before = { type: "text", text: "ten" } as const;
    const after = { type: "text", text: "fifteen" } as const;
    const differences = [{ path: "timeout", label: "Timeout", before, after, changed: true }];
    const outcome = {
      type: "done",
      row,
      recovered: true,
      differences,
      incomplete: null,
      secrets: [],
    } as const;
    return { results: [{ index: 0, outcome }] } as unknown as typeof result;
  });
  await user.click(reviewButton());
  await user.click(await confirm());
  expect(await screen.findByText(/Nothing was sent twice\./)).toBeVisible();
  expect(screen.getByRole("row", { name: /^Timeout/ })).toHaveTextContent("fifteen");
  expect(onSaved).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(onSaved).toHaveBeenCalled();
});

it("says when only a part was written, and does not offer to create it again", async () => {
  const fake = new FakeBackend();
  const { user, pick } = await editName(fake);
  const real = fake.call.bind(fake);
  vi.spyOn(fake, "call").mockImplementation(async (name, args, onProgress) => {
    const result = await real(name, args, onProgress);
    if (name !== "plan_apply") return result;
    const row = { ...pick, title: "x", endpoint: "", events: [], auth: [], on: null, marks: [] };
    const incomplete = appError("The filters were not stored.");
    const outcome = {
      type: "done",
      row,
      recovered: false,
      differences: [],
      incomplete,
      secrets: [],
    } as const;
    return { results: [{ index: 0, outcome }] } as unknown as typeof result;
  });
  await user.click(reviewButton());
  await user.click(await confirm());
  expect(await screen.findByText("The filters were not stored.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Review again" })).toBeNull();
});

it("stops an operation that is under way", async () => {
  const fake = new FakeBackend();
  const { user } = await editName(fake);
  await user.click(reviewButton());
  const save = await confirm();
  const release = fake.hold("plan_apply");
  await user.click(save);
  await user.click(await screen.findByRole("button", { name: "Stop" }));
  const operation = fake.argsOf("plan_apply")[0]?.operation;
  expect(fake.argsOf("operation_cancel")).toEqual([{ operation }]);
  release();
});

it("shows hostile names in the review as text", async () => {
  const fake = new FakeBackend();
  const hostile = "<img src=x onerror=alert(1)>";
  fake.connections = fake.connections.map((c) => ({ ...c, label: hostile }));
  expect(sampleWebhook(fake, "Legacy counts").connection).toBe("c-offices");
  const { user } = await editName(fake, hostile);
  await user.click(reviewButton());
  expect(await screen.findByRole("button", { name: `Save to ${hostile} (Production)` })).toBeVisible();
  expect(document.querySelector("img")).toBeNull();
});
