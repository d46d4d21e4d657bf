import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, test, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderApp } from "../../test/render-app";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

async function open(backend = new FakeBackend()) {
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.click(screen.getByText("Door traffic to Grafana", { selector: "bdi" }));
  return user;
}
const copy = () => screen.findByDisplayValue("Door traffic to Grafana (copy)");

test("a webhook is duplicated with a key", async () => {
  const user = await open();
  await user.keyboard("{Control>}d{/Control}");
  expect(await copy()).toBeVisible();
  expect(screen.getByRole("heading", { name: "New webhook" })).toBeVisible();
});

test("a webhook is duplicated from its row's menu and from its details", async () => {
  const user = await open();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await user.click(await screen.findByRole("menuitem", { name: "Duplicate" }));
  expect(await copy()).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Back to webhooks" }));
  const details = within(await screen.findByRole("complementary", { name: "Details" }));
  await user.click(details.getByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Duplicate" }));
  expect(await copy()).toBeVisible();
});

test("where nothing may be written, nothing is duplicated, and the details say why", async () => {
  const backend = new FakeBackend();
  backend.connections = backend.connections.map((one) => ({ ...one, readOnly: true }));
  const user = await open(backend);
  await user.keyboard("{Control>}d{/Control}");
  await user.keyboard("{Shift>}{F10}{/Shift}");
  const item = await screen.findByRole("menuitem", { name: "Duplicate" });
  expect(item).toHaveAttribute("aria-disabled", "true");
  await user.keyboard("{Escape}");
  const details = within(screen.getByRole("complementary", { name: "Details" }));
  await waitFor(() => expect(details.getByText("Read-only in Tacklebox")).toBeVisible());
});
