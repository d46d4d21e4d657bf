import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { sampleConnection } from "~/backend/fake-data";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit, renderEditor, sampleWebhook } from "./test-screen";

// A whole form typed into, key by key, takes longer than the default on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const field = (name: string) => screen.findByRole("textbox", { name });
const review = () => screen.getByRole("button", { name: "Review changes" });

describe("editing", () => {
  it("reads the webhook afresh and sends only the changed field, so that the secret is kept", async () => {
    const { fake, user, pick, onSaved } = renderEdit("Room occupancy to BMS");
    const name = await field("Name");
    expect(fake.argsOf("webhook_open")).toEqual([{ webhook: pick, fresh: true }]);
    expect(screen.getByText("Stored by Butlr, kept out of this window")).toBeVisible();
    expect(review()).toBeDisabled();
    await user.type(name, " 2");
    expect(screen.getByText("1 change")).toBeVisible();
    await user.click(review());
    const save = await screen.findByRole("button", { name: "Save to Halden Offices (Production)" });
    await waitFor(() => expect(save).toHaveFocus());
    expect(fake.argsOf("plan_make")).toEqual([
      {
        type: "update",
        webhook: pick,
        revision: "r1",
        draft: { fields: { name: { type: "text", value: "Room occupancy to BMS 2" } } },
      },
    ]);
    await user.click(save);
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith({ connection: "c-offices" }));
  });

  it("says inline that only https is accepted, when the field is left", async () => {
    const { user } = renderEdit("Room occupancy to BMS");
    const url = await field("URL");
    await user.clear(url);
    await user.type(url, "http://example.com/in");
    expect(screen.queryByText("Only HTTPS addresses are accepted.")).toBeNull();
    await user.tab();
    expect(screen.getByText("Only HTTPS addresses are accepted.")).toBeVisible();
    expect(url).toBeInvalid();
    expect(screen.getByText("1 problem:")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Endpoint, URL" }));
    expect(url).toHaveFocus();
  });

  it("moves a pasted query into rows whose values are hidden", async () => {
    const { fake, user } = renderEdit("Room occupancy to BMS");
    const url = await field("URL");
    await user.clear(url);
    await user.click(url);
    await user.paste("https://example.com/in?token=abc");
    await user.tab();
    expect(url).toHaveValue("https://example.com/in");
    expect(screen.getByText(/1 parameter was taken out of the address/)).toBeVisible();
    expect(screen.getByLabelText("Value of token")).toHaveAttribute("type", "password");
    await user.click(review());
    await screen.findByRole("dialog");
    expect(fake.argsOf("plan_make")[0]).toMatchObject({
      draft: {
        fields: {
          url: {
            value: { base: "https://example.com/in", query: [{ name: "token", value: { value: "abc" } }] },
          },
        },
      },
    });
  });

  it("keeps an event the organisation no longer offers and does not send the list", async () => {
    const { fake, user } = renderEdit("Legacy counts");
    expect(await screen.findByRole("treeitem", { name: "FLOOR_OCCUPANCY_1MIN" })).toBeChecked();
    await user.type(await field("Name"), "!");
    await user.click(review());
    await screen.findByRole("dialog");
    expect(fake.argsOf("plan_make")[0]).toMatchObject({ draft: { fields: { name: {} } } });
    expect(JSON.stringify(fake.argsOf("plan_make"))).not.toContain("events");
  });

  it("puts what the host refuses on its field until the field changes", async () => {
    const fake = new FakeBackend();
    const fields = [{ path: "auth.api_key.header", message: "Header names have no spaces." }];
    fake.fail("plan_make", appError("Not accepted.", { kind: "validation", fields }), { times: 1 });
    const { user } = renderEdit("Room occupancy to BMS", fake);
    const header = await field("Header");
    await user.clear(header);
    await user.type(header, "X Key");
    await user.click(review());
    expect(await screen.findByText("Header names have no spaces.")).toBeVisible();
    await waitFor(() => expect(header).toHaveFocus());
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.type(header, "2");
    expect(screen.queryByText("Header names have no spaces.")).toBeNull();
  });

  it("hides a group that is switched off and asks for the secret of one that is newly on", async () => {
    const { user } = renderEdit("Room occupancy to BMS");
    await user.click(await screen.findByRole("switch", { name: "API key header" }));
    expect(screen.queryByRole("textbox", { name: "Header" })).toBeNull();
    await user.click(screen.getByRole("switch", { name: "Basic" }));
    await user.click(review());
    expect(screen.getByText("Enter the password.")).toBeVisible();
    expect(screen.getByText("2 problems, first:")).toBeVisible();
    await waitFor(() => expect(screen.getByRole("textbox", { name: "User name" })).toHaveFocus());
  });

  it("judges a secret by the move chosen last, not by the box that was left", async () => {
    const { user } = renderEdit("Room occupancy to BMS");
    await user.click(await screen.findByRole("radio", { name: "Replace" }));
    await user.click(screen.getByRole("radio", { name: "Keep" }));
    expect(screen.queryByText("Enter the new value, or choose Keep.")).toBeNull();
    expect(screen.getByText("No changes")).toBeVisible();
  });

  it("reveals a stored secret only when asked", async () => {
    const { fake, user, pick } = renderEdit("Room occupancy to BMS");
    await user.click(await screen.findByRole("button", { name: "Reveal Value" }));
    expect(await screen.findByText("hld_live_51f0c2")).toBeVisible();
    expect(fake.argsOf("webhook_reveal")).toEqual([{ webhook: pick, path: "auth.api_key.value" }]);
  });

  it("shows a hostile name as text", async () => {
    const fake = new FakeBackend();
    const name = `<img src=x onerror=alert(1)>\u202e${"x".repeat(10_000)}`;
    fake.changeBehind(sampleWebhook(fake, "Legacy counts"), { name });
    const pick = sampleWebhook(fake, name);
    renderEditor({ kind: "edit", webhook: pick }, fake);
    expect(await screen.findByDisplayValue(/^<img src=x/)).toBeVisible();
    expect(document.querySelector("img")).toBeNull();
  });

  it("says why it could not be read and tries again", async () => {
    const fake = new FakeBackend();
    fake.fail("webhook_open", appError("Butlr did not answer."), { times: 1 });
    const { user } = renderEdit("Legacy counts", fake);
    expect(await screen.findByRole("alert")).toHaveTextContent("Butlr did not answer.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await field("Name")).toHaveValue("Legacy counts");
  });

  it("has no accessibility violations", async () => {
    const { container } = renderEdit("Floor counts to DWH");
    await field("Name");
    await screen.findByText("Havnegata 12");
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});

describe("leaving", () => {
  it("asks what becomes of the changes, names their number, and stays when asked to", async () => {
    const { user, fake, guard, onClose } = renderEdit("Legacy counts");
    await user.type(await field("Name"), "!");
    await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Keep 1 change for later?" });
    const keep = within(dialog).getByRole("button", { name: "Keep for later" });
    await waitFor(() => expect(keep).toHaveFocus());
    await user.click(within(dialog).getByRole("button", { name: "Keep editing" }));
    expect(onClose).not.toHaveBeenCalled();

    const answer = guard()?.();
    await user.click(await screen.findByRole("button", { name: "Keep for later" }));
    expect(await answer).toBe(true);
    expect(fake.drafts.size).toBe(1);
  });

  it("throws the changes away when asked to, and says how many first", async () => {
    const { user, fake, onClose } = renderEdit("Legacy counts");
    await user.type(await field("Name"), "!");
    await user.click(screen.getByRole("button", { name: "Discard" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Discard 1 change?" });
    await waitFor(() => expect(within(dialog).getByRole("button", { name: "Keep editing" })).toHaveFocus());
    await user.click(within(dialog).getByRole("button", { name: "Discard changes" }));
    expect(onClose).toHaveBeenCalled();
    await waitFor(() => expect(fake.drafts.size).toBe(0));
  });

  it("goes at once when nothing was changed", async () => {
    const { user, guard, onClose } = renderEdit("Legacy counts");
    await field("Name");
    expect(await guard()?.()).toBe(true);
    await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
  });
});

describe("creating", () => {
  it("asks for the organisation first and lists read-only ones with the reason", async () => {
    const fake = new FakeBackend();
    fake.connections = fake.connections.map((c) => ({ ...c, readOnly: c.id === "c-lab" }));
    fake.connections.push(sampleConnection({ id: "c-third", label: "Third" }));
    const { user } = renderEditor({ kind: "create", connection: null }, fake);
    expect(screen.getByRole("button", { name: /Halden Lab.*Read-only/ })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: /Halden Offices/ }));
    expect(await field("Name")).toHaveValue("");
  });

  it("checks everything on review, then creates with all shown fields", async () => {
    const { fake, user, onSaved } = renderEditor({ kind: "create", connection: "c-lab" });
    const name = await field("Name");
    await user.click(screen.getByRole("button", { name: "Review" }));
    expect(screen.getByText("3 problems, first:")).toBeVisible();
    await waitFor(() => expect(name).toHaveFocus());
    await user.type(name, "New one");
    await user.type(await field("URL"), "https://example.com/in");
    await user.click(screen.getByRole("treeitem", { name: "TRAFFIC" }));
    await user.keyboard("{Control>}{Enter}{/Control}");
    await user.click(await screen.findByRole("button", { name: "Create in Halden Lab (Sandbox)" }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledWith({ connection: "c-lab" }));
    const [request] = fake.argsOf("plan_make");
    expect(request?.type === "create" && Object.keys(request.draft.fields)).toEqual([
      "name",
      "url",
      "timeout",
      "events",
      "auth.api_key",
      "auth.basic",
      "send_on_value_change",
    ]);
  });

  it("shows everything disabled where nothing may be written", async () => {
    const fake = new FakeBackend();
    fake.connections = fake.connections.map((c) => ({ ...c, readOnly: true }));
    renderEdit("Room occupancy to BMS", fake);
    expect(await field("Name")).toBeDisabled();
    expect(screen.getByText(/read-only in Tacklebox/)).toBeVisible();
    expect(review()).toBeDisabled();
  });
});
