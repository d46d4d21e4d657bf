import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

async function inspect(title: string) {
  const backend = new FakeBackend({ connections: "six" });
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.click(screen.getByText(title, { selector: "bdi" }));
  const panel = await screen.findByRole("complementary", { name: "Details" });
  await within(panel).findByText("Retries");
  return { user, panel, backend, details: within(panel) };
}

test("code, JSON and pairs stand below their labels, values of pairs masked", async () => {
  const { panel, details, user, backend } = await inspect("Contract sync to SAP");
  expect(details.getByLabelText("Transformation", { selector: "pre" })).toHaveTextContent(
    "entity.contract_number",
  );
  expect(details.getByLabelText("Conditions", { selector: "pre" }).textContent).toBe(
    "all of:\nentity.status is one of active, pending\nentity.division equals power\nentity.annual_kwh greater than 10000",
  );
  expect(details.getByText("X-Gateway-Key")).toBeVisible();
  expect(panel).not.toHaveTextContent("gw-71");
  await user.click(details.getByRole("button", { name: "Reveal X-Gateway-Key" }));
  expect(backend.argsOf("webhook_reveal")).toMatchObject([{ path: "payload.custom_headers.X-Gateway-Key" }]);
  expect(details.getByText(/should not be changed without a reason/)).toBeVisible();
  await expectAccessible(panel);
});

test("a kept signing secret is copied without being shown, and hides 30 s after Reveal", async () => {
  const { panel, details, user } = await inspect("Contract sync to SAP");
  const line = await details.findByRole("region", { name: "Signing secret" });
  await user.click(await within(line).findByRole("button", { name: "Copy Signing secret" }));
  expect(await navigator.clipboard.readText()).toBe("whsec_3f9a");
  expect(panel).not.toHaveTextContent("whsec_3f9a");

  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    fireEvent.click(within(line).getByRole("button", { name: "Reveal Signing secret" }));
    await waitFor(() => expect(panel).toHaveTextContent("whsec_3f9a"));
    // The clock starts after what is shown is drawn.
    await act(async () => Promise.resolve());
    act(() => void vi.advanceTimersByTime(30_000));
    expect(panel).not.toHaveTextContent("whsec_3f9a");
  } finally {
    vi.useRealTimers();
  }
});

test("a signing secret nobody kept is said to be gone", async () => {
  const { details } = await inspect("Energy echo");
  expect(await details.findByText(/shown once.*Tacklebox does not have it/)).toBeVisible();
});

test("the deliveries are a tab that stays while one goes through the rows", async () => {
  const { user, details } = await inspect("Contract sync to SAP");
  await user.click(details.getByRole("tab", { name: "Deliveries" }));
  expect(await details.findByRole("list", { name: "Deliveries, newest first" })).toBeVisible();
  await user.click(screen.getByText("Energy echo", { selector: "bdi" }));
  const panel = screen.getByRole("complementary", { name: "Details" });
  expect(await within(panel).findByRole("tab", { name: "Deliveries" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
});

test("a vendor without a log of deliveries has no tabs", async () => {
  const user = renderApp(new FakeBackend({ connections: "six" }));
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.click(screen.getByText("Echo", { selector: "bdi" }));
  const panel = await screen.findByRole("complementary", { name: "Details" });
  await within(panel).findByText("Always on");
  expect(within(panel).queryByRole("tab")).toBeNull();
});

test("what the vendor offers is read again after a refresh", async () => {
  const { user, backend } = await inspect("Contract sync to SAP");
  const before = backend.argsOf("connection_offer").length;
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  await waitFor(() => expect(backend.argsOf("connection_offer").length).toBeGreaterThan(before));
});
