import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { sampleConnection } from "~/backend/fake-data";
import { expectAccessible, renderApp } from "../../../test/render-app";

const titles = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.querySelector("bdi")?.textContent ?? "");
const rowOf = (title: string) =>
  within(screen.getByRole("grid"))
    .getByText(title, { selector: "bdi" })
    .closest<HTMLElement>("[role=row]") as HTMLElement;
const selected = () =>
  screen.getAllByRole("row").filter((row) => row.getAttribute("aria-selected") === "true").length;

async function ready(backend = new FakeBackend()) {
  const user = renderApp(backend);
  await screen.findByText("Echo");
  await screen.findByText(/^Read \d\d:\d\d$/);
  return { user, backend };
}

test("the list is an accessible grid that says how many rows there are", async () => {
  await ready();
  expect(screen.getByRole("grid", { name: "Webhooks" })).toHaveAttribute("aria-rowcount", "15");
  expect(rowOf("Echo")).toHaveTextContent("Always on");
  await expectAccessible();
});

test("a search looks at title, endpoint, events and organisation, whatever the case", async () => {
  const { user } = await ready();
  await user.keyboard("/");
  const search = screen.getByRole("searchbox", { name: "Filter webhooks" });
  expect(search).toHaveFocus();

  await user.type(search, "SIGNAGE");
  expect(titles()).toEqual(["Lobby people counter"]);
  await user.clear(search);
  await user.type(search, "pir_no lab");
  expect(titles()).toEqual(["Motion trial"]);
  await user.clear(search);
  await user.type(search, "halden lab");
  expect(titles()).toHaveLength(5);
});

test("a filter that hides everything offers to be cleared", async () => {
  const { user } = await ready();
  await user.type(screen.getByRole("searchbox"), "no such webhook");
  expect(screen.getByText("No webhook matches “no such webhook”")).toBeInTheDocument();
  await expectAccessible();

  const [, inEmptyState] = screen.getAllByRole("button", { name: "Clear filters" });
  await user.click(inEmptyState as HTMLElement);
  expect(titles()).toHaveLength(14);
});

test("filters by event and by authentication show counts and can be combined", async () => {
  const { user } = await ready();
  await user.click(screen.getByRole("button", { name: "Event" }));
  const traffic = await screen.findByRole("menuitemcheckbox", { name: /^TRAFFIC/ });
  expect(traffic).toHaveTextContent("5");
  await user.click(traffic);
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Auth" }));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: /^None/ }));
  await user.keyboard("{Escape}");

  expect(titles()).toEqual(["Echo", "Slow endpoint"]);
});

test("choosing an organisation shows its webhooks alone", async () => {
  const { user } = await ready();
  const nav = screen.getByRole("navigation", { name: "Organisations" });
  await user.click(within(nav).getByRole("button", { name: /^Halden Lab/ }));
  expect(screen.getByRole("heading", { level: 1, name: "Halden Lab" })).toBeInTheDocument();
  expect(titles()).toHaveLength(5);
});

test("rows can be sorted by organisation", async () => {
  const { user } = await ready();
  const header = screen.getByRole("columnheader", { name: "Organisation" });
  await user.click(within(header).getByRole("button"));
  expect(titles()[0]).toBe("Basic sign-in check");
  expect(screen.getByRole("columnheader", { name: "Organisation" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});

test("the keyboard moves, selects, extends and clears", async () => {
  const { user } = await ready();
  await user.click(rowOf("Cleaning on demand"));
  rowOf("Cleaning on demand").focus();
  await user.keyboard("{ArrowDown}");
  expect(rowOf("Desk booking no-show")).toHaveFocus();
  await user.keyboard(" ");
  expect(screen.getByText("1 selected")).toBeInTheDocument();
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(selected()).toBe(3);
  await user.keyboard("{Control>}a{/Control}");
  expect(screen.getByText("14 selected")).toBeInTheDocument();
  await user.keyboard("{Escape}");
  expect(selected()).toBe(0);
});

test("I hides and shows the details, Enter opens the editor, Delete asks first", async () => {
  const { user } = await ready();
  await user.click(rowOf("Echo"));
  rowOf("Echo").focus();
  expect(screen.getByRole("complementary", { name: "Details" })).toBeInTheDocument();
  await user.keyboard("i");
  expect(screen.queryByRole("complementary", { name: "Details" })).not.toBeInTheDocument();
  await user.keyboard("{Delete}");
  expect(await screen.findByRole("alertdialog")).toBeInTheDocument();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
  rowOf("Echo").focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: "Back to webhooks" })).toBeInTheDocument();
});

test("one organisation that fails leaves the others as they are", async () => {
  const backend = new FakeBackend();
  const vendor = { code: "401", text: "client secret was revoked" };
  backend.fail("webhooks_refresh", appError("Butlr refused to sign in.", { kind: "unauthorised", vendor }), {
    connection: "c-lab",
    times: 1,
  });
  const user = renderApp(backend);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Halden LabSandboxcould not be read");
  expect(alert).toHaveTextContent("client secret was revoked");
  expect(alert).toHaveTextContent(/Showing what was read at/);
  expect(titles()).toHaveLength(14);
  expect(rowOf("Echo")).toHaveTextContent("2 h ago");
  expect(rowOf("Legacy counts")).not.toHaveTextContent("ago");
  await expectAccessible();

  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
  expect(rowOf("Echo")).not.toHaveTextContent("ago");
  expect(backend.argsOf("webhooks_refresh").at(-1)?.connections).toEqual(["c-lab"]);
});

test("rows seen last are shown at once with their age", async () => {
  const backend = new FakeBackend();
  const release = backend.hold("webhooks_refresh");
  renderApp(backend);
  expect(await screen.findByText("Echo")).toBeInTheDocument();
  expect(rowOf("Echo")).toHaveTextContent("2 h ago");

  release();
  await waitFor(() => expect(rowOf("Echo")).not.toHaveTextContent("ago"));
});

test("the first read shows skeleton rows only when it takes longer than a moment", async () => {
  const backend = new FakeBackend({ remembered: false });
  const release = backend.hold("webhooks_refresh");
  renderApp(backend);
  expect(await screen.findByRole("status", { name: "Reading webhooks" })).toBeInTheDocument();
  await expectAccessible();
  release();
  expect(await screen.findByText("Echo")).toBeInTheDocument();
});

test("an organisation without webhooks says so by name", async () => {
  const backend = new FakeBackend({ connections: "none" });
  backend.put(sampleConnection({ id: "c-new", label: "Halden Studio" }), []);
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: /^Halden Studio/ }));
  expect(await screen.findByText(/No webhooks in/)).toHaveTextContent(
    "No webhooks in Halden Studio Production",
  );
});

test("a hostile name is text, whatever stands in it", async () => {
  const backend = new FakeBackend({ connections: "none" });
  const name = `<img src=x onerror=alert(1)> \u202E${"long ".repeat(2000)}`;
  const webhook = {
    id: "w",
    values: { name, url: "https://a.example/<b>", events: [name] },
    preserved: [name],
    version: 1,
  };
  backend.put(sampleConnection({ id: "c", label: name }), [webhook]);
  const user = renderApp(backend);
  await user.click(await screen.findByRole("checkbox", { name: /^Select <img/ }));
  await user.click(screen.getAllByRole("row")[1] as HTMLElement);

  await screen.findByText("Kept as is");
  expect(document.querySelector("img")).toBeNull();
  expect(document.querySelector("[onerror]")).toBeNull();
});

test("rows of a read-only organisation cannot be deleted", async () => {
  const backend = new FakeBackend();
  backend.connections = backend.connections.map((one) => ({ ...one, readOnly: one.id === "c-lab" }));
  const { user } = await ready(backend);
  await user.click(within(rowOf("Echo")).getByRole("checkbox"));
  expect(screen.getByText("Halden Lab is read-only")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Delete" })).toBeDisabled();
});

test("10,000 rows draw only those in sight", async () => {
  const backend = new FakeBackend();
  backend.bulk(10_000);
  const user = renderApp(backend);
  await screen.findByText("10,005 webhooks");
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  await user.type(screen.getByRole("searchbox"), "in/9999");
  expect(titles()).toEqual(["Webhook 9999 of desks"]);
});

test("a row has a menu at the right button and at Shift F10", async () => {
  const { user } = await ready();
  await user.pointer({ keys: "[MouseRight]", target: rowOf("Echo") });
  const menu = await screen.findByRole("menu", { name: "Actions for Echo" });
  expect(
    within(menu)
      .getAllByRole("menuitem")
      .map((item) => item.textContent),
  ).toEqual(["Edit", "Duplicate", "Copy ID", "Show 4 events", "Delete"]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());

  rowOf("Echo").focus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  expect(await screen.findByRole("alertdialog", { name: /^Delete 1 webhook/ })).toBeInTheDocument();
});

test("the menu of a ticked row deletes all that is ticked", async () => {
  const { user } = await ready();
  await user.click(within(rowOf("Echo")).getByRole("checkbox"));
  await user.click(within(rowOf("Motion trial")).getByRole("checkbox"));
  await user.pointer({ keys: "[MouseRight]", target: rowOf("Echo") });
  await user.click(await screen.findByRole("menuitem", { name: "Delete 2 selected" }));
  expect(await screen.findByRole("alertdialog", { name: /^Delete 2 webhooks/ })).toBeInTheDocument();
});

test("a row with several events shows them all on request", async () => {
  const { user } = await ready();
  const more = screen.getAllByRole("button", { name: /^All \d+ events$/ })[0] as HTMLElement;
  const count = Number(/\d+/.exec(more.getAttribute("aria-label") ?? "")?.[0]);
  await user.click(more);
  const list = await screen.findByRole("dialog", { name: "Events" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(count);
});

test("the focus stays on its webhook when another order moves it", async () => {
  const { user } = await ready();
  await user.click(rowOf("Echo"));
  rowOf("Echo").focus();
  await user.keyboard("{ArrowUp}{ArrowDown}");
  const key = () => document.activeElement?.querySelector("bdi")?.textContent;
  expect(key()).toBe("Echo");
  await user.click(screen.getByRole("button", { name: "Webhook" }));
  expect(rowOf("Echo")).toHaveAttribute("tabindex", "0");
  expect(rowOf("Echo")).toHaveAttribute("aria-current", "true");
});

test("something is busy as long as an organisation is being read", async () => {
  const backend = new FakeBackend();
  const release = backend.hold("webhooks_refresh");
  renderApp(backend);
  await screen.findByText("Echo");
  expect(document.querySelector('[aria-busy="true"]')).not.toBeNull();
  release();
  await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull());
});
