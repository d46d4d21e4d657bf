import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

const rowOf = (title: string) =>
  within(screen.getByRole("grid"))
    .getByText(title, { selector: "bdi" })
    .closest<HTMLElement>("[role=row]") as HTMLElement;
const leverOf = (title: string) => within(rowOf(title)).getByRole("switch");

/** The list of three vendors, narrowed so that jsdom draws all of it. */
async function ready(query: string, backend = new FakeBackend({ connections: "six" })) {
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.type(screen.getByRole("searchbox", { name: "Filter webhooks" }), query);
  return { user, backend };
}

test("a row has a switch where its vendor has one, and says so where not", async () => {
  await ready("example");
  expect(leverOf("Contract sync to SAP")).toHaveAttribute("aria-checked", "true");
  expect(within(rowOf("Cleaning on demand")).queryByRole("switch")).not.toBeInTheDocument();
  expect(rowOf("Cleaning on demand")).toHaveTextContent("Always on");
  await expectAccessible();
});

test("a switch outside production moves with the answer, not before, and can be undone", async () => {
  const { user, backend } = await ready("meridian");
  const release = backend.hold("webhook_switch");
  await user.click(leverOf("Energy echo"));
  expect(leverOf("Energy echo")).toHaveAttribute("aria-busy", "true");
  expect(leverOf("Energy echo")).toHaveAttribute("aria-checked", "true");
  await user.click(leverOf("Energy echo"));
  expect(backend.argsOf("webhook_switch")).toHaveLength(1);

  release();
  await waitFor(() => expect(leverOf("Energy echo")).toHaveAttribute("aria-checked", "false"));
  expect(leverOf("Energy echo")).toHaveAttribute("aria-busy", "false");
  expect(screen.getByText("Turned off Energy echo")).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(leverOf("Energy echo")).toHaveAttribute("aria-checked", "true"));
  expect(backend.argsOf("webhook_switch").map(({ on }) => on)).toEqual([false, true]);
  expect(screen.queryByRole("button", { name: "Undo" })).not.toBeInTheDocument();
});

test("a switch in production is reviewed as the plan that came back", async () => {
  const { user, backend } = await ready("auental");
  const lever = leverOf("New customer requests");
  await user.click(lever);
  const dialog = await screen.findByRole("dialog", { name: /Turn off New customer requests/ });
  expect(backend.argsOf("plan_make")).toEqual([]);
  expect(lever).toHaveAttribute("aria-checked", "true");

  await user.click(within(dialog).getByRole("button", { name: /Auental Energie \(Production\)/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await waitFor(() => expect(leverOf("New customer requests")).toHaveAttribute("aria-checked", "false"));
});

test("a switch that fails stays where it was and says why", async () => {
  const backend = new FakeBackend({ connections: "six" });
  backend.fail("webhook_switch", appError("The vendor does not answer.", { kind: "internal" }));
  const { user } = await ready("meridian", backend);
  await user.click(leverOf("Energy echo"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Energy echo was not turned off");
  expect(alert).toHaveTextContent("The vendor does not answer.");
  expect(leverOf("Energy echo")).toHaveAttribute("aria-checked", "true");
  await user.click(within(alert).getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("a token that may only read locks the switch and everything that writes", async () => {
  const backend = new FakeBackend({ connections: "six" });
  backend.connections = backend.connections.map((one) =>
    one.id === "c-energy-staging" ? { ...one, facts: { ...one.facts, readOnly: true } } : one,
  );
  const { user } = await ready("meridian", backend);
  const lever = leverOf("Energy echo");
  expect(lever).toHaveAttribute("aria-disabled", "true");
  expect(lever).toHaveAttribute("title", "The token of Meridian Werke may only read");
  await user.click(lever);
  expect(backend.argsOf("webhook_switch")).toEqual([]);

  await user.click(within(rowOf("Energy echo")).getByRole("checkbox"));
  expect(screen.getByText("The token of Meridian Werke may only read")).toBeInTheDocument();
  const bar = within(screen.getByRole("toolbar", { name: "Selected webhooks" }));
  expect(bar.getByRole("button", { name: "Delete" })).toBeDisabled();
  expect(bar.getByRole("button", { name: "Disable 1" })).toBeDisabled();
});

test("the row's menu switches too, for the keyboard", async () => {
  const { user, backend } = await ready("meridian");
  await user.click(rowOf("Energy echo"));
  rowOf("Energy echo").focus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await user.click(await screen.findByRole("menuitem", { name: "Turn off" }));
  await waitFor(() => expect(leverOf("Energy echo")).toHaveAttribute("aria-checked", "false"));
  expect(backend.argsOf("webhook_switch")).toHaveLength(1);
});

test("the selection says how many rows it enables and disables, and who is left out", async () => {
  const { user, backend } = await ready("in");
  for (const title of [
    "Contract sync to SAP",
    "Contract sync (copy)",
    "Imported file intake",
    "Cleaning on demand",
  ]) {
    await user.click(within(rowOf(title)).getByRole("checkbox"));
  }
  const bar = within(screen.getByRole("toolbar", { name: "Selected webhooks" }));
  expect(bar.getByRole("button", { name: "Enable 1" })).toBeEnabled();
  await expectAccessible();
  await user.click(bar.getByRole("button", { name: "1 left out" }));
  const leftOut = await screen.findByRole("dialog", { name: "Left out of Enable and Disable" });
  expect(leftOut).toHaveTextContent(/Butlr has no switch.*Cleaning on demand/);
  await user.keyboard("{Escape}");

  await user.click(bar.getByRole("button", { name: "Disable 2" }));
  const dialog = await screen.findByRole("dialog", { name: /Turn off 2 webhooks/ });
  expect(backend.argsOf("plan_make").at(-1)).toMatchObject({ type: "switch", on: false });
  expect(within(dialog).getAllByText("Auental Energie").length).toBeGreaterThan(0);
  expect(within(dialog).getAllByText("Meridian Werke").length).toBeGreaterThan(0);
});

test("rows without any switch offer none to the selection", async () => {
  const { user } = await ready("halden");
  await user.click(within(rowOf("Cleaning on demand")).getByRole("checkbox"));
  const bar = within(screen.getByRole("toolbar", { name: "Selected webhooks" }));
  expect(bar.getByRole("button", { name: "Delete" })).toBeEnabled();
  expect(bar.queryByRole("button", { name: /Enable|Disable/ })).not.toBeInTheDocument();
});
