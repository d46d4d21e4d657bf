import { screen, waitFor } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit, renderEditor, sampleWebhook } from "../test-screen";
import { whenWords } from "./when-words";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const field = (name: string) => screen.findByRole("textbox", { name });
const kept = (fake: FakeBackend) => [...fake.drafts.values()][0];

describe("changes that are not saved", () => {
  it("are kept shortly after the last one, without the secrets typed, and are back after an accident", async () => {
    const { fake, user, unmount } = renderEdit("Room occupancy to BMS");
    await user.type(await field("Name"), " 2");
    await user.click(screen.getByRole("radio", { name: "Replace" }));
    await user.type(screen.getByLabelText("New Value"), "s3cret-canary");
    await waitFor(() => expect(kept(fake)?.withheld).toBe(1));
    expect(JSON.stringify(kept(fake))).not.toContain("s3cret-canary");
    unmount();

    renderEdit("Room occupancy to BMS", fake);
    expect(await field("Name")).toHaveValue("Room occupancy to BMS 2");
    expect(screen.getByText(/^Unsaved changes from today \d\d:\d\d are back\.$/)).toBeVisible();
    expect(screen.getByText("1 secret you had typed was not kept: enter it again.")).toBeVisible();
    expect(screen.getByRole("radio", { name: "Keep" })).toBeChecked();
    expect(screen.getByText("1 change")).toBeVisible();
  });

  it("are kept at once when the form goes away", async () => {
    const { fake, user, unmount } = renderEdit("Legacy counts");
    await user.type(await field("Name"), "!");
    unmount();
    await waitFor(() => expect(JSON.stringify(kept(fake)?.form)).toContain("Legacy counts!"));
  });

  it("go when one starts over, and come back on Undo", async () => {
    const { fake, user, unmount } = renderEdit("Legacy counts");
    await user.type(await field("Name"), "!");
    await waitFor(() => expect(fake.drafts.size).toBe(1));
    unmount();
    const again = renderEdit("Legacy counts", fake);
    await again.user.click(await screen.findByRole("button", { name: "Start over" }));
    expect(await field("Name")).toHaveValue("Legacy counts");
    await waitFor(() => expect(fake.drafts.size).toBe(0));
    await again.user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await field("Name")).toHaveValue("Legacy counts!");
    await waitFor(() => expect(fake.drafts.size).toBe(1));
  });

  it("are forgotten once they are saved", async () => {
    const { fake, user, onSaved } = renderEdit("Legacy counts");
    await user.type(await field("Name"), "!");
    await waitFor(() => expect(fake.drafts.size).toBe(1));
    await user.click(screen.getByRole("button", { name: "Review changes" }));
    await user.click(await screen.findByRole("button", { name: /^Save to/ }));
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    await waitFor(() => expect(fake.drafts.size).toBe(0));
  });

  it("put on a webhook that changed meanwhile keep no value under another's name", async () => {
    const fake = new FakeBackend({ connections: "six" });
    const pick = sampleWebhook(fake, "Contract sync to SAP");
    const headers = [
      // It stood where another header stands now.
      { group: null, name: "X-Gone", origin: 0, value: { move: "keep" } },
      { group: null, name: "X-Gateway-Key", origin: 1, value: { move: "keep" } },
    ];
    fake.drafts.set(`${pick.connection}/${pick.id}`, {
      keptMs: Date.now(),
      form: {
        "payload.custom_headers": { type: "pairs", value: headers },
        "no.such.field": { type: "text", value: "x" },
        name: { type: "flag", value: true },
        httpMethod: { type: "text", value: "PUT" },
      },
      withheld: 0,
    });
    const { user } = renderEdit("Contract sync to SAP", fake);
    expect(await field("Name")).toHaveValue("Contract sync to SAP");
    expect(screen.getByText("1 secret you had typed was not kept: enter it again.")).toBeVisible();
    expect(screen.getByLabelText("Value of X-Gone")).toHaveValue("");
    await user.click(screen.getByRole("button", { name: "Review changes" }));
    await screen.findByRole("dialog");
    expect(fake.argsOf("plan_make")[0]).toMatchObject({
      draft: {
        fields: {
          httpMethod: { value: "PUT" },
          "payload.custom_headers": {
            value: [
              { name: "X-Gone", origin: null, value: { move: "replace", value: "" } },
              { name: "X-Gateway-Key", origin: 0, value: { move: "keep" } },
            ],
          },
        },
      },
    });
  });

  it("are neither kept nor shown where nothing may be written", async () => {
    const fake = new FakeBackend();
    fake.connections = fake.connections.map((one) => ({ ...one, readOnly: true }));
    renderEdit("Legacy counts", fake);
    await field("Name");
    expect(fake.argsOf("draft_read")).toEqual([]);
  });

  it("do not hold up the form when they cannot be read, and say so when they cannot be kept", async () => {
    const fake = new FakeBackend();
    fake.fail("draft_read", appError("The database is locked."));
    fake.fail("draft_keep", appError("The disk is full."));
    const { user, onClose } = renderEdit("Legacy counts", fake);
    await user.type(await field("Name"), "!");
    await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
    await user.click(await screen.findByRole("button", { name: "Keep for later" }));
    expect(await screen.findByText("The disk is full.")).toBeVisible();
    expect(onClose).not.toHaveBeenCalled();
  });
});

it("a new webhook left for later is there when another one is begun", async () => {
  const { fake, user, unmount } = renderEditor({ kind: "create", connection: "c-lab" });
  await user.type(await field("Name"), "Half done");
  await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
  await user.click(await screen.findByRole("button", { name: "Keep for later" }));
  await waitFor(() => expect(fake.drafts.get("c-lab/")).toBeDefined());
  unmount();
  renderEditor({ kind: "create", connection: "c-lab" }, fake);
  expect(await field("Name")).toHaveValue("Half done");
});

it("says a moment as one would", () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime();
  expect(whenWords(at(22, 14), now)).toBe("today 14:05");
  expect(whenWords(at(21, 23), now)).toBe("yesterday 23:05");
  expect(whenWords(at(3, 9), now)).toBe("3 November 09:05");
});
